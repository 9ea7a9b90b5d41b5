/** "The first `upTo` units at `priceFen`", counted from 1. */
export type TierStep = { readonly upTo: number; readonly priceFen: number };

/** Places of all tiers together: one row each in the database. */
export const TIER_PLACES_MAX = 20_000;

/** Why a ladder of tiers cannot be promised; the index is the first step that is wrong. */
export type TiersFault =
  | { readonly code: 'not_ascending'; readonly index: number }
  | { readonly code: 'price_not_rising'; readonly index: number }
  | { readonly code: 'not_below_session_price'; readonly index: number }
  | { readonly code: 'too_many_places'; readonly index: number };

/**
 * A ladder is sound when each step reaches further and costs more than the one before, all cost something and less
 * than the session's price: whoever comes later never pays less. Null: sound; no steps at all are sound too.
 */
export function tiersFault(tiers: readonly TierStep[], sessionPriceFen: number): TiersFault | null {
  let upTo = 0;
  let priceFen = 0;
  for (const [index, step] of tiers.entries()) {
    if (step.upTo <= upTo) return { code: 'not_ascending', index };
    if (step.priceFen <= priceFen) return { code: 'price_not_rising', index };
    if (step.priceFen >= sessionPriceFen) return { code: 'not_below_session_price', index };
    if (step.upTo > TIER_PLACES_MAX) return { code: 'too_many_places', index };
    ({ upTo, priceFen } = step);
  }
  return null;
}
