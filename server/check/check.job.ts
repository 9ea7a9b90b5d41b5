import { Gauge } from 'prom-client';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { Metrics } from '../platform/metrics.ts';
import { checkInvariants, INVARIANTS, violationsOf } from './check.ts';
import { keepRun, lastRun, stopSales } from './sale-stop.ts';

/** Any number: it keeps two workers from asking at once. */
const LOCK = 20_261_112;
/** A run may take this share of one core: a shop that has grown is asked less often, not at the cost of its sale. */
const SHARE_MAX = 1 / 20;

/**
 * Asks all invariants every minute in one worker of all. A violation that names a SKU stops its sale: rather sell
 * nothing of it than go on wrong. All are counted and logged.
 */
export function startChecker(deps: { db: Database; metrics: Metrics; log: Log; everyMs?: number }): Loop {
  const { db, metrics, log, everyMs = LIMITS.check.everyMs } = deps;
  const found = new Gauge({
    name: 'festa_invariant_violations',
    help: 'Violations that the last run of this worker found, by invariant',
    labelNames: ['invariant'],
    registers: [metrics.registry],
  });
  const seconds = metrics.gauge('festa_invariant_run_seconds', 'How long the last run of this worker took');
  const stopped = metrics.counter('festa_sale_stops_total', 'SKUs whose sale this worker has stopped');
  for (const { name } of INVARIANTS) found.set({ invariant: name }, 0);

  async function check(): Promise<void> {
    const run = await db.transaction(async (tx) => {
      const [mine] = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LOCK]);
      if (!mine?.mine) return null;
      const { now, last } = await lastRun(tx);
      if (last && now < last.at + Math.max(everyMs, last.tookMs / SHARE_MAX)) return null;
      await tx.query(`select set_config('statement_timeout', '120s', true),
                             set_config('max_parallel_workers_per_gather', '0', true)`);
      const startedAt = performance.now();
      const checked = await checkInvariants(tx, { listedMax: LIMITS.check.listedMax });
      const tookMs = performance.now() - startedAt;
      const violations = violationsOf(checked);
      const skus = await stopSales(tx, violations);
      await keepRun(tx, { at: now, asked: checked.length, tookMs, violations });
      return { checked, violations, skus, tookMs };
    });
    if (run === null) return;
    for (const { invariant, total } of run.checked) found.set({ invariant: invariant.name }, total);
    seconds.set(run.tookMs / 1_000);
    stopped.inc(run.skus.length);
    for (const { invariant, total, violations } of run.checked) {
      if (total === 0) continue;
      log.error({ invariant: invariant.name, total, first: violations[0] }, `${invariant.id} is violated`);
    }
    for (const skuId of run.skus) log.error({ skuId }, 'its books do not balance: its sale is stopped');
  }

  return startLoop('invariants', everyMs, check, log);
}
