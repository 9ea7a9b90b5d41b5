import { endUnits, type HoldEnd } from '../inventory/holds.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import type { Queryable } from '../platform/database.ts';

/**
 * Ends all reservations of these orders, whose rows the caller has locked (order rows first, stock rows last, in SKU
 * order). Unless they are confirmed, tier places open again, lowest first, and the shoppers' limits are free again.
 * A reservation ends once: one that has ended already is left alone. What is free then goes to the waitlist first, in
 * this same transaction.
 */
export async function endHolds(tx: Queryable, orderIds: readonly string[], ending: HoldEnd): Promise<void> {
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
  await endUnits(tx, orderIds, ending);
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
