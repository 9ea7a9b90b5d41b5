'use client';

import type { OfferingStore } from '../../lib/client/offers/offers.ts';
import type { useClaiming } from '../../lib/client/offers/own-coupons.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { OfferShown } from '../../lib/contracts/store-offer.ts';
import { clockText as dayClock } from '../../lib/domain/store/hours-text.ts';
import { nextOfferDay, offerDayAt } from '../../lib/domain/store/offer.ts';
import { DAY_MINUTES } from '../../lib/domain/store/opening.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { CouponTicket } from '../ui/coupon-ticket.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

type OfferingStoreProps = {
  offering: OfferingStore;
  /** The server's clock, epoch ms. */
  now: number;
  isNobody: boolean;
  /** This person has had today's coupon of this store. */
  isClaimed: boolean;
  claiming: ReturnType<typeof useClaiming>;
  onClaim: (offerId: string) => void;
};

/** A store near by with what it gives: how much, for how long, and the one button that fits. */
export function OfferingStoreCard({ offering, ...rest }: OfferingStoreProps) {
  const locale = useLocale();
  const { store, metres, offers } = offering;
  return (
    <article className="flex flex-col gap-2">
      <h3 className="flex items-baseline gap-2 px-1 text-16 font-semibold">
        <span className="min-w-0 flex-1">{inLocale(store.name, locale)}</span>
        <span className="figures shrink-0 text-14 font-normal text-ink-2">
          {Math.max(10, Math.round(metres / 10) * 10)} m
        </span>
      </h3>
      {offers.map((offer) => (
        <OfferTicket key={offer.id} offer={offer} store={store} {...rest} />
      ))}
    </article>
  );
}

type OfferTicketProps = Omit<OfferingStoreProps, 'offering'> & { offer: OfferShown; store: OfferingStore['store'] };

function OfferTicket({ offer, store, now, isNobody, isClaimed, claiming, onClaim }: OfferTicketProps) {
  const words = useMessages(offersMessages);
  const locale = useLocale();
  const { id, rule, hours, goodMinutes } = offer;
  const about = `${id} ${store.id}`;
  const [from, to] = hours;
  const span = `${dayClock(from)}–${to > DAY_MINUTES ? `${words.nextDay} ` : ''}${dayClock(to)}`;
  const isOpen = offer.from <= now && now < offer.until && offerDayAt(hours, store.zone, now) !== null;
  const opensAt = now < offer.from ? offer.from : nextOfferDay(hours, store.zone, now);
  const refusal = claiming.refused?.about === about ? claiming.refused.refusal : null;
  const still = (text: string) => (
    <Button size="s" disabled>
      {text}
    </Button>
  );
  const action = isClaimed ? (
    still(words.claimedHere)
  ) : offer.isGone ? (
    still(words.gone)
  ) : !isOpen ? (
    still(words.notYet(momentText(opensAt, now, locale)))
  ) : isNobody ? (
    <ShopLink href="/login?next=%2Foffers" className={buttonClass('act', 's')}>
      {words.login}
    </ShopLink>
  ) : (
    <Button size="s" busy={claiming.busy === about} onClick={() => onClaim(id)}>
      {claiming.busy === about ? words.claiming : words.claim}
    </Button>
  );
  const hoursLong = String(Math.round(goodMinutes / 6) / 10);
  return (
    <CouponTicket
      kind="coupon"
      isOver={offer.isGone}
      figure={<Price fen={rule.cutFen} />}
      threshold={[rule.kind === 'threshold' ? words.threshold(yuanText(rule.fullFen)) : words.noThreshold]}
      name={words.gives(yuanText(rule.cutFen))}
      facts={[words.todayOnly(inLocale(store.name, locale)), words.hours(span), words.goodFor(hoursLong)]}
      action={action}
      alert={refusal && refusalText(refusal, locale)}
    />
  );
}
