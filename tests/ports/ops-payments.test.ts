import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { opsQuarantine, opsReconciliation, opsSettleNotice } from '../../lib/contracts/ops-payment.ts';
import { opsRoutes } from '../../server/ops/ops.http.ts';
import { postgresRefundBook } from '../../server/order/refund-book.postgres.ts';
import type { Whim } from '../../server/payment/sandbox/whims.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { putOnSale } from '../support/goods.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { staffBrowser } from '../support/staff.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let shop: Shop;
let operator: Browser;
let whims: Whim[];

beforeEach(async () => {
  database = await testDatabase();
  whims = [];
  shop = await openShop(database.db, { whimsOf: () => whims });
  await putOnSale(database.db, { id: 'a' });
  const { db } = database;
  edge = await identityEdge(db, () => opsRoutes({ db, orders: shop.orders, refunds: postgresRefundBook(db) }));
  operator = await staffBrowser(edge, 'operator');
});
afterEach(async () => {
  await edge.app.close();
  await database.drop();
});

/** A payment of ¥100 whose notice says ¥1. */
async function strangeNotice() {
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId, paymentId } = await shop.openPayment(orderId);
  const noticeId = `ntc_${randomUUID()}`;
  await shop.hear(await shop.notice(tradeId, { noticeId, amountFen: 100 }));
  return { orderId, paymentId, tradeId, noticeId };
}

test('a notice in quarantine is shown beside what our books expect, with its cause', async () => {
  const { orderId, paymentId, tradeId, noticeId } = await strangeNotice();
  const { notices, counts } = accepted(await operator.call(opsQuarantine, {}));
  expect(counts).toEqual({ open: 1, settled: 0 });
  expect(notices).toMatchObject([
    {
      channel: 'sandbox',
      noticeId,
      cause: 'other_amount: 100, expected 10000',
      told: { amountFen: 100, currency: 'CNY', paymentId, channelTradeId: tradeId },
      orderId,
      expectedFen: 10_000,
      paymentState: 'open',
      settled: null,
    },
  ]);
});

test('settling by hand takes a reason, is once, is written down, and moves no money', async () => {
  const { orderId, noticeId } = await strangeNotice();
  const wanted = { channel: 'sandbox', noticeId, reason: '已与支付机构核对' };
  expect(outcomeOf(await operator.call(opsSettleNotice, { ...wanted, reason: ' ' }))).toBe('invalid_input');
  const first = accepted(await operator.call(opsSettleNotice, wanted));
  expect(first.notice.settled).toMatchObject({ reason: '已与支付机构核对' });
  expect(accepted(await operator.call(opsSettleNotice, wanted))).toEqual(first);
  const other = await staffBrowser(edge, 'operator');
  expect(outcomeOf(await other.call(opsSettleNotice, { ...wanted, reason: '别的' }))).toBe('already_settled');
  expect(outcomeOf(await operator.call(opsSettleNotice, { ...wanted, noticeId: 'ntc_none' }))).toBe('not_found');
  expect(
    await database.db.query(`select detail from audit where action = 'ops.settleNotice' and target = $1`, [
      `sandbox/${noticeId}`,
    ]),
  ).toEqual([{ detail: { reason: '已与支付机构核对' } }]);
  expect(accepted(await operator.call(opsQuarantine, {})).notices).toEqual([]);
  expect(accepted(await operator.call(opsQuarantine, { show: 'settled' })).notices).toHaveLength(1);
  expect((await shop.book.read(orderId))?.state).toBe('pending_pay');
});

test('the quarantine is read page by page without a gap', async () => {
  const { db } = database;
  await strangeNotice();
  await db.query(
    `insert into payment_notice (channel, notice_id, body, received_at, settled_at, outcome, detail)
     select channel, notice_id || n, body, now() - n * interval '1 minute', now(), outcome, detail
     from payment_notice, generate_series(1, 119) n`,
  );
  const seen = new Set<string>();
  let before: string | null | undefined;
  do {
    const page = accepted(await operator.call(opsQuarantine, before ? { before } : {}));
    for (const { noticeId } of page.notices) seen.add(noticeId);
    before = page.nextBefore;
  } while (before);
  expect(seen.size).toBe(120);
});

test('[P4] the day’s money is goods, back or on its way; what is none of these shows to the fen', async () => {
  const today = async () => accepted(await operator.call(opsReconciliation, {})).days;
  await shop.pay((await shop.order('ann', 'a')).orderId);
  const late = await shop.order('bob', 'a');
  whims = ['paid_after_close'];
  const { tradeId } = await shop.openPayment(late.orderId);
  await shop.orders.cancel('bob', late.orderId);
  await shop.gateway.pay(tradeId);
  await shop.postNotices();
  const sums = { channel: 'sandbox', payments: 2, capturedFen: 20_000, goodsFen: 10_000, unmatchedFen: 0 };
  expect(await today()).toMatchObject([{ ...sums, returnedFen: 0, onTheWayFen: 10_000, quarantined: 0 }]);
  await shop.sendRefunds();
  expect(await today()).toMatchObject([{ ...sums, returnedFen: 10_000, onTheWayFen: 0 }]);
  // Money that lies there: the refund's row was lost.
  await database.db.query('delete from refund');
  expect(await today()).toMatchObject([{ ...sums, returnedFen: 0, unmatchedFen: 10_000 }]);
});
