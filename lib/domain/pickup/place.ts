import type { FreightRule } from '../pricing/freight.ts';
import type { SkuFacts } from '../pricing/price-line.ts';

/*
 * Where the units of an order for pickup come from: from the store itself, or, where it lacks them, from the warehouse,
 * which sends them there. One line is never split between the two.
 */

export const CENTRAL = 'central';

/** Who fetches his goods pays nobody to bring them. */
export const NO_FREIGHT: FreightRule = { freeFromFen: 0, flatFen: 0 };

/** Names the units of a SKU at a store in the books of a batch. */
export const atStore = (storeId: string, skuId: string): string => `${storeId}|${skuId}`;

/** `location`: the store's id, or `central`. */
export type Source = { readonly location: string; readonly available: number };

/** @param left units that somebody new may have, at the store and in the warehouse */
export function sourceOf(
  storeId: string,
  quantity: number,
  left: { readonly store: number; readonly central: number },
): Source {
  if (left.store >= quantity) return { location: storeId, available: left.store };
  // Neither has enough: the more honest "n left" is the larger one.
  if (left.central >= quantity || left.central > left.store) return { location: CENTRAL, available: left.central };
  return { location: storeId, available: left.store };
}

type Wanted = { readonly skuId: string; readonly quantity: number };

/**
 * Where each of these lines would come from; one line per SKU.
 * @param skus as this person sees the warehouse's: with what the waitlist holds there for him
 * @param stores by `atStore`
 */
export function sourcesOf(
  storeId: string,
  lines: readonly Wanted[],
  skus: ReadonlyMap<string, SkuFacts>,
  stores: ReadonlyMap<string, number>,
): ReadonlyMap<string, Source> {
  return new Map(
    lines.map(({ skuId, quantity }) => {
      const central = skus.get(skuId)?.available ?? 0;
      return [skuId, sourceOf(storeId, quantity, { store: stores.get(atStore(storeId, skuId)) ?? 0, central })];
    }),
  );
}

/** The SKUs with what there is of them where they would come from. */
export function skusAt(
  sources: ReadonlyMap<string, Source>,
  skus: ReadonlyMap<string, SkuFacts>,
): ReadonlyMap<string, SkuFacts> {
  const seen = new Map(skus);
  for (const [skuId, { available }] of sources) {
    const sku = skus.get(skuId);
    if (sku) seen.set(skuId, { ...sku, available });
  }
  return seen;
}

/** Whether anything has to come from the warehouse first. */
export const isTransfer = (sources: ReadonlyMap<string, Source>): boolean =>
  [...sources.values()].some(({ location }) => location === CENTRAL);
