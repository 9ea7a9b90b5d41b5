import { setTimeout as pause } from 'node:timers/promises';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';

/**
 * Nobody listens yet, or Postgres says itself that it is starting, recovering or going down (57P03), or it went away
 * while it was asked.
 */
function isNotUpYet(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return /^(ECONNREFUSED|ECONNRESET|57P0[123])$/.test(code);
  return error.message.startsWith('Connection terminated');
}

/**
 * Returns when the database answers. After a reboot or a fail-over it may come up later than this process, whose
 * supervisor would only start it again and again.
 *
 * @throws what the database says when that is not "not yet" (a wrong password …), or when it still says so after `waitMsMax`
 */
export async function waitForDatabase(
  db: Queryable,
  log: Log,
  { startWaitMsMax, startAskEveryMs }: { startWaitMsMax: number; startAskEveryMs: number } = LIMITS.database,
): Promise<void> {
  const startedAt = performance.now();
  for (let asked = 1; ; asked += 1) {
    try {
      await db.query('select 1');
      if (asked > 1) log.info({ afterMs: Math.round(performance.now() - startedAt) }, 'the database answers');
      return;
    } catch (error) {
      if (!isNotUpYet(error) || performance.now() - startedAt + startAskEveryMs > startWaitMsMax) throw error;
      if (asked === 1)
        log.warn({ err: error, waitMsMax: startWaitMsMax }, 'waiting for the database, which is not up yet');
      await pause(startAskEveryMs);
    }
  }
}
