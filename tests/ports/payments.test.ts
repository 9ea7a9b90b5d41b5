import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Whim } from '../../server/payment/sandbox/whims.ts';
import type { Database } from '../../server/platform/database.ts';
import { reckon } from '../faults/payments/reckoning.ts';
import { putOnSale } from '../support/goods.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let whims: Whim[];

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  whims = [];
  shop = await openShop(db, { whimsOf: () => whims, channels: ['sandbox', 'other'] });
  await putOnSale(db, { id: 'a' });
});
afterEach(() => drop());

const stateOf = async (orderId: string) => (await shop.book.read(orderId))?.state;
const runOut = (orderId: string) =>
  db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orderId]);
/** Everything that the clock would make due is due. */
async function timePasses() {
  await db.query('update payment set next_ask_at = now() where next_ask_at is not null');
  await db.query(`update refund set next_try_at = now() where state = 'requested'`);
}
async function expire(orderId: string) {
  await runOut(orderId);
  await shop.book.endDue(30_000, 10);
  return shop.orders.finishClosing(orderId, 'worker');
}

test('[R-06] a notice that is faster than the answer of its creation is not lost', async () => {
  whims = ['early_notice'];
  const { orderId } = await shop.order('ann', 'a');
  const started = await shop.payments.start({ key: randomUUID(), orderId, channel: 'sandbox' });
  expect(started).toEqual({ ok: false, refusal: { code: 'order_not_payable', state: 'paid' } });
  expect(await stateOf(orderId)).toBe('paid');
});

test('[R-04] whoever pays in the second of the close keeps his goods', async () => {
  whims = ['paid_at_close'];
  const { orderId } = await shop.order('ann', 'a');
  await shop.openPayment(orderId);
  expect(await expire(orderId)).toBe('paid');
  expect(await stateOf(orderId)).toBe('paid');
});

test('[R-04] while a channel gives no clear answer to a close, nothing is released', async () => {
  whims = ['close_fails'];
  const { orderId } = await shop.order('ann', 'a');
  await shop.openPayment(orderId);
  const reserved = async () => (await db.query<{ reserved: number }>('select reserved from stock_level'))[0]?.reserved;
  expect(await expire(orderId)).toBe('unknown');
  expect([await stateOf(orderId), await reserved()]).toEqual(['closing', 1]);
  await shop.orders.finishClosing(orderId, 'worker');
  expect(await shop.orders.finishClosing(orderId, 'worker')).toBe('closed');
  expect([await stateOf(orderId), await reserved()]).toEqual(['closed', 0]);
});

test('[P4] a payment whose notice is lost is found by asking', async () => {
  whims = ['lost_notice', 'query_fails'];
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId } = await shop.openPayment(orderId);
  await shop.gateway.pay(tradeId);
  expect(await shop.postNotices()).toEqual([]);
  for (let ask = 0; ask < 3; ask += 1) {
    expect(await stateOf(orderId)).toBe('pending_pay');
    await timePasses();
    await shop.payments.askChannels();
  }
  expect(await stateOf(orderId)).toBe('paid');
});

test('[P4] money that was taken after the close, and of which nobody told, is found and goes back', async () => {
  whims = ['lost_notice', 'paid_after_close', 'query_fails'];
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId } = await shop.openPayment(orderId);
  await expire(orderId);
  expect(await shop.gateway.pay(tradeId)).toBe('paid');
  expect(await reckon(db)).toMatchObject({ unmatchedFen: 10_000 });
  for (let ask = 0; ask < 3; ask += 1) {
    await timePasses();
    await shop.payments.askChannels();
  }
  await shop.sendRefunds();
  expect(await reckon(db)).toMatchObject({ capturedFen: 10_000, returnedFen: 10_000, unmatchedFen: 0 });
  expect(await shop.book.read(orderId)).toMatchObject({
    state: 'closed',
    closedBecause: 'late_payment',
    refundedFen: 10_000,
  });
});

test('a closed payment is asked about for a day, and then no more', async () => {
  const { orderId } = await shop.order('ann', 'a');
  await shop.openPayment(orderId);
  await expire(orderId);
  const waits: (number | null)[] = [];
  for (let ask = 0; ask < 5; ask += 1) {
    const [next] = await db.query<{ minutes: number | null }>(
      'select round(extract(epoch from next_ask_at - now()) / 60)::integer as minutes from payment',
    );
    waits.push(next?.minutes ?? null);
    await timePasses();
    await shop.payments.askChannels();
  }
  expect(waits).toEqual([1, 10, 60, 1440, null]);
});

test('a channel that does not answer is said to the shopper, and a second try is for the same trade', async () => {
  whims = ['create_fails', 'create_answer_lost'];
  const { orderId } = await shop.order('ann', 'a');
  const request = { key: randomUUID(), orderId, channel: 'sandbox' };
  for (let ask = 0; ask < 3; ask += 1) {
    expect(await shop.payments.start(request)).toEqual({ ok: false, refusal: { code: 'channel_silent' } });
  }
  expect(await shop.payments.start(request)).toMatchObject({ ok: true });
  expect(await db.query('select 1 from sandbox_trade')).toHaveLength(1);
});

test('[R-08] another way to pay closes the first one before it opens', async () => {
  const { orderId } = await shop.order('ann', 'a');
  const first = await shop.openPayment(orderId);
  const second = await shop.openPayment(orderId, 'other');
  expect((await shop.gateway.trade(first.tradeId))?.state).toBe('closed');
  expect((await shop.gateway.trade(second.tradeId))?.state).toBe('open');
});

test('[R-08] two tabs with two ways to pay: one payment of the order is open, never two', async () => {
  const { orderId } = await shop.order('ann', 'a');
  const channels = Array.from({ length: 8 }, (_, i) => (i % 2 ? 'sandbox' : 'other'));
  const answers = await Promise.all(
    channels.map((channel) => shop.payments.start({ key: randomUUID(), orderId, channel })),
  );
  expect(answers.some((answer) => answer.ok)).toBe(true);
  expect(await db.query(`select 1 from payment where state = 'open'`)).toHaveLength(1);
  expect(await db.query(`select 1 from sandbox_trade where state = 'open'`)).toHaveLength(1);
});

test('while the first way to pay gives no answer, no second one opens', async () => {
  const { orderId } = await shop.order('ann', 'a');
  await shop.openPayment(orderId);
  whims.push('close_fails');
  const wanted = { key: randomUUID(), orderId, channel: 'other' };
  expect(await shop.payments.start(wanted)).toEqual({ ok: false, refusal: { code: 'channel_silent' } });
  expect(await db.query(`select 1 from payment where state in ('created', 'open')`)).toHaveLength(1);
});

test('one key is for one channel', async () => {
  const { orderId } = await shop.order('ann', 'a');
  const key = randomUUID();
  await shop.payments.start({ key, orderId, channel: 'sandbox' });
  const other = await shop.payments.start({ key, orderId, channel: 'other' });
  expect(other).toEqual({ ok: false, refusal: { code: 'key_reused' } });
  const unknown = await shop.payments.start({ key: randomUUID(), orderId, channel: 'nobody' });
  expect(unknown).toEqual({ ok: false, refusal: { code: 'unknown_channel' } });
});

test('an order with less time than the channel takes is held as much longer, once, and says so', async () => {
  const { orderId } = await shop.order('ann', 'a');
  await db.query(`update orders set pay_before = now() + interval '15 seconds' where id = $1`, [orderId]);
  const started = await shop.openPayment(orderId);
  const after = await shop.book.read(orderId);
  expect(after?.payBefore).toBe(started.expiresAt);
  expect(started.expiresAt).toBeGreaterThan(Date.now() + 45_000);
  const [held] = await db.query<{ late: boolean }>('select expires_at > $1::timestamptz as late from reservation', [
    new Date(started.expiresAt),
  ]);
  expect(held?.late).toBe(true);
  await db.query(`update orders set pay_before = now() + interval '15 seconds' where id = $1`, [orderId]);
  const again = await shop.payments.start({ key: randomUUID(), orderId, channel: 'other' });
  expect(again).toEqual({ ok: false, refusal: { code: 'payment_window_over' } });
});

test('[R-07] a trade that belongs to another payment pays for nothing, also when both claim it at once', async () => {
  whims = ['wrong_trade', 'create_answer_lost'];
  for (const shopper of ['ann', 'bob']) {
    const { orderId } = await shop.order(shopper, 'a');
    const request = { key: randomUUID(), orderId, channel: 'sandbox' };
    expect(await shop.payments.start(request)).toMatchObject({ ok: false });
  }
  const trades = await db.query<{ id: string }>('select id from sandbox_trade');
  await Promise.all(trades.map(({ id }) => shop.gateway.pay(id)));
  const due = await shop.gateway.dueNotices(10);
  const outcomes = await Promise.all(
    due.map(({ signature, body }) =>
      shop.payments.receiveNotice('sandbox', { 'x-sandbox-signature': signature }, body),
    ),
  );
  // One claim came before our books knew the trade's number; the other is quarantined, and the honest notice settles it.
  expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(2);
  expect(outcomes).toContain('quarantined');
  expect(await reckon(db)).toMatchObject({ unmatchedFen: 0, wrongAccepted: 0 });
});

test.each(['refund_fails', 'refund_answer_lost', 'refund_pending'] as const)(
  '[P4] a refund in doubt is asked for with the same number until it is done, and is done once: %s',
  async (whim) => {
    whims = [whim, 'paid_after_close'];
    const { orderId } = await shop.order('ann', 'a');
    const { tradeId } = await shop.openPayment(orderId);
    await expire(orderId);
    await shop.gateway.pay(tradeId);
    await shop.postNotices();
    for (let tries = 0; tries < 3; tries += 1) {
      await timePasses();
      await shop.sendRefunds();
    }
    expect(await db.query('select amount_fen from sandbox_refund')).toEqual([{ amount_fen: 10_000 }]);
    expect(await shop.book.read(orderId)).toMatchObject({ paidFen: 10_000, refundedFen: 10_000 });
  },
);
