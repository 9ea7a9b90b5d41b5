import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RequestState } from '../../lib/domain/order/refund-request.ts';
import type { Database } from '../../server/platform/database.ts';
import { putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { putPromotion } from '../support/promotions.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
});

afterEach(async () => {
  const broken = await violations(db);
  await drop();
  expect(broken).toEqual([]);
});

const code = (answer: { ok: true } | { ok: false; refusal: { code: string } }) =>
  answer.ok ? 'ok' : answer.refusal.code;

const level = async (skuId: string) =>
  (
    await db.query<{ on_hand: number; reserved: number; sold: number }>(
      'select on_hand, reserved, sold from stock_level where sku_id = $1',
      [skuId],
    )
  )[0];

async function read(orderId: string) {
  const order = await shop.book.read(orderId);
  if (!order) throw new Error('no such order');
  return order;
}

/** Ann's paid order: 3 of `a` at ¥100 and 1 of `b` at ¥33.33, ¥50 off, delivery free. */
async function paidOrder(shopperId = 'ann') {
  const [known] = await db.query('select 1 from sku');
  if (!known) {
    await putOnSale(db, { id: 'a', priceFen: 10_000 });
    await putOnSale(db, { id: 'b', priceFen: 3_333 });
    await putPromotion(db);
  }
  const answer = await shop.submit(shopperId, [
    { skuId: 'a', quantity: 3 },
    { skuId: 'b', quantity: 1 },
  ]);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  await shop.pay(answer.value.orderId);
  return answer.value.orderId;
}

const ask = (id: string, lines: { lineNumber: number; quantity: number }[], key: string = randomUUID()) =>
  shop.refunds.askRefund('ann', { id, key, lines, reason: 'changed_mind' });

/** Asks for these units and answers the request's id. */
async function asked(id: string, lines: { lineNumber: number; quantity: number }[]): Promise<string> {
  const key = randomUUID();
  expect(code(await ask(id, lines, key))).toBe('ok');
  return key;
}

const operate = (orderId: string, requestId: string, to: RequestState, more: { restock?: boolean } = {}) =>
  shop.refunds.book.move({ orderId, requestId, to, actor: 'operator:test', answer: 'as agreed', ...more });

async function move(orderId: string, from: 'paid' | 'packed' | 'shipped', to: 'packed' | 'shipped' | 'received') {
  expect(code(await shop.orders.advance(orderId, to, { actor: 'operator:test', from: [from] }))).toBe('ok');
}

async function received() {
  const id = await paidOrder();
  await move(id, 'paid', 'packed');
  await move(id, 'packed', 'shipped');
  await move(id, 'shipped', 'received');
  return id;
}

test('a part goes back to the fen, its units are on sale again, and the rest of the order goes on', async () => {
  const id = await paidOrder();
  expect(await read(id)).toMatchObject({ totalFen: 28_333, discountFen: 5_000 });
  const first = await asked(id, [{ lineNumber: 1, quantity: 1 }]);
  expect(code(await operate(id, first, 'refunding'))).toBe('ok');
  await shop.sendRefunds();
  const [refunded] = (await read(id)).requests;
  expect(refunded).toMatchObject({ state: 'done', lines: [{ lineNumber: 1, quantity: 1 }] });
  expect(await read(id)).toMatchObject({ state: 'paid', refundedFen: refunded?.amountFen });
  expect(await level('a')).toEqual({ on_hand: 98, reserved: 0, sold: 2 });
  await move(id, 'paid', 'packed');
  const rest = await asked(id, [
    { lineNumber: 1, quantity: 2 },
    { lineNumber: 2, quantity: 1 },
  ]);
  await operate(id, rest, 'refunding');
  await shop.sendRefunds();
  expect(await read(id)).toMatchObject({ state: 'refunded', paidFen: 28_333, refundedFen: 28_333 });
  expect(await db.query('select sum(amount_fen) as fen from sandbox_refund')).toEqual([{ fen: '28333' }]);
  expect(await db.query('select 1 from deal_price')).toEqual([]);
});

test('a refund before shipping gives back money with freight, goods, the tier place and the limit', async () => {
  await putOnSale(db, {
    id: 'half',
    onHand: 4,
    session: { ...running('s', 8_000), limitPerPerson: 1, tiers: [{ upTo: 1, priceFen: 4_000 }] },
  });
  const { orderId } = await shop.order('ann', 'half');
  await shop.pay(orderId);
  // As a phone of before requests had names asks.
  const old = { id: orderId, reason: '不想要了' };
  expect((await shop.refunds.askRefund('ann', old)).ok).toBe(true);
  expect((await shop.refunds.askRefund('ann', old)).ok).toBe(true);
  const [request, ...others] = (await read(orderId)).requests;
  expect(others).toEqual([]);
  await operate(orderId, request?.id ?? '', 'refunding');
  await shop.sendRefunds();
  expect(await read(orderId)).toMatchObject({ state: 'refunded', paidFen: 4_800, refundedFen: 4_800 });
  expect(await level('half')).toEqual({ on_hand: 4, reserved: 0, sold: 0 });
  expect((await shop.order('ann', 'half')).rank).toBe(1);
});

test('[RFD1] two partial refunds of one order at once: one is asked, the other is told that the order has moved', async () => {
  for (let round = 0; round < 15; round += 1) {
    const id = await paidOrder();
    const answers = await Promise.all([
      ask(id, [{ lineNumber: 1, quantity: 2 }]),
      ask(id, [{ lineNumber: 1, quantity: 2 }]),
    ]);
    expect(answers.map(code).sort()).toEqual(['ok', 'order_cannot_move']);
    expect((await read(id)).requests).toHaveLength(1);
  }
});

test('[RFD1] a request that is sent ten times at once, and again after it was paid back, is one request', async () => {
  const id = await paidOrder();
  const key = randomUUID();
  const lines = [{ lineNumber: 1, quantity: 1 }];
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(id, lines, key)));
  expect(answers.map(code)).toEqual(Array(10).fill('ok'));
  const decisions = await Promise.all(Array.from({ length: 5 }, () => operate(id, key, 'refunding')));
  expect(decisions.map(code)).toEqual(Array(5).fill('ok'));
  await Promise.all([
    shop.sendRefunds(),
    shop.sendRefunds(),
    shop.refunds.book.finish(key),
    shop.refunds.book.finish(key),
  ]);
  expect(code(await ask(id, lines, key))).toBe('ok');
  expect(code(await operate(id, key, 'refunding'))).toBe('ok');
  const order = await read(id);
  expect([order.state, order.requests.length, order.lines[0]?.refundedQuantity]).toEqual(['paid', 1, 1]);
  expect(await db.query('select 1 from refund')).toHaveLength(1);
  expect(code(await shop.refunds.askRefund('ann', { id, key, lines, reason: 'other' }))).toBe('key_reused');
  expect(code(await ask(id, [{ lineNumber: 1, quantity: 2 }], key))).toBe('key_reused');
});

test('[RFD1] a refund against the parcel’s leaving: one of them happens, never both', async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const id = await paidOrder();
    await move(id, 'paid', 'packed');
    const ship = () => shop.orders.advance(id, 'shipped', { actor: 'operator:test', from: ['packed'] });
    const refund = () => ask(id, [{ lineNumber: 1, quantity: 3 }]);
    const answers = await Promise.all(round % 2 ? [ship(), refund()] : [refund(), ship()]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    outcomes.add((await read(id)).state);
  }
  expect([...outcomes].every((state) => state === 'shipped' || state === 'refund_requested')).toBe(true);
});

test('a late repeat of a refusal finds its own request, not the one that was made since', async () => {
  const id = await paidOrder();
  const first = await asked(id, [{ lineNumber: 1, quantity: 1 }]);
  expect(code(await operate(id, first, 'refused'))).toBe('ok');
  expect((await read(id)).state).toBe('paid');
  const second = await asked(id, [{ lineNumber: 1, quantity: 1 }]);
  expect(code(await operate(id, first, 'refused'))).toBe('ok');
  expect(await operate(id, first, 'refunding')).toEqual({
    ok: false,
    refusal: { code: 'request_cannot_move', state: 'refused' },
  });
  const order = await read(id);
  expect([order.state, order.requests.map(({ state }) => state)]).toEqual([
    'refund_requested',
    ['refused', 'requested'],
  ]);
  expect(code(await operate(id, second, 'refunding'))).toBe('ok');
  const elsewhere = await paidOrder();
  expect(code(await operate(elsewhere, second, 'refunding'))).toBe('not_found');
});

test('two operators at once, one agrees and one declines: one word stands', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await paidOrder();
    const request = await asked(id, [{ lineNumber: 2, quantity: 1 }]);
    const words = ['refunding', 'refused'] as const;
    const answers = await Promise.all((round % 2 ? words : words.toReversed()).map((to) => operate(id, request, to)));
    expect(answers.map(code).sort()).toEqual(['ok', 'request_cannot_move']);
    await shop.sendRefunds();
    expect((await read(id)).state).toBe('paid');
  }
});

test('what is withdrawn goes on where it was, and somebody else can withdraw nothing', async () => {
  const id = await paidOrder();
  await move(id, 'paid', 'packed');
  const requestId = await asked(id, [{ lineNumber: 1, quantity: 1 }]);
  expect(code(await shop.refunds.withdraw('bob', { id, requestId }))).toBe('not_found');
  expect(code(await shop.refunds.withdraw('ann', { id, requestId }))).toBe('ok');
  expect(code(await shop.refunds.withdraw('ann', { id, requestId }))).toBe('ok');
  expect(await read(id)).toMatchObject({ state: 'packed', refundedFen: 0 });
  expect(code(await operate(id, requestId, 'refunding'))).toBe('request_cannot_move');
});

test('a return comes back, is looked at, and is on sale again; what is broken is not', async () => {
  for (const restock of [true, false]) {
    const id = await received();
    const before = await level('a');
    const requestId = randomUUID();
    const lines = [{ lineNumber: 1, quantity: 1 }];
    expect(code(await shop.refunds.askReturn('ann', { id, key: requestId, lines, reason: 'no_reason' }))).toBe('ok');
    expect((await read(id)).state).toBe('returning');
    const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' };
    expect(code(await shop.refunds.sendBack('ann', { id, requestId, ...parcel }))).toBe('ok');
    expect(code(await operate(id, requestId, 'refunding', { restock }))).toBe('request_cannot_move');
    expect(code(await operate(id, requestId, 'goods_back'))).toBe('ok');
    expect(code(await operate(id, requestId, 'refunding', { restock }))).toBe('ok');
    await shop.sendRefunds();
    const order = await read(id);
    expect(order.requests[0]).toMatchObject({ ...parcel, state: 'done', restock, goodsBackAt: expect.any(Number) });
    expect(order.state).toBe('received');
    const units = restock ? 1 : 0;
    expect(await level('a')).toEqual({
      on_hand: (before?.on_hand ?? 0) + units,
      reserved: 0,
      sold: (before?.sold ?? 0) - units,
    });
  }
});

test('a return that is refused after a look leaves the order received and gives no money back', async () => {
  const id = await received();
  const requestId = randomUUID();
  await shop.refunds.askReturn('ann', {
    id,
    key: requestId,
    lines: [{ lineNumber: 1, quantity: 3 }],
    reason: 'faulty',
  });
  await operate(id, requestId, 'goods_back');
  expect(code(await operate(id, requestId, 'refused'))).toBe('ok');
  await shop.sendRefunds();
  expect(await read(id)).toMatchObject({ state: 'received', refundedFen: 0, requests: [{ answer: 'as agreed' }] });
});

test('a return is asked within seven days of receipt, on the database’s clock', async () => {
  const id = await received();
  const askReturn = () =>
    shop.refunds.askReturn('ann', {
      id,
      key: randomUUID(),
      lines: [{ lineNumber: 2, quantity: 1 }],
      reason: 'no_reason',
    });
  await db.query(`update orders set received_at = now() - interval '7 days 1 second' where id = $1`, [id]);
  expect(code(await askReturn())).toBe('return_window_over');
  await db.query(`update orders set received_at = now() - interval '7 days' + interval '1 minute' where id = $1`, [id]);
  expect(code(await askReturn())).toBe('ok');
  expect(code(await askReturn())).toBe('order_cannot_move');
});

test('[RFD1] a return against the order’s completion by time: one of them happens', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await received();
    const lines = [{ lineNumber: 1, quantity: 1 }];
    const complete = () => shop.book.move(id, 'completed', { actor: 'worker', from: ['received'], reason: 'time' });
    const askReturn = () => shop.refunds.askReturn('ann', { id, key: randomUUID(), lines, reason: 'no_reason' });
    const [isCompleted, returned] =
      round % 2
        ? await Promise.all([complete(), askReturn()])
        : (await Promise.all([askReturn(), complete()])).toReversed();
    expect(isCompleted).not.toBe((returned as { ok: boolean }).ok);
  }
});

test('a receipt that is confirmed late does not end a return that is under way', async () => {
  const id = await received();
  const key = randomUUID();
  await shop.refunds.askReturn('ann', { id, key, lines: [{ lineNumber: 1, quantity: 1 }], reason: 'no_reason' });
  expect(code(await shop.orders.receive('ann', id))).toBe('order_cannot_move');
  expect((await read(id)).state).toBe('returning');
});

test('a refund that the channel does not take is asked again with the same number, and ends once', async () => {
  const id = await paidOrder();
  const request = await asked(id, [{ lineNumber: 1, quantity: 1 }]);
  await operate(id, request, 'refunding');
  // The gateway forgets the trade for a while.
  await db.query(`update sandbox_trade set state = 'closed'`);
  await shop.sendRefunds();
  expect(await read(id)).toMatchObject({ state: 'refunding', refundedFen: 0 });
  await db.query(`update sandbox_trade set state = 'paid'`);
  await db.query('update refund set next_try_at = now()');
  await shop.sendRefunds();
  expect((await read(id)).state).toBe('paid');
  expect(await db.query('select attempts, state from refund')).toEqual([{ attempts: 2, state: 'done' }]);
});
