import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { LIMITS } from '../../server/platform/limits.ts';
import { hold, inOrder, stockRow, untilWaiting } from '../support/contest.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

/* A key that is sent again because nobody answered, while its first sending is still on its way to another process. */

let db: Database;
let drop: () => Promise<void>;
let edges: [Shop, Shop];

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  edges = [await openShop(db), await openShop(db)];
});

afterEach(async () => {
  const broken = await violations(db);
  await drop();
  expect(broken).toEqual([]);
});

/** One unit, which somebody else has; and a tap for it that was made when its price was shown. */
async function scene() {
  const [here] = edges;
  await putOnSale(db, { id: 'a', onHand: 1 });
  const lines = [{ skuId: 'a', quantity: 1 }];
  const quoted = await here.orders.quote(lines, '');
  if (!quoted.ok) throw new Error('new goods have a price');
  const other = await here.order('owner', 'a');
  const request = { key: randomUUID(), lines, quoteVersion: quoted.value.quote.version, addressId: 'home' };
  return {
    first: (at: Shop) => at.orders.submit('ann', request),
    again: (at: Shop) => at.orders.submit('ann', { ...request, isAgain: true }),
    withNewKey: (at: Shop) => at.orders.submit('ann', { ...request, key: randomUUID() }),
    bobAgain: (at: Shop) => at.orders.submit('bob', { ...request, key: randomUUID(), isAgain: true }),
    comesBack: () => here.orders.cancel('owner', other.orderId),
  };
}

const ordersOf = async (shopperId: string) =>
  (await db.query('select 1 from orders where shopper_id = $1', [shopperId])).length;
const kept = async () => (await db.query('select 1 from refused_key')).length;
const SOLD_OUT = {
  ok: false,
  refusal: { code: 'lines_refused', problems: [{ skuId: 'a', code: 'sold_out', left: 0 }] },
};

test('[P2] what was refused when it was sent again makes no order when its first sending arrives after all', async () => {
  const { first, again, comesBack, withNewKey } = await scene();
  const [here, there] = edges;
  expect(await again(there)).toEqual(SOLD_OUT);
  expect((await comesBack()).ok).toBe(true);
  expect(await first(here)).toEqual(SOLD_OUT);
  expect(await again(there)).toEqual(SOLD_OUT);
  expect(await ordersOf('ann')).toBe(0);
  // The unit is no less for sale: the next tap is another key.
  expect((await withNewKey(here)).ok).toBe(true);
});

test('[P2] the same when both and the returning unit meet at the goods themselves', async () => {
  const { first, again, comesBack } = await scene();
  const [here, there] = edges;
  const gate = await hold(db, stockRow('a'));
  const running: Promise<unknown>[] = [];
  try {
    for (const [n, step] of [() => again(there), comesBack, () => first(here)].entries()) {
      running.push(step());
      await untilWaiting(db, n + 1);
    }
  } finally {
    await gate.release();
  }
  const [refused, , late] = await Promise.all(running);
  expect([refused, late]).toEqual([SOLD_OUT, SOLD_OUT]);
  expect(await ordersOf('ann')).toBe(0);
});

test('[P2] a process that knows that the goods are sold out tells the others what it refused when it was sent again', async () => {
  const { first, again, withNewKey, comesBack } = await scene();
  const [here] = edges;
  const there = await openShop(db, { soldOut: { learnEveryMs: 0, lookEveryMs: 3_600_000 } });
  const until = Date.now() + 20_000;
  while (!(await there.queue.isSoldOut('nobody', [{ skuId: 'a', quantity: 1 }]))) {
    if (Date.now() > until) throw new Error('the process never learnt that the goods are sold out');
    await withNewKey(there);
  }
  expect(await again(there)).toEqual(SOLD_OUT);
  expect((await comesBack()).ok).toBe(true);
  expect(await first(here)).toEqual(SOLD_OUT);
});

test('[P2] the other way round, the first sending’s order is what the second is answered', async () => {
  const { first, again, comesBack } = await scene();
  const [here, there] = edges;
  await comesBack();
  const [one, two] = await inOrder(
    db,
    stockRow('a'),
    () => first(here),
    () => again(there),
  );
  expect(two).toEqual({ ok: true, value: { ...(one.ok && one.value), isReplay: true } });
  expect(await ordersOf('ann')).toBe(1);
  expect(await kept()).toBe(0);
});

test('a crowd that is refused once leaves nothing behind; what is kept goes when no quote of its time is valid', async () => {
  const { first, again, bobAgain } = await scene();
  const [here, there] = edges;
  expect(await first(here)).toEqual(SOLD_OUT);
  expect(await kept()).toBe(0);
  expect(await again(there)).toEqual(SOLD_OUT);
  expect(await again(here)).toEqual(SOLD_OUT);
  expect(await kept()).toBe(1);
  await db.query(`update refused_key set refused_at = refused_at - $1 * interval '1 millisecond'`, [
    LIMITS.order.quoteValidMs,
  ]);
  expect(await bobAgain(there)).toEqual(SOLD_OUT);
  const rows = await db.query<{ shopper_id: string }>('select shopper_id from refused_key');
  expect(rows).toEqual([{ shopper_id: 'bob' }]);
});
