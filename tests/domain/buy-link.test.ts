import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBuyLink } from '../../lib/domain/cart/buy-link.ts';

test('a link names SKUs with their units; an id may hold a colon', () => {
  expect(parseBuyLink('sku_a:1,shop:sku-b:12')).toEqual([
    { skuId: 'sku_a', quantity: 1 },
    { skuId: 'shop:sku-b', quantity: 12 },
  ]);
});

test.each(['', 'sku', 'sku:', ':1', 'sku:0', 'sku:-1', 'sku:1.5', 'sku:100', 'sku:1,', 'sku:1,bad', 'a b:1', 'sku:01'])(
  'a link that says "%s" buys nothing',
  (text) => {
    expect(parseBuyLink(text)).toBeNull();
  },
);

test('what a link says is what is bought', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/);
  const line = fc.record({ skuId: id, quantity: fc.integer({ min: 1, max: 99 }) }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 50 }), (lines) => {
      expect(parseBuyLink(lines.map(({ skuId, quantity }) => `${skuId}:${quantity}`).join(','))).toEqual(lines);
    }),
  );
});
