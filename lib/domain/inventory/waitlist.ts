import type { OfferFacts, SkuFacts } from '../pricing/price-line.ts';
import { tierScope } from '../pricing/price-line.ts';
import { priceNow } from '../pricing/price-now.ts';

/*
 * Words used in this file:
 *
 * - waiter:    an entry of the waitlist (候补) that has no offer yet, in published order
 * - offer:     units that are held for a waiter until a deadline; a real reservation
 * - published: the order of joining, which everybody can see as his position
 */

export type Waiter = { readonly entryId: string; readonly shopperId: string; readonly quantity: number };

export type TierPlace = { readonly sessionId: string; readonly slot: number };

/** Units that are held for one person until `endsAt` (database clock, epoch ms). */
export type HeldOffer = {
  readonly entryId: string;
  readonly quantity: number;
  readonly endsAt: number;
  readonly place: TierPlace | null;
};

export type NewOffer = HeldOffer & {
  readonly shopperId: string;
  /** The goods rest until then: the offer can be used from here on. Null: at once. */
  readonly opensAt: number | null;
};

export type Served = {
  readonly offers: readonly NewOffer[];
  /** Entries that can never be served: the person has what one person may have. */
  readonly passed: readonly string[];
};

/** What the waitlist must know of a SKU. */
export type WaitedSku = Pick<SkuFacts, 'isForSale' | 'priceFen' | 'limitPerPerson' | 'available'> & {
  readonly offers: readonly Omit<OfferFacts, 'allowsPromotions' | 'accepted'>[];
};

/** The session whose price and limit count when the offer can be used. */
function sessionOf(
  sku: WaitedSku,
  now: number,
): { session: WaitedSku['offers'][number] | null; opensAt: number | null } {
  const price = priceNow(sku, now);
  return price.opensAt === null
    ? { session: price.offer, opensAt: null }
    : { session: price.next, opensAt: price.opensAt };
}

/**
 * Gives the free units of a SKU to those who wait for it, in published order, until nothing is free or nobody waits.
 *
 * Whoever wants more than is left is offered what is left: units are never kept back for a larger wish, so nothing is
 * stranded and nobody is passed. A tier place that is open in the running session goes to the first who has had none.
 * In the rest before a session an offer waits for the opening; its places stay for those who come at the opening.
 *
 * @param waiters in published order, a beginning of it or all
 * @param sku `available` is what nobody holds
 * @param used units that a person holds or owns by scope (`always`, a session, `tier:<session>`)
 * @param now database clock, epoch ms
 */
export function serveWaiters(
  waiters: readonly Waiter[],
  sku: WaitedSku,
  used: (shopperId: string, scope: string) => number,
  now: number,
  offerMs: number,
): Served {
  const offers: NewOffer[] = [];
  const passed: string[] = [];
  if (!sku.isForSale) return { offers, passed };
  const { session, opensAt } = sessionOf(sku, now);
  const limit = session ? session.limitPerPerson : sku.limitPerPerson;
  const slots = session && opensAt === null ? [...session.openSlots] : [];
  const endsAt = (opensAt ?? now) + offerMs;
  let left = sku.available;
  for (const { entryId, shopperId, quantity } of waiters) {
    if (left <= 0) break;
    const room = limit === null ? quantity : limit - used(shopperId, session?.sessionId ?? 'always');
    if (room <= 0) {
      passed.push(entryId);
      continue;
    }
    const units = Math.min(quantity, room, left);
    const slot = session && used(shopperId, tierScope(session.sessionId)) === 0 ? slots.shift() : undefined;
    const place = session && slot !== undefined ? { sessionId: session.sessionId, slot } : null;
    offers.push({ entryId, shopperId, quantity: units, endsAt, opensAt, place });
    left -= units;
  }
  return { offers, passed };
}

/**
 * A SKU as the owner of an offer sees it: his units are available to him, and his tier place is open to him.
 * An offer whose deadline has passed is none, whether or not it has been taken back yet.
 */
export function withOffer(sku: SkuFacts, offer: HeldOffer, now: number): SkuFacts {
  if (now >= offer.endsAt) return sku;
  const { place } = offer;
  return {
    ...sku,
    available: sku.available + offer.quantity,
    offers: sku.offers.map((one) =>
      one.sessionId === place?.sessionId
        ? { ...one, openSlots: [place.slot, ...one.openSlots].sort((a, b) => a - b) }
        : one,
    ),
  };
}

export type JoinRefusal =
  | { readonly code: 'unknown_sku' }
  | { readonly code: 'not_for_sale' }
  | { readonly code: 'in_stock'; readonly available: number }
  | { readonly code: 'limit_reached'; readonly limit: number; readonly owned: number }
  | { readonly code: 'too_many_waits'; readonly max: number };

/**
 * Why a person cannot wait for this SKU; null when he can. Whoever can buy must buy: with free units and nobody
 * waiting there is nothing to wait for.
 *
 * @param sku `available` is what a new buyer could have, 0 while others wait
 * @param waits live entries of this person
 */
export function joinRefusal(
  sku: WaitedSku | undefined,
  quantity: number,
  used: (scope: string) => number,
  waits: number,
  waitsMax: number,
  now: number,
): JoinRefusal | null {
  if (!sku) return { code: 'unknown_sku' };
  if (!sku.isForSale) return { code: 'not_for_sale' };
  if (sku.available > 0) return { code: 'in_stock', available: sku.available };
  const { session } = sessionOf(sku, now);
  const limit = session ? session.limitPerPerson : sku.limitPerPerson;
  const owned = used(session?.sessionId ?? 'always');
  if (limit !== null && owned + quantity > limit) return { code: 'limit_reached', limit, owned };
  if (waits >= waitsMax) return { code: 'too_many_waits', max: waitsMax };
  return null;
}
