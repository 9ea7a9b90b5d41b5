import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import { startProgram } from '../shop/processes.ts';
import type { Seen } from './load.ts';
import { growLinks, median } from './tree.ts';

const LINKS = 1_000;
const RATE = 2_000;

/** Landing answers of one edge with recording on: their p99 at 2,000/s, and their rate beside a constant answer. */
export async function measureLanding({ quick, report }: BenchOptions): Promise<void> {
  const runs = quick ? 1 : 5;
  const seconds = quick ? 2 : 5;
  const world = await openWorld();
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-sharing-'));
  const links = await growLinks(world.db, 'landing', LINKS);
  const file = join(folder, 'codes.json');
  await writeFile(file, JSON.stringify(links.map(({ code }) => code)));
  const edge = await startProgram('../sharing/seat.ts', [world.url, links[0]?.code ?? '']);
  const load = async (rate: number, from: string): Promise<Seen> => {
    const args = [join(import.meta.dirname, 'load.ts'), edge.port, seconds, rate, from].map(String);
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const seen = JSON.parse(stdout) as Seen;
    if (seen.wrong > 0 || seen.answers === 0) throw new Error(`wrong answers: ${stdout}`);
    return seen;
  };
  try {
    await load(0, file);
    await load(0, '');
    const ours: Seen[] = [];
    const constant: Seen[] = [];
    const steady: Seen[] = [];
    for (let round = 0; round < runs; round += 1) {
      constant.push(await load(0, ''));
      ours.push(await load(0, file));
      steady.push(await load(RATE, file));
    }
    const [row] = await world.db.query<{ n: number }>('select count(*) as n from share_visit');
    const rate = (seen: readonly Seen[]) => median(seen.map(({ perSecond }) => perSecond));
    const spread = (values: readonly number[]) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
    const [a, b] = [rate(ours), rate(constant)];
    report({
      name: 'landing-vs-constant',
      ours: a,
      baseline: b,
      ratio: a / b,
      unit: 'answers/s',
      runs,
      spread: spread(ours.map(({ perSecond }) => perSecond)),
      notes: `${LINKS} links, recording on, ${row?.n ?? 0} visits written; the same server answering a constant of that size`,
    });
    const p99 = steady.map(({ p99Ms }) => p99Ms);
    report({
      name: 'landing-p99-at-2000',
      ours: median(p99),
      baseline: 30,
      ratio: 30 / median(p99),
      unit: 'ms',
      runs,
      spread: spread(p99),
      notes: `open loop at ${RATE}/s, from when a request was due; the baseline is the promise; p50 ${median(steady.map(({ p50Ms }) => p50Ms)).toFixed(1)} ms`,
    });
  } finally {
    await edge.stop();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
