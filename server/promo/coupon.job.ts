import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { applyRaises, bookCoupons, expireCoupons, releaseUntaken } from './book-coupons.ts';
import { keepPace } from './pace.ts';
import { remindOfCoupons } from './remind-coupons.ts';

/** What time does to coupons, and the books behind it. Two workers do no harm: each takes rows that nobody holds. */
export function startCouponJobs({ db, log }: { db: Database; log: Log }): Loop[] {
  async function sweep(): Promise<boolean> {
    const hasMore = await expireCoupons(db);
    await applyRaises(db);
    return (await bookCoupons(db)) || hasMore;
  }
  /** Whoever looks at the log sees it, too; on /ops it waits for an operator. */
  async function watchPace(): Promise<void> {
    for (const paused of await keepPace(db)) log.error(paused, 'a campaign spends too fast: it is stopped');
  }
  return [
    startLoop('coupon-pace', LIMITS.coupon.paceEveryMs, watchPace, log),
    startLoop('coupons', LIMITS.coupon.sweepEveryMs, sweep, log),
    startLoop('coupon-reminders', LIMITS.coupon.remindEveryMs, () => remindOfCoupons(db), log),
    startLoop('coupons-shipped', LIMITS.coupon.shippedEveryMs, () => releaseUntaken(db), log),
  ];
}
