'use client';

import { useEffect } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { useWallet } from '../../lib/client/coupons.ts';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { expiryText } from '../../lib/messages/coupon.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { orderCouponMessages } from '../../lib/messages/order-coupons.ts';
import { buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** After an order has ended: for each coupon that it had, whether it came back, until when, or why not. */
export function OrderCoupons({ order }: { order: Order }) {
  const locale = useLocale();
  const words = orderCouponMessages[locale];
  const { coupons, isFresh, failure, refresh } = useWallet();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order has moved, and its coupons with it
  useEffect(() => {
    void refresh();
  }, [order.sequence]);
  const had = order.cuts.filter(({ kind }) => kind === 'coupon' || kind === 'red_packet');
  return (
    <section className="rounded-card bg-card px-4 pt-3 pb-4 shadow-card">
      <h2 className="text-16 font-semibold">{words.title}</h2>
      <ul className="divide-y divide-line">
        {had.map((cut) => {
          const coupon = coupons?.find(({ id }) => id === cut.source);
          return (
            <li key={cut.source} className="py-2">
              <p className="text-14 font-medium">{inLocale(cut.name, locale)}</p>
              {coupon !== undefined ? (
                <p className="text-14 text-ink-2">{whereabouts(coupon, order, locale)}</p>
              ) : isFresh || failure !== null ? (
                <p className="text-14 text-ink-2">{words.failed}</p>
              ) : (
                <Skeleton className="mt-1 h-4 w-48" />
              )}
            </li>
          );
        })}
      </ul>
      <ShopLink href="/wallet" className={`mt-1 ${buttonClass('quiet', 's')}`}>
        {words.wallet}
      </ShopLink>
    </section>
  );
}

function whereabouts(coupon: OwnCoupon, order: Order, locale: Locale): string {
  const words = orderCouponMessages[locale];
  const isHere = coupon.orderId === order.id;
  switch (coupon.state) {
    case 'void':
      return words.withdrawn;
    case 'locked':
      return isHere ? words.closing : words.backThenUsed;
    case 'used':
      return isHere ? words.spent : words.backThenUsed;
    case 'expired':
      return words.backThenExpired;
    case 'usable': {
      const until = expiryText(coupon.validUntil, serverNow(), locale);
      return coupon.hasGrace ? words.grace(until) : words.back(until);
    }
  }
}
