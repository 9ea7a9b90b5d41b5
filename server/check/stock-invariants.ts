import { type Invariant, PAID_FOR } from './invariant.ts';

/** What each kind of move does to the three numbers of a level. */
const EFFECT = `(values
  ('intake', 1, 0, 0), ('adjust', 1, 0, 0), ('reserve', 0, 1, 0), ('release', 0, -1, 0), ('confirm', -1, -1, 1),
  ('restock', 1, 0, -1), ('transfer_out', -1, 0, 0), ('transfer_in', 1, 0, 0), ('carry_out', 0, 0, -1),
  ('carry_in', 0, 0, 1), ('swap_out', -1, 0, 1), ('swap_in', 1, 0, -1)) as e (kind, on_hand, reserved, sold)`;

export const STOCK_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-01',
    name: 'level-in-bounds',
    says: {
      zh: '在库、占用、已售都不为负，占用不超过在库',
      en: 'On hand, reserved and sold are not negative, and no more is reserved than there is',
    },
    when: 'always',
    sql: `
      select sku_id, null as order_id, format('on hand %s, reserved %s, sold %s', on_hand, reserved, sold) as detail
      from stock_level where on_hand < 0 or reserved < 0 or sold < 0 or reserved > on_hand`,
  },
  {
    id: 'INV-02',
    name: 'level-is-its-moves',
    says: { zh: '库存数等于全部流水之和', en: 'Each number of a level is the sum of its moves' },
    when: 'always',
    sql: `
      select sku_id, null as order_id,
             format('beyond the moves: on hand %s, reserved %s, sold %s', coalesce(l.on_hand, 0) - coalesce(m.on_hand, 0),
                    coalesce(l.reserved, 0) - coalesce(m.reserved, 0), coalesce(l.sold, 0) - coalesce(m.sold, 0)) as detail
      from stock_level l
      full join (
        select sku_id, location_id, sum(n * e.on_hand) as on_hand, sum(n * e.reserved) as reserved, sum(n * e.sold) as sold
        from (select sku_id, location_id, kind, sum(quantity) as n from stock_move group by 1, 2, 3) k
        join ${EFFECT} using (kind) group by 1, 2
      ) m using (sku_id, location_id)
      where coalesce(l.on_hand, 0) <> coalesce(m.on_hand, 0) or coalesce(l.reserved, 0) <> coalesce(m.reserved, 0)
         or coalesce(l.sold, 0) <> coalesce(m.sold, 0)`,
  },
  {
    id: 'INV-02',
    name: 'move-has-its-cause',
    says: {
      zh: '每条占用、释放、售出、退回流水都有来由',
      en: 'Every move of a reservation has that reservation, every unit back has its request',
    },
    when: 'always',
    sql: `
      select m.sku_id, null as order_id, format('%s of %s by %s', m.kind, m.quantity, m.reference) as detail
      from stock_move m left join reservation r on r.id = m.reference and r.sku_id = m.sku_id
      where m.kind not in ('intake', 'adjust', 'transfer_out', 'transfer_in', 'carry_out', 'carry_in', 'swap_out', 'swap_in')
        and r.id is null
        and not (m.kind = 'restock' and exists (select 1 from refund_request q where q.id::text = m.reference))`,
  },
  {
    id: 'INV-03',
    name: 'reserved-is-active-holds',
    says: { zh: '占用数等于有效占用之和', en: 'Reserved is the sum of the active reservations' },
    when: 'always',
    sql: `
      select l.sku_id, null as order_id, format('%s reserved without a reservation', l.reserved - coalesce(r.n, 0)) as detail
      from stock_level l
      left join (select sku_id, location_id, sum(quantity) as n from reservation where state = 'active' group by 1, 2) r
        using (sku_id, location_id)
      where l.reserved <> coalesce(r.n, 0)`,
  },
  {
    id: 'INV-03',
    name: 'sold-is-owned-lines',
    says: { zh: '已售数等于已付订单未退回在售的件数', en: 'Sold is what paid orders have that is not on sale again' },
    when: 'always',
    sql: `
      select l.sku_id, null as order_id, format('%s sold without an order', l.sold - coalesce(o.n, 0)) as detail
      from (select sku_id, sum(sold) as sold from stock_level group by 1) l
      left join (
        select l.sku_id, sum(l.quantity - l.restocked_quantity) as n from order_line l join orders o on o.id = l.order_id
        where o.state in ${PAID_FOR} group by 1
      ) o using (sku_id)
      where l.sold <> coalesce(o.n, 0)`,
  },
  {
    id: 'INV-04',
    name: 'hold-ends-once',
    says: { zh: '每笔占用只结束一次，件数不变', en: 'A reservation begins once, ends once and keeps its quantity' },
    when: 'always',
    sql: `
      select r.sku_id, r.order_id, format('%s: state %s, begun %s, ended %s', r.id, r.state, coalesce(m.begun, 0),
                                          coalesce(m.ended, 0)) as detail
      from reservation r
      left join (
        select reference, sku_id, sum(quantity) filter (where kind = 'reserve') as begun,
               sum(quantity) filter (where kind in ('confirm', 'release')) as ended
        from stock_move where kind in ('reserve', 'confirm', 'release') group by 1, 2
      ) m on m.reference = r.id and m.sku_id = r.sku_id
      where not r.is_fence and (coalesce(m.begun, 0) <> r.quantity
         or coalesce(m.ended, 0) <> case r.state when 'active' then 0 else r.quantity end)`,
  },
  {
    id: 'INV-04',
    name: 'confirmed-is-paid',
    says: { zh: '确认售出的占用都已付款', en: 'A confirmed reservation is of an order that is paid' },
    when: 'always',
    sql: `
      select r.sku_id, r.order_id, format('%s of an order that is %s', r.id, coalesce(o.state, 'missing')) as detail
      from reservation r left join orders o on o.id = r.order_id
      where r.state = 'confirmed' and (o.id is null or o.state not in ${PAID_FOR} or (o.paid_fen = 0 and o.total_fen > 0))`,
  },
  {
    id: 'INV-10',
    name: 'fence-has-no-move',
    says: { zh: '先于占用到达的取消没有动过库存', en: 'A cancel that came before its try moved nothing' },
    when: 'always',
    sql: `
      select r.sku_id, r.order_id, format('%s has %s of %s', r.id, m.kind, m.quantity) as detail
      from reservation r join stock_move m on m.reference = r.id and m.sku_id = r.sku_id where r.is_fence`,
  },
  {
    id: 'INV-05',
    name: 'no-stranded-hold',
    says: { zh: '没有过期一分钟仍未释放的占用', en: 'No reservation is active a minute after its end' },
    when: 'quiet',
    sql: `
      select sku_id, order_id, format('%s ended at %s', id, expires_at) as detail
      from reservation where state = 'active' and expires_at < now() - interval '60 seconds'`,
  },
  {
    id: 'INV-06',
    name: 'transfers-are-two-sided',
    says: {
      zh: '调拨出多少，到货、退回与在途合计就是多少',
      en: 'What transfers took out has come in, or is still in transit',
    },
    when: 'always',
    sql: `
      select coalesce(t.sku_id, m.sku_id) as sku_id, null as order_id,
             format('transfer %s: %s, out %s, in %s', coalesce(t.id::text, m.reference), coalesce(t.state, 'missing'),
                    coalesce(m.sent, 0), coalesce(m.came, 0)) as detail
      from stock_transfer t
      full join (
        select reference, sku_id, sum(quantity) filter (where kind = 'transfer_out') as sent,
               sum(quantity) filter (where kind = 'transfer_in') as came
        from stock_move where kind in ('transfer_out', 'transfer_in') group by 1, 2
      ) m on m.reference = t.id::text and m.sku_id = t.sku_id
      where t.id is null or coalesce(m.sent, 0) <> t.quantity
         or coalesce(m.came, 0) <> case t.state when 'in_transit' then 0 else t.quantity end`,
  },
  {
    id: 'INV-07',
    name: 'tier-places-are-dense',
    says: { zh: '优惠名额从 1 起连续，不多不少', en: 'The places of a tier are exactly 1 to N' },
    when: 'always',
    sql: `
      select i.sku_id, null as order_id,
             format('session %s: %s places of %s, from %s to %s', i.session_id, count(t.slot_number), i.cap,
                    min(t.slot_number), max(t.slot_number)) as detail
      from (select session_id, sku_id, coalesce((tiers -> -1 ->> 'upTo')::integer, 0) as cap from session_item) i
      left join tier_slot t using (session_id, sku_id)
      group by i.session_id, i.sku_id, i.cap
      having count(t.slot_number) <> i.cap or coalesce(min(t.slot_number), 1) <> 1 or coalesce(max(t.slot_number), 0) <> i.cap`,
  },
  {
    id: 'INV-07',
    name: 'tier-place-has-its-line',
    says: {
      zh: '占用的名额都属于一笔有效订单或候补保留',
      en: 'A taken place belongs to one live order line, or to an offer of the waitlist',
    },
    when: 'always',
    sql: `
      select t.sku_id, t.order_id, format('session %s, place %s', t.session_id, t.slot_number) as detail
      from tier_slot t
      left join order_line l on l.order_id = t.order_id and l.sku_id = t.sku_id and l.session_id = t.session_id
                            and l.tier_slot = t.slot_number
      left join orders o on o.id = t.order_id
      left join waitlist_entry w on w.id = t.order_id and w.state = 'offered' and w.sku_id = t.sku_id
                                and w.tier_session_id = t.session_id and w.tier_slot = t.slot_number
      where t.order_id is not null and w.id is null
        and (l.order_id is null or l.refunded_quantity > 0 or o.state = 'closed')`,
  },
  {
    id: 'INV-07',
    name: 'tier-line-has-its-place',
    says: { zh: '每个优惠价商品都占着自己的名额', en: 'Every live line at a tier price holds its place, one unit' },
    when: 'always',
    sql: `
      select l.sku_id, l.order_id, format('session %s, place %s', l.session_id, l.tier_slot) as detail
      from order_line l join orders o on o.id = l.order_id and o.state <> 'closed' and l.refunded_quantity = 0
      left join tier_slot t on t.session_id = l.session_id and t.sku_id = l.sku_id and t.slot_number = l.tier_slot
      where l.price_kind = 'tier' and (l.tier_slot is null or l.quantity <> 1 or t.order_id is distinct from l.order_id)`,
  },
  {
    id: 'INV-09',
    name: 'limit-is-kept',
    says: { zh: '每人购买不超过限购数', en: 'Nobody holds or owns more than the limit' },
    when: 'always',
    sql: `
      select u.sku_id, null as order_id, format('%s of %s in %s', u.quantity, i.limit_per_person, u.scope) as detail
      from limit_use u join session_item i on i.session_id = u.scope and i.sku_id = u.sku_id
      where u.quantity > i.limit_per_person`,
  },
  {
    id: 'INV-09',
    name: 'limit-counts-lines',
    says: { zh: '限购计数等于此人有效订单的件数', en: 'The counter of a person is what his live orders have' },
    when: 'always',
    sql: `
      select sku_id, null as order_id,
             format('%s in %s: counted %s too many', shopper_id, scope, coalesce(u.quantity, 0) - coalesce(l.n, 0)) as detail
      from (select shopper_id, sku_id, scope, quantity from limit_use) u
      full join (
        select o.shopper_id, l.sku_id, s.scope, sum(s.n) as n
        from order_line l join orders o on o.id = l.order_id and o.state <> 'closed'
        cross join lateral (
          select coalesce(l.session_id, 'always') as scope, l.quantity - l.refunded_quantity as n
          union all select 'tier:' || l.session_id, 1 where l.tier_slot is not null and l.refunded_quantity = 0
        ) s
        group by 1, 2, 3
      ) l using (shopper_id, sku_id, scope)
      where coalesce(u.quantity, 0) <> coalesce(l.n, 0)`,
  },
];
