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

/*
 * Paid orders that used rewards are looked at by the worker, and held before they are packed when too many other people
 * of the campaign paid by the same account or have their parcels sent to the same place. Lock order: order rows, groups,
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
    case t.kind when 'claim' then 'coupon' else t.kind end as mechanic, o.address, p.channel, p.payer_id as "payerId",
    ${epochMs('coalesce(o.paid_at, o.placed_at)')} as "paidAt", ${epochMs('clock_timestamp()')} as now,
    ${BEFORE_PACKING} as "isBeforePacking",
    exists (select 1 from risk_exempt e where e.shopper_id = o.shopper_id and e.campaign_id = c.template_id) as "isExempt",
    (select mode from risk_mode m where m.mechanic = case t.kind when 'claim' then 'coupon' else t.kind end) as mode
  from orders o
  join (select distinct order_id, template_id from coupon where order_id = any ($1::text[]) and state = 'used') c
    on c.order_id = o.id
  join coupon_template t on t.id = c.template_id and (t.kind <> 'claim' or t.rule ->> 'kind' = 'red_packet')
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
  channel: string | null;
  payerId: string | null;
  paidAt: number;
  now: number;
  isBeforePacking: boolean;
  isExempt: boolean;
  mode: RiskMode | null;
};
type Subjects = { readonly [S in ReviewSubject]: string | null };
type Looked = Used & { readonly subjects: Subjects };
type Counted = { readonly orderId: string; readonly campaignId: string } & { readonly [S in ReviewSubject]: number };

const KEEP = `
  insert into risk_order (order_id, campaign_id, shopper_id, payer, phone, address)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
  on conflict do nothing`;

/**
 * Other people of the campaign whose orders were looked at before. Whom a person has freed is not counted any more, and
 * whoever comes after them is: a freeing is for those who were there, not for what they have in common.
 */
const others = (subject: ReviewSubject) => `
  (select count(*)::integer from (
     select 1 from risk_order o
     where o.campaign_id = f.campaign_id and o.${subject} = f.${subject} and o.number < f.number
       and o.shopper_id <> f.shopper_id
     group by o.shopper_id having min(o.number) > coalesce((
       select max(g.freed_number) from risk_order_group g
       where g.campaign_id = f.campaign_id and g.kind = '${subject}' and g.subject = f.${subject}), 0)) p) as ${subject}`;

const COUNT = `
  select f.order_id as "orderId", f.campaign_id as "campaignId", ${others('payer')}, ${others('phone')}, ${others('address')}
  from risk_order f where f.order_id = any ($1::text[])`;

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

type Found = { readonly why: ReviewReason; readonly subject: ReviewSubject; readonly people: number };

async function holdOrder(tx: Queryable, order: Looked, { why, subject, people }: Found): Promise<void> {
  const { orderId, campaignId, mechanic, paidAt, subjects } = order;
  const mode = order.mode ?? LIMITS.risk.mode;
  const until = paidAt + REVIEW_MS;
  if (mode === 'observe') {
    await tx.query(
      `insert into risk_order_review (order_id, campaign_id, why, held_until, state)
       values ($1, $2, $3, to_timestamp($4 / 1000.0), 'observed') on conflict do nothing`,
      [orderId, campaignId, why, until],
    );
    return;
  }
  const [group] = await tx.query<{ id: string }>(OPEN_GROUP, [
    `rgr_${randomUUID()}`,
    campaignId,
    mechanic,
    subject,
    subjects[subject],
  ]);
  if (!group) throw new Error('A group was not written');
  const decisionId = `rsk_${randomUUID()}`;
  await tx.query(HOLD, [orderId, until, decisionId, mechanic, campaignId, mode, subject, people, group.id, why]);
  await holdUnused(tx, group.id, until);
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
    const { address, channel, payerId } = used;
    const subjects = {
      payer: channel !== null && payerId !== null ? hashes.payer(channel, payerId) : null,
      phone: hashes.phone(plainPhone(address.phone)),
      address: hashes.delivery(plainAddress(address.region, address.street)),
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
      await keepFacts(tx, looked);
      const counts = await tx.query<Counted>(COUNT, [due]);
      const held = new Set<string>();
      for (const order of looked) {
        const counted = counts.find((one) => one.orderId === order.orderId && one.campaignId === order.campaignId);
        const found = counted && reviewOf(counted, LIMITS.risk.orders);
        const isInTime = order.isBeforePacking && order.now < order.paidAt + REVIEW_MS;
        if (!found || !isInTime || order.isExempt || held.has(order.orderId)) continue;
        held.add(order.orderId);
        await holdOrder(tx, order, { ...found, people: counted[found.subject] + 1 });
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

async function keepFacts(tx: Queryable, looked: readonly Looked[]): Promise<void> {
  if (looked.length === 0) return;
  const column = (of: (order: Looked) => string | null) => looked.map(of);
  await tx.query(KEEP, [
    column(({ orderId }) => orderId),
    column(({ campaignId }) => campaignId),
    column(({ shopperId }) => shopperId),
    column(({ subjects }) => subjects.payer),
    column(({ subjects }) => subjects.phone),
    column(({ subjects }) => subjects.address),
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
