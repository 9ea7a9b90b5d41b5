import { type Fen, timesFen, toFen } from '../money/fen.ts';
import { type OfferLike, priceNow, tierOfSlot, tierPlaces } from './price-now.ts';

/** An offer with what the database says of it at this moment. */
export type OfferFacts = OfferLike & {
  readonly limitPerPerson: number;
  /** Promotions count goods at this session's price. */
  readonly allowsPromotions: boolean;
  /** Open tier places, lowest first; at least as many as could be asked for, or all. */
  readonly openSlots: readonly number[];
  /** Reservations so far that took no tier place. */
  readonly accepted: number;
};

export type SkuFacts = {
  readonly skuId: string;
  readonly productHandle: string;
  readonly categoryId: string;
  readonly isForSale: boolean;
  /** Its books did not balance: nobody buys until an operator has looked. */
  readonly isStopped: boolean;
  readonly priceFen: number;
  /** What members of this shopper's level pay outside any session; null where there is no such price. */
  readonly memberFen: number | null;
  readonly limitPerPerson: number | null;
  /** Units on hand that nobody holds. */
  readonly available: number;
  readonly offers: readonly OfferFacts[];
};

/** Units that this person holds or owns of a SKU in a scope: `always`, a session, or `tier:<session>`. */
export type UsedBy = (scope: string) => number;

export type PricedUnits = {
  readonly quantity: number;
  readonly unitFen: Fen;
  readonly priceKind: 'ordinary' | 'session' | 'tier';
  readonly sessionId: string | null;
  readonly tierUpTo: number | null;
  readonly tierSlot: number | null;
};

export type LineRefusal =
  | { readonly code: 'unknown_sku' }
  | { readonly code: 'not_for_sale' }
  | { readonly code: 'sale_stopped' }
  | { readonly code: 'not_open_yet'; readonly opensAt: number }
  | { readonly code: 'sold_out'; readonly left: number }
  | { readonly code: 'limit_reached'; readonly limit: number; readonly owned: number };

export type LinePrice = {
  readonly units: readonly PricedUnits[];
  readonly subtotalFen: Fen;
  /** What the same units cost at the ordinary price. */
  readonly ordinaryFen: Fen;
  readonly rank: number | null;
  readonly offer: OfferFacts | null;
};

export const tierScope = (sessionId: string) => `tier:${sessionId}`;

/** Why `quantity` units of this SKU cannot be had by this person at `now`; null when they can. */
function refusalOf(sku: SkuFacts, quantity: number, used: UsedBy, now: number): LineRefusal | null {
  if (!sku.isForSale) return { code: 'not_for_sale' };
  if (sku.isStopped) return { code: 'sale_stopped' };
  const price = priceNow(sku, now);
  if (price.opensAt !== null) return { code: 'not_open_yet', opensAt: price.opensAt };
  const scope = price.offer ? price.offer.sessionId : 'always';
  const limit = price.offer ? price.offer.limitPerPerson : sku.limitPerPerson;
  const owned = used(scope);
  if (limit !== null && owned + quantity > limit) return { code: 'limit_reached', limit, owned };
  if (quantity > sku.available) return { code: 'sold_out', left: Math.max(0, sku.available) };
  return null;
}

/**
 * Prices `quantity` units of one SKU for one person at `now`, and says which tier place he takes.
 *
 * One person takes one tier place per SKU and session; his other units cost the session's price. The place is the
 * lowest open one. Rank: the tier place, or, without one, the count of earlier reservations without a place, after
 * all tier places.
 */
export function priceLine(
  sku: SkuFacts | undefined,
  quantity: number,
  used: UsedBy,
  now: number,
): { ok: true; value: LinePrice } | { ok: false; refusal: LineRefusal } {
  if (!sku) return { ok: false, refusal: { code: 'unknown_sku' } };
  const refusal = refusalOf(sku, quantity, used, now);
  if (refusal) return { ok: false, refusal };
  const { offer, unitFen, kind } = priceNow(sku, now);
  const ordinaryFen = timesFen(toFen(sku.priceFen), quantity);
  const sessionId = offer?.sessionId ?? null;
  const units: PricedUnits[] = [];
  const slot = offer && used(tierScope(offer.sessionId)) === 0 ? offer.openSlots[0] : undefined;
  const tier = offer && slot !== undefined ? tierOfSlot(offer.tiers, slot) : null;
  if (tier && slot !== undefined) {
    units.push({
      quantity: 1,
      unitFen: toFen(tier.priceFen),
      priceKind: 'tier',
      sessionId,
      tierUpTo: tier.upTo,
      tierSlot: slot,
    });
  }
  const rest = quantity - units.length;
  if (rest > 0) {
    units.push({ quantity: rest, unitFen, priceKind: kind, sessionId, tierUpTo: null, tierSlot: null });
  }
  const subtotalFen = toFen(units.reduce((sum, unit) => sum + unit.unitFen * unit.quantity, 0));
  const rank = offer ? (tier && slot !== undefined ? slot : tierPlaces(offer.tiers) + offer.accepted + 1) : null;
  return { ok: true, value: { units, subtotalFen, ordinaryFen, rank, offer } };
}
