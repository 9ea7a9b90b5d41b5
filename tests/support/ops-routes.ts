import { opsRoutes } from '../../server/ops/ops.http.ts';
import { postgresOrderBook } from '../../server/order/order-book.postgres.ts';
import { orderIdMaker } from '../../server/order/order-id.ts';
import { openOrderQueue } from '../../server/order/order-queue.ts';
import { postgresRefundBook } from '../../server/order/refund-book.postgres.ts';
import { orderService } from '../../server/order/service.ts';
import { pickupDesk } from '../../server/pickup/stores.ts';
import type { Database } from '../../server/platform/database.ts';
import type { Route } from '../../server/platform/door.ts';
import { SECRET } from './identity-edge.ts';

/** The rooms behind the counter over real orders, as one process has them. */
export function opsRoutesOf(db: Database): Route[] {
  const book = postgresOrderBook(db, orderIdMaker(1));
  const orders = orderService({
    book,
    queue: openOrderQueue({ db, book }),
    secret: SECRET,
    addressOf: async () => null,
    pickup: pickupDesk(db),
    closer: { closeAll: async () => 'closed' },
  });
  return opsRoutes({ db, orders, refunds: postgresRefundBook(db) });
}
