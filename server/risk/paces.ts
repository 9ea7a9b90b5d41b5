import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

export type Pace = keyof typeof LIMITS.risk.pace;

/** How fast one person may ask; counted by all processes together, and by each alone while the database is away. */
export function openPaces(db: Database) {
  const limiters = Object.fromEntries(
    Object.entries(LIMITS.risk.pace).map(([name, { points, perSeconds }]) => [
      name,
      new RateLimiterPostgres({
        storeClient: db.pool,
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: `risk_${name}`,
        points,
        duration: perSeconds,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: `risk_${name}`, points, duration: perSeconds }),
      }),
    ]),
  ) as Record<Pace, RateLimiterPostgres>;

  return {
    /** Spends one; answers null, or from when on there is another, epoch ms. */
    async spend(pace: Pace, shopperId: string): Promise<number | null> {
      try {
        await limiters[pace].consume(shopperId);
        return null;
      } catch (limited) {
        if (limited instanceof RateLimiterRes) return Date.now() + Math.max(1, limited.msBeforeNext);
        throw limited;
      }
    },
    /** From when on there is another, without spending one; null: now. */
    async whenFree(pace: Pace, shopperId: string): Promise<number | null> {
      const spent = await limiters[pace].get(shopperId);
      return spent && spent.consumedPoints >= LIMITS.risk.pace[pace].points ? Date.now() + spent.msBeforeNext : null;
    },
  };
}

export type Paces = ReturnType<typeof openPaces>;
