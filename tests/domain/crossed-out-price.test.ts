import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crossedOutPrice, type Deal } from '../../lib/domain/catalog/crossed-out-price.ts';
import { toFen } from '../../lib/domain/money/fen.ts';
import { DAY_MS, toEpochMs } from '../../lib/domain/time.ts';

const START = toEpochMs(Date.UTC(2026, 10, 10, 16));
const deal = (yuan: number, daysBefore: number): Deal => ({
  unitFen: toFen(yuan * 100),
  paidAt: toEpochMs(START - Math.round(daysBefore * DAY_MS)),
});

test('the lowest price that somebody paid in the week before is crossed out, not the highest', () => {
  expect(crossedOutPrice([deal(299, 6), deal(259, 3), deal(289, 1)], START, toFen(19_900))).toBe(25_900);
});

test('a price that nobody paid in the week before is not crossed out', () => {
  expect(crossedOutPrice([], START, toFen(19_900))).toBeNull();
  expect(crossedOutPrice([deal(299, 7.001), deal(299, 30)], START, toFen(19_900))).toBeNull();
});

test('nothing is crossed out that is not above the offer', () => {
  expect(crossedOutPrice([deal(199, 2)], START, toFen(19_900))).toBeNull();
  expect(crossedOutPrice([deal(399, 2), deal(150, 5)], START, toFen(19_900))).toBeNull();
});

test.each([
  ['exactly seven days before counts', 7, 29_900],
  ['at the moment of the start does not', 0, null],
  ['a millisecond before the start counts', 1 / DAY_MS, 29_900],
])('a purchase %s', (_when, daysBefore, expected) => {
  expect(crossedOutPrice([deal(299, daysBefore)], START, toFen(19_900))).toBe(expected);
});

const histories = fc.array(
  fc.record({
    unitFen: fc.integer({ min: 1, max: 1_000_000 }).map(toFen),
    paidAt: fc.integer({ min: START - 40 * DAY_MS, max: START + 2 * DAY_MS }).map(toEpochMs),
  }),
  { maxLength: 40 },
);

test('whatever was paid: it was really paid in that week, nobody paid less in it, and it is above the offer', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 1_000_000 }).map(toFen), (deals, offerFen) => {
      const price = crossedOutPrice(deals, START, offerFen);
      const week = deals.filter(({ paidAt }) => paidAt >= START - 7 * DAY_MS && paidAt < START);
      if (price === null) {
        expect(week.some(({ unitFen }) => unitFen <= offerFen)).toBe(week.length > 0);
        return;
      }
      expect(price).toBeGreaterThan(offerFen);
      expect(week.some(({ unitFen }) => unitFen === price)).toBe(true);
      expect(week.every(({ unitFen }) => unitFen >= price)).toBe(true);
    }),
  );
});

test('raising a price before the session never raises what is crossed out', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 1_000_000 }).map(toFen), (deals, raisedFen) => {
      const offerFen = toFen(1);
      const before = crossedOutPrice(deals, START, offerFen);
      const after = crossedOutPrice([...deals, { unitFen: raisedFen, paidAt: toEpochMs(START - 1) }], START, offerFen);
      if (before !== null) expect(after ?? 0).toBeLessThanOrEqual(before);
    }),
  );
});
