'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import type { StoreCoupon } from '../../lib/contracts/store-offer.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { CouponTicket } from '../ui/coupon-ticket.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';

/** What has ended is shown beside what can be used, so that a redemption is seen; older ones are not. */
const ENDED_SHOWN = 2;

/** One's store coupons: what can be used with the way to its code, what has ended lately with why. */
export function OwnCoupons({
  coupons,
  onShow,
}: {
  coupons: readonly StoreCoupon[];
  onShow: (couponId: string) => void;
}) {
  const words = useMessages(offersMessages);
  const locale = useLocale();
  const now = serverNow();
  const isUsable = ({ state, validUntil }: StoreCoupon) => state === 'usable' && now < validUntil;
  const shown = [...coupons.filter(isUsable), ...coupons.filter((coupon) => !isUsable(coupon)).slice(0, ENDED_SHOWN)];
  const whyOver = ({ state, redeemedAt }: StoreCoupon) => {
    if (redeemedAt !== null) return words.used(momentText(redeemedAt, now, locale));
    return state === 'void' ? words.withdrawn : words.expired;
  };
  return (
    <section aria-labelledby="own-store-coupons">
      <h2 id="own-store-coupons" className="mb-2 text-16 font-semibold">
        {words.mine}
      </h2>
      <ul className="flex flex-col gap-3">
        {shown.map((coupon) => {
          const { id, rule, store, name, validUntil } = coupon;
          const full = rule.kind === 'threshold' ? words.threshold(yuanText(rule.fullFen)) : words.noThreshold;
          return (
            <li key={id}>
              <CouponTicket
                kind="coupon"
                isOver={!isUsable(coupon)}
                figure={<Price fen={rule.cutFen} />}
                threshold={[full]}
                name={inLocale(name, locale)}
                facts={[words.todayOnly(inLocale(store.name, locale))]}
                note={isUsable(coupon) ? words.until(momentText(validUntil, now, locale)) : whyOver(coupon)}
                action={
                  isUsable(coupon) && (
                    <Button size="s" onClick={() => onShow(id)}>
                      {words.show}
                    </Button>
                  )
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
