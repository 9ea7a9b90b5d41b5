import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { stockNotice } from '../../../server/inventory/stock-notice.ts';
import { orderIdMaker } from '../../../server/order/order-id.ts';
import { openDatabase } from '../../../server/platform/database.ts';
import {
  ADDRESS,
  CHOICE,
  HOLD_MS,
  LIMIT_PER_PERSON,
  PAY_MS,
  PRICE_FEN,
  PRODUCT,
  REQUEST_HASH,
  TITLE,
} from './goods.ts';
import { CODE, type Code, type Design } from './pipe.ts';

/**
 * Conditional reserve with a limit per person and an answer per key, and the order on a stream, in one script.
 * Answers `code, order id`.
 */
const RESERVE = `
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known then
  local bar = string.find(known, '|', 1, true)
  if string.sub(known, 1, bar - 1) == ARGV[2] then return {${CODE.replay}, string.sub(known, bar + 1)} end
  return {${CODE.limit}, ''}
end
if tonumber(redis.call('GET', KEYS[1]) or '0') < ${LIMIT_PER_PERSON} then return {${CODE.soldOut}, ''} end
redis.call('DECR', KEYS[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. '|' .. ARGV[3])
redis.call('XADD', KEYS[3], '*', 'o', ARGV[3], 's', ARGV[4], 'p', ARGV[1], 'k', ARGV[2])
return {${CODE.accepted}, ARGV[3]}`;

const BATCH = 400;

type Entry = { orderId: string; skuId: string; shopperId: string; key: string };

/** The rows of many orders in one statement: $1 ids, $2 shoppers, $3 keys, $4 SKUs; the rest is the same for all. */
const INSERT = `
  with given as materialized (
    select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $7::jsonb[], $8::jsonb[]) as g (id, shopper_id, key, sku_id, quote, address)
  ), new_orders as (
    insert into orders (id, shopper_id, key, request_hash, state, goods_fen, freight_fen, total_fen, saved_fen, quote,
                        address, note, placed_at, pay_before)
    select id, shopper_id, key, $5, 'pending_pay', $6, 0, $6, 0, quote, address, '', now(), now() + $9 * interval '1 ms' from given
  ), new_lines as (
    insert into order_line (order_id, line_number, sku_id, quantity, unit_fen, price_kind, title, choice, product_handle)
    select id, 1, sku_id, 1, $6, 'ordinary', $10, $11, $12 from given
  ), held as (
    insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, expires_at)
    select id || '/' || sku_id, id, sku_id, 'central', shopper_id, 1, now() + $13 * interval '1 ms' from given
  ), moved as (
    insert into stock_move (sku_id, location_id, kind, quantity, reference)
    select sku_id, 'central', 'reserve', 1, id || '/' || sku_id from given
  ), levels as (
    update stock_level s set reserved = s.reserved + n, version = s.version + 1
    from (select sku_id, count(*)::integer as n from given group by sku_id order by sku_id) g
    where s.sku_id = g.sku_id and s.location_id = 'central'
  ), limits as (
    insert into limit_use as u (shopper_id, sku_id, scope, quantity) select shopper_id, sku_id, 'always', 1 from given
    on conflict (shopper_id, sku_id, scope) do update set quantity = u.quantity + excluded.quantity
  ), logged as (
    insert into order_log (order_id, step, from_state, to_state, actor)
    select id, 1, null, 'pending_pay', 'shopper' from given
  ), told as (
    insert into outbox (topic, aggregate, body)
    select 'order.placed', id, jsonb_build_object('orderId', id) from given
  )
  select pg_notify('stock', $14)`;

function valuesOf(entries: readonly Entry[]): unknown[] {
  const skuIds = entries.map(({ skuId }) => skuId);
  return [
    entries.map(({ orderId }) => orderId),
    entries.map(({ shopperId }) => shopperId),
    entries.map(({ key }) => key),
    skuIds,
    REQUEST_HASH,
    PRICE_FEN,
    entries.map(() => JSON.stringify({ shownTotalFen: PRICE_FEN, quotedAt: Date.now() })),
    entries.map(() => JSON.stringify(ADDRESS)),
    PAY_MS,
    TITLE,
    CHOICE,
    PRODUCT,
    HOLD_MS,
    stockNotice(new Set(skuIds)),
  ];
}

type Options = { readonly url: string; readonly port: number; readonly seat: number; readonly isDurable: boolean };

/**
 * Baselines 3 and 4: Redis decides, a stream carries the orders to a writer that inserts them in batches with the
 * statement of the shop. `isDurable`: answered when the rows are in Postgres; otherwise as soon as Redis has said yes.
 */
export async function openRedisReserve({ url, port, seat, isDurable }: Options): Promise<Design> {
  const db = openDatabase(url, { max: 2 });
  const redis = new Redis({ port, host: '127.0.0.1', enableAutoPipelining: true });
  const reader = new Redis({ port, host: '127.0.0.1' });
  redis.defineCommand('reserve', { numberOfKeys: 3, lua: RESERVE });
  const reserve = (redis as unknown as { reserve(...args: string[]): Promise<[Code, string]> }).reserve.bind(redis);
  const newOrderId = orderIdMaker(seat);
  // A stream per seat: an entry that another process reads could wake nobody here.
  const stream = `orders-${seat}-${process.pid}`;
  const waiting = new Map<string, () => void>();
  let [isOpen, batches, commands, accepted] = [true, 0, 0, 0];

  const writer = (async () => {
    let after = '0';
    while (isOpen) {
      const found = await reader.xread('COUNT', BATCH, 'BLOCK', 50, 'STREAMS', stream, after);
      const list = found?.[0]?.[1] ?? [];
      if (list.length === 0) continue;
      after = list.at(-1)![0];
      const entries = list.map(([, field]): Entry => {
        return { orderId: field[1]!, skuId: field[3]!, shopperId: field[5]!, key: field[7]! };
      });
      await db.hotTransaction((tx) => tx.query(INSERT, valuesOf(entries)));
      batches += 1;
      commands += entries.length;
      for (const { orderId } of entries) {
        waiting.get(orderId)?.();
        waiting.delete(orderId);
      }
    }
  })();

  return {
    async ask(shopperId, key, skuId) {
      const orderId = newOrderId(shopperId);
      // Before the script is sent: the writer may be faster than the answer.
      const written = isDurable && new Promise<void>((resolve) => waiting.set(orderId, resolve));
      const [code, reference] = await reserve(
        `stock:${skuId}`,
        `buyers:${skuId}`,
        stream,
        shopperId,
        key,
        orderId,
        skuId,
      );
      if (code === CODE.accepted) {
        accepted += 1;
        await written;
      } else waiting.delete(orderId);
      return { code, reference };
    },
    stats: () => ({ batches, commands }),
    async settle() {
      while (commands < accepted) await pause(5);
    },
    async close() {
      isOpen = false;
      await writer;
      redis.disconnect();
      reader.disconnect();
      await db.close();
    },
  };
}
