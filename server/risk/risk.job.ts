import type { RefundBook } from '../order/refund-book.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { isGateClosed, openLiftedGate, reportControl } from './gate.ts';
import { freeDueHolds, freeGateHolds, oldestHold, takeBackRefused } from './holds.ts';
import { reviewPaidOrders } from './order-reviews.ts';
import { purgeRisk } from './purge.ts';
import { endDueReviews, refundRefused } from './review-decisions.ts';
import type { Risk } from './service.ts';

type Deps = { readonly db: Database; readonly log: Log; readonly risk: Risk; readonly refunds: RefundBook };

/** What time does to holds, and the heartbeat without which no reward leaves. Two workers do no harm. */
export function startRiskJobs({ db, log, risk, refunds }: Deps): Loop[] {
  async function review(): Promise<boolean> {
    const hasMore = await reviewPaidOrders(db, risk.hashes);
    await endDueReviews(db);
    await refundRefused({ db, refunds, log });
    return hasMore;
  }

  async function sweep(): Promise<boolean> {
    const hasMore = await freeDueHolds(db);
    await takeBackRefused(db);
    await openLiftedGate(db);
    const oldest = await oldestHold(db);
    await reportControl(db, 'review', oldest === null ? '' : new Date(oldest).toISOString());
    const isClosed = await isGateClosed(db);
    return (!isClosed && (await freeGateHolds(db))) || hasMore;
  }
  return [
    startLoop('risk', LIMITS.risk.sweepEveryMs, sweep, log),
    startLoop('risk-orders', LIMITS.risk.sweepEveryMs, review, log),
    startLoop('risk-purge', LIMITS.risk.purgeEveryMs, () => purgeRisk(db), log),
  ];
}
