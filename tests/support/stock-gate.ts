import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../server/platform/database.ts';
import { borrowDatabase } from '../../server/start/database.ts';
import { hold, stockRow } from './contest.ts';

const WAIT_MS_MAX = 20_000;

/** Holds the goods of the running server back, as a rush in front of them does: orders of them wait until `open`. */
export async function holdGoods(home: string, skuId: string) {
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 2 });
  const gate = await hold(db, stockRow(skuId));
  return {
    /** Resolves when somebody waits for a lock. */
    async untilSomebodyWaits(): Promise<void> {
      for (const until = performance.now() + WAIT_MS_MAX; performance.now() < until; await pause(20)) {
        const waiting = await db.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (waiting.length > 0) return;
      }
      throw new Error('Nobody came for the goods');
    },
    async open(): Promise<void> {
      await gate.release();
      await db.close();
      await database.stop();
    },
  };
}
