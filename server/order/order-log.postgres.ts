import type { Queryable } from '../platform/database.ts';

/** Tells the world that these orders have changed: the outbox for what must arrive, a notice for phones that look on. */
const TELL = `
  with told as (
    insert into outbox (topic, aggregate, body)
    select 'order.moved', id, jsonb_build_object('orderId', id, 'state', state) from orders where id = any ($1::text[])
  )
  select pg_notify('order', jsonb_build_object('orderId', id, 'shopperId', shopper_id, 'state', state,
                                               'sequence', sequence)::text)
  from orders where id = any ($1::text[])`;

export async function tellOrders(tx: Queryable, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length > 0) await tx.query(TELL, [orderIds]);
}

/** Writes the log row of a move that has just been made and tells of it; behind every guarded update. */
export async function logMove(
  tx: Queryable,
  orderIds: readonly string[],
  move: { from: string | null; to: string; actor: string; reason?: string | null },
): Promise<void> {
  if (orderIds.length === 0) return;
  await tx.query(
    `insert into order_log (order_id, step, from_state, to_state, actor, reason)
     select id, sequence, $2, $3, $4, $5 from orders where id = any ($1::text[])`,
    [orderIds, move.from, move.to, move.actor, move.reason ?? null],
  );
  await tellOrders(tx, orderIds);
}
