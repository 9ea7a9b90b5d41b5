import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRACE_MS } from '../../lib/domain/pickup/deadlines.ts';
import { type GivenUnits, proofOfTyped, readTypedOffline, unitsLeft } from '../../lib/domain/pickup/leased.ts';
import { DAY_MS } from '../../lib/domain/time.ts';

const NOW = Date.UTC(2026, 10, 11, 4);
const SALT = 'a'.repeat(32);
const order = {
  orderId: '20261111000001',
  fetchBefore: NOW + DAY_MS,
  proof: proofOfTyped(SALT, '12345670', '0042'),
  lines: [
    { lineNumber: 1, quantity: 2 },
    { lineNumber: 2, quantity: 1 },
  ],
};
const lease = { until: NOW + 60_000, salt: SALT, orders: [order] };
const typed = { digits: '12345670', lastFour: '0042' };
const given = (quantity: number, lineNumber = 1): GivenUnits => ({
  orderId: order.orderId,
  lines: [{ lineNumber, quantity }],
});

test('Typed digits and the last four find their order on the list, and nothing else does', () => {
  expect(readTypedOffline(lease, [], typed, NOW)).toEqual({ ok: true, value: { order, left: order.lines } });
  for (const wrong of [
    { ...typed, digits: '12345671' },
    { ...typed, lastFour: '0043' },
  ]) {
    expect(readTypedOffline(lease, [], wrong, NOW)).toEqual({ ok: false, refusal: { code: 'not_on_list' } });
  }
});

test('A right that has run out hands over nothing, to the millisecond', () => {
  expect(readTypedOffline(lease, [], typed, lease.until - 1).ok).toBe(true);
  expect(readTypedOffline(lease, [], typed, lease.until)).toEqual({ ok: false, refusal: { code: 'lease_over' } });
});

test('Offline, too, the counter is ten minutes kinder than the deadline', () => {
  const late = { ...lease, orders: [{ ...order, fetchBefore: NOW - GRACE_MS + 1 }] };
  expect(readTypedOffline(late, [], typed, NOW).ok).toBe(true);
  expect(readTypedOffline(late, [], typed, NOW + 1)).toMatchObject({ refusal: { code: 'pickup_expired' } });
});

test('What was handed over in part leaves the rest, and what is all gone says so', () => {
  expect(readTypedOffline(lease, [given(1)], typed, NOW)).toMatchObject({
    value: {
      left: [
        { lineNumber: 1, quantity: 1 },
        { lineNumber: 2, quantity: 1 },
      ],
    },
  });
  expect(readTypedOffline(lease, [given(1), given(1), given(1, 2)], typed, NOW)).toEqual({
    ok: false,
    refusal: { code: 'already_handed' },
  });
});

test('However it is handed over offline, a list never gives more units than it has', () => {
  const lines = fc.uniqueArray(
    fc.record({ lineNumber: fc.integer({ min: 1, max: 6 }), quantity: fc.integer({ min: 1, max: 9 }) }),
    { selector: ({ lineNumber }) => lineNumber, minLength: 1 },
  );
  const takes = fc.array(
    fc.record({ lineNumber: fc.integer({ min: 1, max: 6 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  fc.assert(
    fc.property(lines, takes, (have, wanted) => {
      const listed = { ...order, lines: have };
      const done: GivenUnits[] = [];
      for (const { lineNumber, share } of wanted) {
        const left = unitsLeft(listed, done).find((line) => line.lineNumber === lineNumber);
        if (left) done.push(given(Math.max(1, Math.floor(left.quantity * share)), lineNumber));
      }
      const rest = unitsLeft(listed, done);
      for (const { lineNumber, quantity } of have) {
        const gone = done.flatMap((one) => one.lines).filter((line) => line.lineNumber === lineNumber);
        const left = rest.find((line) => line.lineNumber === lineNumber)?.quantity ?? 0;
        expect(gone.reduce((sum, line) => sum + line.quantity, 0) + left).toBe(quantity);
      }
    }),
  );
});
