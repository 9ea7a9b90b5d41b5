import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { promiseOf } from '../../lib/domain/pickup/deadlines.ts';
import { NO_CALENDAR } from '../../lib/domain/store/opening.ts';
import { sendTransfer } from '../../server/ops/transfers.ts';
import type { Database } from '../../server/platform/database.ts';
import { holidaysAhead, storeOf } from '../../server/store/store-rows.ts';
import { putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { buyPickup, codeOf, handOver, putClerk, readyPickup, submitPickup, yes } from '../support/pickups.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { putStore, putUnits } from '../support/stores.ts';

/* Orders that are fetched at a store: where their units come from, what they cost, another store, money back. */

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  for (const code of ['1', '2']) await putStore(db, code);
  await putClerk(db, 'clerk', 's-1');
});
afterAll(() => drop());
afterEach(async () => expect(await violations(db)).toEqual([]));

const one = (skuId: string, quantity = 1) => [{ skuId, quantity }];
const levels = async (skuId: string) => {
  const rows = await db.query<{ location_id: string; on_hand: number; reserved: number; sold: number }>(
    'select location_id, on_hand, reserved, sold from stock_level where sku_id = $1 order by location_id',
    [skuId],
  );
  return Object.fromEntries(rows.map(({ location_id, ...level }) => [location_id, Object.values(level).join('/')]));
};

test('a store that has the goods sells its own, without freight, within two hours in which it is open', async () => {
  await putOnSale(db, { id: 'tea', priceFen: 5_000, onHand: 10 });
  await putUnits(db, 's-1', 'tea', 3);
  const quoted = yes(await shop.orders.quote(one('tea', 2), 'ann', undefined, 's-1'));
  expect(quoted.quote).toMatchObject({ goodsFen: 10_000, freightFen: 0, totalFen: 10_000 });
  expect(quoted.pickup).toMatchObject({ storeId: 's-1', lines: [{ skuId: 'tea', isTransfer: false }] });
  const store = await storeOf(db, 's-1');
  const calendar = { ...(store ?? NO_CALENDAR), holidays: new Set(await holidaysAhead(db)) };
  expect(quoted.pickup?.promisedAt).toBe(promiseOf(quoted.quote.quotedAt, false, calendar));
  const answer = yes(await submitPickup(shop, 'ann', 's-1', one('tea', 2)));
  expect(await levels('tea')).toEqual({ central: '10/0/0', 's-1': '3/2/0' });
  const { orderId } = answer;
  const placed = await shop.book.read(orderId);
  expect(placed?.pickup).toMatchObject({ state: null, store: { id: 's-1' } });
  expect(placed?.pickup?.promisedAt).toBe(promiseOf(placed?.placedAt ?? 0, false, calendar));
  await shop.pay(orderId);
  expect(await levels('tea')).toEqual({ central: '10/0/0', 's-1': '1/0/2' });
  expect((await shop.book.read(orderId))?.pickup).toMatchObject({
    state: 'preparing',
    lines: [{ lineNumber: 1, handed: 0, isAwaited: false }],
  });
});

test('what the store lacks comes from the warehouse, in two days, and is the store’s when it has come', async () => {
  await putOnSale(db, { id: 'cup', onHand: 5 });
  await putUnits(db, 's-1', 'cup', 1);
  const orderId = await buyPickup(shop, 'ann', 's-1', one('cup', 2));
  expect(await levels('cup')).toEqual({ central: '3/0/2', 's-1': '1/0/0' });
  expect(codeOf(await shop.pickups.ready('clerk', orderId))).toBe('goods_awaited');
  const arrived = yes(await shop.pickups.arrive('clerk', orderId));
  expect(arrived.order.lines).toMatchObject([{ isAwaited: false }]);
  expect(await levels('cup')).toEqual({ central: '3/0/0', 's-1': '1/0/2' });
  yes(await shop.pickups.arrive('clerk', orderId));
  expect(await levels('cup')).toEqual({ central: '3/0/0', 's-1': '1/0/2' });
  expect(codeOf(await shop.pickups.ready('clerk', orderId))).toBe('ok');
});

test('all lines or none: each line that neither place has says how many are left', async () => {
  await putOnSale(db, { id: 'rice', onHand: 1 });
  await putOnSale(db, { id: 'oil', onHand: 9 });
  await putUnits(db, 's-1', 'rice', 2);
  const answer = await submitPickup(shop, 'ann', 's-1', [...one('rice', 3), ...one('oil')]);
  expect(answer).toMatchObject({
    ok: false,
    refusal: { code: 'lines_refused', problems: [{ skuId: 'rice', code: 'sold_out', left: 2 }] },
  });
  expect(await levels('rice')).toEqual({ central: '1/0/0', 's-1': '2/0/0' });
  expect(await levels('oil')).toEqual({ central: '9/0/0' });
});

test('of one batch the second order for pickup sees what the first took, of the store and then of the warehouse', async () => {
  await putOnSale(db, { id: 'pen', onHand: 1 });
  await putUnits(db, 's-1', 'pen', 2);
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((who) => submitPickup(shop, `pen-${who}`, 's-1', one('pen'))),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  expect(await levels('pen')).toEqual({ central: '1/1/0', 's-1': '2/2/0' });
});

test('orders for pickup and for delivery meet in one batch and never sell a unit twice', async () => {
  await putOnSale(db, { id: 'mix', onHand: 4 });
  await putUnits(db, 's-1', 'mix', 2);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      n % 2 ? shop.submit(`mix-${n}`, one('mix')) : submitPickup(shop, `mix-${n}`, 's-1', one('mix')),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(6);
  expect(await levels('mix')).toEqual({ central: '4/4/0', 's-1': '2/2/0' });
});

test('a limit per person holds over store and warehouse together, and a session’s places are the same ones', async () => {
  await putOnSale(db, {
    id: 'hot',
    onHand: 9,
    session: { ...running('ses', 8_000), limitPerPerson: 2, tiers: [{ upTo: 1, priceFen: 4_000 }] },
  });
  await putUnits(db, 's-1', 'hot', 9);
  yes(await submitPickup(shop, 'ann', 's-1', one('hot')));
  expect(await shop.submit('ann', one('hot', 2))).toMatchObject({
    refusal: { problems: [{ code: 'limit_reached', limit: 2, owned: 1 }] },
  });
  const [place] = await db.query(`select order_id from tier_slot where sku_id = 'hot' and order_id is not null`);
  expect(place).toBeDefined();
});

test('the same key is the same order; the same key for another store is not', async () => {
  await putOnSale(db, { id: 'key', onHand: 9 });
  const key = randomUUID();
  const first = yes(await submitPickup(shop, 'ann', 's-1', one('key'), key));
  const again = yes(await submitPickup(shop, 'ann', 's-1', one('key'), key));
  expect(again).toMatchObject({ orderId: first.orderId, isReplay: true });
  expect(codeOf(await submitPickup(shop, 'ann', 's-2', one('key'), key))).toBe('key_reused');
});

test('a store that is not there, or takes no orders now, is refused at the quote already', async () => {
  await putOnSale(db, { id: 'shut', onHand: 9 });
  await putStore(db, 'shut');
  await db.query(`update store set state = 'closed_temporarily' where id = 's-shut'`);
  expect(codeOf(await submitPickup(shop, 'ann', 's-9', one('shut')))).toBe('unknown_store');
  expect(codeOf(await submitPickup(shop, 'ann', 's-shut', one('shut')))).toBe('store_not_open');
});

test('a quote for delivery is no quote for more: fetched is cheaper, sent is asked again', async () => {
  await putOnSale(db, { id: 'fee', priceFen: 1_000, onHand: 9 });
  const fetched = yes(await shop.orders.quote(one('fee'), 'ann', undefined, 's-1')).quote;
  const sent = yes(await shop.orders.quote(one('fee'), 'ann')).quote;
  expect([fetched.totalFen, sent.totalFen]).toEqual([1_000, 1_800]);
  const submit = (quoteVersion: string, isFetched: boolean) =>
    shop.orders.submit('ann', {
      key: randomUUID(),
      lines: one('fee'),
      quoteVersion,
      fulfilment: isFetched ? { kind: 'pickup', storeId: 's-1' } : { kind: 'delivery', addressId: 'home' },
    });
  expect(codeOf(await submit(fetched.version, false))).toBe('price_changed');
  expect(yes(await submit(sent.version, true)).totalFen).toBe(1_000);
});

test('an unpaid order gives its units back where they were held', async () => {
  await putOnSale(db, { id: 'back', onHand: 3 });
  await putUnits(db, 's-1', 'back', 3);
  yes(await submitPickup(shop, 'ann', 's-1', one('back', 2)));
  await db.query(`update orders set pay_before = now() - interval '2 minutes' where state = 'pending_pay'`);
  await shop.book.endDue(30_000, 500);
  expect(await levels('back')).toEqual({ central: '3/0/0', 's-1': '3/0/0' });
});

test('a refund before anything was handed over ends the pickup, and its units are for sale in the store again', async () => {
  await putOnSale(db, { id: 'undo', onHand: 3 });
  await putUnits(db, 's-1', 'undo', 3);
  const orderId = await buyPickup(shop, 'ann', 's-1', one('undo', 2));
  expect(await shop.agreeRefund('ann', orderId)).toBe(true);
  await shop.sendRefunds();
  expect(await shop.book.read(orderId)).toMatchObject({ state: 'refunded', pickup: { state: 'refunded' } });
  expect(await levels('undo')).toEqual({ central: '3/0/0', 's-1': '3/0/0' });
  expect(codeOf(await shop.pickups.ready('clerk', orderId))).toBe('pickup_cannot_move');
});

test('what was fetched and is sent back comes to the warehouse and is for sale there, not in the store that sold it; what is broken is not', async () => {
  await putOnSale(db, { id: 'home', onHand: 5 });
  await putUnits(db, 's-1', 'home', 5);
  const { orderId, digits } = await readyPickup(shop, {
    ...{ shopperId: 'ann', storeId: 's-1', clerkId: 'clerk' },
    lines: one('home', 3),
  });
  yes(await handOver(shop, 'clerk', { digits }));
  for (const restock of [true, false]) {
    const requestId = randomUUID();
    const lines = [{ lineNumber: 1, quantity: 1 }];
    const asked = { id: orderId, key: requestId, lines, reason: 'no_reason' as const };
    yes(await shop.refunds.askReturn('ann', asked));
    const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' };
    yes(await shop.refunds.sendBack('ann', { id: orderId, requestId, ...parcel }));
    for (const to of ['goods_back', 'refunding'] as const) {
      yes(await shop.refunds.book.move({ orderId, requestId, to, actor: 'operator:o', answer: 'ok', restock }));
    }
    await shop.sendRefunds();
    expect(await levels('home')).toEqual({ central: '6/0/0', 's-1': '2/0/2' });
  }
  expect(await shop.book.read(orderId)).toMatchObject({ state: 'received', pickup: { state: 'handed_over' } });
});

test('it is not packed and not shipped', async () => {
  await putOnSale(db, { id: 'pack', onHand: 3 });
  const orderId = await buyPickup(shop, 'ann', 's-1', one('pack'));
  expect(await shop.book.move(orderId, 'packed', { actor: 'operator:o', from: ['paid'] })).toBe(false);
});

test('another store before it is ready: put-by units stay for sale where they are, the new store sells its own', async () => {
  await putOnSale(db, { id: 'move', onHand: 5 });
  await putUnits(db, 's-1', 'move', 2);
  await putUnits(db, 's-2', 'move', 2);
  const orderId = await buyPickup(shop, 'ann', 's-1', one('move', 2));
  const moved = yes(await shop.pickups.changeStore('ann', { orderId, storeId: 's-2' }));
  expect(moved.order.pickup).toMatchObject({ store: { id: 's-2' }, state: 'preparing', lines: [{ isAwaited: false }] });
  expect(await levels('move')).toEqual({ central: '5/0/0', 's-1': '2/0/0', 's-2': '0/0/2' });
  yes(await shop.pickups.changeStore('ann', { orderId, storeId: 's-2' }));
  expect(codeOf(await shop.pickups.changeStore('bob', { orderId, storeId: 's-1' }))).toBe('not_found');
  expect(codeOf(await shop.pickups.ready('clerk', orderId))).toBe('wrong_store');
  // Back again, and from there to a store that has none: then the warehouse sends.
  yes(await shop.pickups.changeStore('ann', { orderId, storeId: 's-1' }));
  await putStore(db, '3');
  const third = yes(await shop.pickups.changeStore('ann', { orderId, storeId: 's-3' }));
  expect(third.order.pickup).toMatchObject({ lines: [{ isAwaited: true }] });
  expect(await levels('move')).toMatchObject({ central: '3/0/2', 's-1': '2/0/0', 's-2': '2/0/0' });
});

test('a store that cannot have the goods is refused with the reason of each line, and nothing has changed', async () => {
  await putOnSale(db, { id: 'stay', onHand: 0 });
  await putUnits(db, 's-1', 'stay', 2);
  const orderId = await buyPickup(shop, 'ann', 's-1', one('stay', 2));
  expect(await shop.pickups.changeStore('ann', { orderId, storeId: 's-2' })).toMatchObject({
    refusal: { code: 'lines_refused', problems: [{ skuId: 'stay', code: 'sold_out', left: 0 }] },
  });
  expect(await levels('stay')).toEqual({ central: '0/0/0', 's-1': '0/0/2' });
  yes(await shop.pickups.ready('clerk', orderId));
  expect(codeOf(await shop.pickups.changeStore('ann', { orderId, storeId: 's-2' }))).toBe('pickup_cannot_move');
});

test('what a store has is moved by transfers like any stock; what its orders hold does not travel', async () => {
  await putOnSale(db, { id: 'send', onHand: 0 });
  await putUnits(db, 's-1', 'send', 2);
  yes(await submitPickup(shop, 'ann', 's-1', one('send')));
  const send = (quantity: number) =>
    sendTransfer(
      db,
      { key: randomUUID(), skuId: 'send', from: 's-1', to: 'central', quantity, reason: '调回' },
      'operator:o',
    );
  expect(await send(2)).toMatchObject({ refusal: { code: 'below_reserved', available: 1 } });
  expect((await send(1)).ok).toBe(true);
});
