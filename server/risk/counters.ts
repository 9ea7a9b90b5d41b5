import { HOUR_MS } from '../../lib/domain/time.ts';
import type { Queryable } from '../platform/database.ts';

const TAPS = 8;
const REMEMBERED_MAX = 50_000;

/**
 * What is counted beside the decisions and written a second later, many at a time: people of an address cluster, and how
 * often each rule fired. Taps are remembered by this process only. All of it is a hint; who is lost with a process was
 * counted a little too well.
 */
export function openCounters() {
  const taps = new Map<string, number[]>();
  let seen = new Set<string>();
  let seenHour = 0;
  let people = new Map<string, number>();
  let fired = new Map<string, number>();

  return {
    /** Remembers this tap; answers the last ones, oldest first. */
    tap(shopperId: string, at: number): readonly number[] {
      const mine = [...(taps.get(shopperId) ?? []), at].slice(-TAPS);
      if (taps.size >= REMEMBERED_MAX) taps.clear();
      taps.set(shopperId, mine);
      return mine;
    },

    /** Somebody of this cluster asked for a reward; once a person and hour. */
    sight(cluster: string, shopperId: string, at: number): void {
      const hour = Math.floor(at / HOUR_MS);
      if (hour !== seenHour || seen.size >= REMEMBERED_MAX) {
        seen = new Set();
        seenHour = hour;
      }
      const key = `${cluster}|${shopperId}`;
      if (seen.has(key)) return;
      seen.add(key);
      people.set(cluster, (people.get(cluster) ?? 0) + 1);
    },

    fire(codes: readonly string[]): void {
      for (const code of codes) fired.set(code, (fired.get(code) ?? 0) + 1);
    },

    /** Writes what has been counted; what cannot be written is kept for the next time. */
    async flush(db: Queryable): Promise<void> {
      const [sighted, rules] = [people, fired];
      people = new Map();
      fired = new Map();
      try {
        if (sighted.size > 0) {
          await db.query(
            `insert into risk_address as a (cluster, hour, people)
             select c, date_trunc('hour', now()), n from unnest($1::text[], $2::integer[]) k (c, n) order by c
             on conflict (cluster, hour) do update set people = a.people + excluded.people`,
            [[...sighted.keys()], [...sighted.values()]],
          );
          sighted.clear();
        }
        if (rules.size > 0) {
          await db.query(
            `insert into risk_rule_day as r (code, day, fired)
             select c, (now() at time zone 'Asia/Shanghai')::date, n from unnest($1::text[], $2::bigint[]) k (c, n) order by c
             on conflict (code, day) do update set fired = r.fired + excluded.fired`,
            [[...rules.keys()], [...rules.values()]],
          );
          rules.clear();
        }
      } finally {
        for (const [cluster, n] of sighted) people.set(cluster, (people.get(cluster) ?? 0) + n);
        for (const [code, n] of rules) fired.set(code, (fired.get(code) ?? 0) + n);
      }
    },
  };
}
