import { RETURN_WINDOW_MS } from '../../lib/domain/order/refund-request.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { OrderService } from './service.ts';

/** How often orders that time moves on by itself (received, completed) are looked at. */
const AGEING_EVERY_MS = 60_000;
/** A closing order that nobody has finished for this long is taken up again. */
const STUCK_MS = 5_000;

/**
 * Ends what was not paid: due orders without an open payment are closed together, the others become `closing` and end
 * once their channel has said that it has closed (close before release). A second worker finds nothing to take.
 */
export function startOrderJobs(deps: { orders: OrderService; db: Database; log: Log }): Loop[] {
  const { orders, db, log } = deps;
  const { closeMarginMs, channelMarginMs, expiryBatchMax, expiryEveryMs } = LIMITS.order;

  async function expire(): Promise<boolean> {
    const { ended, asked } = await orders.book.endDue(channelMarginMs - closeMarginMs, expiryBatchMax);
    const stuck = await orders.book.listClosing(STUCK_MS, expiryBatchMax);
    for (const orderId of new Set([...asked, ...stuck])) {
      await orders.finishClosing(orderId, 'worker').catch((error: unknown) => {
        log.error({ orderId, err: error }, 'an order could not be closed; tried again');
      });
    }
    const due = ended.length + asked.length;
    if (due > 0) log.info({ closed: ended.length, asked: asked.length }, 'unpaid orders ended');
    return due === expiryBatchMax;
  }

  async function age(): Promise<void> {
    const due = await db.query<{ id: string; to: 'received' | 'completed' }>(
      `select id, case state when 'shipped' then 'received' else 'completed' end as to from orders
       where (state = 'shipped' and shipped_at < now() - ($1 || ' milliseconds')::interval)
          or (state = 'received' and received_at < now() - ($2 || ' milliseconds')::interval) limit 500`,
      [LIMITS.order.autoReceiveMs, RETURN_WINDOW_MS],
    );
    for (const { id, to } of due) {
      const from = to === 'received' ? (['shipped'] as const) : (['received'] as const);
      await orders.book.move(id, to, { actor: 'worker', from, reason: 'time' });
    }
  }

  return [startLoop('order-expiry', expiryEveryMs, expire, log), startLoop('order-ageing', AGEING_EVERY_MS, age, log)];
}
