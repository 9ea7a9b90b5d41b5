import { type Fen, toFen } from '../money/fen.ts';

export type FreightRule = { readonly freeFromFen: number; readonly flatFen: number };

/**
 * One parcel's freight: free from a goods total on, else flat; nothing to send costs nothing. The total is the one
 * before promotions and coupons, so that money off never brings freight with it.
 */
export function freightFor(goodsFen: Fen, rule: FreightRule): Fen {
  if (goodsFen === 0) return toFen(0);
  return toFen(goodsFen >= rule.freeFromFen ? 0 : rule.flatFen);
}
