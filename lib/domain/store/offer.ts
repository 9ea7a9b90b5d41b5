import { type CouponRule, type CouponTemplate, templateFault } from '../promo/coupon.ts';
import { MINUTE_MS } from '../time.ts';
import { addDays, type LocalDate, localTime, momentOf } from './local-time.ts';
import { type Calendar, DAY_MINUTES, isDay, openingAt, type Span } from './opening.ts';

/*
 * Words used in this file:
 *
 * - offer:        what a store gives to who comes by: a coupon that is claimed near it and redeemed at its counter
 * - hours:        the minutes of the day, on the store's clocks, in which an offer is claimed and redeemed; a night
 *                 belongs to the day on which it began
 * - store coupon: one person's copy: of one store, of one day
 */

/** An amount off, with or without a threshold: the clerk takes it off by hand, so nothing is to be worked out. */
export type OfferRule = Extract<CouponRule, { kind: 'fixed' | 'threshold' }>;

export type StoreOffer = {
  readonly id: string;
  readonly name: CouponTemplate['name'];
  readonly rule: OfferRule;
  readonly hours: Span;
  /** It is claimed from `from` up to, not including, `until` (epoch ms). */
  readonly from: number;
  readonly until: number;
  /** A coupon is good for so long from its claim, and never beyond the hours or the store's closing. */
  readonly goodMinutes: number;
  /** Claims of all its stores together on one day, and in all. */
  readonly perDay: number;
  readonly total: number;
  readonly budgetFen: number;
  readonly storeIds: readonly string[];
};

export const OFFER_STORES_MAX = 2_000;
/** One claim a store, a day and a person: the campaign's own limit is never what is met. */
const PER_PERSON = 100;

/** The offer as the campaign whose budget and end it has. */
export function templateOf(offer: StoreOffer): CouponTemplate {
  const { id, name, rule, from, until, total, budgetFen } = offer;
  return {
    ...{ id, name, rule, total, budgetFen },
    scope: { kind: 'all' },
    // The longest that a claim of the last moment is good for.
    validity: { kind: 'days', days: 1 },
    claimFrom: from,
    claimUntil: until,
    perPerson: Math.min(PER_PERSON, total),
  };
}

export type OfferFault = NonNullable<ReturnType<typeof templateFault>> | 'hours_wrong' | 'stores_wrong';

/** What is wrong with an offer; null when it may be published at `now`. */
export function offerFault(offer: StoreOffer, now: number): OfferFault | null {
  const { hours, goodMinutes, perDay, total, storeIds } = offer;
  if (!isDay([hours])) return 'hours_wrong';
  if (storeIds.length === 0 || storeIds.length > OFFER_STORES_MAX || new Set(storeIds).size !== storeIds.length) {
    return 'stores_wrong';
  }
  if (!Number.isInteger(goodMinutes) || goodMinutes < 60 || goodMinutes > DAY_MINUTES) return 'not_a_number';
  if (!Number.isInteger(perDay) || perDay < 1 || perDay > total) return 'not_a_number';
  return templateFault(templateOf(offer), now);
}

/** One day of an offer on a store's clocks: `[from, until)` in epoch ms. */
export type OfferDay = { readonly day: LocalDate; readonly from: number; readonly until: number };

function offerDay(zone: string, day: LocalDate, [from, to]: Span): OfferDay {
  return { day, from: momentOf(zone, day, from), until: momentOf(zone, day, to) };
}

/** The day of an offer that runs at a moment; null: it is outside its hours. */
export function offerDayAt(hours: Span, zone: string, at: number): OfferDay | null {
  const today = localTime(zone, at).date;
  const days = [offerDay(zone, addDays(today, -1), hours), offerDay(zone, today, hours)];
  return days.find(({ from, until }) => from <= at && at < until) ?? null;
}

/** When the hours begin next, epoch ms; for a moment outside them. */
export function nextOfferDay(hours: Span, zone: string, at: number): number {
  const today = localTime(zone, at).date;
  const { from } = offerDay(zone, today, hours);
  return from > at ? from : offerDay(zone, addDays(today, 1), hours).from;
}

/** What ended a store coupon, or will: its own time, or the hours of the offer or of the store. */
export type EndsBy = 'time' | 'hours';

/** Until when a coupon that is claimed at `now` is good, and by what it ends. */
export function couponEnd(
  { goodMinutes }: Pick<StoreOffer, 'goodMinutes'>,
  day: OfferDay,
  calendar: Calendar,
  now: number,
): { readonly until: number; readonly endsBy: EndsBy } {
  const byTime = now + goodMinutes * MINUTE_MS;
  const byHours = Math.min(day.until, openingAt(calendar, now).closesAt ?? Number.POSITIVE_INFINITY);
  return byTime < byHours ? { until: byTime, endsBy: 'time' } : { until: byHours, endsBy: 'hours' };
}
