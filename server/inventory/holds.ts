import { assert } from '../../lib/domain/assert.ts';
import type { Queryable } from '../platform/database.ts';
import { NOTICE_BYTES_MAX, stockNotice } from './stock-notice.ts';

/*
 * The rows of a reservation, for whoever holds or ends units inside a transaction of his own: one `reservation` row per
 * owner and SKU, its move, and the level. The order path writes the same rows in its own bulk statement.
 */

export type Hold = {
  /** An order, a waitlist entry, or another owner of the try / confirm / cancel port. */
  readonly ownerId: string;
  readonly skuId: string;
  readonly locationId: string;
  readonly shopperId: string;
  /** Units. */
  readonly quantity: number;
  /** Database clock, epoch ms. */
  readonly endsAt: number;
};

export const holdId = (ownerId: string, skuId: string) => `${ownerId}/${skuId}`;

/** Holds units. The caller has locked the stock rows and has seen that the units are free. */
export async function holdUnits(tx: Queryable, holds: readonly Hold[]): Promise<void> {
  const rows = holds.map((hold) => ({
    id: holdId(hold.ownerId, hold.skuId),
    order_id: hold.ownerId,
    sku_id: hold.skuId,
    location_id: hold.locationId,
    shopper_id: hold.shopperId,
    quantity: hold.quantity,
    expires_at: hold.endsAt,
  }));
  const [done] = await tx.query<{ held: number; skus: number; levels: number }>(
    `with held as (
       insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, expires_at)
       select id, order_id, sku_id, location_id, shopper_id, quantity, to_timestamp(expires_at / 1000.0)
       from jsonb_to_recordset($1::jsonb) as r (id text, order_id text, sku_id text, location_id text, shopper_id text,
         quantity integer, expires_at bigint)
       returning id, sku_id, location_id, quantity
     ), moved as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference)
       select sku_id, location_id, 'reserve', quantity, id from held
     ), q as (
       select sku_id, location_id, sum(quantity)::integer as quantity from held group by sku_id, location_id
     ), levels as (
       update stock_level s set reserved = s.reserved + q.quantity, version = s.version + 1
       from q where s.sku_id = q.sku_id and s.location_id = q.location_id returning 1
     )
     select (select count(*) from held) as held, (select count(*) from q) as skus,
            (select count(*) from levels) as levels, pg_notify('stock', $2)`,
    [JSON.stringify(rows), stockNotice(new Set(rows.map((row) => row.sku_id)))],
  );
  assert(done?.held === rows.length && done.skus === done.levels, 'every hold has its row and its level');
}

/** How held units end: sold, given up, or timed out. */
export type HoldEnd = 'confirmed' | 'cancelled' | 'expired';

const LEVEL: Record<HoldEnd, string> = {
  confirmed: 'on_hand = s.on_hand - q.quantity, reserved = s.reserved - q.quantity, sold = s.sold + q.quantity',
  cancelled: 'reserved = s.reserved - q.quantity',
  expired: 'reserved = s.reserved - q.quantity',
};

/**
 * Ends what these owners hold, under the locks of their stock rows. What has ended already is left alone.
 * @returns how many holds ended now
 */
export async function endUnits(tx: Queryable, ownerIds: readonly string[], end: HoldEnd): Promise<number> {
  const [ended] = await tx.query<{ holds: number; levels: number; skus: number }>(
    `with ended as (
       update reservation set state = $2, ended_at = clock_timestamp()
       where order_id = any ($1::text[]) and state = 'active' returning id, sku_id, location_id, quantity
     ), moved as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference)
       select sku_id, location_id, $3, quantity, id from ended
     ), q as (
       select sku_id, location_id, sum(quantity)::integer as quantity from ended group by sku_id, location_id
     ), levels as (
       update stock_level s set ${LEVEL[end]}, version = s.version + 1
       from q where s.sku_id = q.sku_id and s.location_id = q.location_id returning 1
     ), told as (
       select coalesce(string_agg(distinct sku_id, ','), '') as skus from ended
     )
     select (select count(*) from ended) as holds, (select count(*) from levels) as levels,
            (select count(*) from q) as skus,
            pg_notify('stock', case when octet_length(told.skus) > ${NOTICE_BYTES_MAX} then '*' else told.skus end)
     from told`,
    [ownerIds, end, end === 'confirmed' ? 'confirm' : 'release'],
  );
  assert(ended !== undefined && ended.levels === ended.skus, 'every ended hold had its stock row');
  return ended.holds;
}

/** Tells the live boards to look at these SKUs again, at commit. */
export async function tellStock(tx: Queryable, skuIds: Iterable<string>): Promise<void> {
  await tx.query("select pg_notify('stock', $1)", [stockNotice(skuIds)]);
}
