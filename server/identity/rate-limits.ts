import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../platform/database.ts';

/** What may be asked for, per phone, address and day; `points` in `perSeconds`. */
export const IDENTITY_LIMITS = {
  codeResend: { points: 1, perSeconds: 60 },
  codePerPhoneHour: { points: 5, perSeconds: 3_600 },
  codePerPhoneDay: { points: 10, perSeconds: 86_400 },
  codePerAddressHour: { points: 100, perSeconds: 3_600 },
  /** What a day of messages may cost us at the most: someone else's robot must not spend it. */
  codePerDay: { points: 50_000, perSeconds: 86_400 },
  passwordPerEmail: { points: 5, perSeconds: 900 },
  passwordPerAddress: { points: 60, perSeconds: 900 },
} as const;

/** Which limit, and whose. */
export type Spending = [limit: keyof typeof IDENTITY_LIMITS, key: string];

/**
 * Counters in Postgres, so that all edges count together; when it does not answer they count alone, in memory, rather
 * than let everything through.
 */
export function openRateLimits(db: Database) {
  const limiters = new Map(
    Object.entries(IDENTITY_LIMITS).map(([name, { points, perSeconds }]) => [
      name,
      new RateLimiterPostgres({
        storeClient: db.pool,
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: perSeconds,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: perSeconds }),
      }),
    ]),
  );
  return {
    /** Spends one point of each, in order; answers 0, or how long to wait (ms) for the first that is used up. */
    async spend(...wanted: Spending[]): Promise<number> {
      for (const [name, key] of wanted) {
        try {
          await limiters.get(name)?.consume(key);
        } catch (limited) {
          if (limited instanceof RateLimiterRes) return Math.max(1, limited.msBeforeNext);
          throw limited;
        }
      }
      return 0;
    },
    /** Forgets what was spent: a right password is not an attack. */
    async forgive(...[name, key]: Spending): Promise<void> {
      await limiters.get(name)?.delete(key);
    },
  };
}
