'use client';

import type { ReactNode } from 'react';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { couponMessages, expiryText, scopeText, thresholdParts } from '../../lib/messages/coupon.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { momentText } from '../../lib/messages/time.ts';
import { walletMessages } from '../../lib/messages/wallet.ts';
import { buttonClass } from '../ui/button.tsx';
import { CouponTicket } from '../ui/coupon-ticket.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { CouponFigure } from './coupon-figure.tsx';
import type { CategoryName } from './coupon-words.ts';
import { UseButton } from './use-button.tsx';

type OwnTicketProps = {
  coupon: OwnCoupon;
  /** The server's clock, epoch ms. */
  now: number;
  categories: readonly CategoryName[];
  isOver: boolean;
  /** A growing packet's room: how far it has grown, and how it is handed on. */
  growth: GrowthOf;
};

/** Draws what a growing packet says of itself below its facts. */
export type GrowthOf = (props: { coupon: OwnCoupon }) => ReactNode;

const SOON_MS = 2 * 86_400_000;

/** One that this shopper holds or held: how much, for what, until when; why not now, and the order that has it. */
export function OwnTicket({ coupon, now, categories, isOver, growth: Growth }: OwnTicketProps) {
  const locale = useLocale();
  const words = walletMessages[locale];
  const { rule, scope, state, validFrom, validUntil, orderId } = coupon;
  const isAhead = state === 'usable' && validFrom > now;
  const goods = scopeText(scope, categories, locale);
  const prices = couponMessages[locale][rule.kind === 'red_packet' ? 'withSession' : 'notInSession'];
  return (
    <CouponTicket
      kind={rule.kind === 'red_packet' ? 'packet' : 'coupon'}
      isOver={isOver}
      figure={<CouponFigure rule={rule} />}
      threshold={thresholdParts(rule, locale)}
      name={inLocale(coupon.name, locale)}
      facts={[`${goods} · ${prices}`, timeFact(coupon, now, isOver, locale)]}
      below={coupon.growth !== null && !isOver ? <Growth coupon={coupon} /> : undefined}
      note={noteOf(coupon, isAhead, now, locale)}
      action={
        orderId !== null && (state === 'locked' || state === 'used') ? (
          <ShopLink href={`/order?id=${orderId}`} className={buttonClass('quiet', 's')}>
            {words.seeOrder}
          </ShopLink>
        ) : coupon.whyNot === 'held' || coupon.whyNot === 'refused' ? (
          <ShopLink href="/decisions" className={buttonClass('quiet', 's')}>
            {words.seeDecision}
          </ShopLink>
        ) : isOver || isAhead ? undefined : (
          <UseButton scope={scope} label={words.use} />
        )
      }
    />
  );

  function timeFact(own: OwnCoupon, at: number, over: boolean, language: Locale): ReactNode {
    if (own.state === 'used') {
      return own.cutFen === null ? words.used : words.tookOff(yuanText(own.cutFen));
    }
    if (own.whyNot === 'refused') return words.refused;
    if (own.state === 'void') return words.void;
    if (over) return words.expiredOn(momentText(validUntil - 1, at, language));
    const text = expiryText(validUntil, at, language);
    // Said louder only when it is so: by weight and colour, in the words that are there anyway.
    return validUntil - at < SOON_MS ? <strong className="font-semibold text-on-lacquer-soft">{text}</strong> : text;
  }

  function noteOf(own: OwnCoupon, ahead: boolean, at: number, language: Locale): ReactNode {
    if (own.state === 'locked') return own.isLastChance ? words.lastChance : words.lockedText;
    if (own.whyNot === 'refused') return words.refusedText;
    if (own.whyNot === 'held' && own.heldUntil !== null) return words.heldText(soonText(own.heldUntil, at, language));
    if (own.state === 'void') return words.withdrawn;
    if (ahead) return words.aheadText(soonText(validFrom, at, language));
    if (own.hasGrace && !isOver) return words.grace;
    return undefined;
  }
}
