import { assert } from '../../lib/domain/assert.ts';
import { stockNotice } from '../inventory/stock-notice.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import type { Queryable } from '../platform/database.ts';

/** Where the units of a request are sold, and so where they go back to; $1 request, $2 order. */
const PLACES = `
  select l.sku_id, coalesce(p.location_id, 'central') as location_id
  from refund_request_line x join order_line l on l.order_id = $2 and l.line_number = x.line_number
  left join pickup_line p on p.order_id = l.order_id and p.line_number = l.line_number
  where x.request_id = $1`;

/**
 * The units of a request have gone back: counted on their lines, on sale again when `restock` says so, and the
 * shopper's limits and tier places are free. What is free then goes to the waitlist first, in this same transaction. The
 * caller has locked the order; stock rows are locked here, in SKU order.
 *
 * `isSentBack`: the goods came as a parcel to the warehouse, wherever they were sold, and are for sale there; what never
 * left a store's shelf is for sale in that store.
 */
export async function returnUnits(
  tx: Queryable,
  given: { requestId: string; orderId: string; restock: boolean; isSentBack: boolean },
): Promise<void> {
  const { requestId, orderId, restock, isSentBack } = given;
  const [counted] = await tx.query<{ lines: number; wanted: number }>(
    `with counted as (
       update order_line l set refunded_quantity = l.refunded_quantity + x.quantity,
         refunded_fen = l.refunded_fen + x.amount_fen,
         restocked_quantity = l.restocked_quantity + case when $3 then x.quantity else 0 end
       from refund_request_line x
       where x.request_id = $1 and l.order_id = $2 and l.line_number = x.line_number returning 1
     )
     select (select count(*) from counted) as lines,
            (select count(*) from refund_request_line where request_id = $1) as wanted`,
    [requestId, orderId, restock],
  );
  assert(counted?.lines === counted?.wanted, 'every line of a request is a line of its order');
  const levels = await tx.query<{ sku_id: string; waiting: number }>(
    `select s.sku_id, s.waiting
     from (${PLACES} union select sku_id, 'central' from (${PLACES}) p) w (sku_id, location_id)
     join stock_level s on s.sku_id = w.sku_id and s.location_id = w.location_id
     order by s.sku_id, s.location_id for update of s`,
    [requestId, orderId],
  );
  const skuIds = [...new Set(levels.map((level) => level.sku_id))];
  if (restock) {
    await tx.query(
      `with q as (
         select l.sku_id, coalesce(p.location_id, 'central') as location_id, sum(x.quantity)::integer as quantity
         from refund_request_line x join order_line l on l.order_id = $2 and l.line_number = x.line_number
         left join pickup_line p on p.order_id = l.order_id and p.line_number = l.line_number
         where x.request_id = $1 group by 1, 2
       ), home as (
         select sku_id, case when $4 then 'central' else location_id end as location_id, sum(quantity)::integer as quantity
         from q group by 1, 2
       ), carried as (
         select * from q where $4 and location_id <> 'central'
       ), moves (sku_id, location_id, kind, quantity, reference, on_hand, sold) as (
         select sku_id, location_id, 'carry_out', quantity, $5, 0, -quantity from carried
         union all select sku_id, 'central', 'carry_in', quantity, $5, 0, quantity from carried
         union all select sku_id, location_id, 'restock', quantity, $1::text, quantity, -quantity from home
       ), written as (
         insert into stock_move (sku_id, location_id, kind, quantity, reference)
         select sku_id, location_id, kind, quantity, reference from moves
       ), levels as (
         update stock_level s set on_hand = s.on_hand + m.on_hand, sold = s.sold + m.sold, version = s.version + 1
         from (select sku_id, location_id, sum(on_hand)::integer as on_hand, sum(sold)::integer as sold
               from moves group by 1, 2) m
         where s.sku_id = m.sku_id and s.location_id = m.location_id
       )
       select pg_notify('stock', $3)`,
      [requestId, orderId, stockNotice(skuIds), isSentBack, `${orderId}@${requestId}`],
    );
  }
  // Rows that hang on a SKU, under its stock row's lock.
  await tx.query(
    `update limit_use u set quantity = u.quantity - x.units
     from (
       select o.shopper_id, l.sku_id, s.scope, sum(s.units)::integer as units
       from refund_request_line r
       join order_line l on l.order_id = $2 and l.line_number = r.line_number
       join orders o on o.id = l.order_id
       cross join lateral (
         select coalesce(l.session_id, 'always') as scope, r.quantity as units
         union all
         select 'tier:' || l.session_id, 1 where l.tier_slot is not null
       ) s
       where r.request_id = $1
       group by o.shopper_id, l.sku_id, s.scope
     ) x
     where u.shopper_id = x.shopper_id and u.sku_id = x.sku_id and u.scope = x.scope`,
    [requestId, orderId],
  );
  await tx.query(
    `update tier_slot t set order_id = null
     from refund_request_line x join order_line l on l.order_id = $2 and l.line_number = x.line_number
     where x.request_id = $1 and l.tier_slot is not null and t.order_id = $2 and t.session_id = l.session_id
       and t.sku_id = l.sku_id and t.slot_number = l.tier_slot`,
    [requestId, orderId],
  );
  // A sale that was taken back whole is no price that was really paid.
  await tx.query(
    `delete from deal_price where source in (
       select order_id || '/' || line_number from order_line where order_id = $1 and refunded_quantity = quantity)`,
    [orderId],
  );
  if (restock && levels.some(({ waiting }) => waiting > 0)) await serveWaitlist(tx, skuIds);
}
