/*
 * npm run payments-storm -- --payments 20000 --seed 7: promise P4 with a number. A database of its own, a gateway
 * that misbehaves in every way we know, and at the end the books of both beside each other. Ends with 1 when a fen
 * is unmatched or anything wrong was believed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../../server/platform/database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../../server/platform/embedded-postgres.ts';
import { migrate } from '../../../server/platform/migrate.ts';
import { runStorm, type StormReport } from './storm.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const yuan = (fen: number) => `¥${(fen / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
const list = (counted: Readonly<Record<string, number>>) =>
  Object.entries(counted)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function print(report: StormReport): void {
  say(`\n${report.payments} payments, --seed ${report.seed}, ${report.seconds} s`);
  say(`orders      ${list(report.orders)}`);
  say(`notices     ${list(report.notices)}`);
  say(`whims       ${list(report.whims)}`);
  say(`in doubt    ${report.inDoubt} answers, asked for again with the same key`);
  const { count, p95Seconds, worstSeconds } = report.refunds;
  say(`refunds     ${count}, waiting between tries: 95 % within ${p95Seconds} s, the last ${worstSeconds} s`);
  say(`captured    ${yuan(report.capturedFen)} = goods ${yuan(report.goodsFen)} + back ${yuan(report.returnedFen)}`);
  say(`unmatched   ${report.unmatchedFen} fen ${report.unmatchedOrders.join(' ')}`);
  say(`believed wrongly ${report.wrongAccepted}, forged and kept ${report.forgedKept}`);
  say(`invariants  ${report.brokenInvariants.length === 0 ? 'all hold' : report.brokenInvariants.join('\n')}`);
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { payments: { type: 'string', default: '20000' }, seed: { type: 'string' } },
  });
  const payments = Number(values.payments);
  const seed = values.seed === undefined ? Date.now() % 1_000_003 : Number(values.seed);
  if (!(Number.isSafeInteger(payments) && payments > 0 && Number.isSafeInteger(seed))) {
    process.stderr.write('npm run payments-storm -- [--payments N] [--seed N]\n');
    return 2;
  }
  say(`${payments} payments, --seed ${seed}`);
  const dataDir = await mkdtemp(join(tmpdir(), 'festa-payments-storm-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    const db = openDatabase(postgres.url, { max: 24 });
    try {
      await migrate(db);
      const report = await runStorm(db, { payments, seed, say });
      print(report);
      const isClean =
        report.unmatchedFen === 0 &&
        report.wrongAccepted === 0 &&
        report.forgedKept === 0 &&
        report.brokenInvariants.length === 0;
      return isClean ? 0 : 1;
    } finally {
      await db.close();
    }
  } finally {
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}

process.exitCode = await run();
