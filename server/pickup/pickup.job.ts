import type { RefundBook } from '../order/refund-book.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { expirePickups, remindOfPickups, tidyPickups } from './sweep.ts';

/** What time does to pickups: they expire and are paid back, their owners are reminded, old leases and codes end. */
export function startPickupJobs({ db, refunds, log }: { db: Database; refunds: RefundBook; log: Log }): Loop[] {
  return [
    startLoop('pickup-expiry', LIMITS.pickup.expiryEveryMs, () => expirePickups(db, refunds), log),
    startLoop('pickup-told', LIMITS.pickup.remindEveryMs, () => remindOfPickups(db), log),
    startLoop('pickup-tidy', LIMITS.pickup.tidyEveryMs, () => tidyPickups(db), log),
  ];
}
