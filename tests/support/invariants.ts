import { nextStates, ORDER_STATES } from '../../lib/domain/order/order-state.ts';
import type { Database } from '../../server/platform/database.ts';

/** Rows that break an invariant of reliability.md §4; each statement answers none when all is well. */
const CHECKS: Record<string, string> = {
  'INV-01 levels are not negative and nothing is oversold': `
    select sku_id from stock_level where on_hand < 0 or reserved < 0 or sold < 0 or reserved > on_hand`,
  'INV-02 each number is the sum of its moves': `
    select s.sku_id from stock_level s
    left join lateral (
      select coalesce(sum(quantity) filter (where kind in ('intake', 'adjust', 'restock')), 0)
               - coalesce(sum(quantity) filter (where kind = 'confirm'), 0) as on_hand,
             coalesce(sum(quantity) filter (where kind = 'reserve'), 0)
               - coalesce(sum(quantity) filter (where kind in ('release', 'confirm')), 0) as reserved,
             coalesce(sum(quantity) filter (where kind = 'confirm'), 0)
               - coalesce(sum(quantity) filter (where kind = 'restock'), 0) as sold
      from stock_move m where m.sku_id = s.sku_id and m.location_id = s.location_id
    ) m on true
    where (s.on_hand, s.reserved, s.sold) is distinct from (m.on_hand, m.reserved, m.sold)`,
  'INV-03 reserved is what active reservations hold, sold is what orders own': `
    select s.sku_id from stock_level s
    where s.reserved <> (select coalesce(sum(quantity), 0) from reservation r where r.sku_id = s.sku_id and r.state = 'active')
       or s.sold <> (select coalesce(sum(l.quantity), 0) from order_line l join orders o on o.id = l.order_id
                     where l.sku_id = s.sku_id
                       and o.state in ('paid', 'packed', 'shipped', 'received', 'completed', 'refund_requested', 'refunding'))`,
  'INV-04 a reservation ends once, and a confirmed one is paid for': `
    select r.id from reservation r join orders o on o.id = r.order_id
    where (select count(*) from stock_move m where m.reference = r.id and m.kind in ('confirm', 'release')) >
          (case when r.state = 'active' then 0 else 1 end)
       or (r.state = 'confirmed' and o.paid_fen = 0 and o.total_fen > 0)`,
  'INV-07 a tier place belongs to one live order that has it on a line': `
    select t.sku_id from tier_slot t left join order_line l
      on l.order_id = t.order_id and l.sku_id = t.sku_id and l.tier_slot = t.slot_number
    left join orders o on o.id = t.order_id
    where t.order_id is not null and (l.order_id is null or o.state in ('closed', 'refunded'))`,
  'INV-07 every live tier line holds its place': `
    select l.order_id from order_line l join orders o on o.id = l.order_id
    where l.tier_slot is not null and o.state not in ('closed', 'refunded') and not exists (
      select 1 from tier_slot t where t.order_id = l.order_id and t.sku_id = l.sku_id and t.slot_number = l.tier_slot)`,
  'INV-09 the counter of a person is what he holds or owns, within the limit': `
    select u.shopper_id from limit_use u
    left join session_item i on i.session_id = u.scope and i.sku_id = u.sku_id
    where u.scope not like 'tier:%' and (u.quantity > coalesce(i.limit_per_person, 1000000)
       or u.quantity <> (select coalesce(sum(l.quantity), 0) from order_line l join orders o on o.id = l.order_id
                         where o.shopper_id = u.shopper_id and l.sku_id = u.sku_id
                           and coalesce(l.session_id, 'always') = u.scope and o.state not in ('closed', 'refunded')))`,
  'INV-12 the log of an order is one unbroken path': `
    select l.order_id from order_log l
    left join lateral (select to_state from order_log b where b.order_id = l.order_id and b.step < l.step
                       order by b.step desc limit 1) b on true
    where l.from_state is distinct from b.to_state`,
  'INV-12 the state of an order is the last of its log': `
    select o.id from orders o
    where o.state <> (select to_state from order_log l where l.order_id = o.id order by step desc limit 1)`,
  'INV-13 totals are the sum of their lines, and what is taken off names its source': `
    select o.id from orders o
    where o.goods_fen <> (select sum(quantity * unit_fen) from order_line l where l.order_id = o.id)
       or o.discount_fen <> (select sum(discount_fen) from order_line l where l.order_id = o.id)
       or o.discount_fen <> (select coalesce(sum((c ->> 'cutFen')::bigint), 0) from jsonb_array_elements(o.cuts) c)
       or o.total_fen <> o.goods_fen - o.discount_fen + o.freight_fen
       or exists (select 1 from jsonb_array_elements(o.cuts) c
                  where c ->> 'kind' = 'promotion' and not exists (select 1 from promotion p where p.id = c ->> 'source'))`,
  'INV-13 the shares of a line are what its line was taken off, by the sources of its order': `
    select l.order_id from order_line l join orders o on o.id = l.order_id
    where l.discount_fen <> (select coalesce(sum((c ->> 'cutFen')::bigint), 0) from jsonb_array_elements(l.cuts) c)
       or exists (select 1 from jsonb_array_elements(l.cuts) c
                  where not o.cuts @> jsonb_build_array(jsonb_build_object('source', c ->> 'source')))`,
  'INV-14 a promotion was in force when it took something off': `
    select o.id from orders o cross join jsonb_array_elements(o.cuts) c join promotion p on p.id = c ->> 'source'
    where c ->> 'kind' = 'promotion'
      and (o.placed_at < greatest(p.starts_at, p.valid_from) - interval '1 second' or o.placed_at >= p.ends_at)`,
  'INV-14 charged is never more than shown': `
    select id from orders where total_fen > (quote ->> 'shownTotalFen')::bigint`,
  'INV-15 a paid order has confirmed reservations for all its goods': `
    select o.id from orders o
    where o.state in ('paid', 'packed', 'shipped', 'received', 'completed', 'refund_requested', 'refunding')
      and (select coalesce(sum(quantity), 0) from reservation r where r.order_id = o.id and r.state = 'confirmed')
        <> (select sum(quantity) from order_line l where l.order_id = o.id)`,
  'INV-16 nothing was sold in a session before its start or after its end': `
    select o.id from orders o join order_line l on l.order_id = o.id join sale_session s on s.id = l.session_id
    where o.placed_at < s.starts_at or o.placed_at >= s.ends_at`,
  'INV-19 money in minus money out is what the state is worth': `
    select o.id from orders o
    where o.paid_fen - o.refunded_fen
      - (select coalesce(sum(amount_fen), 0) from refund r where r.order_id = o.id and r.state = 'requested') <>
      case when o.state in ('paid', 'packed', 'shipped', 'received', 'completed', 'refund_requested', 'refunding')
             then case when o.state = 'refunding' and exists (select 1 from refund r where r.order_id = o.id
                              and r.reason_key = 'order_refund') then 0 else o.total_fen end
           else 0 end`,
  'INV-24 the gateway’s books are ours': `
    select p.id from payment p join sandbox_trade t on t.out_trade_no = p.id
    where (p.state = 'paid') <> (t.state in ('paid', 'refunded')) or p.amount_fen <> t.amount_fen`,
};

/** Names of the broken invariants with some of their rows; empty when the books balance. */
export async function violations(db: Database): Promise<string[]> {
  const found: string[] = [];
  for (const [name, sql] of Object.entries(CHECKS)) {
    const rows = await db.query<Record<string, unknown>>(sql);
    if (rows.length > 0) found.push(`${name}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  const moves = await db.query<{ from_state: string | null; to_state: string }>(
    'select distinct from_state, to_state from order_log',
  );
  for (const { from_state: from, to_state: to } of moves) {
    const known =
      from === null
        ? to === 'pending_pay'
        : ORDER_STATES.some((s) => s === from && nextStates(s).some((n) => n === to));
    if (!known) found.push(`INV-12 a move that the table does not have: ${from} → ${to}`);
  }
  return found;
}
