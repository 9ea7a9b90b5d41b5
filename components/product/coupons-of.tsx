'use client';

import { useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import type { Claimable } from '../../lib/contracts/coupon.ts';
import { isInScope, type ScopedGood } from '../../lib/domain/pricing/promotion.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { productCouponMessages } from '../../lib/messages/product-coupons.ts';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const SHOWN_MAX = 3;

type CouponsOfProps = {
  good: ScopedGood;
  /** At a session's price only red packets can be used. */
  isAtSession: boolean;
};

/** What can be claimed now and used on this product; nothing when there is nothing. */
export function CouponsOf({ good, isAtSession }: CouponsOfProps) {
  const locale = useLocale();
  const words = productCouponMessages[locale];
  const [templates, setTemplates] = useState<readonly Claimable[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    call('public.coupons', {}, { signal: leaving.signal }).then(
      (answer) => answer.ok && setTemplates(answer.value.templates),
      () => {
        // The page was left.
      },
    );
    return () => leaving.abort();
  }, []);
  const now = serverNow();
  const fitting = templates.filter(
    ({ rule, scope, claimFrom, claimUntil, isSoldOut }) =>
      isInScope(scope, good) &&
      claimFrom <= now &&
      now < claimUntil &&
      !isSoldOut &&
      (!isAtSession || rule.kind === 'red_packet'),
  );
  if (fitting.length === 0) return null;
  return (
    <section className="mt-3 flex flex-wrap items-center gap-x-3 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">
      <div className="min-w-0 flex-1 basis-[12rem]">
        <h3 className="font-semibold">{words.title}</h3>
        <ul>
          {fitting.slice(0, SHOWN_MAX).map(({ id, name }) => (
            <li key={id}>{inLocale(name, locale)}</li>
          ))}
        </ul>
      </div>
      <ShopLink
        href="/coupons"
        replace
        className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4"
      >
        {words.go}
      </ShopLink>
    </section>
  );
}
