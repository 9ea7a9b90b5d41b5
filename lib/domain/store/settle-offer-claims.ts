import type { PatchId } from './cell.ts';
import { isTooFast, mayBeInside } from './fence.ts';
import type { LocalDate } from './local-time.ts';
import { couponEnd, type EndsBy, nextOfferDay, offerDayAt, type StoreOffer } from './offer.ts';
import { type Calendar, openingAt } from './opening.ts';
import type { Point } from './place.ts';
import type { StoreState } from './store.ts';

export type OfferClaim = {
  readonly shopperId: string;
  readonly key: string;
  readonly offerId: string;
  readonly storeId: string;
  /** Where the phone says it is, to 600 m; null: the store's password was given instead. */
  readonly patch: PatchId | null;
};

/** What the database says of an offer and its account, under the account's lock. */
export type OfferFacts = Pick<StoreOffer, 'hours' | 'goodMinutes' | 'perDay' | 'total' | 'from' | 'until'> & {
  readonly storeIds: ReadonlySet<string>;
  /** From when it is in force; null: it waits for a second person. */
  readonly validFrom: number | null;
  readonly isStopped: boolean;
  readonly isPaused: boolean;
  readonly worstFen: number;
  readonly claimed: number;
  readonly leftFen: number;
};

export type StoreAt = Point & Calendar & { readonly state: StoreState };

export type OfferBooks = {
  /** Database clock, epoch ms. */
  readonly now: number;
  readonly offers: ReadonlyMap<string, OfferFacts>;
  readonly stores: ReadonlyMap<string, StoreAt>;
  /** `dayKey` → coupons of an offer that were claimed on a day. */
  readonly claimedOn: ReadonlyMap<string, number>;
  /** `visitKey` of claims that were made: one a person, a store and a day. */
  readonly visits: ReadonlySet<string>;
  /** The last claim of a person that was made by being near: which store, and when. */
  readonly lastNear: ReadonlyMap<string, { readonly point: Point; readonly at: number }>;
  /** `${shopperId}|${key}` → the coupon that this key made. */
  readonly earlier: ReadonlyMap<
    string,
    { readonly couponId: string; readonly offerId: string; readonly storeId: string }
  >;
};

export const dayKey = (offerId: string, day: LocalDate) => `${offerId}|${day}`;
export const visitKey = (shopperId: string, storeId: string, day: LocalDate) => `${shopperId}|${storeId}|${day}`;

export type OfferRefusal =
  | { readonly code: 'unknown_offer' | 'offer_over' | 'offer_paused' | 'offer_gone' | 'offer_gone_today' }
  | { readonly code: 'offer_not_open'; readonly opensAt: number }
  | { readonly code: 'offer_outside_hours'; readonly opensAt: number }
  | { readonly code: 'store_shut'; readonly opensAt: number | null }
  | { readonly code: 'offer_claimed_today' | 'not_near' | 'moved_too_fast' };

export type OfferDecision =
  | {
      readonly kind: 'claimed';
      readonly day: LocalDate;
      readonly validUntil: number;
      readonly endsBy: EndsBy;
      readonly reservedFen: number;
    }
  | { readonly kind: 'replay'; readonly couponId: string }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly refusal: OfferRefusal };

/** Why nobody can claim this offer now; null when somebody may. */
function closedBecause(offer: OfferFacts | undefined, storeId: string, now: number): OfferRefusal | null {
  if (!offer || offer.validFrom === null || !offer.storeIds.has(storeId)) return { code: 'unknown_offer' };
  if (offer.isStopped || now >= offer.until) return { code: 'offer_over' };
  if (offer.isPaused) return { code: 'offer_paused' };
  const opensAt = Math.max(offer.from, offer.validFrom);
  return now < opensAt ? { code: 'offer_not_open', opensAt } : null;
}

/**
 * Settles claims in the order of their arrival. Pure: the books are what was read under the locks, and a later claim of
 * the batch sees what an earlier one took. Where a phone was is looked at and forgotten: nothing of it is in a decision.
 */
export function settleOfferClaims(commands: readonly OfferClaim[], books: OfferBooks): OfferDecision[] {
  const { now } = books;
  const accounts = new Map<string, { claimed: number; leftFen: number }>();
  for (const [id, { claimed, leftFen }] of books.offers) accounts.set(id, { claimed, leftFen });
  const claimedOn = new Map(books.claimedOn);
  const visits = new Set(books.visits);
  const lastNear = new Map(books.lastNear);
  const refused = (refusal: OfferRefusal): OfferDecision => ({ kind: 'refused', refusal });

  return commands.map(({ shopperId, key, offerId, storeId, patch }): OfferDecision => {
    const earlier = books.earlier.get(`${shopperId}|${key}`);
    if (earlier) {
      return earlier.storeId === storeId ? { kind: 'replay', couponId: earlier.couponId } : { kind: 'key_reused' };
    }
    const offer = books.offers.get(offerId);
    const store = books.stores.get(storeId);
    const account = accounts.get(offerId);
    const closed = closedBecause(offer, storeId, now);
    if (closed) return refused(closed);
    if (!offer || !store || !account) return refused({ code: 'unknown_offer' });

    const { state, opensAt } = openingAt(store, now);
    if (store.state !== 'open') return refused({ code: 'store_shut', opensAt: null });
    if (state === 'shut') return refused({ code: 'store_shut', opensAt });
    const day = offerDayAt(offer.hours, store.zone, now);
    if (!day) return refused({ code: 'offer_outside_hours', opensAt: nextOfferDay(offer.hours, store.zone, now) });

    if (patch !== null && !mayBeInside(patch, store)) return refused({ code: 'not_near' });
    const visit = visitKey(shopperId, storeId, day.day);
    if (visits.has(visit)) return refused({ code: 'offer_claimed_today' });
    const before = lastNear.get(shopperId);
    if (patch !== null && before && isTooFast(before, { point: store, at: now })) {
      return refused({ code: 'moved_too_fast' });
    }

    if (account.claimed >= offer.total || account.leftFen < offer.worstFen) return refused({ code: 'offer_gone' });
    const today = claimedOn.get(dayKey(offerId, day.day)) ?? 0;
    if (today >= offer.perDay) return refused({ code: 'offer_gone_today' });

    account.claimed += 1;
    account.leftFen -= offer.worstFen;
    claimedOn.set(dayKey(offerId, day.day), today + 1);
    visits.add(visit);
    if (patch !== null) lastNear.set(shopperId, { point: store, at: now });
    const { until, endsBy } = couponEnd(offer, day, store, now);
    return { kind: 'claimed', day: day.day, validUntil: until, endsBy, reservedFen: offer.worstFen };
  });
}
