import { createHash } from 'node:crypto';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../lib/domain/time.ts';
import type { History } from './content.ts';

const PAST_DAYS = 30;

/** One price of a SKU, from `fromMs` until `toMs` (null: still), in milliseconds before the start (negative). */
export type PastPrice = { readonly priceFen: number; readonly fromMs: number; readonly toMs: number | null };
export type PastDeal = { readonly unitFen: number; readonly atMs: number };

const days = (count: number) => -count * DAY_MS;

/** The ordinary price of the last 30 days, oldest first; it ends at today's price. */
export function pastPrices(history: History, priceFen: number): PastPrice[] {
  const tenFen = (fen: number) => Math.round(fen / 10) * 10;
  switch (history) {
    case 'dip':
      return [
        { priceFen, fromMs: days(PAST_DAYS), toMs: days(5) },
        { priceFen: tenFen(priceFen * 0.9), fromMs: days(5), toMs: days(3) },
        { priceFen, fromMs: days(3), toMs: null },
      ];
    case 'lowered':
      return [
        { priceFen: tenFen(priceFen * 1.08), fromMs: days(PAST_DAYS), toMs: days(10) },
        { priceFen, fromMs: days(10), toMs: null },
      ];
    default:
      return [{ priceFen, fromMs: days(PAST_DAYS), toMs: null }];
  }
}

/** A number in [0, 1) that depends on nothing but its name: the demo's past is the same on every machine. */
function chance(...name: (string | number)[]): number {
  return createHash('sha256').update(name.join(':')).digest().readUInt32BE() / 2 ** 32;
}

/** The last day before the start on which this history has purchases, counted in days; null when there are none. */
function boughtUntil(history: History): number | null {
  if (history === 'new') return null;
  // Nine days: outside the week before a session that is tomorrow, and a day to spare.
  return history === 'quiet' ? 9 : 0;
}

/** What was paid for single units: on most days, at shop hours, always at the ordinary price of that moment. */
export function pastDeals(skuId: string, history: History, priceFen: number): PastDeal[] {
  const until = boughtUntil(history);
  if (until === null) return [];
  const prices = pastPrices(history, priceFen);
  const deals: PastDeal[] = [];
  for (let day = PAST_DAYS; day > until; day -= 1) {
    const buyers = Math.floor(chance(skuId, day) * 3);
    for (let buyer = 0; buyer < buyers; buyer += 1) {
      // Two hours clear of midnight on either side, so that no purchase is at the minute of a change of price.
      const atMs = days(day) + 2 * HOUR_MS + Math.floor(chance(skuId, day, buyer) * 20 * 60) * MINUTE_MS + buyer;
      const valid = prices.find(({ fromMs, toMs }) => atMs >= fromMs && (toMs === null || atMs < toMs));
      if (valid) deals.push({ unitFen: valid.priceFen, atMs });
    }
  }
  return deals;
}
