'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import { counterCouponMessages } from '../../lib/messages/counter-coupon.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { clockText, momentText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { NextButton } from './handed-result.tsx';
import { ResultHead } from './result-head.tsx';
import { FOUND, HANDED } from './result-looks.ts';
import type { CouponScan, Redeemed } from './use-desk.ts';

type FoundCouponProps = { scan: CouponScan; isHanding: boolean; onRedeem: () => void; onCancel: () => void };

/** A store coupon whose code was shown here: what to take off the bill, and the one button that uses it up. */
export function FoundCoupon({ scan: { coupon }, isHanding, onRedeem, onCancel }: FoundCouponProps) {
  const words = useMessages(counterCouponMessages);
  const locale = useLocale();
  const { rule, name, phoneMasked, validUntil } = coupon;
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={FOUND} title={words.found}>
        <p className="text-22">
          {words.gives} <span className="figures text-40 font-bold">¥{yuanText(rule.cutFen)}</span>
        </p>
        <p className="figures text-18">
          {words.phone} {phoneMasked}
        </p>
      </ResultHead>
      <p
        className={
          rule.kind === 'threshold'
            ? 'rounded-card bg-gold-soft px-4 py-3 text-18 font-semibold text-gold'
            : 'px-1 text-18'
        }
      >
        {rule.kind === 'threshold' ? words.threshold(yuanText(rule.fullFen)) : words.noThreshold}
      </p>
      <p className="px-1 text-16 text-ink-2">
        {inLocale(name, locale)} · {words.until(momentText(validUntil, serverNow(), locale))}
      </p>
      <Button wide className="min-h-16 text-22" busy={isHanding} onClick={onRedeem}>
        {isHanding ? words.redeeming : words.redeem}
      </Button>
      <Button look="quiet" wide className="min-h-14 text-18" disabled={isHanding} onClick={onCancel}>
        {words.cancel}
      </Button>
    </article>
  );
}

/** It is used: green, with the amount once more. */
export function RedeemedResult({ redeemed, onNext }: { redeemed: Redeemed; onNext: () => void }) {
  const words = useMessages(counterCouponMessages);
  const { redemption, isReplay } = redeemed;
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={HANDED} title={words.redeemed} isLarge>
        <p className="figures text-28 font-semibold">{words.takeOff(yuanText(redemption.cutFen))}</p>
        <p className="figures text-18">{redemption.phoneMasked}</p>
        {isReplay && <p className="text-18">{words.replay(clockText(redemption.at, true))}</p>}
      </ResultHead>
      <NextButton label={words.next} onNext={onNext} />
      <p className="text-center text-16 text-ink-2">{words.undoHint}</p>
    </article>
  );
}
