import type { StockCell } from '../../lib/domain/inventory/frame.ts';
import type { Queryable } from '../platform/database.ts';

export type PlacedCell = StockCell & { readonly skuId: string; readonly shelf: string; readonly slot: number };

/*
 * `available` and `total` of the place that orders are served from; while somebody waits, free units are his. The tier of the session that runs now: the lowest with an
 * open slot, and how many are open in it. Moments are the database's.
 */
const READ = (which: string) => `
  select sku.id as "skuId", sku.shelf, sku.slot,
         coalesce(level.available, 0)::integer as available,
         coalesce(level.total, 0)::integer as total,
         coalesce(open.tier_index, -1)::integer as "tierIndex",
         coalesce(open.tier_left, 0)::integer as "tierLeft"
  from sku
  left join lateral (
    select case when waiting > 0 then 0 else on_hand - reserved end as available, on_hand + sold as total
    from stock_level where sku_id = sku.id and location_id = 'central'
  ) level on true
  left join lateral (
    select item.session_id, item.tiers
    from session_item item join sale_session sale on sale.id = item.session_id
    where item.sku_id = sku.id and sale.starts_at <= now() and sale.ends_at > now()
      and jsonb_array_length(item.tiers) > 0
    order by sale.starts_at, sale.id limit 1
  ) running on true
  left join lateral (
    select tier.tier_index, count(*) as tier_left
    from (
      select ordinality - 1 as tier_index, (value ->> 'upTo')::integer as up_to,
             coalesce(lag((value ->> 'upTo')::integer) over (order by ordinality), 0) as after
      from jsonb_array_elements(running.tiers) with ordinality
    ) tier
    join tier_slot place on place.session_id = running.session_id and place.sku_id = sku.id
      and place.order_id is null and place.slot_number > tier.after and place.slot_number <= tier.up_to
    group by tier.tier_index order by tier.tier_index limit 1
  ) open on true
  ${which}`;

const READ_ALL = READ('');
const READ_SOME = READ('where sku.id = any($1)');

export function readAllCells(db: Queryable): Promise<PlacedCell[]> {
  return db.query<PlacedCell>(READ_ALL);
}

export function readCells(db: Queryable, skuIds: readonly string[]): Promise<PlacedCell[]> {
  return db.query<PlacedCell>(READ_SOME, [skuIds]);
}

/** The newest move of stock there is. */
export async function lastMoveId(db: Queryable): Promise<number> {
  const [row] = await db.query<{ id: number }>('select coalesce(max(id), 0) as id from stock_move');
  return row!.id;
}

/** SKUs that moved after `moveId`, and those of sessions that started or ended in the last `sinceMs`. */
export async function changedSkus(db: Queryable, moveId: number, sinceMs: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select sku_id as id from stock_move where id > $1
     union
     select item.sku_id from session_item item join sale_session sale on sale.id = item.session_id
     where sale.starts_at between now() - $2 * interval '1 ms' and now()
        or sale.ends_at between now() - $2 * interval '1 ms' and now()`,
    [moveId, sinceMs],
  );
  return rows.map((row) => row.id);
}

/** Ms until the next session starts or ends; null: none will. */
export async function untilNextBoundary(db: Queryable): Promise<number | null> {
  const [row] = await db.query<{ ms: number | null }>(
    `select ceil(extract(epoch from min(at) - now()) * 1000)::float8 as ms
     from (select starts_at as at from sale_session union all select ends_at from sale_session) boundary
     where at > now()`,
  );
  return row?.ms ?? null;
}
