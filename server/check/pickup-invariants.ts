import { GRACE_MS } from '../../lib/domain/pickup/deadlines.ts';
import { type Invariant, PAID_FOR } from './invariant.ts';

/** States that an order may be in while its pickup is in one. */
const TOGETHER = `(values
  ('preparing', '{paid,refund_requested,refunding}'::text[]), ('ready', '{paid,refund_requested,refunding}'),
  ('handed_over', '{received,returning,refunding,completed,refunded}'), ('expired', '{refund_requested,refunding}'),
  ('refunded', '{refunded}')) as t (state, orders)`;

export const PICKUP_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-42',
    name: 'pickups-follow-their-orders',
    says: {
      zh: '每个已付的自提订单有且只有一个提货记录，门店与状态一致',
      en: 'A paid order with a store has one pickup there, in a state that fits its own',
    },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id, format('%s at %s, its pickup is %s at %s', o.state, o.store_id, p.state, p.store_id) as detail
      from orders o full join pickup p on p.order_id = o.id left join ${TOGETHER} on t.state = p.state
      where (o.store_id is not null and o.state in ${PAID_FOR} or p.order_id is not null)
        and (p.order_id is null or o.store_id is distinct from p.store_id or not o.state = any (t.orders))`,
  },
  {
    id: 'INV-42',
    name: 'handed-units-are-counted',
    says: {
      zh: '每件商品只交付一次，交付数等于有效交付记录之和',
      en: 'A unit is handed over once: what a line counts is what its handings over say, and nothing waits of what is done',
    },
    when: 'always',
    sql: `
      select l.sku_id, l.order_id, format('line %s: %s handed, %s written down, of %s', l.line_number, l.handed, coalesce(h.n, 0),
                                          l.quantity) as detail
      from pickup_line l join pickup p using (order_id) join order_line o using (order_id, line_number)
      left join (select h.order_id, y.line_number, sum(y.quantity) as n
                 from pickup_handover h join pickup_handover_line y on y.handover_id = h.id
                 where h.undone_at is null group by 1, 2) h using (order_id, line_number)
      where l.handed <> coalesce(h.n, 0) or l.quantity <> o.quantity
         or (p.state = 'handed_over' and l.handed + o.refunded_quantity < l.quantity)
         or (p.state in ('preparing', 'ready', 'expired') and l.handed + o.refunded_quantity > l.quantity)`,
  },
  {
    id: 'INV-42',
    name: 'handed-by-its-own-store',
    says: {
      zh: '交付的门店就是库存所在门店，店员当时在该店',
      en: 'Goods are handed over by the store that has them, by a clerk who was posted there then',
    },
    when: 'always',
    sql: `
      select null as sku_id, h.order_id, format('by %s at %s', h.clerk_id, h.store_id) as detail
      from pickup_handover h join pickup p using (order_id)
      where h.undone_at is null
        and (h.store_id <> p.store_id
             or not exists (select 1 from clerk_post c where c.clerk_id = h.clerk_id and c.store_id = h.store_id
                            and c.begun_at <= h.at and coalesce(c.ended_at, 'infinity') >= h.at)
             or exists (select 1 from pickup_line l where l.order_id = h.order_id and l.handed > 0
                        and l.location_id <> h.store_id))`,
  },
  {
    id: 'INV-43',
    name: 'refunds-are-of-what-waits',
    says: {
      zh: '已交付的商品只能走退货，退款的商品没有交付',
      en: 'What was handed over goes back by a return only; what was refunded was not handed over',
    },
    when: 'always',
    sql: `
      select l.sku_id, l.order_id, format('line %s: %s handed, %s refunded before, of %s', l.line_number, l.handed, q.n, l.quantity) as detail
      from pickup_line l
      join (select r.order_id, x.line_number, sum(x.quantity) as n
            from refund_request r join refund_request_line x on x.request_id = r.id
            where r.kind = 'refund' and r.state not in ('refused', 'withdrawn') group by 1, 2) q using (order_id, line_number)
      where l.handed + q.n > l.quantity`,
  },
  {
    id: 'INV-44',
    name: 'stores-sell-what-is-fetched',
    says: {
      zh: '门店已售数等于在该店提货的件数，退回的只退一次',
      en: 'What a store has sold is what its pickups have there that is not on sale again',
    },
    when: 'always',
    sql: `
      select s.sku_id, null as order_id, format('%s: %s sold, %s on its pickups', s.location_id, s.sold, coalesce(l.n, 0)) as detail
      from stock_level s join location place on place.id = s.location_id and place.kind = 'store'
      left join (select p.sku_id, p.location_id, sum(o.quantity - o.restocked_quantity) as n
                 from pickup_line p join order_line o using (order_id, line_number) group by 1, 2) l
        using (sku_id, location_id)
      where s.sold <> coalesce(l.n, 0)`,
  },
  {
    id: 'INV-44',
    name: 'no-pickup-hangs',
    says: { zh: '没有超时两分钟仍未处理的提货', en: 'No pickup waits two minutes after its time was over' },
    when: 'quiet',
    sql: `
      select null as sku_id, p.order_id, format('%s until %s', p.state, p.fetch_before) as detail
      from pickup p join orders o on o.id = p.order_id
      where (p.state = 'ready' and o.state = 'paid' and p.lease_id is null
             and p.fetch_before < now() - interval '2 minutes' - ${GRACE_MS} * interval '1 millisecond')
         or (p.state = 'expired' and o.state = 'refund_requested' and p.expired_at < now() - interval '2 minutes')`,
  },
  {
    id: 'INV-06',
    name: 'carried-units-are-two-sided',
    says: {
      zh: '随订单调到门店、换店的件数，出多少进多少',
      en: 'Units that change their place with an order leave one place and come to another, as many',
    },
    when: 'always',
    sql: `
      select m.sku_id, p.order_id, format('%s: carried %s and %s, swapped %s and %s', m.reference, m.carried_out, m.carried_in,
                                          m.swapped_out, m.swapped_in) as detail
      from (select reference, sku_id, coalesce(sum(quantity) filter (where kind = 'carry_out'), 0) as carried_out,
              coalesce(sum(quantity) filter (where kind = 'carry_in'), 0) as carried_in,
              coalesce(sum(quantity) filter (where kind = 'swap_out'), 0) as swapped_out,
              coalesce(sum(quantity) filter (where kind = 'swap_in'), 0) as swapped_in
            from stock_move where kind in ('carry_out', 'carry_in', 'swap_out', 'swap_in') group by 1, 2) m
      left join pickup p on p.order_id = split_part(m.reference, '@', 1)
      where p.order_id is null or m.carried_out <> m.carried_in or m.swapped_out <> m.swapped_in`,
  },
  {
    id: 'INV-45',
    name: 'codes-are-of-ready-orders',
    says: {
      zh: '可取货的订单有且只有一个提货码，只存加密摘要，同店 180 天内不重复',
      en: 'An order that is ready has one code of its own, kept as a keyed hash that its store has once in 180 days',
    },
    when: 'always',
    sql: `
      select null as sku_id, p.order_id, format('%s, %s codes', p.state, count(c.id)) as detail
      from pickup p left join pickup_code c on c.order_id = p.order_id and c.kind = 'own'
      group by p.order_id, p.state, p.store_id
      having (p.state = 'ready' and count(c.id) <> 1) or (p.state = 'preparing' and count(c.id) <> 0)
          or bool_or(length(c.code_hash) <> 43 or c.store_id <> p.store_id)
      union all
      select null, null, 'codes of a store are not kept unique'
      where not exists (select 1 from pg_index i where i.indrelid = to_regclass('pickup_code') and i.indisunique and i.indisvalid
        and (select string_agg(a.attname, ',' order by a.attname) from pg_attribute a
             where a.attrelid = i.indrelid and a.attnum = any (i.indkey)) = 'code_hash,store_id')`,
  },
];
