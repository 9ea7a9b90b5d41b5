import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CART_LINES_MAX as CART_LINES_MAX_ON_PHONE } from '../../lib/client/cart-store.ts';
import { CART_LINES_MAX } from '../../lib/contracts/cart.ts';
import { mergeCarts, trimCart } from '../../lib/domain/cart/merge.ts';

const line = fc.record({
  skuId: fc.constantFrom('a', 'b', 'c', 'd'),
  quantity: fc.nat(4),
  // Few moments, so that phones often edit in the same millisecond.
  changedAt: fc.nat(5),
});
const cart = fc.array(line, { maxLength: 8 }).map((lines) => mergeCarts(lines, []));

describe('two phones edit one cart', () => {
  test('the later change of a SKU wins', () => {
    const kitchen = [{ skuId: 'pan', quantity: 3, changedAt: 10 }];
    const tram = [{ skuId: 'pan', quantity: 0, changedAt: 11 }];
    expect(mergeCarts(kitchen, tram)).toEqual(tram);
  });

  test('in the same millisecond the larger quantity wins', () => {
    const one = [{ skuId: 'pan', quantity: 3, changedAt: 10 }];
    const other = [{ skuId: 'pan', quantity: 1, changedAt: 10 }];
    expect(mergeCarts(other, one)).toEqual(one);
  });

  test('who merges first makes no difference', () => {
    fc.assert(
      fc.property(cart, cart, (a, b) => {
        expect(mergeCarts(a, b)).toEqual(mergeCarts(b, a));
      }),
    );
  });

  test('how merges are grouped makes no difference', () => {
    fc.assert(
      fc.property(cart, cart, cart, (a, b, c) => {
        expect(mergeCarts(mergeCarts(a, b), c)).toEqual(mergeCarts(a, mergeCarts(b, c)));
      }),
    );
  });

  test('merging again changes nothing', () => {
    fc.assert(
      fc.property(cart, cart, (a, b) => {
        const merged = mergeCarts(a, b);
        expect(mergeCarts(merged, b)).toEqual(merged);
        expect(mergeCarts(merged, merged)).toEqual(merged);
      }),
    );
  });
});

test('a full cart lets go of removals before goods, and of older ones first', () => {
  const lines = [
    { skuId: 'new', quantity: 1, changedAt: 9 },
    { skuId: 'gone', quantity: 0, changedAt: 8 },
    { skuId: 'old', quantity: 1, changedAt: 1 },
  ];
  expect(trimCart(lines, 2).map(({ skuId }) => skuId)).toEqual(['new', 'old']);
  expect(trimCart(lines, 1).map(({ skuId }) => skuId)).toEqual(['new']);
});

test('the phone and the contract agree on how many lines a cart holds', () => {
  expect(CART_LINES_MAX_ON_PHONE).toBe(CART_LINES_MAX);
});
