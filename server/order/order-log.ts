import type { Queryable } from '../platform/database.ts';
import { tellOrders } from './tell-orders.ts';

/** Puts into the outbox what the shopper must hear of these orders, whoever looks on. */
export async function postNews(tx: Queryable, orderIds: readonly string[], news: string): Promise<void> {
  await tx.query(
    `insert into outbox (topic, aggregate, body)
     select 'order.moved', id, jsonb_build_object('orderId', id, 'state', $2::text) from unnest($1::text[]) as o (id)`,
    [orderIds, news],
  );
}

/**
 * Writes the log row of a move that has just been made and tells of it; behind every guarded update. `news` is what
 * the shopper hears of it where the state alone would say something else.
 */
export async function logMove(
  tx: Queryable,
  orderIds: readonly string[],
  move: { from: string | null; to: string; actor: string; reason?: string | null; news?: string },
): Promise<void> {
  if (orderIds.length === 0) return;
  await tx.query(
    `insert into order_log (order_id, step, from_state, to_state, actor, reason)
     select id, sequence, $2, $3, $4, $5 from orders where id = any ($1::text[])`,
    [orderIds, move.from, move.to, move.actor, move.reason ?? null],
  );
  await postNews(tx, orderIds, move.news ?? move.to);
  await tellOrders(tx, orderIds);
}
