'use client';

import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { couponMessages, tenthsText } from '../../lib/messages/coupon.ts';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';

/** How much a coupon takes off, as its one loud figure: `¥50`, `8折`, `20%`. */
export function CouponFigure({ rule }: { rule: OwnCoupon['rule'] }) {
  const locale = useLocale();
  if (rule.kind !== 'percent') return <Price fen={rule.cutFen} />;
  const words = couponMessages[locale];
  return (
    <>
      {words.pay(tenthsText(rule.cutPermille))}
      {locale === 'en-US' && <span className="text-[0.5em]"> off</span>}
    </>
  );
}
