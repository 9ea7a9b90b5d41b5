import { GRACE_MS } from '../../lib/domain/pickup/deadlines.ts';
import { type PickupLine, type PickupState, unitsWaiting } from '../../lib/domain/pickup/pickup.ts';
import type { AskedRequest, AskRefusal } from '../order/refund-book.ts';
import type { Queryable } from '../platform/database.ts';

/*
 * What the order and payment rooms do to a pickup, in transactions of their own that hold the order's row. Lock order:
 * order, pickup, stock rows.
 */

/** The order is paid: the store may put its goods aside. Its units are sold where they were held. */
export async function openPickup(tx: Queryable, orderId: string): Promise<void> {
  await Promise.all([
    tx.query(
      `insert into pickup (order_id, store_id, promised_at) select id, store_id, promised_at from orders where id = $1`,
      [orderId],
    ),
    tx.query(
      `insert into pickup_line (order_id, line_number, sku_id, quantity, location_id)
       select l.order_id, l.line_number, l.sku_id, l.quantity, r.location_id
       from order_line l join reservation r on r.order_id = l.order_id and r.sku_id = l.sku_id where l.order_id = $1`,
      [orderId],
    ),
  ]);
}

/** Lines of a pickup with what of them was handed over and paid back; none: it is not one, or it is not paid. */
export function readPickupLines(tx: Queryable, orderId: string): Promise<PickupLine[]> {
  return tx.query<PickupLine>(
    `select p.line_number as "lineNumber", p.quantity, p.handed, l.refunded_quantity as refunded
     from pickup_line p join order_line l using (order_id, line_number)
     where p.order_id = $1 order by p.line_number`,
    [orderId],
  );
}

/** What can still go back as a refund, because nobody has it; null: the order is not fetched. */
export async function unitsToFetch(tx: Queryable, orderId: string) {
  const lines = await readPickupLines(tx, orderId);
  return lines.length === 0 ? null : unitsWaiting(lines);
}

/**
 * Why goods of an order for pickup cannot be refunded now; null: they can, or it is no such order. Goods that were
 * handed over come back as a return; goods that a counter may be handing over without network wait for its word.
 */
export async function refundBar(tx: Queryable, orderId: string, wanted: AskedRequest): Promise<AskRefusal | null> {
  const [pickup] = await tx.query<{ state: PickupState; until: number | null; isOver: boolean | null }>(
    `select p.state, p.fetch_before + $2 * interval '1 millisecond' <= clock_timestamp() as "isOver",
            (select (extract(epoch from l.until) * 1000)::bigint from pickup_lease l
             where l.id = p.lease_id and l.ended_at is null and l.until > clock_timestamp()) as until
     from pickup p where p.order_id = $1 for update of p`,
    [orderId, GRACE_MS],
  );
  if (!pickup) return null;
  if (pickup.until !== null) return { code: 'held_at_store', until: pickup.until };
  const isDue = pickup.state === 'ready' && pickup.isOver === true;
  const mayGo = wanted.isExpiry ? isDue : pickup.state === 'preparing' || pickup.state === 'ready';
  if (!mayGo) return { code: 'order_cannot_move', state: 'paid' };
  const waiting = unitsWaiting(await readPickupLines(tx, orderId));
  for (const { lineNumber, quantity } of wanted.lines ?? []) {
    const left = waiting.find((one) => one.lineNumber === lineNumber)?.quantity ?? 0;
    if (quantity > left) return { code: 'too_many_units', lineNumber, left };
  }
  return null;
}

/**
 * Money of an order has gone back: where nothing of it is left to be fetched, its pickup is over.
 * @returns how it ended now; null: it goes on, had ended before, or there is none
 */
export async function settlePickup(tx: Queryable, orderId: string): Promise<'handed_over' | 'refunded' | null> {
  const [ended] = await tx.query<{ state: 'handed_over' | 'refunded' }>(
    `update pickup p set state = case when x.handed > 0 then 'handed_over' else 'refunded' end, lease_id = null
     from (select sum(p.handed) as handed, sum(p.quantity - p.handed - l.refunded_quantity) as waiting
           from pickup_line p join order_line l using (order_id, line_number) where p.order_id = $1) x
     where p.order_id = $1 and p.state in ('preparing', 'ready', 'expired') and x.waiting = 0 returning p.state`,
    [orderId],
  );
  return ended?.state ?? null;
}
