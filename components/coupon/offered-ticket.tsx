'use client';

import type { Offered } from '../../lib/client/coupons.ts';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { couponMessages, expiryText, scopeText, thresholdParts } from '../../lib/messages/coupon.ts';
import { couponCentreMessages } from '../../lib/messages/coupon-centre.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { Button } from '../ui/button.tsx';
import { CouponTicket } from '../ui/coupon-ticket.tsx';
import { useLocale } from '../ui/locale.tsx';
import { CouponFigure } from './coupon-figure.tsx';
import type { CategoryName } from './coupon-words.ts';
import { UseButton } from './use-button.tsx';

type OfferedTicketProps = {
  template: Offered;
  categories: readonly CategoryName[];
  /** The server's clock, epoch ms. */
  now: number;
  /** What this shopper has of it already. */
  own: readonly OwnCoupon[];
  /** The server has said that he has all that one person may have. */
  isLimit: boolean;
  isBusy: boolean;
  /** No network: nothing can be claimed. */
  isStill: boolean;
  refused: string | null;
  onClaim: () => void;
};

/** One that can be claimed: how much, for what, until when, how many one may have, and the one button that fits. */
export function OfferedTicket({ template, categories, now, own, isLimit, isStill, ...rest }: OfferedTicketProps) {
  const locale = useLocale();
  const words = couponCentreMessages[locale];
  const { rule, scope, validity, perPerson } = template;
  const isFull = isLimit || own.length >= perPerson;
  const isOver = template.isWithdrawn || template.claimUntil <= now;
  const facts = [
    `${scopeText(scope, categories, locale)} · ${couponMessages[locale][rule.kind === 'red_packet' ? 'withSession' : 'notInSession']}`,
    validity.kind === 'days' ? couponMessages[locale].days(validity.days) : expiryText(validity.until, now, locale),
  ];
  const usable = own.find(({ state }) => state === 'usable');
  const action = isFull ? (
    usable ? (
      <UseButton scope={usable.scope} label={words.use} />
    ) : (
      <Still text={words.claimed} />
    )
  ) : isOver ? (
    <Still text={template.isWithdrawn && template.claimUntil > now ? words.stopped : words.over} />
  ) : template.isSoldOut ? (
    <Still text={words.gone} />
  ) : template.claimFrom > now ? (
    <Still text={words.opensAt(soonText(template.claimFrom, now, locale))} />
  ) : (
    <Button size="s" busy={rest.isBusy} disabled={isStill} onClick={rest.onClaim}>
      {rest.isBusy ? words.claiming : words.claim}
    </Button>
  );
  return (
    <CouponTicket
      kind={rule.kind === 'red_packet' ? 'packet' : 'coupon'}
      isOver={!isFull && (isOver || template.isSoldOut)}
      figure={<CouponFigure rule={rule} />}
      threshold={thresholdParts(rule, locale)}
      name={inLocale(template.name, locale)}
      facts={facts}
      note={
        isFull ? (
          <span className="font-medium text-jade">{usable && words.claimed}</span>
        ) : (
          <>
            {own.length > 0 ? words.owned(own.length, perPerson) : words.limit(perPerson)}
            {template.takenPermille > 0 && !isOver && !template.isSoldOut && (
              <span className="figures"> · {words.taken(takenText(template.takenPermille))}</span>
            )}
          </>
        )
      }
      action={action}
      alert={rest.refused}
    />
  );
}

/** Rounded down: it never says more than is so. */
const takenText = (permille: number) => (permille < 10 ? '<1%' : `${Math.floor(permille / 10)}%`);

/** A button that cannot act, with its reason as its words. */
function Still({ text }: { text: string }) {
  return (
    <Button size="s" disabled>
      {text}
    </Button>
  );
}
