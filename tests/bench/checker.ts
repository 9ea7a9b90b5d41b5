/*
 * The checker on a shop with 100,000 orders: all its invariants as the command asks them, against the promise of two
 * seconds. The shop's rows are made by the database, and every invariant must hold of them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInvariants, violationsOf } from '../../server/check/check.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { fillShop } from './checker/shop-rows.ts';
import type { BenchOptions } from './report.ts';

const ORDERS = 100_000;
const PROMISED_MS = 2_000;

export async function run({ quick, report }: BenchOptions): Promise<void> {
  const orders = quick ? ORDERS / 10 : ORDERS;
  const dataDir = await mkdtemp(join(tmpdir(), 'festa-bench-checker-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  const db = openDatabase(postgres.url, { max: 2 });
  try {
    await migrate(db);
    await fillShop(db, orders);
    const rounds = [];
    for (let round = 0; round < (quick ? 2 : 7); round += 1) {
      const startedAt = performance.now();
      const checked = await checkInvariants(db, { quiet: true, lanes: 2 });
      const ms = performance.now() - startedAt;
      const broken = violationsOf(checked);
      if (broken.length > 0) throw new Error(`The made-up shop breaks an invariant: ${JSON.stringify(broken[0])}`);
      rounds.push({ checked, ms });
    }
    rounds.sort((a, b) => a.ms - b.ms);
    const median = rounds[Math.floor(rounds.length / 2)]!;
    const slowest = [...median.checked].sort((a, b) => b.ms - a.ms).slice(0, 5);
    report({
      name: 'checker',
      ours: median.ms,
      baseline: PROMISED_MS,
      ratio: PROMISED_MS / median.ms,
      unit: 'ms',
      runs: rounds.length,
      spread: `${rounds[0]!.ms.toFixed(0)}–${rounds.at(-1)!.ms.toFixed(0)} ms`,
      notes: `${median.checked.length} invariants on ${orders} orders; slowest ${slowest
        .map(({ invariant, ms }) => `${invariant.name} ${ms.toFixed(0)}`)
        .join(', ')}`,
    });
  } finally {
    await db.close();
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}
