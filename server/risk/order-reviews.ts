import { randomUUID } from 'node:crypto';
import {
  plainAddress,
  plainPhone,
  REVIEW_MS,
  type ReviewReason,
  type ReviewSubject,
  reviewOf,
} from '../../lib/domain/risk/order-review.ts';
import type { RiskMode } from '../../lib/domain/risk/risk.ts';
import { tellOrders } from '../order/tell-orders.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import type { RiskHashes } from './hashes.ts';
import { type AboutShopper, aboutShoppers, groupsOf, IS_REWARD } from './order-groups.ts';

/*
 * Paid orders that used rewards are looked at by the worker, and held before they are packed when too many other people
 * of the campaign paid by the same account, or when a group of people takes too much. Lock order: order rows, groups,
 * coupons, decisions.
 */

/** Any number: one worker at a time counts, so that of four who pay together the fourth is seen. */
export const REVIEW_LOCK = 20_261_125;

/** An order that may still be packed: it is paid, or what was asked back of it was asked before packing. */
export const BEFORE_PACKING = `(o.state = 'paid' or o.state in ('refund_requested', 'refunding') and exists (
  select 1 from refund_request q where q.order_id = o.id and q.state in ('requested', 'refunding') and q.from_state = 'paid'))`;

const DUE = `
  select distinct order_id as id from coupon
  where state = 'used' and looked_at_in is distinct from order_id order by order_id limit $1`;

/** Orders that used rewards, once for each campaign; coupons with a threshold are offers. */
const USED = `
  select o.id as "orderId", o.shopper_id as "shopperId", c.template_id as "campaignId",
    case t.kind when 'claim' then 'coupon' else t.kind end as mechanic, o.address, o.store_id is not null as "isFetched", p.channel, p.payer_id as "payerId",
    ${epochMs('coalesce(o.paid_at, o.placed_at)')} as "paidAt", ${epochMs('clock_timestamp()')} as now,
    ${BEFORE_PACKING} as "isBeforePacking",
    case t.kind when 'claim' then 0 else c.fen end as fen,
    exists (select 1 from risk_exempt e where e.shopper_id = o.shopper_id and e.campaign_id = c.template_id) as "isExempt",
    (select mode from risk_mode m where m.mechanic = case t.kind when 'claim' then 'coupon' else t.kind end) as mode
  from orders o
  join (select order_id, template_id, sum(cut_fen)::bigint as fen from coupon
        where order_id = any ($1::text[]) and state = 'used' group by 1, 2) c on c.order_id = o.id
  join coupon_template t on t.id = c.template_id and ${IS_REWARD}
  left join lateral (select channel, payer_id from payment where order_id = o.id and state = 'paid' and payer_id is not null
                     order by paid_at limit 1) p on true
  where o.id = any ($1::text[])
  order by o.paid_at, o.id`;

type Used = {
  orderId: string;
  shopperId: string;
  campaignId: string;
  mechanic: string;
  address: { phone: string; region: string; street: string };
  /** Fetched at a store, as by all of its other shoppers: its place says nothing of who lives together. */
  isFetched: boolean;
  channel: string | null;
  payerId: string | null;
  paidAt: number;
  now: number;
  isBeforePacking: boolean;
  /** What rewards of the campaign that are won by inviting took off. */
  fen: number;
  isExempt: boolean;
  mode: RiskMode | null;
};
type Subjects = { readonly [S in ReviewSubject]: string | null };
type Looked = Used & { readonly subjects: Subjects };

const KEEP = `
  insert into risk_order (order_id, campaign_id, shopper_id, payer, phone, address, is_newcomer, circle, known, fen)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::integer[],
    $9::integer[], $10::bigint[])
  on conflict do nothing`;

/** The group in which an order of one of these people waits already. */
const KNOWN_GROUP = `
  select g.id from risk_order_group g join risk_order_group_person p on p.group_id = g.id
  where g.state = 'open' and g.campaign_id = $1 and p.shopper_id = any ($2::text[]) order by g.opened_at, g.id limit 1`;

const OPEN_GROUP = `
  insert into risk_order_group (id, campaign_id, mechanic, kind, subject) values ($1, $2, $3, $4, $5)
  on conflict (campaign_id, kind, subject) where state = 'open' do update set mechanic = excluded.mechanic
  returning id`;

const HOLD = `
  with held as (
    update orders set held_until = to_timestamp($2 / 1000.0), sequence = sequence + 1 where id = $1
    returning id, shopper_id
  ), decided as (
    insert into risk_decision (id, shopper_id, mechanic, command, campaign_id, key, mode, action, because, limit_kind, score,
      reasons, shadow, signals, hold_until, group_id)
    select $3, shopper_id, $4, 'order.review', $5, gen_random_uuid(), $6, 'hold', 'limit', $7, 0, '{}', '{}',
      jsonb_build_object('people', $8::integer), to_timestamp($2 / 1000.0), $9
    from held returning id
  )
  insert into risk_order_review (order_id, group_id, decision_id, campaign_id, why, held_until, state)
  select held.id, $9, decided.id, $5, $10, to_timestamp($2 / 1000.0), 'held' from held, decided`;

type Found = { readonly why: ReviewReason; readonly members: readonly string[] };

async function holdOrder(tx: Queryable, order: Looked, { why, members }: Found): Promise<void> {
  const { orderId, campaignId, mechanic, paidAt, subjects } = order;
  const mode = order.mode ?? LIMITS.risk.mode;
  const subject: ReviewSubject = subjects.payer === null ? 'address' : 'payer';
  const until = paidAt + REVIEW_MS;
  if (mode === 'observe') {
    await tx.query(
      `insert into risk_order_review (order_id, campaign_id, why, held_until, state)
       values ($1, $2, $3, to_timestamp($4 / 1000.0), 'observed') on conflict do nothing`,
      [orderId, campaignId, why, until],
    );
    return;
  }
  const opened = [`rgr_${randomUUID()}`, campaignId, mechanic, subject, subjects[subject]];
  const [known] = await tx.query<{ id: string }>(KNOWN_GROUP, [campaignId, members]);
  const [group] = known ? [known] : await tx.query<{ id: string }>(OPEN_GROUP, opened);
  if (!group) throw new Error('A group was not written');
  const decisionId = `rsk_${randomUUID()}`;
  await tx.query(HOLD, [
    orderId,
    until,
    decisionId,
    mechanic,
    campaignId,
    mode,
    subject,
    members.length,
    group.id,
    why,
  ]);
  await tx.query(
    `insert into risk_order_group_person (group_id, shopper_id) select $1, unnest($2::text[]) on conflict do nothing`,
    [group.id, members],
  );
  await holdUnused(tx, group.id, until);
  await tx.query(`insert into outbox (topic, aggregate, body) values ('review.held', $1, '{}')`, [orderId]);
  await tellOrders(tx, [orderId]);
}

/**
 * Rewards of the campaign that people of the group have not used are held with it, each by a decision of its own; those
 * that are held already stay as they are.
 */
export async function holdUnused(tx: Queryable, groupId: string, until: number): Promise<void> {
  await tx.query(
    `with loose as (
       select c.id, c.shopper_id, g.campaign_id, g.mechanic, g.kind, 'rsk_' || gen_random_uuid() as decision_id
       from risk_order_group g
       join risk_order o on o.campaign_id = g.campaign_id
         and g.subject = case g.kind when 'payer' then o.payer when 'phone' then o.phone else o.address end
       join coupon c on c.template_id = g.campaign_id and c.shopper_id = o.shopper_id
       where g.id = $1 and c.state = 'usable' and (c.held_until is null or c.held_until <= now())
         and not exists (select 1 from risk_exempt e
                         where e.shopper_id = c.shopper_id and e.campaign_id = g.campaign_id)
       order by c.id for update of c
     ), once as (
       select distinct on (id) * from loose
     ), decided as (
       insert into risk_decision (id, shopper_id, mechanic, command, campaign_id, key, mode, action, because, limit_kind,
         score, reasons, shadow, signals, hold_until, group_id)
       select decision_id, shopper_id, mechanic, 'order.review', campaign_id, gen_random_uuid(), '${LIMITS.risk.mode}',
         'hold', 'limit', kind, 0, '{}', '{}', '{}', to_timestamp($2 / 1000.0), $1 from once
     )
     update coupon c set hold_id = once.decision_id, held_until = to_timestamp($2 / 1000.0) from once where c.id = once.id`,
    [groupId, until],
  );
}

/** Looks at orders that were paid since the last time. @returns whether there may be more */
export function reviewPaidOrders(db: Database, hashes: RiskHashes): Promise<boolean> {
  const look = (used: Used): Looked => {
    const { address, channel, payerId, isFetched } = used;
    const subjects = {
      payer: channel !== null && payerId !== null ? hashes.payer(channel, payerId) : null,
      phone: hashes.phone(plainPhone(address.phone)),
      address: isFetched ? null : hashes.delivery(plainAddress(address.region, address.street)),
    };
    return { ...used, subjects };
  };
  return againIfRaced(() =>
    db.transaction(async (tx) => {
      const [lock] = await tx.query<{ isMine: boolean }>(
        `select pg_try_advisory_xact_lock(${REVIEW_LOCK}) as "isMine"`,
      );
      if (!lock?.isMine) return false;
      const due = (await tx.query<{ id: string }>(DUE, [LIMITS.risk.sweepMax])).map(({ id }) => id);
      if (due.length === 0) return false;
      // Who packs one of them waits here, or is seen to have packed it.
      await tx.query('select 1 from orders where id = any ($1::text[]) order by id for update', [due]);
      const old = (used: Used) => used.now - used.paidAt > LIMITS.risk.keptMs;
      const looked = (await tx.query<Used>(USED, [due])).filter((used) => !old(used)).map(look);
      const about = await aboutShoppers(
        tx,
        looked.map(({ shopperId }) => shopperId),
      );
      await keepFacts(tx, looked, about);
      const groups = await groupsOf(tx, due);
      const held = new Set<string>();
      for (const order of looked) {
        const group = groups.find((one) => one.orderId === order.orderId && one.campaignId === order.campaignId);
        // Money is looked at where this order took some of it.
        const facts = group && (order.fen > 0 ? group : { ...group, groupFen: 0, newcomersFen: 0 });
        const why = facts && reviewOf(facts, LIMITS.risk.orders);
        const isInTime = order.isBeforePacking && order.now < order.paidAt + REVIEW_MS;
        if (!group || !why || !isInTime || order.isExempt || held.has(order.orderId)) continue;
        held.add(order.orderId);
        await holdOrder(tx, order, { why, members: group.members });
      }
      await tx.query(
        `update coupon set looked_at_in = order_id
         where id in (select id from coupon where order_id = any ($1::text[]) and state = 'used' order by id for update)`,
        [due],
      );
      return due.length === LIMITS.risk.sweepMax;
    }),
  );
}

async function keepFacts(
  tx: Queryable,
  looked: readonly Looked[],
  about: ReadonlyMap<string, AboutShopper>,
): Promise<void> {
  if (looked.length === 0) return;
  const column = (of: (order: Looked) => string | null) => looked.map(of);
  await tx.query(KEEP, [
    column(({ orderId }) => orderId),
    column(({ campaignId }) => campaignId),
    column(({ shopperId }) => shopperId),
    column(({ subjects }) => subjects.payer),
    column(({ subjects }) => subjects.phone),
    column(({ subjects }) => subjects.address),
    looked.map(({ shopperId }) => about.get(shopperId)?.isNewcomer ?? false),
    looked.map(({ shopperId }) => about.get(shopperId)?.circle ?? 0),
    looked.map(({ shopperId }) => about.get(shopperId)?.known ?? 0),
    looked.map(({ fen }) => fen),
  ]);
  // From now on the rules know it when he asks for a reward.
  const paid = looked.filter(({ subjects }) => subjects.payer !== null);
  await tx.query(
    `insert into risk_payer (payer, shopper_id)
     select distinct payer, shopper_id from unnest($1::text[], $2::text[]) p (payer, shopper_id) order by 1, 2
     on conflict do nothing`,
    [paid.map(({ subjects }) => subjects.payer), paid.map(({ shopperId }) => shopperId)],
  );
}
