import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfLife, kFactor, type Offspring, rateOf } from '../../lib/domain/sharing/spread.ts';
import { HOUR_MS } from '../../lib/domain/time.ts';

/** Always the same numbers between 0 and 1 (mulberry32), so that a simulation proves the same thing every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Poisson by Knuth's way. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

const offspringOf = (counts: readonly number[]): Offspring => ({
  sharers: counts.length,
  brought: counts.reduce((sum, n) => sum + n, 0),
  squares: counts.reduce((sum, n) => sum + n * n, 0),
});

test('K is the mean of what each sharer brought, inside its interval, and never below zero', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 300 }), (counts) => {
      const k = kFactor(offspringOf(counts));
      const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
      expect(k?.value).toBeCloseTo(mean, 12);
      expect(k!.low).toBeGreaterThanOrEqual(0);
      expect(k!.low).toBeLessThanOrEqual(k!.value);
      expect(k!.high).toBeGreaterThan(k!.value);
    }),
  );
  expect(kFactor({ sharers: 0, brought: 0, squares: 0 })).toBeNull();
});

test('K by hand: four sharers who brought 0, 1, 2 and 5', () => {
  // Mean 2, variance (30 − 64/4) / 3 = 14/3; reach 1.96 × √(14/3 ÷ 4) ÷ 2.
  const reach = (1.959963984540054 * Math.sqrt(14 / 3 / 4)) / 2;
  const k = kFactor(offspringOf([0, 1, 2, 5]));
  expect(k!.low).toBeCloseTo(2 * Math.exp(-reach), 10);
  expect(k!.high).toBeCloseTo(2 * Math.exp(reach), 10);
  expect(kFactor(offspringOf([0, 0, 0]))).toEqual({ value: 0, low: 0, high: 1 });
});

test.each([
  ['below one', 0.6],
  ['above one', 1.8],
])('the interval of K holds the true K in at least 93 of 100 spreads, %s', (_name, mean) => {
  const random = dice(20_251_111);
  let held = 0;
  for (let round = 0; round < 1_000; round += 1) {
    // Some bring many and most bring few: a mean of its own for each (a mixture of two), as in real spreads.
    const counts = Array.from({ length: 300 }, () => poisson(random() < 0.2 ? mean * 3 : mean * 0.5, random));
    const k = kFactor(offspringOf(counts));
    if (k!.low <= mean && mean <= k!.high) held += 1;
  }
  expect(held).toBeGreaterThanOrEqual(930);
});

test('a rate lies inside its interval, which stays between 0 and 1 and narrows as more is seen', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (some, of) => {
      const hits = Math.min(some, of);
      const rate = rateOf(hits, of);
      expect(rate.low).toBeGreaterThanOrEqual(0);
      expect(rate.high).toBeLessThanOrEqual(1);
      expect(rate.low).toBeLessThanOrEqual(rate.value + 1e-12);
      expect(rate.high).toBeGreaterThanOrEqual(rate.value - 1e-12);
      const more = rateOf(hits * 10, of * 10);
      expect(more.high - more.low).toBeLessThan(rate.high - rate.low);
    }),
  );
  expect(rateOf(0, 0)).toEqual({ hits: 0, of: 0, value: 0, low: 0, high: 1 });
  // Wilson's interval for 15 of 50, from the formula in any book.
  expect(rateOf(15, 50).low).toBeCloseTo(0.191, 4);
  expect(rateOf(15, 50).high).toBeCloseTo(0.4375, 4);
});

test('half-life: after the busiest hour, when half of what came later had come', () => {
  expect(halfLife([])).toEqual({ ms: null, peakHour: null, opensAfter: 0 });
  expect(halfLife([{ hour: 7, opens: 5 }])).toEqual({ ms: null, peakHour: 7, opensAfter: 0 });
  const hours = [
    { hour: 9, opens: 10 },
    { hour: 10, opens: 100 },
    { hour: 11, opens: 40 },
    { hour: 13, opens: 20 },
    { hour: 14, opens: 20 },
  ];
  // Of 80 later ones the 40th closes the hour after the peak.
  expect(halfLife(hours)).toEqual({ ms: HOUR_MS, peakHour: 10, opensAfter: 80 });
  expect(
    halfLife([
      { hour: 1, opens: 9 },
      { hour: 4, opens: 8 },
    ]).ms,
  ).toBe(2.5 * HOUR_MS);
});

test('half of what came after the peak came before the half-life, as near as an hour can tell', () => {
  const hoursOf = fc.uniqueArray(fc.record({ hour: fc.nat(500), opens: fc.integer({ min: 1, max: 1_000 }) }), {
    selector: ({ hour }) => hour,
    minLength: 2,
    maxLength: 100,
  });
  fc.assert(
    fc.property(hoursOf, (given) => {
      const hours = given.toSorted((a, b) => a.hour - b.hour);
      const { ms, peakHour, opensAfter } = halfLife(hours);
      if (ms === null) {
        expect(opensAfter).toBe(0);
        return;
      }
      const at = peakHour! + 1 + ms / HOUR_MS;
      const until = (hour: number) =>
        hours.filter((one) => one.hour > peakHour! && one.hour + 1 <= hour).reduce((sum, { opens }) => sum + opens, 0);
      expect(until(Math.floor(at))).toBeLessThanOrEqual(opensAfter / 2 + 1e-6);
      expect(until(Math.ceil(at))).toBeGreaterThanOrEqual(opensAfter / 2 - 1e-6);
    }),
  );
});
