import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer } from '../platform/sequencer.ts';

export type Pace = keyof typeof LIMITS.risk.pace;

/** One person's counter of one kind, and whether one more is spent or only looked at. */
type Ask = { readonly pace: Pace; readonly shopperId: string; readonly spends: 0 | 1 };
type Count = { readonly points: number; readonly expiresAt: number };

const keyOf = ({ pace, shopperId }: Ask) => `risk_${pace}:${shopperId}`;

/**
 * Counts what was asked together in one statement, on the database's clock; a look writes nothing.
 * Sorted by key, so that two edges never wait for each other.
 */
async function count(db: Database, asks: readonly Ask[]): Promise<(Count | null)[]> {
  const spending = asks.filter(({ spends }) => spends === 1).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const looking = asks.filter(({ spends }) => spends === 0);
  const rows = await db.query<{ key: string; points: number; expiresAt: number }>(
    `with clock as (select floor(extract(epoch from now()) * 1000)::bigint as at),
     spent as (
       insert into rate_limit as r (key, points, expire)
       select one.key, 1, clock.at + one.lasts_ms
       from unnest($1::text[], $2::bigint[]) as one(key, lasts_ms), clock
       on conflict (key) do update set
         points = case when r.expire <= (select at from clock) then 1 else r.points + 1 end,
         expire = case when r.expire <= (select at from clock) then excluded.expire else r.expire end
       returning key, points, expire
     )
     select key, points, expire::float8 as "expiresAt" from spent
     union all
     select r.key, r.points, r.expire::float8 from rate_limit r, clock
     where r.key = any($3::text[]) and r.expire > clock.at`,
    [spending.map(keyOf), spending.map(({ pace }) => LIMITS.risk.pace[pace].perSeconds * 1_000), looking.map(keyOf)],
  );
  const counted = new Map(rows.map((row) => [row.key, row]));
  return asks.map((ask) => counted.get(keyOf(ask)) ?? null);
}

/** How fast one person may ask; counted by all processes together, and by each alone while the database is away. */
export function openPaces(db: Database) {
  const alone = Object.fromEntries(
    Object.entries(LIMITS.risk.pace).map(([name, { points, perSeconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: `risk_${name}`, points, duration: perSeconds }),
    ]),
  ) as Record<Pace, RateLimiterMemory>;
  const counter = openSequencer<Ask, Count | null>({
    settle: (asks) => count(db, asks),
    keyOf,
    batchMax: LIMITS.risk.batchMax,
    queueMax: Number.POSITIVE_INFINITY,
    isEverybodys: isUnavailable,
  });

  /** From when on there is another, by this process's own counts. */
  async function askedAlone({ pace, shopperId, spends }: Ask): Promise<number | null> {
    const { points } = LIMITS.risk.pace[pace];
    if (spends === 0) {
      const spent = await alone[pace].get(shopperId);
      return spent && spent.consumedPoints >= points ? Date.now() + spent.msBeforeNext : null;
    }
    try {
      await alone[pace].consume(shopperId);
      return null;
    } catch (limited) {
      if (limited instanceof RateLimiterRes) return Date.now() + Math.max(1, limited.msBeforeNext);
      throw limited;
    }
  }

  async function ask(asked: Ask): Promise<number | null> {
    try {
      const counted = await counter.submit(asked);
      const { points } = LIMITS.risk.pace[asked.pace];
      // One that was spent is in the count already; one that is looked at would be the next.
      return counted && counted.points + (1 - asked.spends) > points ? counted.expiresAt : null;
    } catch (error) {
      if (isUnavailable(error)) return askedAlone(asked);
      throw error;
    }
  }

  return {
    drain: () => counter.drain(),
    /** Spends one; answers null, or from when on there is another, epoch ms. */
    spend: (pace: Pace, shopperId: string): Promise<number | null> => ask({ pace, shopperId, spends: 1 }),
    /** From when on there is another, without spending one; null: now. */
    whenFree: (pace: Pace, shopperId: string): Promise<number | null> => ask({ pace, shopperId, spends: 0 }),
  };
}

export type Paces = ReturnType<typeof openPaces>;
