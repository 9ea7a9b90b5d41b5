import { isLocked, NO_TRIES, type Tries, triesLeft, wrongCode } from '../../lib/domain/pickup/tries.ts';
import type { Queryable } from '../platform/database.ts';
import { logCounter } from './clerks.ts';
import { epochMs } from './counter-orders.ts';

type Row = { wrong_at: string[]; locked_until: number; now: number };

/**
 * The wrong codes of a clerk, kept to himself by the row's lock: of guesses that he sends at once each waits for the one
 * before it, so that no more are looked at than he may make.
 */
export async function openTries(tx: Queryable, clerkId: string) {
  const read = () =>
    tx.query<Row>(
      `select wrong_at, locked_until, ${epochMs('clock_timestamp()')} as now from counter_tries
       where clerk_id = $1 for update`,
      [clerkId],
    );
  let [row] = await read();
  if (!row) {
    await tx.query('insert into counter_tries (clerk_id) values ($1) on conflict do nothing', [clerkId]);
    [row] = await read();
  }
  const now = row?.now ?? 0;
  let tries: Tries = row ? { wrongAt: row.wrong_at.map(Number), lockedUntil: row.locked_until } : NO_TRIES;
  return {
    now,
    lockedUntil: () => (isLocked(tries, now) ? tries.lockedUntil : null),
    /** Counts one more. @returns how many are left before the lock */
    async wrong(storeId: string): Promise<number> {
      tries = wrongCode(tries, now);
      await tx.query('update counter_tries set wrong_at = $2::bigint[], locked_until = $3 where clerk_id = $1', [
        clerkId,
        tries.wrongAt,
        tries.lockedUntil,
      ]);
      const locked = isLocked(tries, now);
      await logCounter(tx, { storeId, clerkId, what: 'wrong_code' });
      if (locked) await logCounter(tx, { storeId, clerkId, what: 'locked' });
      return locked ? 0 : triesLeft(tries, now);
    },
  };
}

export type OpenTries = Awaited<ReturnType<typeof openTries>>;
