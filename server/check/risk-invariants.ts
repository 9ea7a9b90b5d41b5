import { LIMITS } from '../platform/limits.ts';
import type { Invariant } from './invariant.ts';

/** Within which the worker has done what time or a person has decided. */
const SWEPT_WITHIN = `interval '1 minute'`;

/** States of orders whose goods are in a parcel. */
const GONE = `('packed', 'shipped', 'received', 'returning', 'completed')`;

export const RISK_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-41',
    name: 'held-rewards-are-in-no-order',
    says: {
      zh: '审核中的奖励不在任何订单里，被拒绝的奖励不能使用',
      en: 'A reward that is being reviewed is in no order, and one that was refused cannot be used',
    },
    when: 'always',
    sql: `
      select null as sku_id, c.order_id, format('coupon %s (%s), held until %s, hold %s', c.id, c.state, c.held_until, d.state) as detail
      from coupon c left join risk_decision d on d.id = c.hold_id
      where (c.held_until > now() and c.state in ('locked', 'used'))
         or (d.state = 'refused' and c.state in ('locked', 'used'))
         or (c.is_refused and c.state <> 'void')`,
  },
  {
    id: 'INV-41',
    name: 'refused-rewards-are-paid-back',
    says: {
      zh: '被拒绝的奖励已收回，占用的预算已退回',
      en: 'A refused reward is taken back, and what it had reserved of its budget has gone back',
    },
    when: 'quiet',
    sql: `
      select null as sku_id, null as order_id, format('coupon %s (%s): %s still reserved', c.id, c.state, c.reserved_fen) as detail
      from coupon c where c.is_refused and c.reserved_fen + c.spent_fen > 0
      union all
      select null, null, format('coupon %s is %s, its hold %s was refused', c.id, c.state, d.id)
      from risk_decision d join coupon c on c.hold_id = d.id
      where d.action = 'hold' and d.state = 'refused' and c.state = 'usable' and c.held_until > now()`,
  },
  {
    id: 'INV-41',
    name: 'blocked-people-have-no-rewards',
    says: { zh: '被封账号没有可用的奖励', en: 'Nobody whose account is blocked has a reward that can be used' },
    when: 'quiet',
    sql: `
      select null as sku_id, null as order_id, format('coupon %s of %s', c.id, c.shopper_id) as detail
      from person p join coupon c on c.shopper_id = p.id join coupon_template t on t.id = c.template_id
      where p.banned and c.state = 'usable' and (t.kind <> 'claim' or c.hold_id is not null)`,
  },
  {
    id: 'INV-41',
    name: 'shared-keys-within-their-limits',
    says: {
      zh: '同一付款账户在一个活动中的人数不超过上限',
      en: 'No more people have rewards of a campaign by one payer than may',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('%s people of %s by one %s', n, campaign_id, kind) as detail
      from (select campaign_id, kind, subject, count(*) as n from risk_use group by 1, 2, 3) u
      where u.kind = 'payout' and u.n > ${LIMITS.risk.rewards.perPayout}`,
  },
  {
    id: 'INV-41',
    name: 'holds-end-in-time',
    says: { zh: '审核最长 24 小时，到时自动放行', en: 'No reward is held longer than 24 hours' },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('hold %s from %s until %s', id, at, hold_until) as detail
      from risk_decision where action = 'hold' and hold_until > at + interval '24 hours 1 minute'`,
  },
  {
    id: 'INV-41',
    name: 'orders-in-review-are-not-packed',
    says: {
      zh: '审核中或审核未通过的订单没有打包，未通过的已退款或正在退款',
      en: 'No order is packed while it is reviewed or after it was refused, and a refused one is refunded or about to be',
    },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id, format('%s, review %s until %s', o.state, r.state, r.held_until) as detail
      from risk_order_review r join orders o on o.id = r.order_id
      where (r.state = 'held' and r.held_until > now() and (o.held_until is null or o.state in ${GONE}))
         or (r.state = 'refused' and (o.state in ${GONE}
              or o.state in ('paid', 'refund_requested') and (o.held_until is distinct from 'infinity'
                or r.decided_at < now() - interval '10 minutes')))`,
  },
  {
    id: 'INV-41',
    name: 'no-hold-hangs',
    says: { zh: '到时的审核都已了结', en: 'No hold stays open beyond its time' },
    when: 'quiet',
    sql: `
      select null as sku_id, null as order_id, format('hold %s until %s', id, hold_until) as detail
      from risk_decision where action = 'hold' and state = 'standing' and hold_until < now() - ${SWEPT_WITHIN}`,
  },
];
