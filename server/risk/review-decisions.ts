import { randomUUID } from 'node:crypto';
import type { RefundBook } from '../order/refund-book.ts';
import { tellOrders } from '../order/tell-orders.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { reviewHolds } from './holds.ts';
import { holdUnused, REVIEW_LOCK } from './order-reviews.ts';

/* What becomes of orders that are held for review. Lock order: the group, order rows, coupons, decisions. */

type Given = { readonly isFreed: boolean; readonly by: string; readonly words: string };

/**
 * One decision for all orders of a group that are still held, and for the rewards that its people have not used. What
 * time has freed before stays free.
 * @returns the orders it was for; or what became of the group before: `freed`, `refused`; null: there is none
 */
export async function decideGroup(
  tx: Queryable,
  groupId: string,
  { isFreed, by, words }: Given,
): Promise<readonly string[] | 'freed' | 'refused' | null> {
  const [group] = await tx.query<{ state: 'open' | 'freed' | 'refused'; until: number }>(
    `select state, ${epochMs("clock_timestamp() + interval '1 hour'")} as until from risk_order_group where id = $1 for update`,
    [groupId],
  );
  if (!group) return null;
  if (group.state !== 'open') return group.state;
  await tx.query(
    `select 1 from orders where id in (select order_id from risk_order_review where group_id = $1 and state = 'held')
     order by id for update`,
    [groupId],
  );
  const state = isFreed ? 'freed' : 'refused';
  const ended = await tx.query<{ id: string }>(
    `update risk_order_review set state = '${state}', decided_at = now(), decided_by = $2, words = $3
     where group_id = $1 and state = 'held' and held_until > clock_timestamp() returning order_id as id`,
    [groupId, by, words],
  );
  if (ended.length === 0) return 'freed';
  const orderIds = ended.map(({ id }) => id);
  await tx.query(
    `update orders set held_until = ${isFreed ? 'now()' : "'infinity'"}, sequence = sequence + 1 where id = any ($1::text[])`,
    [orderIds],
  );
  await tx.query(
    `update risk_order_group set state = '${state}', decided_at = now(), decided_by = $2, words = $3 where id = $1`,
    [groupId, by, words],
  );
  if (isFreed) {
    // Only those who were there: whoever comes after them by the same payer is counted anew.
    await tx.query(
      `update risk_order set is_freed = true
       where shopper_id in (select shopper_id from risk_order_group_person where group_id = $1)`,
      [groupId],
    );
  }
  // What came back or was won since the group was opened.
  if (!isFreed) await holdUnused(tx, groupId, group.until);
  const decisions = await tx.query<{ id: string }>(
    `select id from risk_decision where group_id = $1 and state = 'standing'`,
    [groupId],
  );
  await reviewHolds(
    tx,
    decisions.map(({ id }) => id),
    { isFreed, by, words },
  );
  if (!isFreed) {
    await tx.query(
      `insert into risk_mark (campaign_id, kind, subject, by)
       select campaign_id, 'payout', subject, $2 from risk_order_group where id = $1 and kind = 'payer' and subject is not null
       on conflict do nothing`,
      [groupId, by],
    );
  }
  await writeNews(tx, state, orderIds);
  await tellOrders(tx, orderIds);
  return orderIds;
}

/** What their owners are told, once for each order. */
async function writeNews(tx: Queryable, state: 'freed' | 'refused', orderIds: readonly string[]): Promise<void> {
  await tx.query(`insert into outbox (topic, aggregate, body) select $1, unnest($2::text[]), '{}'`, [
    `review.${state}`,
    orderIds,
  ]);
}

/** An appeal was upheld: the order of this decision goes on, if its money has not gone back yet. */
export async function freeOrderOf(tx: Queryable, decisionId: string, { by, words }: Omit<Given, 'isFreed'>) {
  const [order] = await tx.query<{ id: string }>(
    `select o.id from risk_order_review r join orders o on o.id = r.order_id where r.decision_id = $1 for update of o`,
    [decisionId],
  );
  if (!order) return;
  await tx.query(
    `update risk_order_review set state = 'freed', decided_at = now(), decided_by = $2, words = $3
     where order_id = $1 and state <> 'freed'`,
    [order.id, by, words],
  );
  const freed = await tx.query<{ id: string }>(
    'update orders set held_until = now(), sequence = sequence + 1 where id = $1 and held_until > now() returning id',
    [order.id],
  );
  await writeNews(
    tx,
    'freed',
    freed.map(({ id }) => id),
  );
  await tellOrders(tx, [order.id]);
}

/**
 * Orders that nobody has looked at in time have gone on, and nobody needs to look at one whose money its shopper has
 * back; a group without a held order is over.
 */
export function endDueReviews(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    // Who holds an order for a group at this moment is before this, or after it.
    await tx.query(`select pg_advisory_xact_lock(${REVIEW_LOCK})`);
    await tx.query(
      `with ended as (
         update risk_order_review r set state = 'freed', decided_at = least(r.held_until, now()) from orders o
         where o.id = r.order_id and r.state = 'held' and (r.held_until <= now() or o.state = 'refunded')
         returning r.decision_id, r.order_id, o.state
       ), told as (
         insert into outbox (topic, aggregate, body) select 'review.freed', order_id, '{}' from ended where state <> 'refunded'
       )
       update risk_decision set state = 'freed', ended_at = least(hold_until, now())
       where id in (select decision_id from ended) and state = 'standing'`,
    );
    await tx.query(
      `update risk_order_group g set state = 'freed', decided_at = now()
       where state = 'open'
         and not exists (select 1 from risk_order_review r where r.group_id = g.id and r.state = 'held')`,
    );
  });
}

const TO_REFUND = `
  select r.order_id as "orderId", r.decided_by as actor, r.words, o.state,
    (select q.id from refund_request q where q.order_id = o.id and q.state = 'requested') as "requestId"
  from risk_order_review r join orders o on o.id = r.order_id
  where r.state = 'refused' and not r.is_refunded and o.state in ('paid', 'refund_requested')
  order by r.decided_at limit $1`;

type ToRefund = {
  orderId: string;
  actor: string;
  words: string;
  state: 'paid' | 'refund_requested';
  requestId: string | null;
};

/**
 * Refused orders go the way of every full refund: what is left of them is asked back and agreed to, and the payment room
 * sends the money. What the shopper has asked for himself is agreed to first. Each is tried until all has gone back.
 */
export async function refundRefused({
  db,
  refunds,
  log,
}: {
  readonly db: Database;
  readonly refunds: RefundBook;
  readonly log: Log;
}): Promise<void> {
  await db.query(
    `update risk_order_review r set is_refunded = true from orders o
     where o.id = r.order_id and r.state = 'refused' and not r.is_refunded and o.state = 'refunded'`,
  );
  for (const { orderId, actor, words, state, requestId } of await db.query<ToRefund>(TO_REFUND, [
    LIMITS.risk.sweepMax,
  ])) {
    try {
      const id = requestId ?? randomUUID();
      if (state === 'paid') {
        const wanted = { requestId: id, orderId, kind: 'refund', reason: words, lines: null } as const;
        if (!(await refunds.ask(wanted, actor)).ok) continue;
      }
      await refunds.move({ orderId, requestId: id, to: 'refunding', from: ['requested'], actor, answer: words });
    } catch (error) {
      log.error({ orderId, err: error }, 'a refused order was not refunded; tried again');
    }
  }
}
