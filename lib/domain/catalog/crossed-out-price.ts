import type { Fen } from '../money/fen.ts';
import { DAY_MS, type EpochMs } from '../time.ts';

/** How far before a session its price may be compared with what was really paid. */
export const COMPARED_DAYS = 7;

/** One unit that somebody paid for. */
export type Deal = { readonly unitFen: Fen; readonly paidAt: EpochMs };

/**
 * The price that may be crossed out beside `offerFen`: the lowest price of one paid unit in the 7 days before the
 * session, the moment of its start not included. Null when nobody paid in that time, or when the lowest is not above
 * the offer: then nothing is crossed out.
 *
 * A list price, a planned price or a price that nobody paid never counts; that would be a discount made of nothing.
 */
export function crossedOutPrice(deals: readonly Deal[], startsAt: EpochMs, offerFen: Fen): Fen | null {
  const from = startsAt - COMPARED_DAYS * DAY_MS;
  let lowest: Fen | null = null;
  for (const { unitFen, paidAt } of deals) {
    if (paidAt < from || paidAt >= startsAt) continue;
    if (lowest === null || unitFen < lowest) lowest = unitFen;
  }
  return lowest !== null && lowest > offerFen ? lowest : null;
}
