import type { Fen } from '../money/fen.ts';
import { HOUR_MS } from '../time.ts';

/*
 * Words used in this room:
 *
 * - offer:     what one session says of one SKU (场次价)
 * - tier:      the first N units of an offer at a lower price (前N名)
 * - hold-back: goods of a session are not sold in its last hours before the start
 */

export type TierLike = { readonly upTo: number; readonly priceFen: number };

export type OfferLike = {
  readonly sessionId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly priceFen: number;
  readonly tiers: readonly TierLike[];
};

/** Goods of a session rest this long before it opens, so that nobody empties the shelf at the ordinary price. */
export const HOLD_BACK_MS = 2 * HOUR_MS;

/** The session that runs at `now`, from `startsAt` up to, not including, `endsAt`. */
export function runningOffer<O extends OfferLike>(offers: readonly O[], now: number): O | null {
  return offers.find((offer) => offer.startsAt <= now && now < offer.endsAt) ?? null;
}

/** The session that opens next. */
export function nextOffer<O extends OfferLike>(offers: readonly O[], now: number): O | null {
  let next: O | null = null;
  for (const offer of offers) {
    if (offer.startsAt > now && (next === null || offer.startsAt < next.startsAt)) next = offer;
  }
  return next;
}

export type PriceNow<O extends OfferLike> = {
  /** What one unit costs now, tiers aside. */
  readonly unitFen: Fen;
  readonly kind: 'ordinary' | 'session';
  readonly offer: O | null;
  readonly next: O | null;
  /** Set when nothing can be bought until then. */
  readonly opensAt: number | null;
};

/**
 * What a SKU costs at `now` (server clock, epoch ms), tiers aside.
 *
 * In a session its price; otherwise the ordinary price. Within `HOLD_BACK_MS` of its next session the SKU rests:
 * `opensAt` says until when.
 */
export function priceNow<O extends OfferLike>(
  sku: { readonly priceFen: number; readonly offers: readonly O[] },
  now: number,
): PriceNow<O> {
  const offer = runningOffer(sku.offers, now);
  const next = nextOffer(sku.offers, now);
  if (offer) return { unitFen: offer.priceFen as Fen, kind: 'session', offer, next, opensAt: null };
  const rests = next !== null && next.startsAt - now <= HOLD_BACK_MS;
  return { unitFen: sku.priceFen as Fen, kind: 'ordinary', offer: null, next, opensAt: rests ? next.startsAt : null };
}

/** The tier that holds place `slot` (from 1), or null beyond the last. Tiers ascend by `upTo`. */
export function tierOfSlot<T extends TierLike>(tiers: readonly T[], slot: number): T | null {
  return tiers.find((tier) => slot <= tier.upTo) ?? null;
}

/** Places in all tiers together. */
export function tierPlaces(tiers: readonly TierLike[]): number {
  return tiers.at(-1)?.upTo ?? 0;
}
