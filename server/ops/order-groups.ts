import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { opsRiskRead } from '../../lib/contracts/ops-risk.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from '../promo/coupon-rows.ts';

type Group = ValueOf<typeof opsRiskRead>['orderGroups'][number];

const HELD = `
  select r.group_id, r.order_id, r.why, r.held_until, o.paid_at, o.total_fen, f.is_newcomer, f.circle, f.known,
    left(encode(sha256(convert_to(o.shopper_id, 'UTF8')), 'hex'), 8) as person,
    (select coalesce(sum(c.cut_fen), 0)::bigint from coupon c
     where c.order_id = o.id and c.template_id = r.campaign_id) as reward_fen,
    row_number() over (partition by r.group_id order by o.paid_at, o.id) as place
  from risk_order_review r join orders o on o.id = r.order_id
  left join risk_order f on f.order_id = r.order_id and f.campaign_id = r.campaign_id
  where r.state = 'held' and r.held_until > now()`;

const GROUPS = `
  with held as (${HELD})
  select g.id, ${epochMs('g.opened_at')} as "openedAt", g.campaign_id as "campaignId", t.name as campaign, g.mechanic,
    min(h.why) as why, p.people, p.newcomers, p."takenFen", p."refusedBefore",
    sum(h.total_fen)::bigint as "totalFen", sum(h.reward_fen)::bigint as "rewardFen",
    ${epochMs('min(h.held_until)')} as "heldUntil",
    jsonb_agg(jsonb_build_object('orderId', h.order_id, 'person', h.person, 'paidAt', ${epochMs('h.paid_at')},
      'totalFen', h.total_fen, 'rewardFen', h.reward_fen, 'heldUntil', ${epochMs('h.held_until')},
      'isNewcomer', coalesce(h.is_newcomer, false), 'circle', coalesce(h.circle, 0), 'known', coalesce(h.known, 0))
      order by h.place) filter (where h.place <= ${LIMITS.risk.shownMax}) as orders
  from risk_order_group g join held h on h.group_id = g.id
  left join coupon_template t on t.id = g.campaign_id
  cross join lateral (
    select count(*)::integer as people,
      (count(*) filter (where exists (select 1 from risk_order f where f.shopper_id = m.shopper_id and f.is_newcomer)))::integer
        as newcomers,
      (count(*) filter (where exists (select 1 from risk_order_review v join orders vo on vo.id = v.order_id
        where vo.shopper_id = m.shopper_id and v.state = 'refused')))::integer as "refusedBefore",
      coalesce(sum((select sum(c.cut_fen) from coupon c where c.shopper_id = m.shopper_id
        and c.template_id = g.campaign_id and c.state = 'used')), 0)::bigint as "takenFen"
    from risk_order_group_person m where m.group_id = g.id) p
  where g.state = 'open'
  group by g.id, t.name, p.people, p.newcomers, p."refusedBefore", p."takenFen"
  order by sum(h.reward_fen) desc, g.opened_at, g.id limit $1`;

/** Orders that wait for one decision a group, those first in which rewards take off most. */
export function listOrderGroups(db: Queryable): Promise<Group[]> {
  return db.query<Group>(GROUPS, [LIMITS.risk.queueShownMax]);
}
