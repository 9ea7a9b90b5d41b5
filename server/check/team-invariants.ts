import type { Invariant } from './invariant.ts';

/** How long the worker may take to end what time has ended. */
const SWEPT_WITHIN = `interval '2 minutes'`;

export const TEAM_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-36',
    name: 'pots-are-shared-out',
    says: {
      zh: '组队红包瓜分后，各人之和分毫不差等于红包总额，每份至少一分',
      en: 'The shares of a split team add up to its pot, to the fen; each place has one, of a fen at least',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('team %s (%s): %s shares for %s places, %s of %s', t.id, t.state, m.n, t.size, m.fen, t.pot_fen) as detail
      from team t
      join (select team_id, count(*) as n, count(share_fen) as shares, sum(share_fen) as fen, min(share_fen) as least
            from team_member group by 1) m on m.team_id = t.id
      where t.state in ('split', 'over')
        and (m.n <> t.size or m.shares <> t.size or m.fen <> t.pot_fen or m.least < 1)`,
  },
  {
    id: 'INV-36',
    name: 'a-share-is-one-coupon',
    says: {
      zh: '每份打开的红包正好是本人的一张券，金额相同；组队活动的每张券都有来由',
      en: 'An opened share is one coupon, its member’s and of its amount; every coupon of a team campaign has its cause',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('place %s of team %s (%s, %s): coupon %s of %s over %s', m.place, m.team_id, m.share_state, m.share_fen,
                    c.id, c.shopper_id, c.own_worst_fen) as detail
      from team_member m join team t on t.id = m.team_id left join coupon c on c.id = m.coupon_id
      where (m.share_state = 'opened' or m.coupon_id is not null)
        and (c.id is null or c.shopper_id <> m.shopper_id or c.template_id <> t.campaign_id
             or (m.share_state = 'opened' and c.own_worst_fen is distinct from m.share_fen)
             or m.share_state in ('closed', 'lapsed'))
      union all
      select null, null, format('coupon %s is the share of %s', c.id, m.n)
      from coupon_template f join coupon c on c.template_id = f.id
      left join (select coupon_id, count(*) as n from team_member where coupon_id is not null group by 1) m
        on m.coupon_id = c.id
      where f.kind = 'team' and m.n is distinct from 1`,
  },
  {
    id: 'INV-37',
    name: 'teams-reserve-what-they-promise',
    says: {
      zh: '组队中的红包全额占用预算，瓜分后只占未打开的份额，结束后不占',
      en: 'A team reserves its pot while it gathers, its closed shares once it is split, and nothing when it is over',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('team %s (%s): %s reserved of %s, %s in closed shares', t.id, t.state, t.reserved_fen, t.pot_fen, m.fen) as detail
      from team t
      left join (select team_id, sum(share_fen) as fen from team_member where share_state = 'closed' group by 1) m
        on m.team_id = t.id
      where t.reserved_fen <> case when t.state = 'gathering' then t.pot_fen else coalesce(m.fen, 0) end`,
  },
  {
    id: 'INV-38',
    name: 'teams-have-their-places',
    says: {
      zh: '队员不超过名额，座次连续，满员即瓜分',
      en: 'A team has no more members than places, in one row from the leader on; full is split, and only full',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('team %s (%s): %s members, %s people, to place %s, %s taken of %s', t.id, t.state, m.n, m.people, m.last,
                    t.taken, t.size) as detail
      from team t
      left join (select team_id, count(*) as n, count(distinct shopper_id) as people, min(place) as first,
                        max(place) as last from team_member group by 1) m
        on m.team_id = t.id
      where m.n is distinct from t.taken or m.people <> m.n or m.first <> 1 or m.last <> m.n or t.taken > t.size
         or (t.taken = t.size) <> (t.state in ('split', 'over'))`,
  },
  {
    id: 'INV-38',
    name: 'one-live-team-per-person',
    says: {
      zh: '每人每个活动同时只在一个组队中的队伍里，只有满员的队伍有份额',
      en: 'Nobody is in two gathering teams of a campaign; members of split teams have a share each, nobody else has one',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('%s is in %s live teams of %s', shopper_id, count(*), campaign_id) as detail
      from team_member where is_live group by campaign_id, shopper_id having count(*) > 1
      union all
      select null, null, format('place %s of team %s (%s): live %s, share %s', m.place, t.id, t.state, m.is_live, m.share_state)
      from team_member m join team t on t.id = m.team_id
      where m.is_live <> (t.state = 'gathering') or (m.share_state is not null) <> (t.state in ('split', 'over'))
         or m.campaign_id <> t.campaign_id or (m.share_state = 'closed' and t.state = 'over')`,
  },
  {
    id: 'INV-38',
    name: 'joins-within-the-day',
    says: { zh: '每人每天加入的队伍不超过限制', en: 'Nobody joins more teams in a day than the campaign allows' },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s joined team %s as number %s of %s', m.shopper_id, m.team_id, m.day_number, f.joins) as detail
      from (select id, ((frozen::jsonb) ->> 'joinsPerDay')::integer as joins from team_campaign where frozen is not null) f
      join team_member m on m.campaign_id = f.id and m.day_number > f.joins`,
  },
  {
    id: 'INV-39',
    name: 'unfilled-teams-have-no-reward',
    says: {
      zh: '未成团的队伍没有份额，只有队长可有安慰券；过时不能加入，也不能打开',
      en: 'A team that failed shares nothing out, only its leader may have the consolation; nothing happens after its time',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('place %s of team %s (%s): joined %s until %s, coupon of %s', m.place, t.id, t.state, m.joined_at,
                    t.gather_until, c.own_worst_fen) as detail
      from team_member m join team t on t.id = m.team_id left join coupon c on c.id = m.coupon_id
      where m.joined_at >= t.gather_until
         or (t.state = 'failed' and m.share_state is not null)
         or (m.share_state = 'opened' and c.claimed_at >= t.open_until)
         or (m.share_state is null and m.coupon_id is not null and (m.place > 1 or t.state <> 'failed'
             or c.own_worst_fen > (select ((frozen::jsonb) ->> 'consolationFen')::bigint from team_campaign
                                   where id = t.campaign_id)))`,
  },
  {
    id: 'INV-39',
    name: 'no-team-hangs',
    says: { zh: '到时的队伍都已了结', en: 'No team stays open beyond its time' },
    when: 'quiet',
    sql: `
      select null as sku_id, null as order_id, format('team %s is %s since %s', id, state, coalesce(open_until, gather_until)) as detail
      from team
      where (state = 'gathering' and gather_until < now() - ${SWEPT_WITHIN})
         or (state = 'split' and open_until < now() - ${SWEPT_WITHIN})`,
  },
  {
    id: 'INV-41',
    name: 'rewards-are-of-verified-people',
    says: { zh: '组队红包只发给已验证手机的人', en: 'Nobody without a verified phone has a reward of a team campaign' },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('coupon %s of %s', c.id, c.shopper_id) as detail
      from coupon_template f join coupon c on c.template_id = f.id join person p on p.id = c.shopper_id
      where f.kind = 'team' and (p.is_anonymous or not coalesce(p.phone_number_verified, false))`,
  },
];
