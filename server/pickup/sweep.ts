import { createHash } from 'node:crypto';
import { assert } from '../../lib/domain/assert.ts';
import { GRACE_MS, remindersDue } from '../../lib/domain/pickup/deadlines.ts';
import type { RefundBook } from '../order/refund-book.ts';
import type { Database } from '../platform/database.ts';
import { epochMs } from './counter-orders.ts';
import { endOldLeases } from './lease.ts';
import { tellPickup } from './prepare.ts';

const BATCH = 200;
/** No code of a store comes again before this. */
const CODES_KEPT_DAYS = 180;

/** The request of an order's expiry: of one deadline always the same, so that a worker who died begins no second. */
function expiryRequestId(orderId: string, fetchBefore: number): string {
  const hex = createHash('sha256').update(`pickup-expiry:${orderId}:${fetchBefore}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What was not fetched in time and ten minutes more: all that waits is paid back by the ordinary way of refunds. */
export async function expirePickups(db: Database, refunds: RefundBook): Promise<boolean> {
  const due = await db.query<{ id: string; fetchBefore: number; state: string; requestId: string | null }>(
    `select p.order_id as id, ${epochMs('p.fetch_before')} as "fetchBefore", p.state,
       (select q.id from refund_request q where q.order_id = p.order_id and q.state = 'requested') as "requestId"
     from pickup p join orders o on o.id = p.order_id
     where (p.state = 'ready' and o.state = 'paid' and p.fetch_before + $2 * interval '1 millisecond' <= clock_timestamp()
            and not exists (select 1 from pickup_lease l where l.id = p.lease_id and l.ended_at is null
                            and l.until > clock_timestamp()))
        -- Begun by a worker that died.
        or (p.state = 'expired' and o.state = 'refund_requested')
     order by p.fetch_before limit $1`,
    [BATCH, GRACE_MS],
  );
  for (const { id: orderId, fetchBefore } of due) await expireOne(refunds, orderId, fetchBefore);
  return due.length === BATCH;
}

/** @returns whether it was this one that ended it, or a repeat of it */
export async function expireOne(refunds: RefundBook, orderId: string, fetchBefore: number): Promise<boolean> {
  const requestId = expiryRequestId(orderId, fetchBefore);
  const asked = await refunds.ask(
    {
      requestId,
      orderId,
      kind: 'refund',
      reason: 'pickup_expired',
      lines: null,
      isExpiry: true,
      also: async (tx) => {
        const expired = await tx.query(
          `update pickup set state = 'expired', expired_at = clock_timestamp(), lease_id = null
           where order_id = $1 and state = 'ready' returning 1`,
          [orderId],
        );
        assert(expired.length === 1, 'what may expire is ready');
      },
    },
    'worker',
  );
  if (!asked.ok) return false;
  const moved = await refunds.move({
    orderId,
    requestId,
    to: 'refunding',
    from: ['requested'],
    actor: 'worker',
    answer: 'pickup_expired',
  });
  return moved.ok;
}

/** Tells owners how long their goods still wait; one message for whatever was missed. */
export async function remindOfPickups(db: Database): Promise<void> {
  const ready = await db.query<{ id: string; readyAt: number; fetchBefore: number; reminded: number; now: number }>(
    `select p.order_id as id, ${epochMs('p.ready_at')} as "readyAt", ${epochMs('p.fetch_before')} as "fetchBefore",
       p.reminded, ${epochMs('clock_timestamp()')} as now
     from pickup p join orders o on o.id = p.order_id
     where p.state = 'ready' and o.state = 'paid' and p.ready_at <= clock_timestamp() - interval '1 day' order by p.ready_at`,
  );
  for (const { id, readyAt, fetchBefore, reminded, now } of ready) {
    const due = remindersDue(readyAt, fetchBefore, now);
    if (due <= reminded) continue;
    await db.transaction(async (tx) => {
      await tx.query('select 1 from orders where id = $1 for update', [id]);
      const told = await tx.query(
        `update pickup set reminded = $2 where order_id = $1 and state = 'ready' and reminded < $2 returning 1`,
        [id, due],
      );
      if (told.length > 0) await tellPickup(tx, id, 'pickup_waits');
    });
  }
}

/** Leases that are over, and codes that are old enough to come again. */
export async function tidyPickups(db: Database): Promise<void> {
  await db.transaction((tx) => endOldLeases(tx, null));
  await db.query(
    `delete from pickup_code c where c.made_at < now() - interval '${CODES_KEPT_DAYS} days'
       and not exists (select 1 from pickup p where p.order_id = c.order_id and p.state in ('preparing', 'ready'))`,
  );
}
