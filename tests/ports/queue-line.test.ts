import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { hold, stockRow, untilWaiting } from '../support/contest.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

/* A rush that is slower than a shopper’s patience: he hears his place, and the result when he asks again. */

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let other: Shop;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  other = await openShop(db);
});
afterAll(() => drop());
afterEach(async () => expect(await violations(db)).toEqual([]));

/** One phone’s order of one unit, to be sent as often as wished. */
async function phone(skuId: string, shopperId: string) {
  const lines = [{ skuId, quantity: 1 }];
  const quoted = await shop.orders.quote(lines, shopperId);
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.refusal));
  const request = { key: randomUUID(), lines, quoteVersion: quoted.value.quote.version, addressId: 'home' };
  return (more: object = {}, at = shop) => at.orders.submit(shopperId, { ...request, mayWait: true, ...more });
}
const again = { isAgain: true };

/** Asks again until there is a result, as a phone does. */
async function result(ask: (more: object) => ReturnType<Shop['orders']['submit']>) {
  for (;;) {
    const answer = await ask(again);
    if (answer.ok || answer.refusal.code !== 'waiting') return answer;
  }
}
const ordersOf = async (skuId: string) =>
  (await db.query('select 1 from order_line where sku_id = $1', [skuId])).length;

test('who waits longer than half a second hears his place, and his result when he asks again: one order each, in line', async () => {
  await putOnSale(db, { id: 'rush', onHand: 2 });
  const phones = await Promise.all(['ann', 'bob', 'cat'].map((name) => phone('rush', name)));
  const gate = await hold(db, stockRow('rush'));
  const first = phones[0]?.();
  await untilWaiting(db, 1);
  const [, bob, cat] = [first, phones[1]?.(), phones[2]?.()];
  const told = await Promise.all([first, bob, cat]);
  expect(told).toMatchObject(
    [1, 2, 3].map((position) => ({ ok: false, refusal: { code: 'waiting', position, retryAfterMs: 500 } })),
  );
  // Who asks again meanwhile joins his own command: the rush does not grow by it.
  const asked = await Promise.all(phones.map((ask) => ask(again)));
  expect(asked.map((answer) => !answer.ok && answer.refusal.code)).toEqual(['waiting', 'waiting', 'waiting']);
  expect(shop.queue.depth()).toBe(3);
  const results = Promise.all(phones.map(result));
  await gate.release();
  const [ann, second, third] = await results;
  expect([ann?.ok, second?.ok]).toEqual([true, true]);
  expect(third).toMatchObject({ ok: false, refusal: { problems: [{ code: 'sold_out', left: 0 }] } });
  expect(await ordersOf('rush')).toBe(2);
  // Asked once more, much later, it is the same order.
  expect(await phones[0]?.(again)).toMatchObject({ ok: true, value: ann?.ok && { orderId: ann.value.orderId } });
});

test('a phone that says nothing of waiting is answered when its order is decided', async () => {
  await putOnSale(db, { id: 'old-phone', onHand: 1 });
  const [ask, impatient] = [await phone('old-phone', 'ann'), await phone('old-phone', 'bob')];
  const gate = await hold(db, stockRow('old-phone'));
  const old = ask({ mayWait: undefined });
  await untilWaiting(db, 1);
  // By the time that another has heard his place, the old one has heard nothing.
  expect(await impatient()).toMatchObject({ refusal: { code: 'waiting', position: 2 } });
  expect(await Promise.race([old, Promise.resolve('nothing')])).toBe('nothing');
  await gate.release();
  expect(await old).toMatchObject({ ok: true });
});

test('while an order waits, other content under its key is another command, and is refused', async () => {
  await putOnSale(db, { id: 'reused', onHand: 5 });
  const ask = await phone('reused', 'ann');
  const gate = await hold(db, stockRow('reused'));
  expect(await ask()).toMatchObject({ refusal: { code: 'waiting', position: 1 } });
  expect(await ask({ lines: [{ skuId: 'reused', quantity: 2 }] })).toMatchObject({ refusal: { code: 'waiting' } });
  await gate.release();
  expect(await result(ask)).toMatchObject({ ok: true });
  expect(await ask({ lines: [{ skuId: 'reused', quantity: 2 }] })).toMatchObject({ refusal: { code: 'key_reused' } });
  expect(await ordersOf('reused')).toBe(1);
});

test('[P2] who joined his own refused order at one process and is refused when it is asked for again is refused everywhere', async () => {
  await putOnSale(db, { id: 'joined', onHand: 1 });
  const ask = await phone('joined', 'ann');
  const gate = await hold(db, stockRow('joined'));
  const ahead = other.order('bob', 'joined');
  await untilWaiting(db, 1);
  expect(await ask()).toMatchObject({ refusal: { code: 'waiting' } });
  const told = result(ask);
  await gate.release();
  const { orderId } = await ahead;
  expect(await told).toMatchObject({ ok: false, refusal: { code: 'lines_refused' } });
  // The unit comes back; a sending of the same key that was under way all the time arrives elsewhere.
  await other.orders.cancel('bob', orderId);
  expect(await ask({ mayWait: undefined }, other)).toMatchObject({ ok: false });
  expect(await ordersOf('joined')).toBe(1);
});
