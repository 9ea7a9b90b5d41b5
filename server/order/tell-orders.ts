import type { Queryable } from '../platform/database.ts';

/** Tells the phones that look on that these orders have changed. */
const TELL = `
  select pg_notify('order', jsonb_build_object('orderId', id, 'shopperId', shopper_id, 'state', state,
                                               'sequence', sequence)::text)
  from orders where id = any ($1::text[])`;

export async function tellOrders(tx: Queryable, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length > 0) await tx.query(TELL, [orderIds]);
}
