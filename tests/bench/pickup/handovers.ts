import { randomUUID } from 'node:crypto';
import { PICKUP_INVARIANTS } from '../../../server/check/pickup-invariants.ts';
import { postgresOrderBook } from '../../../server/order/order-book.postgres.ts';
import { orderIdMaker } from '../../../server/order/order-id.ts';
import { ticketOffice } from '../../../server/pickup/scan.ts';
import { pickupService } from '../../../server/pickup/service.ts';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { putOnSale } from '../../support/goods.ts';
import { putClerk } from '../../support/pickups.ts';
import { putStore, putUnits } from '../../support/stores.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';

const SECRET = 'a secret of the bench, long enough';
/** Commands that each counter has under way. */
const CALLERS = 8;
const CLERKS = ['left', 'right'] as const;

/** `count` orders that wait at the store, written as the product writes them when they were paid and put aside. */
async function putReady(db: Database, storeId: string, skuId: string, round: number, count: number): Promise<string[]> {
  await putUnits(db, storeId, skuId, count);
  await db.transaction(async (tx) => {
    await tx.query(
      `with o as (
         insert into orders (id, shopper_id, key, request_hash, state, goods_fen, freight_fen, total_fen, paid_fen, quote,
           address, placed_at, pay_before, paid_at, sequence, store_id, promised_at)
         select 'ord_' || $1 || '_' || n, 'p' || n, gen_random_uuid(), '', 'paid', 100, 0, 100, 100, '{}',
           '{"name":"","phone":"13800000000","region":"","street":""}', now(), now(), now(), 2, $2, now()
         from generate_series(1, $3::integer) n returning id
       ), l as (
         insert into order_line (order_id, line_number, sku_id, quantity, unit_fen, price_kind, title, choice, product_handle)
         select id, 1, $4, 1, 100, 'ordinary', '{"zh":"","en":""}', '{"zh":"","en":""}', 'p' from o
       )
       insert into order_log (order_id, step, from_state, to_state, actor)
       select id, s.step, s.f, s.t, 'bench' from o cross join (values (1, null, 'pending_pay'), (2, 'pending_pay', 'paid')) s (step, f, t)`,
      [round, storeId, count, skuId],
    );
    await tx.query(
      `insert into pickup (order_id, store_id, state, promised_at, ready_at, fetch_before)
       select id, store_id, 'ready', now(), now(), now() + interval '7 days' from orders where id like 'ord_' || $1 || '\\_%'`,
      [round],
    );
    await tx.query(
      `insert into pickup_line (order_id, line_number, sku_id, quantity, location_id)
       select l.order_id, 1, l.sku_id, 1, $2 from order_line l where l.order_id like 'ord_' || $1 || '\\_%'`,
      [round, storeId],
    );
    await tx.query(
      `insert into pickup_code (id, order_id, store_id, kind, code_hash, sealed)
       select 'C' || order_id, order_id, store_id, 'own', left(encode(sha256(order_id::bytea), 'hex'), 43), ''
       from pickup where order_id like 'ord_' || $1 || '\\_%'`,
      [round],
    );
    await tx.query(
      'update stock_level set on_hand = on_hand - $3, sold = sold + $3 where sku_id = $1 and location_id = $2',
      [skuId, storeId, count],
    );
  });
  await db.query('analyze orders, order_line, pickup, pickup_line, pickup_code');
  return Array.from({ length: count }, (_, n) => `ord_${round}_${n + 1}`);
}

/** Both counters hand over every order; answers orders a second. @throws when one was handed over twice or not at all */
async function rush(
  db: Database,
  orderIds: readonly string[],
  hand: (clerkId: string, orderId: string) => Promise<string>,
): Promise<number> {
  const counts = new Map<string, number>();
  const startedAt = performance.now();
  await Promise.all(
    CLERKS.flatMap((clerkId) => {
      let next = 0;
      return Array.from({ length: CALLERS }, async () => {
        for (let at = next++; at < orderIds.length; at = next++) {
          const answer = await hand(clerkId, orderIds[at] as string);
          counts.set(answer, (counts.get(answer) ?? 0) + 1);
        }
      });
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const [books] = await db.query<{ rows: number; orders: number }>(
    `select count(*)::integer as rows, count(distinct order_id)::integer as orders from pickup_handover
     where order_id = any ($1::text[])`,
    [orderIds],
  );
  const isExact = books?.rows === orderIds.length && books.orders === orderIds.length;
  if (!isExact || counts.get('ok') !== orderIds.length || counts.get('already_handed') !== orderIds.length) {
    throw new Error(`${JSON.stringify(books)} ${JSON.stringify([...counts])} of ${orderIds.length} orders`);
  }
  return orderIds.length / seconds;
}

/** The usual way, for the same rows: lock the order, look, write one thing after the other, commit. */
function rowLock(db: Database, storeId: string) {
  return (clerkId: string, orderId: string) =>
    db.transaction(async (tx) => {
      const [order] = await tx.query<{ state: string }>('select state from orders where id = $1 for update', [orderId]);
      if (order?.state !== 'paid') return 'already_handed';
      const id = randomUUID();
      await tx.query('select 1 from clerk_post where clerk_id = $1 and ended_at is null', [clerkId]);
      await tx.query('select 1 from pickup where order_id = $1 for update', [orderId]);
      await tx.query('select 1 from pickup_line where order_id = $1', [orderId]);
      await tx.query(
        `insert into pickup_handover (id, order_id, store_id, clerk_id, shown, code_id) values ($1, $2, $3, $4, 'digits', $5)`,
        [id, orderId, storeId, clerkId, `C${orderId}`],
      );
      await tx.query('insert into pickup_handover_line values ($1, 1, 1)', [id]);
      await tx.query('update pickup_line set handed = 1 where order_id = $1', [orderId]);
      await tx.query(`update pickup set state = 'handed_over', handed_at = now() where order_id = $1`, [orderId]);
      await tx.query(`update orders set state = 'received', sequence = 3, received_at = now() where id = $1`, [
        orderId,
      ]);
      await tx.query(`insert into order_log values ($1, 3, 'paid', 'received', $2)`, [orderId, clerkId]);
      await tx.query(`insert into outbox (topic, aggregate, body) values ('order.moved', $1, '{"state":"received"}')`, [
        orderId,
      ]);
      return 'ok';
    });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** 10,000 codes, each shown at both counters at once; the scans were made before. */
export async function measureHandovers({ quick, report }: BenchOptions): Promise<void> {
  const codes = quick ? 500 : 10_000;
  const runs = quick ? 1 : 3;
  const world = await openWorld();
  const db = openDatabase(world.url, { max: 2 * CALLERS + 2 });
  try {
    const storeId = await putStore(db, 'bench');
    for (const clerk of CLERKS) await putClerk(db, clerk, storeId);
    await putOnSale(db, { id: 'fetched', onHand: 0 });
    const tickets = ticketOffice(SECRET);
    const pickups = pickupService({ db, secret: SECRET, orders: postgresOrderBook(db, orderIdMaker(1)) });
    const until = Date.now() + 3_600_000;
    const ours = async (clerkId: string, orderId: string) => {
      const ticket = tickets.issue({ orderId, codeId: `C${orderId}`, shown: 'digits', clerkId, until });
      const answer = await pickups.handOver(clerkId, { key: randomUUID(), ticket });
      return answer.ok ? 'ok' : answer.refusal.code;
    };
    const usual = rowLock(db, storeId);
    let round = 0;
    const orders = (count: number) => putReady(db, storeId, 'fetched', ++round, count);
    await rush(db, await orders(200), ours);
    await rush(db, await orders(200), usual);
    const [mine, theirs]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      theirs.push(await rush(db, await orders(codes / 5), usual));
      mine.push(await rush(db, await orders(codes), ours));
    }
    for (const { name, sql } of PICKUP_INVARIANTS) {
      const broken = await db.query(`select * from (${sql}) v limit 3`);
      if (broken.length > 0) throw new Error(`${name}: ${JSON.stringify(broken)}`);
    }
    report({
      name: 'handovers-vs-row-lock',
      ours: median(mine),
      baseline: median(theirs),
      ratio: median(mine) / median(theirs),
      unit: 'orders/s',
      runs,
      spread: `${Math.min(...mine).toFixed(0)}–${Math.max(...mine).toFixed(0)}`,
      notes: `${codes} codes, each at two counters at once, ${CALLERS} commands under way at each; handed over twice: 0. Ours answers with the whole order, and whoever is second when and by whom; a transaction of single statements with row locks answers yes or no`,
    });
  } finally {
    await db.close();
    await world.stop();
  }
}
