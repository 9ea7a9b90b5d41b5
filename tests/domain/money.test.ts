import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priceParts, splitFen, toFen } from '../../lib/domain/money/fen.ts';
import { freightFor } from '../../lib/domain/pricing/freight.ts';

test('[MNY1] a split makes and loses no fen, and nobody is short by more than one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3_000_000_000 }),
      fc
        .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
        .filter((w) => w.some((x) => x > 0)),
      (total, weights) => {
        const shares = splitFen(toFen(total), weights);
        const sum = weights.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((share, i) => {
          const exact = (total * (weights[i] as number)) / sum;
          expect(Math.abs(share - exact)).toBeLessThan(1 + exact * 1e-9);
        });
      },
    ),
  );
});

test.each([
  [1, { yuan: '0', fen: '01' }],
  [1_299_900, { yuan: '12,999', fen: '00' }],
])('%i fen are drawn as yuan and fen', (fen, parts) => {
  expect(priceParts(toFen(fen))).toEqual(parts);
});

test.each([
  ['nothing', 0, 0],
  ['a fen under the line', 9_899, 800],
  ['at the line', 9_900, 0],
])('freight of %s', (_what, goods, freight) => {
  expect(freightFor(toFen(goods), { freeFromFen: 9_900, flatFen: 800 })).toBe(freight);
});
