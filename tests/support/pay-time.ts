import { openDatabase } from '../../server/platform/database.ts';
import { LIMITS } from '../../server/platform/limits.ts';
import { borrowDatabase } from '../../server/start/database.ts';

/**
 * Lets the time to pay of an order in the running server run out now: the order and what it holds are as they would
 * be after the minutes that a journey does not wait. The server's own worker closes it.
 */
export async function runOutPayTime(home: string, orderId: string): Promise<void> {
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 1 });
  const { channelMarginMs, closeMarginMs } = LIMITS.order;
  await db.transaction(async (tx) => {
    const [order] = await tx.query<{ early_ms: number }>(
      `select (extract(epoch from pay_before - now()) * 1000)::bigint + $2 as early_ms from orders
       where id = $1 and state = 'pending_pay' for update`,
      [orderId, channelMarginMs - closeMarginMs],
    );
    if (!order) throw new Error(`${orderId} does not wait for a payment`);
    const early = [orderId, `${order.early_ms} milliseconds`];
    await tx.query('update orders set pay_before = pay_before - $2::interval where id = $1', early);
    await tx.query(
      `update reservation set expires_at = expires_at - $2::interval where order_id = $1 and state = 'active'`,
      early,
    );
  });
  await db.close();
  await database.stop();
}
