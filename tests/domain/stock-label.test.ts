import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stockLabel, takenPercent } from '../../lib/domain/inventory/stock-label.ts';

test('nothing free is sold out, whatever the total', () => {
  expect(stockLabel({ available: 0, total: 500 })).toEqual({ kind: 'sold_out' });
  expect(stockLabel({ available: 0, total: 0 })).toEqual({ kind: 'sold_out' });
});

test('twenty units or fewer are counted out', () => {
  expect(stockLabel({ available: 20, total: 1_000 })).toEqual({ kind: 'few', left: 20 });
  expect(stockLabel({ available: 20, total: 20 })).toEqual({ kind: 'few', left: 20 });
});

test('a tenth or less is low, and the exact number is said only under 100', () => {
  expect(stockLabel({ available: 99, total: 1_000 })).toEqual({ kind: 'low', left: 99 });
  expect(stockLabel({ available: 100, total: 1_000 })).toEqual({ kind: 'low', left: null });
  expect(stockLabel({ available: 101, total: 1_000 })).toEqual({ kind: 'taken', percent: 89, left: null });
});

test('one unit left of a million is never called fully taken', () => {
  expect(takenPercent({ available: 1, total: 1_000_000 })).toBe(99);
  expect(takenPercent({ available: 0, total: 1_000_000 })).toBe(100);
});

const order = ['sold_out', 'few', 'low', 'taken'];

test('more free units never make a label scarcer', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), fc.nat(50), (total, less, more) => {
      const scarce = order.indexOf(stockLabel({ available: less, total }).kind);
      const plenty = order.indexOf(stockLabel({ available: less + more, total }).kind);
      expect(plenty).toBeGreaterThanOrEqual(scarce);
    }),
  );
});
