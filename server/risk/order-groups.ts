import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

/* Who belongs together, and who has bought before. Words: lib/domain/risk/order-review.ts. */

/** SQL: a template `t` gives rewards; coupons with a threshold are offers. */
export const IS_REWARD = `(t.kind <> 'claim' or t.rule ->> 'kind' = 'red_packet')`;

const { fen: HISTORY_FEN, ageMs: HISTORY_MS, shopAgeMs: SHOP_MS } = LIMITS.risk.history;
const before = (ms: number) => `now() - interval '${ms} milliseconds'`;

/** SQL: a shopper has paid for goods without any reward, long enough ago, and kept them. */
const hasBought = (shopper: string) => `exists (
  select 1 from orders h where h.shopper_id = ${shopper} and h.paid_at < ${before(HISTORY_MS)}
    and h.paid_fen - h.refunded_fen >= ${HISTORY_FEN} and not exists (
      select 1 from coupon u join coupon_template t on t.id = u.template_id
      where u.order_id = h.id and u.state = 'used' and ${IS_REWARD}))`;

const CIRCLE_MAX = 60;

/**
 * What is known of each shopper: whether he is a newcomer, and of his circle how many people have bought before. A shop
 * that is too young for anybody to have bought has no newcomers.
 */
const ABOUT = `
  select k.id, not ${hasBought('k.id')} and y.is_old as "isNewcomer", c.circle, c.known
  from unnest($1::text[]) k (id)
  cross join (select exists (select 1 from orders where paid_at < ${before(SHOP_MS)}) as is_old) y
  cross join lateral (
    select count(*)::integer as circle, (count(*) filter (where ${hasBought('n.id')}))::integer as known from (
      (select t.b as id from risk_tie t where t.a = k.id limit ${CIRCLE_MAX})
      union (select t.a from risk_tie t where t.b = k.id limit ${CIRCLE_MAX})) n) c`;

export type AboutShopper = {
  readonly id: string;
  readonly isNewcomer: boolean;
  readonly circle: number;
  readonly known: number;
};

export async function aboutShoppers(tx: Queryable, ids: readonly string[]): Promise<Map<string, AboutShopper>> {
  const rows = await tx.query<AboutShopper>(ABOUT, [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** SQL: no more people have their parcels sent there than a household has. */
const isSmall = (subject: 'phone' | 'address', of: string) => `(
  select count(*) from (select distinct s.shopper_id from risk_order s where s.${subject} = ${of}.${subject}
                        limit ${LIMITS.risk.orders.perPlace + 1}) s) <= ${LIMITS.risk.orders.perPlace}`;

const PEOPLE_MAX = 60;
const linked = (of: string) => `
  (select o.shopper_id from risk_order o where o.payer = ${of}.payer and o.number <= f.number limit ${PEOPLE_MAX})
  union (select o.shopper_id from risk_order o where o.phone = ${of}.phone and o.number <= f.number
         and ${isSmall('phone', of)} limit ${PEOPLE_MAX})
  union (select o.shopper_id from risk_order o where o.address = ${of}.address and o.number <= f.number
         and ${isSmall('address', of)} limit ${PEOPLE_MAX})`;

/**
 * The groups of these orders as they were when each was looked at, and what the people in them took off. Whom a person
 * has freed is not counted any more, and whoever comes after them is: a freeing is for those who were there.
 */
const GROUPS = `
  select f.order_id as "orderId", f.campaign_id as "campaignId", f.is_newcomer as "isNewcomer", f.known, f.fen, g.*,
    case when f.payer is not null then (
      select count(*)::integer from (
        select 1 from risk_order o where o.campaign_id = f.campaign_id and o.payer = f.payer and o.number < f.number
          and o.shopper_id <> f.shopper_id group by o.shopper_id having not bool_or(o.is_freed)) p) end as "byPayer"
  from risk_order f cross join lateral (
    with near as materialized (
      select f.shopper_id union ${linked('f')}
    ), subject as materialized (
      select distinct o.payer, o.phone, o.address from near n join risk_order o using (shopper_id) where o.number <= f.number
    ), people as materialized (
      select shopper_id from near
      union select l.shopper_id from subject k cross join lateral (${linked('k')}) l
    )
    select (select array_agg(shopper_id) from people) as members, (select count(*)::integer from people) as people,
      coalesce(sum(o.fen), 0)::bigint as "groupFen",
      coalesce(sum(o.fen) filter (where o.is_newcomer), 0)::bigint as "newcomersFen"
    from people p join risk_order o using (shopper_id) where o.number <= f.number and not o.is_freed
  ) g where f.order_id = any ($1::text[])`;

export type GroupOfOrder = {
  readonly orderId: string;
  readonly campaignId: string;
  readonly isNewcomer: boolean;
  readonly known: number;
  readonly fen: number;
  readonly members: readonly string[];
  readonly people: number;
  readonly groupFen: number;
  readonly newcomersFen: number;
  readonly byPayer: number | null;
};

export const groupsOf = (tx: Queryable, orderIds: readonly string[]): Promise<GroupOfOrder[]> =>
  tx.query<GroupOfOrder>(GROUPS, [orderIds]);
