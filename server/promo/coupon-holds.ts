import type { HeldCoupon } from '../../lib/domain/promo/coupon.ts';
import { DAY_OF_GRACE_MS } from '../../lib/domain/promo/coupon.ts';
import type { Queryable } from '../platform/database.ts';
import { epochMs } from './coupon-rows.ts';

/*
 * What an order does to coupons, in the order's own transaction. Lock order: order rows, stock rows, then templates
 * (by key share only, against a withdrawal), then coupons by id.
 */

/** Locks the coupons that a batch wants; who else wants one of them waits here and then finds it taken. */
const LOCK = `
  select c.id, c.template_id as "templateId", c.shopper_id as "shopperId", t.name,
    coalesce(c.own_rule, t.rule) as rule, t.scope, c.state,
    ${epochMs('c.valid_from')} as "validFrom", ${epochMs('c.valid_until')} as "validUntil",
    ${epochMs('c.held_until')} as "heldUntil"
  from coupon c join coupon_template t on t.id = c.template_id
  where c.id = any ($1::text[]) and c.store_id is null order by c.id for update of c`;

export type LockedCoupon = HeldCoupon & { readonly shopperId: string };

/** By id; whose they are, the rules look at. */
export async function lockCoupons(
  tx: Queryable,
  couponIds: readonly string[],
): Promise<ReadonlyMap<string, LockedCoupon>> {
  const rows = await tx.query<LockedCoupon>(LOCK, [[...new Set(couponIds)].sort()]);
  return new Map(rows.map((row) => [row.id, row]));
}

const HOLD = `
  update coupon c set state = 'locked', order_id = w.order_id, cut_fen = w.cut_fen
  from unnest($1::text[], $2::text[], $3::bigint[]) as w (id, order_id, cut_fen)
  where c.id = w.id and c.state = 'usable' and (c.held_until is null or c.held_until <= clock_timestamp())
  returning c.id`;

/** Puts coupons into the orders that take them. @returns how many were still free */
export async function holdCoupons(
  tx: Queryable,
  held: readonly { readonly id: string; readonly orderId: string; readonly cutFen: number }[],
): Promise<number> {
  const rows = await tx.query(HOLD, [
    held.map(({ id }) => id),
    held.map(({ orderId }) => orderId),
    held.map(({ cutFen }) => cutFen),
  ]);
  return rows.length;
}

/** The orders are paid: what they held is used, whether its time is over by now or not. */
export async function consumeCoupons(tx: Queryable, orderIds: readonly string[]): Promise<void> {
  await tx.query(
    `update coupon set state = 'used', ended_at = now(), is_unbooked = true
     where id in (select id from coupon where order_id = any ($1::text[]) and state = 'locked' order by id for update)`,
    [orderIds],
  );
}

/**
 * The orders ended: their coupons are free again, once. One whose time ran out meanwhile has a day more from now; one
 * whose campaign was withdrawn is gone, and so is a reward whose order a reviewer refused; its owner is told.
 */
export async function releaseCoupons(
  tx: Queryable,
  orderIds: readonly string[],
  from: 'locked' | 'used' = 'locked',
): Promise<void> {
  if (orderIds.length === 0) return;
  // Against a withdrawal at this moment: it takes the template's row for itself, so one of the two sees the other.
  const templates = await tx.query<{ id: string }>(
    `select id from coupon_template
     where id in (select template_id from coupon where order_id = any ($1::text[]) and state = $2)
     order by id for key share`,
    [orderIds, from],
  );
  if (templates.length === 0) return;
  await tx.query(
    `with freed as (
       select c.id, t.withdrawn_at is not null and r.order_id is null as is_withdrawn, r.order_id is not null as is_refused,
         r.decision_id
       from coupon c join coupon_template t on t.id = c.template_id
       left join risk_order_review r on r.order_id = c.order_id and r.state = 'refused'
         and (t.kind <> 'claim' or t.rule ->> 'kind' = 'red_packet')
       where c.order_id = any ($1::text[]) and c.state = $2 order by c.id for update of c
     ), gone as (
       insert into outbox (topic, aggregate, body)
       select case when is_refused then 'coupon.refused' else 'coupon.withdrawn' end, id, '{}' from freed
       where is_withdrawn or is_refused
     )
     update coupon c set
       state = case when f.is_withdrawn or f.is_refused then 'void' else 'usable' end, order_id = null, cut_fen = null,
       is_refused = f.is_refused, hold_id = coalesce(f.decision_id, c.hold_id),
       ended_at = case when f.is_withdrawn or f.is_refused then now() end, is_unbooked = f.is_withdrawn or f.is_refused or c.is_unbooked or $2 = 'used',
       has_grace = c.has_grace or (not f.is_withdrawn and c.valid_until <= now()),
       valid_until = case when c.valid_until <= now() then now() + interval '${DAY_OF_GRACE_MS} milliseconds'
                          else c.valid_until end
     from freed f where c.id = f.id`,
    [orderIds, from],
  );
}

/** Goods of the order went back: its coupons' share of them is no longer spent. */
export async function rebookCoupons(tx: Queryable, orderId: string): Promise<void> {
  await tx.query(`update coupon set is_unbooked = true where order_id = $1 and state = 'used'`, [orderId]);
}
