import type { Invariant } from './invariant.ts';

/** How long the worker may take to end the visits of what has ended. */
const SWEPT_WITHIN = `interval '2 minutes'`;
/** A block takes some seconds to reach every process, and what was read just before may be written just after. */
const BLOCK_REACHES = `interval '10 seconds'`;

const VALUE = `(c.own_rule ->> 'cutFen')::bigint`;

export const PACKET_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-37',
    name: 'packets-are-their-steps',
    says: {
      zh: '红包的价值分毫不差等于起始金额加已生效的每一步，不超过上限，每一步都有来由',
      en: 'A packet is worth its base and its vested steps, to the fen and never above its cap; each step has its visit',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('packet %s: worth %s of %s, base %s and steps %s; visits %s, vested %s, lapsed %s; rows %s, %s, %s', m.id,
                    ${VALUE}, c.own_worst_fen, c.growth ->> 'baseFen', s.fen, m.visits, m.vested, m.lapsed, s.n, s.vested,
                    s.lapsed) as detail
      from packet m join coupon c on c.id = m.id
      left join (select packet_id, count(*) as n, count(*) filter (where state = 'vested') as vested,
                        count(*) filter (where state = 'lapsed') as lapsed, sum(fen) as fen
                 from packet_step group by 1) s on s.packet_id = m.id
      where ${VALUE} <> (c.growth ->> 'baseFen')::bigint + coalesce(s.fen, 0) or ${VALUE} > c.own_worst_fen
         or m.visits <> coalesce(s.n, 0) or m.vested <> coalesce(s.vested, 0) or m.lapsed <> coalesce(s.lapsed, 0)`,
  },
  {
    id: 'INV-37',
    name: 'packets-are-of-their-campaign',
    says: {
      zh: '红包的起始金额、每步和上限是活动公布的那一代的；每个红包正好是一张券',
      en: 'Base, step and cap of a packet are those that its campaign published for its generation; each is one coupon',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('packet %s, generation %s of %s: %s, cap %s; %s', m.id, m.generation, m.campaign_id, c.growth,
                    c.own_worst_fen, f.terms -> (m.generation - 1)) as detail
      from packet m join coupon c on c.id = m.id
      join (select id, frozen::jsonb -> 'terms' as terms from packet_campaign where frozen is not null) f
        on f.id = m.campaign_id
      where c.template_id <> m.campaign_id or c.shopper_id <> m.owner_id or c.growth ->> 'packetCode' <> m.code
         or f.terms -> (m.generation - 1) is null
         or (f.terms -> (m.generation - 1) ->> 'baseFen') is distinct from (c.growth ->> 'baseFen')
         or (f.terms -> (m.generation - 1) ->> 'stepFen') is distinct from (c.growth ->> 'stepFen')
         or (f.terms -> (m.generation - 1) ->> 'capFen')::bigint is distinct from c.own_worst_fen
      union all
      select null, null, format('coupon %s of campaign %s has no packet', c.id, c.template_id)
      from coupon_template t join coupon c on c.template_id = t.id
      where t.kind = 'packet' and not exists (select 1 from packet m where m.id = c.id)`,
  },
  {
    id: 'INV-37',
    name: 'packets-stand-in-their-line',
    says: {
      zh: '领来的红包晚一代，且属于同一活动；谁由谁带来的次序完整',
      en: 'A packet that was taken from another is one generation later; who came by whom is one line in one campaign',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('packet %s, generation %s, depth %s: from %s of %s, by %s at %s', m.id, m.generation, m.depth, p.id,
                    p.generation, b.id, b.depth) as detail
      from packet m left join packet p on p.id = m.parent_id left join packet b on b.id = m.came_by_id
      where (m.parent_id is not null and (p.generation <> m.generation - 1 or p.campaign_id <> m.campaign_id
                                          or p.owner_id = m.owner_id))
         or (m.came_by_id is not null and (b.depth <> m.depth - 1 or b.campaign_id <> m.campaign_id))`,
  },
  {
    id: 'INV-37',
    name: 'one-vest-per-person',
    says: {
      zh: '每人每个活动只让一个红包长大一次，自己的红包不算',
      en: 'Nobody makes packets of a campaign grow more than once, nor his own',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('%s made %s steps of %s', visitor_id, count(*), campaign_id) as detail
      from packet_step where state = 'vested' group by visitor_id, campaign_id having count(*) > 1
      union all
      select null, null, format('visit %s of packet %s is its owner’s, or of campaign %s', s.place, m.id, s.campaign_id)
      from packet_step s join packet m on m.id = s.packet_id
      where s.campaign_id <> m.campaign_id or (s.state = 'vested' and s.visitor_id = m.owner_id)`,
  },
  {
    id: 'INV-37',
    name: 'packets-grow-in-their-time',
    says: {
      zh: '红包只在有效期内、按公布的步子长大；订单减的不超过红包的价值',
      en: 'Packets grow within their time and by the published step; an order takes no more than one is worth',
    },
    when: 'always',
    sql: `
      select null as sku_id, c.order_id,
             format('visit %s of packet %s: %s at %s, issued %s, until %s', s.place, s.packet_id, s.fen, s.vested_at,
                    c.claimed_at, c.valid_until) as detail
      from packet_step s join coupon c on c.id = s.packet_id
      where s.visited_at < c.claimed_at
         or (s.state = 'vested' and (s.vested_at < s.visited_at or s.vested_at >= c.valid_until
                                     or s.fen > (c.growth ->> 'stepFen')::bigint))
      union all
      select null, c.order_id, format('packet %s is worth %s and takes %s', c.id, ${VALUE}, c.cut_fen)
      from coupon c where c.growth is not null and c.cut_fen > ${VALUE}`,
  },
  {
    id: 'INV-37',
    name: 'packets-reserve-their-caps',
    says: {
      zh: '每个红包发放时按上限占用预算，分毫不差',
      en: 'What was reserved for packets at issue is the sum of their caps, to the fen',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id, format('%s: %s entered for caps of %s', t.id, e.fen, c.fen) as detail
      from coupon_template t
      left join (select template_id, sum(amount_fen) as fen from coupon_entry where cause = 'packet_issue' group by 1) e
        on e.template_id = t.id
      left join (select template_id, sum(own_worst_fen) as fen from coupon where growth is not null group by 1) c
        on c.template_id = t.id
      where t.kind = 'packet' and coalesce(e.fen, 0) <> coalesce(c.fen, 0)`,
  },
  {
    id: 'INV-41',
    name: 'growth-is-of-people-in-good-standing',
    says: {
      zh: '红包只由已验证手机的人带来生长；被封禁的人不再得到，也不再带来',
      en: 'Only people with a verified phone make a packet grow; whoever is blocked gets no growth and gives none',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('visit %s of packet %s by %s at %s: verified %s, blocked since %s, owner since %s', s.place, s.packet_id,
                    s.visitor_id, s.vested_at, v.phone_number_verified, v.blocked_at, o.blocked_at) as detail
      from packet_step s join packet m on m.id = s.packet_id
      left join person v on v.id = s.visitor_id left join person o on o.id = m.owner_id
      where s.state = 'vested'
        and (v.id is null or v.phone_number_verified is not true or v.is_anonymous
             or s.vested_at > v.blocked_at + ${BLOCK_REACHES} or s.vested_at > o.blocked_at + ${BLOCK_REACHES})`,
  },
  {
    id: 'INV-37',
    name: 'no-visit-hangs',
    says: {
      zh: '红包结束后，没有还在等待的到访',
      en: 'No visit of a packet that is over waits for anything',
    },
    when: 'quiet',
    sql: `
      select null as sku_id, null as order_id,
             format('visit %s of packet %s (%s since %s)', s.place, s.packet_id, c.state, c.ended_at) as detail
      from packet_step s join coupon c on c.id = s.packet_id
      where s.state = 'pending' and c.ended_at < now() - ${SWEPT_WITHIN}`,
  },
];
