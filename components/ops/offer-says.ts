import type { OpsOffer } from '../../lib/contracts/ops-offer.ts';
import { clockText } from '../../lib/domain/store/hours-text.ts';
import { DAY_MINUTES } from '../../lib/domain/store/opening.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsOffersMessages } from '../../lib/messages/ops-offers.ts';
import { timeText } from '../staff/staff-words.ts';

type Offer = Pick<OpsOffer, 'rule' | 'hours' | 'from' | 'until' | 'perDay' | 'goodMinutes'>;

/** `到店满 ¥100 减 ¥30`. */
export function saysOfferRule({ rule }: Pick<Offer, 'rule'>, locale: Locale): string {
  const words = opsOffersMessages[locale];
  return rule.kind === 'fixed'
    ? words.gives(yuanText(rule.cutFen))
    : words.givesFrom(yuanText(rule.fullFen), yuanText(rule.cutFen));
}

/** When it runs, at which hours, how many. */
export function saysOfferTerms(offer: Offer, locale: Locale): string[] {
  const words = opsOffersMessages[locale];
  const [from, to] = offer.hours;
  const span = `${clockText(from)}–${to > DAY_MINUTES ? `${words.nextDay} ` : ''}${clockText(to)}`;
  return [
    words.times(timeText(offer.from, locale), timeText(offer.until, locale)),
    words.hoursDay(span),
    words.limits(offer.perDay.toLocaleString('en-US'), String(Math.round(offer.goodMinutes / 6) / 10)),
  ];
}
