import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../server/platform/database.ts';

/** Free contests of each race: few in `npm test`, 200 with `FESTA_CONTESTS=200 npm run races`. */
export const CONTESTS = Number(process.env.FESTA_CONTESTS ?? 20);

const WAIT_MS_MAX = 20_000;

/** Rows, or a table, that a race is about: who comes for them waits until they are let go. */
export type Gate = { readonly sql: string; readonly params?: readonly unknown[] };

export const orderRow = (orderId: string): Gate => ({
  sql: 'select 1 from orders where id = $1 for update',
  params: [orderId],
});
export const stockRow = (skuId: string): Gate => ({
  sql: 'select 1 from stock_level where sku_id = $1 for update',
  params: [skuId],
});
export const tradeRow = (tradeId: string): Gate => ({
  sql: 'select 1 from sandbox_trade where id = $1 for update',
  params: [tradeId],
});
export const paymentRows = (orderId: string): Gate => ({
  sql: 'select 1 from payment where order_id = $1 for update',
  params: [orderId],
});
export const wholeTable = (table: string): Gate => ({ sql: `lock table ${table} in access exclusive mode` });

/** Holds a gate by a connection of its own until `release`; whoever holds one releases it whatever happens. */
export async function hold(db: Database, { sql, params = [] }: Gate): Promise<{ release(): Promise<void> }> {
  const client = await db.pool.connect();
  await client.query('begin');
  await client.query(sql, [...params]);
  let isHeld = true;
  return {
    async release() {
      if (!isHeld) return;
      isHeld = false;
      await client.query('rollback');
      client.release();
    },
  };
}

/** Something comes to a gate and waits there; `meanwhile` happens, then the gate opens. Answers what it came to. */
export async function heldBack<T>(
  db: Database,
  gate: Gate,
  start: () => Promise<T>,
  meanwhile: () => Promise<unknown>,
): Promise<T> {
  const held = await hold(db, gate);
  const started = start();
  try {
    await untilWaiting(db, 1);
    await meanwhile();
  } finally {
    await held.release();
    await Promise.allSettled([started]);
  }
  return started;
}

/** Resolves when exactly `count` connections of this test's database wait for a lock. */
export async function untilWaiting(db: Database, count: number): Promise<void> {
  const until = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const [row] = await db.query<{ n: number }>(
      `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row?.n === count) return;
    if (performance.now() > until) throw new Error(`${row?.n} connections wait for a lock, not ${count}`);
    await pause(2);
  }
}

/**
 * Forces an order: both meet at a gate that a third holds, `first` is seen waiting there before `second` begins, and
 * both wait before the gate opens. Postgres lets them through in the order of their coming.
 */
export async function inOrder<A, B>(
  db: Database,
  gate: Gate,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const held = await hold(db, gate);
  const running: Promise<unknown>[] = [];
  try {
    const a = first();
    running.push(a);
    await untilWaiting(db, 1);
    const b = second();
    running.push(b);
    await untilWaiting(db, 2);
    await held.release();
    return await Promise.all([a, b]);
  } catch (error) {
    await held.release();
    await Promise.allSettled(running);
    throw error;
  }
}

/** Both start in the same moment; who is started first changes from round to round. */
export async function atOnce<A, B>(round: number, a: () => Promise<A>, b: () => Promise<B>): Promise<[A, B]> {
  if (round % 2 === 0) return Promise.all([a(), b()]);
  const [second, first] = await Promise.all([b(), a()]);
  return [first, second];
}

/**
 * Runs `CONTESTS` free contests, one after the other; `round` names their goods and people. What `run` answers is who won:
 * where somebody asked for a number of contests, the count of each is printed.
 */
export async function contests(run: (round: number) => Promise<unknown>): Promise<void> {
  const won = new Map<string, number>();
  for (let round = 0; round < CONTESTS; round += 1) {
    const who = await run(round);
    if (typeof who === 'string') won.set(who, (won.get(who) ?? 0) + 1);
  }
  if (process.env.FESTA_CONTESTS === undefined || won.size === 0) return;
  const counts = [...won].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([who, count]) => `${who} ${count}`);
  console.log(`${CONTESTS} contests: ${counts.join(', ')}`);
}
