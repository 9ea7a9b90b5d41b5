import type { Database } from '../platform/database.ts';
import { releaseCoupons } from '../promo/coupon-holds.ts';
import { releaseHolds } from './end-holds.postgres.ts';

/*
 * What ends unpaid, hundreds of orders at a time: one statement moves them, writes their log, puts the news into the
 * outbox and tells the phones that look on. Order rows are locked first, stock rows after them (`releaseHolds`).
 */

/** What follows from `moved (id, shopper_id, state, sequence)`, in the moving statement. */
const POSTED = `
  posted as (
    insert into outbox (topic, aggregate, body)
    select 'order.moved', id, jsonb_build_object('orderId', id, 'state', state) from moved
  )`;
const TELL = `pg_notify('order', jsonb_build_object('orderId', id, 'shopperId', shopper_id, 'state', state,
                                                   'sequence', sequence)::text)`;

/** What another worker has locked is his. Parameters: margin in ms, how many. */
const LOCK_DUE = `
  select id from orders
  where state = 'pending_pay' and pay_before <= now() - $1 * interval '1 ms'
  order by pay_before limit $2 for update skip locked`;

/**
 * Of these locked orders those with an open payment wait for their channel's word (`closing`); for the others there is
 * nobody to ask: they take both steps at once. Begins after the locks are held, so it sees every payment that was opened.
 */
const END_DUE = `
  with due as (
    select d.id, exists (select 1 from payment p where p.order_id = d.id
                         and p.state in ('created', 'open', 'closing')) as is_open
    from unnest($1::text[]) as d (id)
  ), moved as (
    update orders o set closed_because = 'unpaid', state = case when due.is_open then 'closing' else 'closed' end,
      sequence = o.sequence + case when due.is_open then 1 else 2 end,
      closed_at = case when due.is_open then o.closed_at else now() end
    from due where o.id = due.id and o.state = 'pending_pay'
    returning o.id, o.shopper_id, o.state, o.sequence, o.cuts <> '[]' as has_cuts
  ), logged as (
    insert into order_log (order_id, step, from_state, to_state, actor, reason)
    select m.id, m.sequence - s.back, s.from_state, s.to_state, 'worker', 'unpaid'
    from moved m
    cross join lateral (
      select case m.state when 'closed' then 1 else 0 end, 'pending_pay', 'closing'
      union all
      select 0, 'closing', 'closed' where m.state = 'closed'
    ) s (back, from_state, to_state)
  ), ${POSTED}
  select id, state, has_cuts, ${TELL} from moved`;

/** Parameters: ids, who closes them. */
const CLOSE = `
  with due as (
    select id from orders where id = any ($1::text[]) and state = 'closing' order by id for update
  ), moved as (
    update orders o set state = 'closed', sequence = o.sequence + 1, closed_at = now()
    from due where o.id = due.id
    returning o.id, o.shopper_id, o.state, o.sequence, o.cuts <> '[]' as has_cuts,
              case o.closed_because when 'cancelled' then 'cancelled' else 'unpaid' end as reason
  ), logged as (
    insert into order_log (order_id, step, from_state, to_state, actor, reason)
    select id, sequence, 'closing', state, $2, reason from moved
  ), ${POSTED}
  select id, reason, has_cuts, ${TELL} from moved`;

/** Those that may hold coupons: the others cost nothing here. */
const withCuts = (rows: readonly { id: string; has_cuts: boolean }[]) =>
  rows.filter((row) => row.has_cuts).map((row) => row.id);

/** See `OrderBook.endDue`. */
export function endDue(db: Database, marginMs: number, limit: number): Promise<{ ended: string[]; asked: string[] }> {
  return db.hotTransaction(async (tx) => {
    const due = await tx.query<{ id: string }>(LOCK_DUE, [marginMs, limit]);
    if (due.length === 0) return { ended: [], asked: [] };
    const moved = await tx.query<{ id: string; state: string; has_cuts: boolean }>(END_DUE, [due.map((row) => row.id)]);
    const idsIn = (state: string) => moved.filter((row) => row.state === state).map((row) => row.id);
    const ended = idsIn('closed');
    await releaseHolds(tx, { expired: ended, cancelled: [] });
    await releaseCoupons(tx, withCuts(moved.filter((row) => row.state === 'closed')));
    return { ended, asked: idsIn('closing') };
  });
}

/** See `OrderBook.close`. */
export function closeOrders(db: Database, orderIds: readonly string[], actor: string): Promise<string[]> {
  return db.hotTransaction(async (tx) => {
    const closed = await tx.query<{ id: string; reason: 'cancelled' | 'unpaid'; has_cuts: boolean }>(CLOSE, [
      orderIds,
      actor,
    ]);
    const because = (reason: string) => closed.filter((row) => row.reason === reason).map((row) => row.id);
    await releaseHolds(tx, { expired: because('unpaid'), cancelled: because('cancelled') });
    await releaseCoupons(tx, withCuts(closed));
    return closed.map((row) => row.id);
  });
}
