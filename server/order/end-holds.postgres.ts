import { assert } from '../../lib/domain/assert.ts';
import { stockNotice } from '../inventory/stock-notice.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import type { Queryable } from '../platform/database.ts';

/** How reservations end: paid for, given up or timed out. */
export type Ending = 'confirmed' | 'cancelled' | 'expired';

const MOVE: Record<Ending, string> = {
  confirmed: 'confirm',
  cancelled: 'release',
  expired: 'release',
};

/** The three numbers of a stock row by ending; `q` is the quantity. */
const LEVEL: Record<Ending, string> = {
  confirmed: 'on_hand = on_hand - q.quantity, reserved = reserved - q.quantity, sold = sold + q.quantity',
  cancelled: 'reserved = reserved - q.quantity',
  expired: 'reserved = reserved - q.quantity',
};

/**
 * Ends all reservations of these orders, whose rows the caller has locked (order rows first, stock rows last, in SKU
 * order). Unless they are confirmed, tier places open again, lowest first, and the shoppers' limits are free again.
 * A reservation ends once: one that has ended already is left alone. What is free then goes to the waitlist first, in
 * this same transaction.
 */
export async function endHolds(tx: Queryable, orderIds: readonly string[], ending: Ending): Promise<void> {
  if (orderIds.length === 0) return;
  const skus = await tx.query<{ sku_id: string }>(
    'select distinct sku_id from reservation where order_id = any ($1::text[]) order by sku_id',
    [orderIds],
  );
  const skuIds = skus.map((row) => row.sku_id);
  const locked = await tx.query<{ waiting: number }>(
    `select waiting from stock_level where location_id = 'central' and sku_id = any ($1::text[]) order by sku_id for update`,
    [skuIds],
  );
  const [ended] = await tx.query<{ holds: number; levels: number; skus: number }>(
    `with ended as (
       update reservation set state = $2, ended_at = now()
       where order_id = any ($1::text[]) and state = 'active' returning id, sku_id, quantity
     ), moved as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference)
       select sku_id, 'central', $3, quantity, id from ended
     ), q as (
       select sku_id, sum(quantity)::integer as quantity from ended group by sku_id
     ), levels as (
       update stock_level s set ${LEVEL[ending]}, version = s.version + 1
       from q where s.sku_id = q.sku_id and s.location_id = 'central' returning s.sku_id
     )
     select (select count(*) from ended) as holds, (select count(*) from levels) as levels,
            (select count(*) from q) as skus, pg_notify('stock', $4)`,
    [orderIds, ending, MOVE[ending], stockNotice(skuIds)],
  );
  assert(ended?.levels === ended?.skus, 'every ended reservation had its stock row');
  if (ending === 'confirmed') return;
  await tx.query(
    `update limit_use u set quantity = u.quantity - x.quantity
     from (
       select o.shopper_id, l.sku_id, s.scope, sum(s.units)::integer as quantity
       from order_line l join orders o on o.id = l.order_id
       cross join lateral (
         select coalesce(l.session_id, 'always') as scope, l.quantity as units
         union all
         select 'tier:' || l.session_id, 1 where l.tier_slot is not null
       ) s
       where l.order_id = any ($1::text[])
       group by o.shopper_id, l.sku_id, s.scope
     ) x
     where u.shopper_id = x.shopper_id and u.sku_id = x.sku_id and u.scope = x.scope`,
    [orderIds],
  );
  await tx.query('update tier_slot set order_id = null where order_id = any ($1::text[])', [orderIds]);
  if (locked.some((row) => row.waiting > 0)) await serveWaitlist(tx, skuIds);
}
