import type { StockCell } from '../inventory/frame.ts';
import { type OfferLike, priceNow } from '../pricing/price-now.ts';

/*
 * Words used in this file:
 *
 * - view:  what the screen says of a SKU or a product at a moment: its price, why, and whether it can be bought
 * - focus: the session whose tab is looked at; before its start its price is shown although another is asked today
 */

export type OfferFacts = OfferLike & {
  readonly limitPerPerson: number;
  readonly crossedOutFen: number | null;
  /** Promotions count goods at this session's price; not known on cards, which do not say it. */
  readonly allowsPromotions?: boolean;
};

export type SkuFacts = {
  readonly id: string;
  readonly priceFen: number;
  readonly limitPerPerson: number | null;
  readonly offers: readonly OfferFacts[];
};

/** `left` is null while nothing is known of the places that are open. */
export type TierView = { readonly upTo: number; readonly priceFen: number; readonly left: number | null };

export type SkuView = {
  readonly id: string;
  /** `opens`: nothing can be bought before `opensAt`; the price is the one at the opening. */
  readonly state: 'open' | 'opens' | 'sold_out';
  /** One unit: at the tier price only when a place in it is known to be open, so that no page promises too much. */
  readonly unitFen: number;
  readonly kind: 'ordinary' | 'session' | 'tier';
  readonly ordinaryFen: number;
  /** Only when it is higher than `unitFen`. */
  readonly crossedOutFen: number | null;
  readonly tier: TierView | null;
  /** The session that gives the price. */
  readonly offer: OfferFacts | null;
  readonly opensAt: number | null;
  /** The next session, when it asks less than today's price; null where that session gives the price already. */
  readonly later: { readonly startsAt: number; readonly priceFen: number } | null;
  /** Units one person may have now; null: as many as there are. */
  readonly limit: number | null;
};

/** Which tier is open: by the live number, or the first one before the session has started. */
function openTier(offer: OfferFacts, isRunning: boolean, stock: StockCell | null): TierView | null {
  if (isRunning && stock && stock.tierIndex < 0) return null;
  const tier = offer.tiers[isRunning && stock ? stock.tierIndex : 0];
  if (!tier) return null;
  return { upTo: tier.upTo, priceFen: tier.priceFen, left: isRunning && stock ? stock.tierLeft : null };
}

/** What the screen says of one SKU at `now` (server clock, epoch ms). */
export function skuView(sku: SkuFacts, stock: StockCell | null, now: number, focus: string | null = null): SkuView {
  const price = priceNow(sku, now);
  const focused = sku.offers.find((offer) => offer.sessionId === focus && offer.startsAt > now) ?? null;
  const coming = focused ?? (price.opensAt === null ? null : price.next);
  const offer = coming ?? price.offer;
  const tier = offer ? openTier(offer, coming === null, stock) : null;
  const isTierPrice = tier !== null && coming === null && tier.left !== null && tier.left > 0;
  const unitFen = isTierPrice ? tier.priceFen : (offer?.priceFen ?? sku.priceFen);
  const crossedOut = offer?.crossedOutFen ?? null;
  const { next } = price;
  const later = coming === null && next !== null && next.priceFen < unitFen ? next : null;
  return {
    id: sku.id,
    state: coming ? 'opens' : stock && stock.available <= 0 ? 'sold_out' : 'open',
    unitFen,
    kind: isTierPrice ? 'tier' : offer ? 'session' : 'ordinary',
    ordinaryFen: sku.priceFen,
    crossedOutFen: crossedOut !== null && crossedOut > unitFen ? crossedOut : null,
    tier,
    offer,
    opensAt: coming?.startsAt ?? null,
    later: later && { startsAt: later.startsAt, priceFen: later.priceFen },
    limit: offer ? offer.limitPerPerson : sku.limitPerPerson,
  };
}

export type ProductView = {
  /** The SKU that the card speaks of: the cheapest that can be had. */
  readonly sku: SkuView;
  /** Another SKU costs more: the price is said with 起. */
  readonly isFrom: boolean;
  /** Of all SKUs together; null while nothing is known. */
  readonly stock: { readonly available: number; readonly total: number } | null;
};

/**
 * What a card says of a product: the cheapest SKU that can be bought, else the cheapest that opens, else the cheapest.
 *
 * @returns null for a product without SKUs.
 */
export function productView(
  skus: readonly SkuFacts[],
  stockOf: (skuId: string) => StockCell | null,
  now: number,
  focus: string | null = null,
): ProductView | null {
  const order = { open: 0, opens: 1, sold_out: 2 } as const;
  const views = skus.map((sku) => skuView(sku, stockOf(sku.id), now, focus));
  const [sku] = [...views].sort((a, b) => order[a.state] - order[b.state] || a.unitFen - b.unitFen);
  if (!sku) return null;
  const cells = skus.map(({ id }) => stockOf(id)).filter((cell) => cell !== null);
  const stock =
    cells.length < skus.length
      ? null
      : {
          available: cells.reduce((sum, cell) => sum + Math.max(0, cell.available), 0),
          total: cells.reduce((sum, cell) => sum + cell.total, 0),
        };
  return { sku, isFrom: views.some((view) => view.state === sku.state && view.unitFen > sku.unitFen), stock };
}

/** Whether the tier may be called "half price": half of what it costs outside the tier, or outside the session, to 1 %. */
export function isHalfPrice(tierFen: number, offerFen: number, ordinaryFen: number): boolean {
  return [offerFen, ordinaryFen].some((fullFen) => Math.abs(tierFen * 2 - fullFen) * 100 <= fullFen);
}

/** When the words of these SKUs change by the clock alone: each start and end, in order, after `now`. */
export function nextChangeAt(spans: readonly { startsAt: number; endsAt: number }[], now: number): number | null {
  const moments = spans.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]).filter((at) => at > now);
  return moments.length > 0 ? Math.min(...moments) : null;
}
