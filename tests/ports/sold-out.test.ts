import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
/** Two processes; neither hears notices, so that nothing but the hint's own look keeps it honest. */
let edges: [Shop, Shop];

const QUICK = { learnEveryMs: 0, lookEveryMs: 3_600_000 };

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  edges = [await openShop(db, { soldOut: QUICK }), await openShop(db, { soldOut: QUICK })];
});

afterEach(async () => {
  const broken = await violations(db);
  await drop();
  expect(broken).toEqual([]);
});

const one = (skuId: string) => [{ skuId, quantity: 1 }];

/** Asks until this process answers "sold out" without its queue. */
async function learnt(shop: Shop, skuId: string, tap: (who: string) => (at: Shop) => Promise<unknown>): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await shop.queue.isSoldOut(`nobody-${randomUUID()}`, one(skuId)))) {
    if (Date.now() > until) throw new Error('the process never learnt that the goods are sold out');
    await tap(`asks-${randomUUID()}`)(shop);
  }
}

const isSoldOut = (answer: Awaited<ReturnType<Shop['submit']>>) =>
  !answer.ok && answer.refusal.code === 'lines_refused' && answer.refusal.problems[0]?.code === 'sold_out';

/** Puts goods on sale and shows their price; the returned function makes one phone's tap, which may be repeated anywhere. */
async function shown(skuId: string, onHand: number) {
  await putOnSale(db, { id: skuId, onHand });
  const quoted = await edges[0].orders.quote(one(skuId), '');
  if (!quoted.ok) throw new Error('new goods have a price');
  const quoteVersion = quoted.value.quote.version;
  return (shopperId: string) => {
    const request = { key: randomUUID(), lines: one(skuId), quoteVersion, addressId: 'home' };
    return (at: Shop) => at.orders.submit(shopperId, request);
  };
}

test('[P1] a crowd is told "sold out" without the queue; the unit that comes back is sold to the next who asks, anywhere', async () => {
  const tap = await shown('hot', 1);
  const [here, there] = edges;
  const tries = Array.from({ length: 30 }, (_, n) => tap(`p${n}`));
  const { orderId } = await here.order('winner', 'hot');
  for (const shop of edges) await learnt(shop, 'hot', tap);
  const answers = await Promise.all(tries.map((attempt, n) => attempt(edges[n % 2]!)));
  expect(answers.every(isSoldOut)).toBe(true);
  expect((await here.orders.cancel('winner', orderId)).ok).toBe(true);
  // The other process was told nothing, and knows all the same.
  expect((await tries[0]!(there)).ok).toBe(true);
  expect(isSoldOut(await tries[1]!(here))).toBe(true);
});

test('a repeat of an accepted key gets its order at every process, however sold out the goods are', async () => {
  const tap = await shown('hot', 3);
  const [here, there] = edges;
  const tries = ['a', 'b', 'c'].map(tap);
  const first = await Promise.all(tries.map((attempt) => attempt(here)));
  for (const shop of edges) await learnt(shop, 'hot', tap);
  for (const [n, attempt] of tries.entries()) {
    for (const shop of [here, there]) {
      const again = await attempt(shop);
      expect(again.ok && again.value).toEqual({ ...(first[n]!.ok && first[n]!.value), isReplay: true });
    }
  }
});

test('a key accepted at one process after its unit came back is not "sold out" at another that knew better before', async () => {
  const tap = await shown('hot', 1);
  const [here, there] = edges;
  let owner = 'owner-0';
  let { orderId } = await here.order(owner, 'hot');
  for (let round = 1; round <= 15; round += 1) {
    await learnt(there, 'hot', tap);
    const attempt = tap(`owner-${round}`);
    await here.orders.cancel(owner, orderId);
    const [accepted, repeated] = [await attempt(here), await attempt(there)];
    expect(accepted.ok && repeated.ok && repeated.value.orderId === accepted.value.orderId).toBe(true);
    owner = `owner-${round}`;
    orderId = accepted.ok ? accepted.value.orderId : '';
  }
});

type Step =
  | { do: 'buy'; who: number; at: 0 | 1 }
  | { do: 'repeat'; pick: number; at: 0 | 1 }
  | { do: 'cancel'; pick: number; at: 0 | 1 }
  | { do: 'add' };

test('[P1] whatever is bought, repeated, given back and added at two processes: nobody is refused while a unit is free', async () => {
  const at = fc.constantFrom<0 | 1>(0, 1);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('buy' as const), who: fc.integer({ min: 0, max: 9 }), at }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('repeat' as const), pick: fc.nat(), at }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), pick: fc.nat(), at }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'add' }) },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
      run += 1;
      const skuId = `sku-${run}`;
      const tap = await shown(skuId, 2);
      let free = 2;
      const owned: { who: string; orderId: string; again: (shop: Shop) => ReturnType<Shop['submit']> }[] = [];
      const closed = new Set<string>();
      for (const now of steps) {
        if (now.do === 'buy') {
          const who = `run-${run}-${now.who}`;
          const attempt = tap(who);
          const answer = await attempt(edges[now.at]);
          expect(isSoldOut(answer)).toBe(free === 0);
          if (answer.ok) {
            free -= 1;
            owned.push({ who, orderId: answer.value.orderId, again: attempt });
          }
        } else if (now.do === 'add') {
          await db.query(`update stock_level set on_hand = on_hand + 1, version = version + 1 where sku_id = $1`, [
            skuId,
          ]);
          await db.query(
            `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ($1, 'central', 'adjust', 1, $2)`,
            [skuId, randomUUID()],
          );
          free += 1;
        } else if (owned.length > 0) {
          const order = owned[now.pick % owned.length]!;
          if (now.do === 'repeat') {
            const again = await order.again(edges[now.at]);
            expect(again.ok && again.value.orderId).toBe(order.orderId);
          } else if (!closed.has(order.orderId)) {
            expect((await edges[now.at].orders.cancel(order.who, order.orderId)).ok).toBe(true);
            closed.add(order.orderId);
            free += 1;
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});
