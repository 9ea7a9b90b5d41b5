import { afterEach, beforeEach, expect, test } from 'vitest';
import { WHIMS } from '../../server/payment/sandbox/whims.ts';
import type { Database } from '../../server/platform/database.ts';
import { planOf } from '../faults/payments/plan.ts';
import { reckon } from '../faults/payments/reckoning.ts';
import { runStorm } from '../faults/payments/storm.ts';
import { putOnSale } from '../support/goods.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
});
afterEach(() => drop());

const SEED = 20_261_111;

test('[P4] 400 payments at a gateway that misbehaves in every way: each fen is goods or back, nothing forged is believed', async () => {
  const report = await runStorm(db, { payments: 400, seed: SEED });
  expect(report, `seed ${SEED}`).toMatchObject({
    unmatchedFen: 0,
    unmatchedOrders: [],
    wrongAccepted: 0,
    forgedKept: 0,
    brokenInvariants: [],
  });
  // The run was what it says: every misbehaviour was in it, and it left its marks.
  expect(Object.keys(report.whims).sort()).toEqual([...WHIMS].sort());
  expect(report.notices).toMatchObject({
    applied: expect.any(Number),
    duplicate: expect.any(Number),
    late_refunded: expect.any(Number),
    duplicate_refunded: expect.any(Number),
    quarantined: expect.any(Number),
  });
  expect(report.inDoubt).toBeGreaterThan(0);
  expect(report.refunds.p95Seconds).toBeLessThan(15 * 60);
}, 180_000);

test('[P32] a seed says the same storm again, to the last whim, and another seed another one', () => {
  const stormOf = (seed: number) => Array.from({ length: 500 }, (_, index) => planOf(seed, index));
  expect(stormOf(SEED)).toEqual(stormOf(SEED));
  expect(stormOf(SEED + 1)).not.toEqual(stormOf(SEED));
});

test('the reckoning sees money that nobody heard of, and goods that nobody paid for', async () => {
  await putOnSale(db, { id: 'a' });
  const shop = await openShop(db);
  const unheard = await shop.openPayment((await shop.order('ann', 'a')).orderId);
  await shop.gateway.pay(unheard.tradeId);
  expect(await reckon(db)).toMatchObject({ capturedFen: 10_000, goodsFen: 0, unmatchedFen: 10_000, wrongAccepted: 0 });
  const unpaid = await shop.openPayment((await shop.order('bob', 'a')).orderId);
  // Signed with the gateway's own key, for a trade that it never took money for.
  expect(await shop.hear(await shop.notice(unpaid.tradeId))).toBe('applied');
  const seen = await reckon(db);
  expect(seen).toMatchObject({ unmatchedFen: 20_000, wrongAccepted: 1 });
  expect(seen.brokenInvariants.join()).toContain('INV-24');
});
