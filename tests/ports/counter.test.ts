import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { codeOf as digitsOf } from '../../lib/domain/pickup/code.ts';
import { GRACE_MS, HELD_FOR_MS } from '../../lib/domain/pickup/deadlines.ts';
import { STEP_MS, tokenAt } from '../../lib/domain/pickup/token.ts';
import { proofOf } from '../../server/pickup/lease.ts';
import { expirePickups, remindOfPickups, tidyPickups } from '../../server/pickup/sweep.ts';
import type { Database } from '../../server/platform/database.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import {
  codeOf,
  handOver,
  handWith,
  LAST_FOUR,
  post,
  putClerk,
  readyPickup,
  ticketOf,
  yes,
} from '../support/pickups.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { putStore, putUnits } from '../support/stores.ts';

/* The counter of a store: codes, handing over, refusals each with its reason, time, friends, a counter without network. */

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  for (const code of ['1', '2']) await putStore(db, code);
  await putClerk(db, 'lin', 's-1');
  await putClerk(db, 'wu', 's-1');
  await putClerk(db, 'far', 's-2');
  // Tests move handings over into the past; their clerks were there then.
  await db.query(`update clerk_post set begun_at = begun_at - interval '1 hour'`);
  await putOnSale(db, { id: 'tea', onHand: 500 });
  await putOnSale(db, { id: 'cup', onHand: 500 });
  for (const skuId of ['tea', 'cup']) await putUnits(db, 's-1', skuId, 500);
});
afterAll(() => drop());
afterEach(async () => expect(await violations(db)).toEqual([]));

let people = 0;
/** An order that is ready at the first store; a new shopper each time. */
function ready(lines = [{ skuId: 'tea', quantity: 1 }]) {
  people += 1;
  const shopperId = `shopper-${people}`;
  return readyPickup(shop, { shopperId, storeId: 's-1', clerkId: 'lin', lines }).then((order) => ({
    shopperId,
    ...order,
  }));
}
const scan = (clerkId: string, text: string, lastFour?: string) =>
  shop.pickups.scan(clerkId, { text, ...(lastFour ? { lastFour } : {}) });
const stateOf = async (orderId: string) => {
  const order = await shop.book.read(orderId);
  return [order?.state, order?.pickup?.state];
};
const now = async () =>
  (await db.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::bigint as now'))[0]?.now ??
  0;
/** Moves the deadline so that it was so long ago. */
const overSince = (orderId: string, ms: number) =>
  db.query(`update pickup set fetch_before = now() - $2 * interval '1 ms' where order_id = $1`, [orderId, ms]);

test('the clerk sees goods and a masked phone; all is handed over once, and the order is received', async () => {
  const { orderId, digits } = await ready([
    { skuId: 'tea', quantity: 2 },
    { skuId: 'cup', quantity: 1 },
  ]);
  const scanned = yes(await scan('lin', digits, LAST_FOUR));
  expect(scanned.order).toMatchObject({ orderId, phoneMasked: '138****0000', state: 'ready', isRefunding: false });
  expect(JSON.stringify(scanned)).not.toContain('南京东路');
  const handed = yes(await handWith(shop, 'lin', scanned.ticket));
  expect(handed.handover).toMatchObject({ isMine: true, shown: 'digits', lines: [{ quantity: 2 }, { quantity: 1 }] });
  expect(await stateOf(orderId)).toEqual(['received', 'handed_over']);
  expect(await scan('wu', digits, LAST_FOUR)).toMatchObject({
    refusal: { code: 'already_handed', handover: { clerkName: 'lin', isMine: false, at: handed.handover.at } },
  });
  expect(codeOf(await handWith(shop, 'lin', scanned.ticket))).toBe('already_handed');
  expect(await scan('far', digits, LAST_FOUR)).toMatchObject({
    refusal: { code: 'already_handed', store: { id: 's-1' }, handover: { clerkName: 'lin', at: handed.handover.at } },
  });
});

test('before anything is ready there is no code; afterwards only its owner has it', async () => {
  const { orderId, shopperId } = await ready();
  const own = yes(await shop.pickups.codes.own(shopperId, orderId));
  expect(own).toMatchObject({ lastFour: LAST_FOUR, pickup: { state: 'ready' }, friend: null });
  expect(codeOf(await shop.pickups.codes.own('somebody else', orderId))).toBe('not_found');
  const [row] = await db.query<{ sealed: Buffer; code_hash: string }>(
    'select sealed, code_hash from pickup_code where order_id = $1',
    [orderId],
  );
  const kept = `${row?.sealed.toString('latin1')} ${row?.code_hash}`;
  expect([kept.includes(own.code?.digits ?? '?'), kept.includes(own.code?.secret ?? '?')]).toEqual([false, false]);
});

test('the QR of the live page is taken, a picture of it is told to be old, digits need the last four', async () => {
  const { secret, codeId, digits } = await ready();
  const at = await now();
  expect(codeOf(await scan('lin', tokenAt(secret, codeId, at)))).toBe('ok');
  expect(codeOf(await scan('lin', tokenAt(secret, codeId, at - 4 * STEP_MS)))).toBe('stale_code');
  expect(codeOf(await scan('lin', digits))).toBe('last_four_needed');
  expect(codeOf(await scan('lin', `${digits.slice(0, 7)}${(Number(digits[7]) + 1) % 10}`, LAST_FOUR))).toBe(
    'mistyped_code',
  );
  expect(codeOf(await scan('lin', 'a shopping list'))).toBe('unreadable_code');
  expect(await scan('far', tokenAt(secret, codeId, at))).toMatchObject({
    refusal: { code: 'wrong_store', store: { id: 's-1' } },
  });
  expect(await scan('far', digits, LAST_FOUR)).toMatchObject({
    refusal: { code: 'wrong_store', store: { id: 's-1' } },
  });
});

test('some lines now and the rest later; a unit is never handed over twice', async () => {
  const { orderId, digits } = await ready([{ skuId: 'tea', quantity: 3 }]);
  const first = yes(await handOver(shop, 'lin', { digits, lines: [{ lineNumber: 1, quantity: 2 }] }));
  expect(first.order).toMatchObject({ state: 'ready', lines: [{ quantity: 3, handed: 2 }] });
  expect(await stateOf(orderId)).toEqual(['paid', 'ready']);
  expect(await handOver(shop, 'wu', { digits, lines: [{ lineNumber: 1, quantity: 2 }] })).toMatchObject({
    refusal: { code: 'too_many_to_hand', lineNumber: 1, left: 1 },
  });
  yes(await handOver(shop, 'wu', { digits }));
  expect(await stateOf(orderId)).toEqual(['received', 'handed_over']);
});

test('[R-41] the answer is lost and the clerk asks again: with his key it is the same handing over, by a scan he reads when', async () => {
  const { digits } = await ready();
  const key = randomUUID();
  const ticket = await ticketOf(shop, 'lin', digits);
  const first = yes(await handWith(shop, 'lin', ticket, { key }));
  const again = yes(await handWith(shop, 'lin', ticket, { key }));
  expect([again.isReplay, again.handover.at]).toEqual([true, first.handover.at]);
  expect(await scan('lin', digits, LAST_FOUR)).toMatchObject({
    refusal: { code: 'already_handed', handover: { isMine: true, at: first.handover.at } },
  });
  const other = await ready();
  expect(codeOf(await handWith(shop, 'lin', await ticketOf(shop, 'lin', other.digits), { key }))).toBe('key_reused');
});

test('a ticket is good for the clerk who scanned, for ten minutes, and nobody makes one', async () => {
  const { digits } = await ready();
  const ticket = await ticketOf(shop, 'lin', digits);
  expect(codeOf(await handWith(shop, 'wu', ticket))).toBe('ticket_over');
  expect(codeOf(await handWith(shop, 'lin', `${ticket}x`))).toBe('ticket_over');
  expect(codeOf(await handWith(shop, 'lin', 'made up by somebody'))).toBe('ticket_over');
});

test('within a minute a second person takes it back, then it can be handed over again', async () => {
  const { orderId, digits } = await ready();
  const { handover } = yes(await handOver(shop, 'lin', { digits }));
  expect(codeOf(await shop.pickups.undo('lin', { handoverId: handover.id }))).toBe('second_person_needed');
  expect(codeOf(await shop.pickups.undo('far', { handoverId: handover.id }))).toBe('wrong_store');
  const undone = yes(await shop.pickups.undo('wu', { handoverId: handover.id }));
  expect(undone.order).toMatchObject({ state: 'ready', handovers: [{ undoneBy: 'wu' }], lines: [{ handed: 0 }] });
  expect(await stateOf(orderId)).toEqual(['paid', 'ready']);
  yes(await shop.pickups.undo('wu', { handoverId: handover.id }));
  yes(await handOver(shop, 'lin', { digits }));
  await db.query(`update pickup_handover set at = at - interval '61 seconds' where order_id = $1`, [orderId]);
  const [last] = await db.query<{ id: string }>(
    'select id from pickup_handover where order_id = $1 and undone_at is null',
    [orderId],
  );
  expect(codeOf(await shop.pickups.undo('wu', { handoverId: last?.id ?? '' }))).toBe('undo_too_late');
});

test('a clerk who is posted elsewhere loses the old store at once', async () => {
  const { digits } = await ready();
  await putClerk(db, 'moving', 's-1');
  const ticket = await ticketOf(shop, 'moving', digits);
  await post(db, 'moving', 's-2');
  expect(codeOf(await handWith(shop, 'moving', ticket))).toBe('wrong_store');
  await post(db, 'moving', null);
  expect(codeOf(await scan('moving', digits, LAST_FOUR))).toBe('no_store');
});

test('[T-08] five wrong codes lock the clerk, also when he sends a hundred at once; a right one is not looked at then', async () => {
  const { digits } = await ready();
  await putClerk(db, 'guesser', 's-1');
  const guesses = Array.from({ length: 100 }, (_, n) => scan('guesser', digitsOf(9_000_000 + n), LAST_FOUR));
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect(codes.filter((code) => code === 'unknown_pickup_code')).toHaveLength(5);
  expect(codes.filter((code) => code === 'counter_locked')).toHaveLength(95);
  expect(codeOf(await scan('guesser', digits, LAST_FOUR))).toBe('counter_locked');
  expect(yes(await shop.pickups.home('guesser')).lockedUntil).not.toBeNull();
  expect(codeOf(await scan('lin', digits, LAST_FOUR))).toBe('ok');
});

test('digits with another phone’s last four are nobody’s code, and count', async () => {
  const { digits } = await ready();
  await putClerk(db, 'unsure', 's-1');
  expect(await scan('unsure', digits, '1111')).toMatchObject({
    refusal: { code: 'unknown_pickup_code', triesLeft: 4 },
  });
});

test('who has asked for his money gets no goods until it is refused; then he may have them', async () => {
  const { orderId, shopperId, digits } = await ready();
  const requestId = randomUUID();
  yes(await shop.refunds.askRefund(shopperId, { id: orderId, key: requestId, reason: 'changed_mind' }));
  expect(codeOf(await scan('lin', digits, LAST_FOUR))).toBe('refund_in_progress');
  yes(await shop.refunds.book.move({ orderId, requestId, to: 'refused', actor: 'operator:o', answer: 'no' }));
  yes(await handOver(shop, 'lin', { digits }));
  expect(codeOf(await shop.refunds.askRefund(shopperId, { id: orderId, key: randomUUID(), reason: 'other' }))).toBe(
    'order_cannot_move',
  );
  expect(
    codeOf(
      await shop.refunds.askReturn(shopperId, {
        id: orderId,
        key: randomUUID(),
        lines: [{ lineNumber: 1, quantity: 1 }],
        reason: 'no_reason',
      }),
    ),
  ).toBe('ok');
});

test('of an order that was handed over in part only the rest is paid back, and then it is done', async () => {
  const { orderId, shopperId, digits } = await ready([{ skuId: 'tea', quantity: 3 }]);
  yes(await handOver(shop, 'lin', { digits, lines: [{ lineNumber: 1, quantity: 1 }] }));
  expect(
    await shop.refunds.askRefund(shopperId, {
      id: orderId,
      key: randomUUID(),
      reason: 'other',
      lines: [{ lineNumber: 1, quantity: 3 }],
    }),
  ).toMatchObject({
    refusal: { code: 'too_many_units', left: 2 },
  });
  expect(await shop.agreeRefund(shopperId, orderId)).toBe(true);
  await shop.sendRefunds();
  expect(await stateOf(orderId)).toEqual(['received', 'handed_over']);
  expect(await shop.book.read(orderId)).toMatchObject({ refundedFen: 20_000 });
});

test('after seven days and ten minutes it expires: all is paid back, and its units are for sale again, once', async () => {
  const [before] = await db.query<{ on_hand: number }>(
    `select on_hand from stock_level where sku_id = 'tea' and location_id = 's-1'`,
  );
  const { orderId, digits } = await ready([{ skuId: 'tea', quantity: 2 }]);
  await overSince(orderId, GRACE_MS - 5_000);
  await expirePickups(db, shop.refunds.book);
  expect(await stateOf(orderId)).toEqual(['paid', 'ready']);
  await overSince(orderId, GRACE_MS);
  expect(codeOf(await scan('lin', digits, LAST_FOUR))).toBe('pickup_expired');
  await Promise.all([expirePickups(db, shop.refunds.book), expirePickups(db, shop.refunds.book)]);
  expect(await stateOf(orderId)).toEqual(['refunding', 'expired']);
  expect(codeOf(await scan('lin', digits, LAST_FOUR))).toBe('pickup_expired');
  await shop.sendRefunds();
  expect(await stateOf(orderId)).toEqual(['refunded', 'refunded']);
  expect(codeOf(await scan('lin', digits, LAST_FOUR))).toBe('pickup_refunded');
  const [after] = await db.query<{ on_hand: number }>(
    `select on_hand from stock_level where sku_id = 'tea' and location_id = 's-1'`,
  );
  expect(after).toEqual(before);
});

test('the rest of what was handed over in part expires; what was handed over stays', async () => {
  const { orderId, digits } = await ready([{ skuId: 'tea', quantity: 2 }]);
  yes(await handOver(shop, 'lin', { digits, lines: [{ lineNumber: 1, quantity: 1 }] }));
  await overSince(orderId, GRACE_MS);
  await expirePickups(db, shop.refunds.book);
  await shop.sendRefunds();
  expect(await stateOf(orderId)).toEqual(['received', 'handed_over']);
});

test('the store gives three days more, once, and the owner is reminded as often as days have passed', async () => {
  const { orderId } = await ready();
  const told = async () =>
    (await db.query(`select 1 from outbox where aggregate = $1 and body ->> 'state' = 'pickup_waits'`, [orderId]))
      .length;
  await db.query(
    `update pickup set ready_at = ready_at - interval '3 days', fetch_before = fetch_before - interval '3 days' where order_id = $1`,
    [orderId],
  );
  await remindOfPickups(db);
  await remindOfPickups(db);
  expect(await told()).toBe(1);
  const before = yes(await shop.pickups.extend('lin', orderId)).order;
  const again = yes(await shop.pickups.extend('lin', orderId)).order;
  expect([before.isExtended, again.fetchBefore]).toEqual([true, before.fetchBefore]);
  expect((before.fetchBefore ?? 0) - (before.readyAt ?? 0)).toBe(HELD_FOR_MS + 3 * 86_400_000);
  await db.query(
    `update pickup set ready_at = ready_at - interval '6 days', fetch_before = fetch_before - interval '6 days' where order_id = $1`,
    [orderId],
  );
  await remindOfPickups(db);
  expect(await told()).toBe(2);
});

test('a friend fetches it once with a code that its owner may take back; the friend sees goods, no prices and no name', async () => {
  const { orderId, shopperId } = await ready([{ skuId: 'tea', quantity: 2 }]);
  const key = randomUUID();
  const first = yes(await shop.pickups.codes.giveFriend(shopperId, orderId, key)).friend;
  expect(yes(await shop.pickups.codes.giveFriend(shopperId, orderId, key)).friend).toEqual(first);
  const second = yes(await shop.pickups.codes.giveFriend(shopperId, orderId, randomUUID())).friend;
  expect(codeOf(await shop.pickups.codes.friend(first.code))).toBe('friend_code_over');
  const shown = yes(await shop.pickups.codes.friend(second.code));
  expect(shown).toMatchObject({ store: { id: 's-1' }, lines: [{ quantity: 2 }] });
  expect(JSON.stringify(shown)).not.toMatch(/Fen|13800000000|小明/);
  const token = tokenAt(shown.code.secret, shown.code.codeId, await now());
  const scanned = yes(await scan('lin', token));
  expect(scanned.isFriend).toBe(true);
  yes(await handWith(shop, 'lin', scanned.ticket, { lines: [{ lineNumber: 1, quantity: 1 }] }));
  expect(codeOf(await scan('lin', token))).toBe('friend_code_over');
  expect(codeOf(await handWith(shop, 'lin', scanned.ticket))).toBe('friend_code_over');
  const third = yes(await shop.pickups.codes.giveFriend(shopperId, orderId, randomUUID())).friend;
  yes(await shop.pickups.codes.takeFriend(shopperId, orderId));
  expect(codeOf(await shop.pickups.codes.friend(third.code))).toBe('friend_code_over');
  expect(codeOf(await shop.pickups.codes.giveFriend('somebody else', orderId, randomUUID()))).toBe('not_found');
});

test('lists, totals and the log of a store are its own', async () => {
  await putStore(db, '4');
  await putClerk(db, 'kai', 's-4');
  await putUnits(db, 's-4', 'tea', 9);
  const order = { shopperId: 'kai-1', storeId: 's-4', clerkId: 'kai', lines: [{ skuId: 'tea', quantity: 2 }] };
  const first = await readyPickup(shop, order);
  await readyPickup(shop, { ...order, shopperId: 'kai-2' });
  yes(await handOver(shop, 'kai', { digits: first.digits }));
  expect(yes(await shop.pickups.home('kai')).counts).toEqual({
    preparing: 0,
    awaited: 0,
    ready: 1,
    handedToday: 1,
    conflicts: 0,
  });
  expect(yes(await shop.pickups.list('kai', { list: 'ready' })).orders).toHaveLength(1);
  expect(yes(await shop.pickups.list('kai', { list: 'today', lastFour: LAST_FOUR })).orders).toMatchObject([
    { orderId: first.orderId },
  ]);
  expect(yes(await shop.pickups.list('kai', { list: 'today', lastFour: '9999' })).orders).toEqual([]);
  const day = yes(await shop.pickups.day('kai'));
  expect(day.totals).toEqual({ handovers: 1, orders: 1, units: 2, undone: 0, wrongCodes: 0 });
  expect(day.clerks).toMatchObject([{ id: 'kai', withoutToken: 1 }]);
  expect(day.log.map(({ what }) => what)).toEqual(['handed', 'ready', 'ready']);
});

test('a counter without network: its lease keeps others off; what it handed over is written when it is heard, first come first', async () => {
  await putStore(db, '5');
  for (const clerk of ['off', 'on']) await putClerk(db, clerk, 's-5');
  await putUnits(db, 's-5', 'tea', 20);
  const order = (n: number) =>
    readyPickup(shop, {
      shopperId: `lease-${n}`,
      storeId: 's-5',
      clerkId: 'off',
      lines: [{ skuId: 'tea', quantity: 1 }],
    });
  const [a, b, c] = [await order(1), await order(2), await order(3)];
  const deviceId = randomUUID();
  const { lease } = yes(await shop.pickups.lease('off', deviceId));
  expect(lease.orders.map(({ orderId }) => orderId).toSorted()).toEqual(
    [a, b, c].map(({ orderId }) => orderId).toSorted(),
  );
  expect(lease.orders.find(({ orderId }) => orderId === a.orderId)?.proof).toBe(
    proofOf(lease.salt, a.digits, LAST_FOUR),
  );
  expect(JSON.stringify(lease)).not.toContain(a.digits);
  expect(codeOf(await shop.pickups.lease('on', randomUUID()))).toBe('held_by_counter');
  expect(codeOf(await scan('on', a.digits, LAST_FOUR))).toBe('held_by_counter');
  expect(codeOf(await shop.refunds.askRefund('lease-1', { id: a.orderId, key: randomUUID(), reason: 'other' }))).toBe(
    'held_at_store',
  );
  const at = await now();
  const said = (one: typeof a, digits = one.digits) => ({
    key: randomUUID(),
    orderId: one.orderId,
    at,
    digits,
    lastFour: LAST_FOUR,
  });
  const handovers = [said(a), said(b), said(c, digitsOf(1_111_111))];
  // The lease runs out, and the other counter hands b over before the device is heard.
  await db.query(`update pickup_lease set until = now() - interval '1 ms' where id = $1`, [lease.id]);
  await tidyPickups(db);
  yes(await handOver(shop, 'on', { digits: b.digits }));
  const { results } = yes(await shop.pickups.reconcile('off', { leaseId: lease.id, deviceId, handovers }));
  expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['handed', null],
    ['conflict', 'already_handed'],
    ['conflict', 'wrong_proof'],
  ]);
  const again = yes(
    await shop.pickups.reconcile('off', { leaseId: lease.id, deviceId, handovers: handovers.slice(0, 2) }),
  );
  expect(again.results.map(({ outcome }) => outcome)).toEqual(['handed', 'conflict']);
  expect(await stateOf(a.orderId)).toEqual(['received', 'handed_over']);
  expect(yes(await shop.pickups.home('off')).counts.conflicts).toBe(2);
  expect(
    codeOf(await shop.pickups.reconcile('off', { leaseId: lease.id, deviceId: randomUUID(), handovers: [] })),
  ).toBe('unknown_lease');
});
