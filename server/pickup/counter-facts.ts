import type { RefusalOf } from '../../lib/contracts/contract.ts';
import type { counterHandOver, Handover } from '../../lib/contracts/counter.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import type { AtCounter, CounterRefusal } from '../../lib/domain/pickup/at-the-counter.ts';
import { UNDO_MS } from '../../lib/domain/pickup/deadlines.ts';
import type { PickupLine, PickupState } from '../../lib/domain/pickup/pickup.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import type { Queryable } from '../platform/database.ts';
import { epochMs, readCounterOrder } from './counter-orders.ts';
import { readPickupLines } from './order-pickup.ts';

/** What is known of an order at a counter, with the moment of the database at which it was so. */
export type Facts = AtCounter & { readonly now: number; readonly phone: string };

type Row = {
  order_state: OrderState;
  state: PickupState;
  store_id: string;
  promised_at: number;
  fetch_before: number | null;
  review_until: number | null;
  device_id: string | null;
  until: number | null;
  phone: string;
  now: number;
};

const READ = `
  select o.state as order_state, p.state, p.store_id, ${epochMs('p.promised_at')} as promised_at,
    ${epochMs('p.fetch_before')} as fetch_before, ${epochMs('o.held_until')} as review_until,
    l.device_id, ${epochMs('l.until')} as until, o.address ->> 'phone' as phone, ${epochMs('clock_timestamp()')} as now
  from pickup p join orders o on o.id = p.order_id
  left join pickup_lease l on l.id = p.lease_id and l.ended_at is null
  where p.order_id = $1`;
/** The order's row first, as everywhere. */
const LOCK = `select 1 from orders where id = $1 for update`;
const READ_LOCKED = `${READ} for update of p`;

const LAST_HANDED = `
  select id as "handoverId", ${epochMs('at')} as at, clerk_id as "clerkId" from pickup_handover
  where order_id = $1 and undone_at is null order by at desc limit 1`;

/** Reads an order as a counter sees it; `isLocked`: whatever else wants to move it waits for this transaction. */
export async function readFacts(tx: Queryable, orderId: string, { isLocked = false } = {}): Promise<Facts | null> {
  // Sent in one go and answered in this order: what is read is read under the locks.
  const [, [row], lines, [handed]] = await Promise.all([
    isLocked ? tx.query(LOCK, [orderId]) : null,
    tx.query<Row>(isLocked ? READ_LOCKED : READ, [orderId]),
    readPickupLines(tx, orderId),
    tx.query<NonNullable<AtCounter['handed']>>(LAST_HANDED, [orderId]),
  ]);
  if (!row) return null;
  return {
    orderState: row.order_state,
    state: row.state,
    storeId: row.store_id,
    lines: lines as PickupLine[],
    promisedAt: row.promised_at,
    reviewUntil: row.review_until,
    fetchBefore: row.fetch_before,
    handed: handed ?? null,
    lease: row.device_id !== null && row.until !== null ? { deviceId: row.device_id, until: row.until } : null,
    now: row.now,
    phone: row.phone,
  };
}

type NotNow = Extract<RefusalOf<typeof counterHandOver>, { code: CounterRefusal['code'] }>;

/** A refusal with the names that a clerk reads. */
export async function dressRefusal(
  db: Queryable,
  { orderId, clerkId }: { orderId: string; clerkId: string },
  refusal: CounterRefusal,
): Promise<NotNow> {
  if (refusal.code === 'wrong_store') return { code: 'wrong_store', store: await storeNamed(db, refusal.storeId) };
  if (refusal.code !== 'already_handed') return refusal;
  const [store, order] = await Promise.all([storeNamed(db, refusal.storeId), readCounterOrder(db, orderId, clerkId)]);
  const handover = order?.handovers.find(({ id }) => id === refusal.handed?.handoverId) ?? null;
  return { code: 'already_handed', store, handover };
}

export async function storeNamed(db: Queryable, storeId: string) {
  const [store] = await db.query<{ id: string; name: { zh: string; en: string } }>(
    'select id, name from location where id = $1',
    [storeId],
  );
  if (!store) throw new Error(`store ${storeId} vanished`);
  return store;
}

/** The order as a clerk is shown it after he did something. @throws when it vanished */
export async function orderAfter(db: Queryable, orderId: string, clerkId: string) {
  const order = await readCounterOrder(db, orderId, clerkId);
  if (!order) throw new Error(`pickup ${orderId} vanished`);
  const [time] = await db.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`);
  return { now: time?.now ?? 0, order };
}

export function handoverOf(order: { handovers: readonly Handover[] }, id: string): Handover {
  const handover = order.handovers.find((one) => one.id === id);
  if (!handover) throw new Error(`handing over ${id} vanished`);
  return { ...handover, undoUntil: handover.at + UNDO_MS };
}

/** What every command of the counter needs first: a clerk with a store of his own. */
export function needsPost<P>(post: P | null): Result<P, { code: 'no_store' }> {
  return post === null ? refuse({ code: 'no_store' }) : accept(post);
}
