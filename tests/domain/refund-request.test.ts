import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  nextRequestStates,
  REQUEST_STATES,
  requestStatesBefore,
  type SoldLine,
  sumRefund,
  unitsLeft,
} from '../../lib/domain/order/refund-request.ts';

test('the whole life of a request, for a reviewer to read', () => {
  expect(
    REQUEST_STATES.map((state) => `${state} → ${nextRequestStates(state).join(' | ') || '(end)'}`),
  ).toMatchInlineSnapshot(`
    [
      "requested → refunding | refused | withdrawn",
      "awaiting_goods → goods_sent | goods_back | withdrawn",
      "goods_sent → goods_back",
      "goods_back → refunding | refused",
      "refunding → done",
      "done → (end)",
      "refused → (end)",
      "withdrawn → (end)",
    ]
  `);
  for (const from of REQUEST_STATES) {
    for (const to of REQUEST_STATES) {
      expect(requestStatesBefore(to).includes(from)).toBe(nextRequestStates(from).includes(to));
    }
  }
});

const line = (lineNumber: number, more: Partial<SoldLine> = {}): SoldLine => ({
  lineNumber,
  quantity: 2,
  unitFen: 10_000,
  discountFen: 1_000,
  refundedQuantity: 0,
  ...more,
});
const order = { lines: [line(1), line(2)], freightFen: 800 };
const refund = { kind: 'refund', reason: 'changed_mind' } as const;

test.each([
  ['one unit of two', [{ lineNumber: 1, quantity: 1 }], refund, 9_500, 0],
  ['everything before shipping, with the freight', unitsLeft(order.lines), refund, 38_800, 800],
  [
    'everything after receipt for no reason',
    unitsLeft(order.lines),
    { kind: 'return', reason: 'no_reason' },
    38_000,
    0,
  ],
  ['everything, and the shop is at fault', unitsLeft(order.lines), { kind: 'return', reason: 'faulty' }, 38_800, 800],
  [
    'a part, and the shop is at fault',
    [{ lineNumber: 2, quantity: 2 }],
    { kind: 'return', reason: 'faulty' },
    19_000,
    0,
  ],
] as const)('%s', (_what, wanted, why, amountFen, freightFen) => {
  expect(sumRefund(order, wanted, why)).toMatchObject({ ok: true, value: { amountFen, freightFen } });
});

test('the last units of an order bring the freight, whatever went back before', () => {
  const lines = [line(1, { refundedQuantity: 2 }), line(2, { refundedQuantity: 1 })];
  expect(sumRefund({ lines, freightFen: 800 }, [{ lineNumber: 2, quantity: 1 }], refund)).toMatchObject({
    value: { amountFen: 10_300, freightFen: 800 },
  });
});

test.each([
  ['more than was bought', [{ lineNumber: 1, quantity: 3 }], 1, 2],
  [
    'the same line twice',
    [
      { lineNumber: 1, quantity: 2 },
      { lineNumber: 1, quantity: 1 },
    ],
    1,
    2,
  ],
  ['a line that is not there', [{ lineNumber: 9, quantity: 1 }], 9, 0],
])('%s cannot go back', (_what, wanted, lineNumber, left) => {
  expect(sumRefund(order, wanted, refund)).toEqual({
    ok: false,
    refusal: { code: 'too_many_units', lineNumber, left },
  });
});

test('[PRC2] whatever goes back in whatever portions before shipping: in the end all that was paid, goods and freight', () => {
  const anyLine = fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unitFen: fc.integer({ min: 1, max: 99_999 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat()), (all, picks) => {
      let lines = all.map(({ quantity, unitFen, share }, index) =>
        line(index + 1, { quantity, unitFen, discountFen: Math.floor(quantity * unitFen * share) }),
      );
      const paidFen = lines.reduce((sum, one) => sum + one.quantity * one.unitFen - one.discountFen, 0) + 800;
      let backFen = 0;
      for (let left = unitsLeft(lines); left.length > 0; left = unitsLeft(lines)) {
        const one = left[picks.next().value % left.length] as (typeof left)[number];
        const quantity = 1 + (picks.next().value % one.quantity);
        const sum = sumRefund({ lines, freightFen: 800 }, [{ lineNumber: one.lineNumber, quantity }], refund);
        if (!sum.ok) throw new Error(sum.refusal.code);
        backFen += sum.value.amountFen;
        lines = lines.map((each) =>
          each.lineNumber === one.lineNumber ? { ...each, refundedQuantity: each.refundedQuantity + quantity } : each,
        );
        expect(backFen).toBeLessThanOrEqual(paidFen);
      }
      expect(backFen).toBe(paidFen);
    }),
  );
});
