import { RED_PACKET_PERMILLE } from '../../lib/domain/pricing/stacking.ts';
import type { Invariant } from './invariant.ts';

/** Orders that hold coupons, or have used them; of a refunded one the coupon may be its owner's again. */
const HOLDING = `('pending_pay', 'closing')`;

export const COUPON_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-31',
    name: 'coupons-within-their-total',
    says: {
      zh: '发出的券不超过总量，账上数量等于券的数量',
      en: 'No more coupons than the campaign has, and its account counts each of them',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s: %s claimed, %s coupons, total %s', t.id, a.claimed, c.n, a.total) as detail
      from coupon_template t
      left join coupon_account a on a.template_id = t.id
      left join (select template_id, count(*) as n from coupon group by 1) c on c.template_id = t.id
      where (t.published_at is not null) <> (a.template_id is not null)
         or a.claimed > a.total or (t.kind in ('claim', 'store') and a.claimed <> coalesce(c.n, 0))`,
  },
  {
    id: 'INV-31',
    name: 'coupons-within-personal-limits',
    says: { zh: '每人领取不超过限领', en: 'Nobody holds more coupons of a campaign than one person may' },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s: %s is number %s of %s', t.id, c.shopper_id, c.number, t.per_person) as detail
      from coupon_template t join coupon c on c.template_id = t.id and c.number > t.per_person`,
  },
  {
    id: 'INV-32',
    name: 'coupon-and-order-agree',
    says: {
      zh: '锁定或已用的券，恰好对应订单里的那一行优惠',
      en: 'A coupon that is held or used is a line of exactly that order, and such a line has its coupon',
    },
    when: 'always',
    sql: `
      select null as sku_id, coalesce(c.order_id, o.id) as order_id,
             format('%s is %s for %s, the order (%s) takes %s', coalesce(c.id, o.source), c.state, c.cut_fen, o.state,
                    o.fen) as detail
      from (select id, order_id, state, cut_fen from coupon where order_id is not null) c
      full join (
        select o.id, o.state, x ->> 'source' as source, (x ->> 'cutFen')::bigint as fen
        from orders o cross join jsonb_array_elements(o.cuts) x
        where o.cuts <> '[]' and o.state not in ('closed', 'refunded') and x ->> 'kind' in ('coupon', 'red_packet')
      ) o on o.id = c.order_id and o.source = c.id
      where (o.id is null and not exists (select 1 from orders r where r.id = c.order_id and r.state = 'refunded'))
         or (o.id is not null and (c.id is null or c.cut_fen <> o.fen
             or (c.state = 'locked') <> (o.state in ${HOLDING})))`,
  },
  {
    id: 'INV-33',
    name: 'one-shop-coupon-an-order',
    says: { zh: '每单最多一张店铺券', en: 'One shop coupon an order at most' },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id, format('%s shop coupons', count(*)) as detail
      from orders o cross join jsonb_array_elements(o.cuts) x
      where o.cuts <> '[]' and x ->> 'kind' = 'coupon' group by o.id having count(*) > 1`,
  },
  {
    id: 'INV-33',
    name: 'coupons-keep-to-their-rules',
    says: {
      zh: '券不超过面额，只用于可用商品，红包不超过商品价的两成',
      en: 'No coupon takes more than it is worth, shop coupons leave session prices alone, red packets a fifth of a line',
    },
    when: 'always',
    sql: `
      select null as sku_id, c.order_id,
             format('%s takes %s, its most is %s', c.id, c.cut_fen, coalesce(c.own_worst_fen, t.worst_fen)) as detail
      from coupon c join coupon_template t on t.id = c.template_id
      where c.order_id is not null and c.cut_fen > coalesce(c.own_worst_fen, t.worst_fen)
      union all
      select l.sku_id, l.order_id,
             format('line %s: %s in shop coupons, %s in red packets', l.line_number, x.shop, x.red) as detail
      from order_line l cross join lateral (
        select sum((x ->> 'cutFen')::bigint) filter (where coalesce(c.own_rule, t.rule) ->> 'kind' <> 'red_packet') as shop,
               sum((x ->> 'cutFen')::bigint) filter (where coalesce(c.own_rule, t.rule) ->> 'kind' = 'red_packet') as red
        from jsonb_array_elements(l.cuts) x
        join coupon c on c.id = x ->> 'source' join coupon_template t on t.id = c.template_id
      ) x
      where l.cuts <> '[]'
        and ((x.shop > 0 and l.price_kind <> 'ordinary')
             or x.red * 1000 > l.quantity * l.unit_fen * ${RED_PACKET_PERMILLE})`,
  },
  {
    id: 'INV-37',
    name: 'coupon-accounts-are-their-entries',
    says: {
      zh: '活动预算分毫不差等于分录之和',
      en: 'Every account of a campaign is the sum of its entries, to the fen, and none is below zero',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s: left %s, reserved %s, spent %s; entries say %s, %s, %s', a.template_id, a.left_fen,
                    a.reserved_fen, a.spent_fen, e.left_fen, e.reserved_fen, e.spent_fen) as detail
      from coupon_account a
      left join (
        select template_id, sum(fen) filter (where account = 'left') as left_fen,
               sum(fen) filter (where account = 'reserved') as reserved_fen,
               sum(fen) filter (where account = 'spent') as spent_fen
        from (select template_id, to_account as account, amount_fen as fen from coupon_entry
              union all select template_id, from_account, -amount_fen from coupon_entry) x
        group by 1
      ) e on e.template_id = a.template_id
      where a.left_fen < 0 or a.reserved_fen < 0 or a.spent_fen < 0
         or a.left_fen is distinct from coalesce(e.left_fen, 0)
         or a.reserved_fen is distinct from coalesce(e.reserved_fen, 0)
         or a.spent_fen is distinct from coalesce(e.spent_fen, 0)`,
  },
  {
    id: 'INV-37',
    name: 'coupon-promises-are-reserved',
    says: {
      zh: '每张未用的券都有预算，账上等于各券之和',
      en: 'What a coupon may still take is reserved, and the account is the sum of its coupons',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s: reserved %s, its coupons %s and teams %s, spent %s of %s', a.template_id, a.reserved_fen,
                    c.reserved_fen, p.reserved_fen, a.spent_fen, c.spent_fen) as detail
      from coupon_account a
      left join (select template_id, sum(reserved_fen) as reserved_fen, sum(spent_fen) as spent_fen from coupon group by 1) c
        on c.template_id = a.template_id
      left join (select campaign_id, sum(reserved_fen) as reserved_fen from team group by 1) p
        on p.campaign_id = a.template_id
      where a.reserved_fen <> coalesce(c.reserved_fen, 0) + coalesce(p.reserved_fen, 0) or a.spent_fen <> coalesce(c.spent_fen, 0)
      union all
      select null, c.order_id, format('%s (%s): reserved %s and spent %s for %s', c.id, c.state, c.reserved_fen,
                                      c.spent_fen, coalesce(c.cut_fen, c.own_worst_fen, t.worst_fen))
      from coupon c join coupon_template t on t.id = c.template_id
      where (c.state in ('usable', 'locked') and c.reserved_fen + c.spent_fen < coalesce(c.own_worst_fen, t.worst_fen))
         or (c.state = 'used' and c.is_unbooked and c.reserved_fen + c.spent_fen < c.cut_fen and c.spent_fen = 0)`,
  },
  {
    id: 'INV-37',
    name: 'coupons-are-booked',
    says: {
      zh: '已用的计入支出，失效的退回预算',
      en: 'Once all is booked: used coupons are spent, and what has ended holds no budget',
    },
    when: 'quiet',
    sql: `
      select null as sku_id, c.order_id,
             format('%s (%s): reserved %s, spent %s', c.id, c.state, c.reserved_fen, c.spent_fen) as detail
      from coupon c join coupon_template t on t.id = c.template_id left join orders o on o.id = c.order_id
      where (c.is_unbooked and o.state is distinct from 'refunding')
         or (c.state in ('expired', 'void') and c.reserved_fen + c.spent_fen > 0 and not c.is_unbooked)
         or (c.state in ('usable', 'locked') and
             (c.reserved_fen <> coalesce(c.own_worst_fen, t.worst_fen) or c.spent_fen <> 0) and not c.is_unbooked)`,
  },
];
