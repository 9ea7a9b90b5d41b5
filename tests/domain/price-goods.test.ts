import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toFen } from '../../lib/domain/money/fen.ts';
import { freightFor } from '../../lib/domain/pricing/freight.ts';
import { type GoodsUnits, type LaterCut, priceGoods } from '../../lib/domain/pricing/price-goods.ts';
import { linePaidFen, refundShare } from '../../lib/domain/pricing/refund-share.ts';
import { anyGoods, anyPromotions, goods, promotion } from '../support/promotions.ts';

const sum = (amounts: readonly number[]) => amounts.reduce((total, fen) => total + fen, 0);

test('满300减50 is shared out over its goods by what they cost, to the fen', () => {
  const priced = priceGoods([goods('a', 9_999, 2), goods('b', 10_001), goods('c', 333)], [promotion()]);
  expect(priced).toMatchObject({ goodsFen: 30_332, discountFen: 5_000 });
  expect(priced.shares.map(({ discountFen }) => discountFen)).toEqual([3_296, 1_649, 55]);
  expect(priced.cuts).toEqual([{ kind: 'promotion', source: 'p1', name: promotion().name, cutFen: 5_000 }]);
});

test('goods of a session have their price; a promotion counts them only where their session says so', () => {
  const session = goods('a', 40_000, 1, { priceKind: 'session' });
  expect(priceGoods([session], [promotion()]).discountFen).toBe(0);
  expect(priceGoods([{ ...session, sessionSays: true }], [promotion()]).discountFen).toBe(5_000);
});

test('a unit counts towards one promotion, and the shopper gets the best way to share them out', () => {
  const all = promotion({ id: 'all', rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 3_000, isEach: false } });
  const tea = promotion({
    id: 'tea',
    scope: { kind: 'products', handles: ['p-a'] },
    rule: { kind: 'full_reduction', fullFen: 10_000, cutFen: 1_000, isEach: false },
  });
  // Greedy by the larger cut would let "all" take everything: 3,000. Tea first leaves 30,000 for "all": 4,000.
  const priced = priceGoods([goods('a', 10_000), goods('b', 30_000)], [all, tea]);
  expect(priced.shares.map(({ discountFen }) => discountFen)).toEqual([1_000, 3_000]);
});

test('in this order: member price, promotion, coupon, points; and the promotion counts what is left to pay', () => {
  const coupon: LaterCut = {
    kind: 'coupon',
    source: 'c',
    name: { zh: '券', en: 'Coupon' },
    cutFen: 700,
    skuIds: ['a'],
  };
  const points: LaterCut = {
    kind: 'points',
    source: 'x',
    name: { zh: '积分', en: 'Points' },
    cutFen: 100,
    skuIds: null,
  };
  const member = goods('a', 31_000, 1, { memberFen: 30_000 });
  expect(priceGoods([member], [promotion()], [coupon, points]).cuts.map(({ kind, cutFen }) => [kind, cutFen])).toEqual([
    ['member', 1_000],
    ['promotion', 5_000],
    ['coupon', 700],
    ['points', 100],
  ]);
  expect(priceGoods([{ ...member, memberFen: 29_999 }], [promotion()]).discountFen).toBe(1_001);
});

test('a coupon that is worth more than its goods leaves a fen to pay', () => {
  const coupon: LaterCut = {
    kind: 'coupon',
    source: 'c',
    name: { zh: '券', en: 'Coupon' },
    cutFen: 9_999,
    skuIds: null,
  };
  expect(priceGoods([goods('a', 500)], [], [coupon])).toMatchObject({ goodsFen: 500, discountFen: 499 });
});

const anyLater = fc.array(
  fc.record({
    kind: fc.constantFrom('coupon' as const, 'points' as const),
    source: fc.constantFrom('c1', 'c2'),
    name: fc.constant({ zh: '券', en: 'Coupon' }),
    cutFen: fc.integer({ min: 0, max: 100_000 }),
    skuIds: fc.option(fc.subarray(['a', 'b', 'c', 'd']), { nil: null }),
  }),
  { maxLength: 3 },
);
const anyCart = fc.array(anyGoods, { minLength: 1, maxLength: 12 });

test('[PRC1] whatever is in the cart: shares add up to the cuts to the fen, none is negative or more than its goods', () => {
  fc.assert(
    fc.property(anyCart, anyPromotions, anyLater, (cart, promotions, later) => {
      const priced = priceGoods(cart, promotions, later);
      expect(sum(priced.cuts.map(({ cutFen }) => cutFen))).toBe(priced.discountFen);
      expect(sum(priced.shares.map(({ discountFen }) => discountFen))).toBe(priced.discountFen);
      for (const [index, { discountFen, cuts }] of priced.shares.entries()) {
        const { unitFen, quantity } = cart[index] as GoodsUnits;
        expect(sum(cuts.map(({ cutFen }) => cutFen))).toBe(discountFen);
        expect(discountFen).toBeGreaterThanOrEqual(0);
        expect(discountFen).toBeLessThanOrEqual(unitFen * quantity);
      }
      for (const { source, cutFen } of priced.cuts) {
        const parts = priced.shares.flatMap(({ cuts }) => cuts.filter((cut) => cut.source === source));
        const all = priced.cuts.filter((cut) => cut.source === source);
        expect(sum(parts.map((part) => part.cutFen))).toBe(sum(all.map((cut) => cut.cutFen)));
        expect(cutFen).toBeGreaterThan(0);
      }
    }),
  );
});

test('[PRC1] the order of the lines changes nothing, for no line', () => {
  const key = ({ skuId, unitFen, quantity, priceKind, sessionSays, memberFen }: GoodsUnits) =>
    JSON.stringify([skuId, unitFen, quantity, priceKind, sessionSays, memberFen]);
  const shuffled = fc
    .uniqueArray(anyGoods, {
      minLength: 1,
      maxLength: 10,
      selector: ({ skuId, unitFen, quantity }) => `${skuId}|${unitFen}|${quantity}`,
    })
    .chain((cart) => fc.tuple(fc.constant(cart), fc.shuffledSubarray(cart, { minLength: cart.length })));
  fc.assert(
    fc.property(shuffled, anyPromotions, anyLater, ([cart, other], promotions, later) => {
      const shares = (lines: GoodsUnits[]) => {
        const priced = priceGoods(lines, promotions, later);
        return Object.fromEntries(lines.map((line, index) => [key(line), priced.shares[index]]));
      };
      expect(shares(other)).toEqual(shares(cart));
    }),
  );
});

test('[PRC1] more goods never make the cuts of promotions smaller', () => {
  const ordinary = anyGoods.map((units) => ({ ...units, memberFen: null }));
  fc.assert(
    fc.property(
      fc.array(ordinary, { minLength: 1, maxLength: 8 }),
      ordinary,
      anyPromotions,
      (cart, more, promotions) => {
        const before = priceGoods(cart, promotions);
        const after = priceGoods([...cart, more], promotions);
        expect(after.discountFen).toBeGreaterThanOrEqual(before.discountFen);
      },
    ),
  );
});

test('[PRC1] a promotion never makes an order dearer: free delivery is counted before its cut', () => {
  const rule = { freeFromFen: 9_900, flatFen: 800 };
  const total = (cart: GoodsUnits[], promotions: ReturnType<typeof promotion>[]) => {
    const { goodsFen, discountFen } = priceGoods(cart, promotions);
    return goodsFen - discountFen + freightFor(goodsFen, rule);
  };
  fc.assert(
    fc.property(anyCart, anyPromotions, (cart, promotions) => {
      expect(total(cart, promotions)).toBeLessThanOrEqual(total(cart, []));
    }),
  );
});

test('largest remainder is fair: each share is its exact part, to less than a fen', () => {
  const same = fc.array(
    anyGoods.map((units) => ({ ...units, priceKind: 'ordinary' as const, memberFen: null })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(same, (cart) => {
      const all = promotion({ rule: { kind: 'full_reduction', fullFen: 100, cutFen: 33, isEach: true } });
      const priced = priceGoods(cart, [all]);
      for (const [index, { unitFen, quantity }] of cart.entries()) {
        const exact = (priced.discountFen * unitFen * quantity) / priced.goodsFen;
        expect(Math.abs((priced.shares[index]?.discountFen ?? 0) - exact)).toBeLessThan(1);
      }
    }),
  );
});

test('[PRC2] in whatever portions a line comes back, the refunds add up to what was paid for it', () => {
  const line = fc
    .record({
      quantity: fc.integer({ min: 1, max: 60 }),
      unitFen: fc.integer({ min: 0, max: 5_000_000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ quantity, unitFen, part }) => ({ quantity, unitFen, discountFen: Math.floor(quantity * unitFen * part) }));
  fc.assert(
    fc.property(line, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 60, maxLength: 60 }), (paid, portions) => {
      let refundedQuantity = 0;
      const refunds: { units: number; fen: number }[] = [];
      for (const portion of portions) {
        const units = Math.min(portion, paid.quantity - refundedQuantity);
        if (units === 0) break;
        refunds.push({ units, fen: refundShare({ ...paid, refundedQuantity }, units) });
        refundedQuantity += units;
      }
      expect(sum(refunds.map(({ fen }) => fen))).toBe(linePaidFen(paid));
      const perUnit = linePaidFen(paid) / paid.quantity;
      for (const { units, fen } of refunds) expect(Math.abs(fen - units * perUnit)).toBeLessThan(1);
    }),
  );
});

test('three units for ¥10.00 come back as ¥3.33, ¥3.33 and ¥3.34', () => {
  const line = { quantity: 3, unitFen: 400, discountFen: 200 };
  const each = [0, 1, 2].map((refundedQuantity) => refundShare({ ...line, refundedQuantity }, 1));
  expect(each).toEqual([toFen(333), toFen(333), toFen(334)]);
});
