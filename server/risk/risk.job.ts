import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { isGateClosed, openLiftedGate, reportControl } from './gate.ts';
import { freeDueHolds, freeGateHolds, oldestHold, takeBackRefused } from './holds.ts';
import { purgeRisk } from './purge.ts';

/** What time does to holds, and the heartbeat without which no reward leaves. Two workers do no harm. */
export function startRiskJobs({ db, log }: { db: Database; log: Log }): Loop[] {
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
    startLoop('risk-purge', LIMITS.risk.purgeEveryMs, () => purgeRisk(db), log),
  ];
}
