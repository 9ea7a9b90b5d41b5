import type { Invariant } from './invariant.ts';
import { PAID_FOR } from './invariant.ts';

/** How long the worker may take to settle what an order's end has decided. */
const SETTLED_WITHIN = `interval '5 minutes'`;

export const SHARE_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-50',
    name: 'share-trees-are-trees',
    says: {
      zh: '分享链接各有上级：先有上级，同一活动，深度加一，同一个根',
      en: 'A shared link has a parent that was there before it, in its campaign and tree, one step nearer to the root',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('link %s (depth %s, root %s, %s) below %s (depth %s, root %s, %s)', l.id, l.depth, l.root_id, l.campaign_id,
                    p.id, p.depth, p.root_id, p.campaign_id) as detail
      from share_link l join share_link p on p.id = l.parent_id
      where p.depth + 1 <> l.depth or p.root_id <> l.root_id or p.campaign_id <> l.campaign_id or p.made_at > l.made_at
      union all
      select null, null, format('link %s says %s children, has %s', p.id, p.children, count(l.id))
      from share_link p left join share_link l on l.parent_id = p.id group by p.id having count(l.id) <> p.children`,
  },
  {
    id: 'INV-50',
    name: 'shares-grow-from-touches',
    says: {
      zh: '下级链接的作者确实来过上级链接',
      en: 'Who made a link below another had touched that one before',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('link %s by %s: visit %s of %s to %s', l.id, l.visitor_id, v.id, v.visitor_id, v.link_id) as detail
      from share_link l left join share_visit v on v.id = l.parent_visit_id
      where l.parent_id is not null
        and (v.id is null or v.link_id <> l.parent_id or v.visitor_id is distinct from l.visitor_id
             or v.touched_at is null or v.touched_at > l.made_at)`,
  },
  {
    id: 'INV-51',
    name: 'one-credit-per-person',
    says: {
      zh: '每人每个活动至多一份归因，自己分享给自己不算',
      en: 'A person earns once per campaign, an order is credited once, and nobody by his own link',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('%s earned %s times in %s', person_id, count(*), campaign_id) as detail
      from share_credit where order_id is not null and person_id is not null group by person_id, campaign_id having count(*) > 1
      union all
      select null, c.order_id, format('credit %s of %s by his own link %s', c.id, c.person_id, l.id)
      from share_credit c join share_credit_touch t on t.credit_id = c.id join share_link l on l.id = t.link_id
      where c.state in ('qualified', 'vested') and (l.sharer_id = c.person_id or l.visitor_id = c.visitor_id)`,
  },
  {
    id: 'INV-51',
    name: 'credits-follow-their-orders',
    says: {
      zh: '归因的订单已付款；过了退货期才落实，整单退款才撤销，两者只有其一',
      en: 'A credit’s order is its person’s and paid; it vests when the order is completed and is reversed when it went back',
    },
    when: 'always',
    sql: `
      select null as sku_id, c.order_id, format('credit %s (%s) of %s: order of %s is %s', c.id, c.state, c.person_id, o.shopper_id, o.state) as detail
      from share_credit c join orders o on o.id = c.order_id
      where o.state not in ${PAID_FOR} or (c.person_id is not null and c.person_id <> o.shopper_id)
         or (c.state = 'vested' and o.state <> 'completed') or (c.state = 'reversed' and o.state <> 'refunded')
         or c.order_fen > o.paid_fen or c.vested_fen > o.paid_fen - o.refunded_fen`,
  },
  {
    id: 'INV-51',
    name: 'no-credit-waits',
    says: { zh: '已完成或已退款的订单，归因都已了结', en: 'No credit waits for an order that has ended' },
    when: 'quiet',
    sql: `
      select null as sku_id, c.order_id, format('credit %s is qualified, its order is %s', c.id, o.state) as detail
      from share_credit c join orders o on o.id = c.order_id
      join order_log g on g.order_id = o.id and g.to_state = o.state and g.at < now() - ${SETTLED_WITHIN}
      where c.state = 'qualified' and o.state in ('completed', 'refunded')`,
  },
  {
    id: 'INV-52',
    name: 'credits-have-their-proof',
    says: {
      zh: '每份归因都有访问为证，各份之和等于订单实付',
      en: 'Every credit has the visits that prove it, and their parts add up to the order, to the fen',
    },
    when: 'always',
    sql: `
      select null as sku_id, c.order_id,
             format('credit %s of %s: %s touches, %s ppm, %s fen', c.id, c.order_fen, count(t.place), sum(t.weight_ppm), sum(t.fen)) as detail
      from share_credit c left join share_credit_touch t on t.credit_id = c.id
      where c.order_id is not null
      group by c.id, c.order_id, c.order_fen
      having count(t.place) = 0 or sum(t.weight_ppm) <> 1000000 or sum(t.fen) <> c.order_fen
      union all
      select null, c.order_id, format('credit %s: visit %s to link %s at %s, touched %s', c.id, t.visit_id, v.link_id, v.at, v.touched_at)
      from share_credit c join orders o on o.id = c.order_id join share_credit_touch t on t.credit_id = c.id
      join share_link l on l.id = t.link_id left join share_visit v on v.id = t.visit_id
      where v.id is null or v.link_id <> t.link_id or v.touched_at is null or v.touched_at > o.placed_at
         or l.campaign_id <> c.campaign_id`,
  },
];
