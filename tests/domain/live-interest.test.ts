import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInterest } from '../../lib/domain/live/interest.ts';
import { RECONNECT_MAX_MS, reconnectDelayMs } from '../../lib/domain/live/reconnect.ts';

test('a part that is placed counts only while it is on screen', () => {
  const interest = createInterest(8, () => {});
  const claim = interest.claim(['a'], true);
  expect(interest.wanted()).toEqual([]);
  claim.setOnScreen(true);
  expect(interest.wanted()).toEqual(['a']);
  claim.setOnScreen(false);
  expect(interest.wanted()).toEqual([]);
});

test('a part without a place counts while mounted, unless another part says whether the shelf is seen', () => {
  const interest = createInterest(8, () => {});
  interest.claim(['a', 'b'], false);
  const card = interest.claim(['a'], true);
  expect(interest.wanted()).toEqual(['b']);
  card.setOnScreen(true);
  expect(interest.wanted().sort()).toEqual(['a', 'b']);
  card.release();
  expect(interest.wanted().sort()).toEqual(['a', 'b']);
});

test('of more shelves than a socket may watch, those that most parts show are watched', () => {
  const interest = createInterest(2, () => {});
  for (const shelf of ['a', 'b', 'b', 'c', 'c', 'c']) interest.claim([shelf], false);
  expect(interest.wanted()).toEqual(['c', 'b']);
});

test('when every part is gone nothing is wanted, whatever happened before', () => {
  const step = fc.record({ shelf: fc.constantFrom('a', 'b', 'c'), isPlaced: fc.boolean(), isSeen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const interest = createInterest(8, () => {});
      const claims = steps.map(({ shelf, isPlaced, isSeen }) => {
        const claim = interest.claim([shelf], isPlaced);
        if (isPlaced) claim.setOnScreen(isSeen);
        return claim;
      });
      for (const claim of claims) {
        claim.release();
        claim.release();
        claim.setOnScreen(true);
      }
      expect(interest.wanted()).toEqual([]);
    }),
  );
});

test('phones that were dropped together come back spread over the whole window, after any number of failures', () => {
  for (const attempt of [0, 1, 4, 12]) {
    const delays = Array.from({ length: 100 }, (_, at) => reconnectDelayMs(attempt, 5_000, at / 100));
    const window = delays.at(-1)! / 0.99;
    expect(window).toBeLessThanOrEqual(RECONNECT_MAX_MS + 1e-6);
    expect(window).toBeGreaterThanOrEqual(5_000 - 1e-6);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const here = delays.filter((delay) => delay >= (tenth * window) / 10 && delay < ((tenth + 1) * window) / 10);
      expect(here.length).toBeGreaterThanOrEqual(9);
    }
  }
});
