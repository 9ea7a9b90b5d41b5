import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { HOUR_MS } from '../../lib/domain/time.ts';
import { hourlyCounts } from '../../server/sharing/hourly-counts.ts';

afterEach(() => void vi.useRealTimers());

test('keys are counted as a map of texts would count them, whatever they are and however many', () => {
  vi.useFakeTimers({ now: 100 * HOUR_MS });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 300 }),
      (keys) => {
        const count = hourlyCounts(10_000);
        const known = new Map<string, number>();
        for (const [linkId, text] of keys) {
          const key = JSON.stringify([linkId, text]);
          known.set(key, (known.get(key) ?? 0) + 1);
          expect(count(linkId, text)).toBe(known.get(key));
        }
      },
    ),
  );
});

test('a hundred thousand keys are told apart while the table grows, and each is known again', () => {
  vi.useFakeTimers({ now: 100 * HOUR_MS });
  const count = hourlyCounts(200_000);
  let wrong = 0;
  for (const turn of [1, 2]) for (let n = 0; n < 100_000; n += 1) if (count(n % 7, `visitor-${n}`) !== turn) wrong += 1;
  expect(wrong).toBe(0);
});

test('a new hour begins anew, and so does a table that is full', () => {
  vi.useFakeTimers({ now: 100 * HOUR_MS });
  const count = hourlyCounts(3);
  expect([count(1, 'a'), count(1, 'a'), count(1, 'b')]).toEqual([1, 2, 1]);
  vi.setSystemTime(101 * HOUR_MS);
  expect([count(1, 'a'), count(1, 'b'), count(1, 'c')]).toEqual([1, 1, 1]);
  expect([count(1, 'd'), count(1, 'a')]).toEqual([1, 1]);
});
