import { endUnits } from '../inventory/holds.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import type { Queryable } from '../platform/database.ts';

/**
 * The stock rows of these orders' reservations, and the warehouse's of their SKUs, under which limits and places are
 * written; locked in SKU order.
 */
const LOCK_STOCK = `
  select s.sku_id, s.waiting
  from (select sku_id, location_id from reservation where order_id = any ($1::text[])
        union select sku_id, 'central' from reservation where order_id = any ($1::text[])) r
  join stock_level s on s.sku_id = r.sku_id and s.location_id = r.location_id
  order by s.sku_id, s.location_id for update of s`;

const FREE_LIMITS = `
  update limit_use u set quantity = u.quantity - x.quantity
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
  where u.shopper_id = x.shopper_id and u.sku_id = x.sku_id and u.scope = x.scope`;

const FREE_PLACES = 'update tier_slot set order_id = null where order_id = any ($1::text[])';

/**
 * The order, whose row the caller has locked, is paid: what it holds has left the building. A reservation ends once: one
 * that has ended already is left alone.
 */
export async function confirmHolds(tx: Queryable, orderId: string): Promise<void> {
  await Promise.all([tx.query(LOCK_STOCK, [[orderId]]), endUnits(tx, [orderId], 'confirmed')]);
}

/**
 * Ends all reservations of these unpaid orders, whose rows the caller has locked (order rows first, stock rows last, in
 * SKU order). Tier places open again, lowest first, and the shoppers' limits are free again. What is free then goes to
 * the waitlist first, in this same transaction.
 */
export async function releaseHolds(
  tx: Queryable,
  { expired, cancelled }: { expired: readonly string[]; cancelled: readonly string[] },
): Promise<void> {
  const orderIds = [...expired, ...cancelled];
  if (orderIds.length === 0) return;
  // Sent in one go and answered in this order: every statement after the first begins when the locks are held.
  const [locked] = await Promise.all([
    tx.query<{ sku_id: string; waiting: number }>(LOCK_STOCK, [orderIds]),
    expired.length > 0 && endUnits(tx, expired, 'expired'),
    cancelled.length > 0 && endUnits(tx, cancelled, 'cancelled'),
    tx.query(FREE_LIMITS, [orderIds]),
    tx.query(FREE_PLACES, [orderIds]),
  ]);
  const waitedFor = locked.filter((row) => row.waiting > 0).map((row) => row.sku_id);
  if (waitedFor.length > 0) await serveWaitlist(tx, waitedFor);
}
