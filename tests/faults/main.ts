/*
 * npm run faults -- [--shape short|p1|p2|packets|pickups] [--rounds N] [--seed S] [--minutes M] [--attempts N] [--json] [--report FILE] [--history DIR]
 * Kills, cuts and stops everything while phones buy, and holds what they were told against the database. The shape
 * `packets` does the same to team packets (P5); its `--attempts` are pots. `pickups` does it to counters (P6); its are orders.
 * Every round prints its seed; `--seed S --rounds 1` with the same shape repeats what its phones want and what breaks.
 * Exit codes: 0 every promise was kept, 1 one was broken, 2 it could not run.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { issueLoadIdentity } from '../../server/identity/load-identity.ts';
import { randomOf } from '../crowd/random.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import type { CheckResult } from './checks.ts';
import { type Cluster, SECRET, startCluster } from './cluster.ts';
import { runDiskFull } from './disk-full.ts';
import { findFakeTime } from './fake-time.ts';
import { History } from './history.ts';
import { killsOf } from './injectors.ts';
import { describePackets, PACKET_PEOPLE, runPackets } from './packets.ts';
import { Phone } from './phone.ts';
import { describePickups, PICKUP_CLERKS, runPickups } from './pickups.ts';
import { type RoundResult, runRound } from './round.ts';

type Shape = {
  rounds: number;
  phones: number;
  units: number;
  attempts: number;
  kills: number;
  minutes: number;
  meanMs: number;
  fillsDisk: boolean;
};

const SHAPES: Readonly<Record<string, Shape>> = {
  /** What `npm test` runs. */
  short: {
    rounds: 1,
    phones: 100,
    units: 1_000,
    attempts: 1_000_000,
    kills: 1_000,
    minutes: 0.6,
    meanMs: 1_500,
    fillsDisk: true,
  },
  /** P1: 20 seeds × 100,000 attempts on 1,000 units. Most people get nothing, as in a rush. */
  p1: {
    rounds: 20,
    phones: 700,
    units: 1_000,
    attempts: 100_000,
    kills: 1_000_000,
    minutes: 60,
    meanMs: 4_000,
    fillsDisk: false,
  },
  /** P2: 200 kills while there is always something to buy. */
  p2: {
    rounds: 1,
    phones: 100,
    units: 200_000,
    attempts: 10_000_000,
    kills: 200,
    minutes: 60,
    meanMs: 400,
    fillsDisk: false,
  },
  /** P6: 500 orders at two stores, half of them from a list without network. */
  pickups: {
    rounds: 1,
    phones: PICKUP_CLERKS,
    units: 0,
    attempts: 500,
    kills: 1_000_000,
    minutes: 60,
    meanMs: 1_500,
    fillsDisk: false,
  },
  /** P5: 10,000 pots from their opening to the last share. */
  packets: {
    rounds: 1,
    phones: PACKET_PEOPLE,
    units: 0,
    attempts: 10_000,
    kills: 1_000_000,
    minutes: 60,
    meanMs: 1_500,
    fillsDisk: false,
  },
};
/** Orders for pickup that `npm test` hands over under fire, after its round. */
const SHORT_PICKUPS = { count: 24, meanMs: 900 };
/** So many sign in at once. */
const WAVE = 50;

const { values } = parseArgs({
  options: {
    shape: { type: 'string', default: 'short' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    attempts: { type: 'string' },
    json: { type: 'boolean', default: false },
    report: { type: 'string' },
    history: { type: 'string' },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const report = { passed: [] as string[], failed: [] as string[], notRun: [] as string[] };

function judge(where: string, checks: readonly CheckResult[]): void {
  for (const { name, found } of checks) {
    const title = `faults, ${where}: ${name}`;
    if (found.length === 0) report.passed.push(title);
    else {
      report.failed.push(title);
      say(
        `✗ ${title}\n${found
          .slice(0, 5)
          .map((line) => `    ${line}`)
          .join('\n')}${found.length > 5 ? `\n    … ${found.length} in all` : ''}`,
      );
    }
  }
}

function describe(round: RoundResult): string {
  if (values.json) return JSON.stringify({ ...round, checks: round.checks.filter(({ found }) => found.length > 0) });
  const { seed, attempts, accepted, inDoubt, inDoubtCommitted, frames, injected, seconds } = round;
  const ready = [...injected.readyMs].sort((a, b) => a - b);
  const broken = round.checks.filter(({ found }) => found.length > 0).length;
  return [
    `${broken === 0 ? '✓' : '✗'} seed ${seed}: ${attempts} attempts in ${seconds.toFixed(0)} s, ${accepted} accepted; `,
    `${killsOf(injected)} kills (edge ${injected.edge}, worker ${injected.worker}, Postgres ${injected.postgres}, `,
    `ready again in ${ready[Math.floor(ready.length / 2)]?.toFixed(0) ?? '–'} ms, at worst ${ready.at(-1)?.toFixed(0) ?? '–'}), `,
    `${injected.restart} restarts, ${injected.freeze} freezes, ${injected.clock} clock jumps; `,
    `in doubt ${inDoubt}, of which ${inDoubtCommitted} had committed; ${frames} frames; ${round.checks.length - broken} of ${round.checks.length} checks kept`,
  ].join('');
}

/** Verified shoppers with an address, each with a way to both edges. */
async function people(cluster: Cluster, count: number): Promise<Phone[]> {
  const identity = issueLoadIdentity(SECRET, Date.now() + 30 * 86_400_000);
  const ports = cluster.proxies.map(({ port }) => port);
  const history = new History(null);
  const phones = Array.from({ length: count }, (_, n) => new Phone(n, ports, identity));
  for (let from = 0; from < count; from += WAVE) {
    const wave = phones.slice(from, from + WAVE);
    await Promise.all(wave.map((phone) => phone.signIn(`154${String(phone.number).padStart(8, '0')}`, history)));
  }
  return phones;
}

/** What is running, the latest last; Ctrl-C leaves neither processes nor mounts behind. */
const opened: (() => Promise<unknown>)[] = [];

let closing: Promise<void> | null = null;

/** Closes what is open; whoever asks again waits for the same. */
function closeAll(): Promise<void> {
  closing ??= (async () => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  })();
  return closing;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('stopping');
    closeAll().finally(() => process.exit(130));
  });
}

async function main(): Promise<void> {
  const shape = SHAPES[values.shape];
  if (!shape) throw new Error(`No shape "${values.shape}". Known: ${Object.keys(SHAPES).join(', ')}`);
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  const rounds = Number(values.rounds ?? shape.rounds);
  const minutes = Number(values.minutes ?? shape.minutes);
  const attempts = Number(values.attempts ?? shape.attempts);
  if (![seed, rounds, attempts].every(Number.isSafeInteger) || !(minutes > 0))
    throw new Error('--seed, --rounds, --attempts and --minutes are numbers');
  say(`faults: shape ${values.shape}, seed ${seed}, ${rounds} rounds, at most ${minutes} minutes`);
  // What a killed process wrote stays with the kernel either way, so a disk would only make the restarts slower.
  const folder = await mkdtemp(join((await memoryFolder()).folder, 'festa-faults-'));
  // As root the database runs as another account, who must be able to enter.
  await chmod(folder, 0o755);
  const fakeTime = findFakeTime();
  if (fakeTime.missing) report.notRun.push(`faults, clock jumps: ${fakeTime.missing}`);
  opened.push(() => rm(folder, { recursive: true, force: true }));
  const cluster = await startCluster({ folder, random: randomOf(seed), fakeTime: fakeTime.library });
  opened.push(cluster.stop);
  const phones = await people(cluster, shape.phones);
  const endsAt = Date.now() + minutes * 60_000;
  for (let n = 0; n < rounds && Date.now() < endsAt; n += 1) {
    const historyFile = values.history ? join(values.history, `history-${seed + n}.jsonl`) : null;
    const { units, kills, meanMs } = shape;
    if (values.shape === 'packets') {
      const result = await runPackets({ cluster, seed: seed + n, phones, pots: attempts, meanMs, say });
      say(values.json ? JSON.stringify(result) : describePackets(result));
      judge(`seed ${seed + n}`, result.checks);
      continue;
    }
    if (values.shape === 'pickups') {
      const result = await runPickups({ cluster, seed: seed + n, phones, count: attempts, meanMs });
      say(values.json ? JSON.stringify(result) : describePickups(result));
      judge(`pickups, seed ${seed + n}`, result.checks);
      continue;
    }
    const options = { units, attemptsMax: attempts, killsMax: kills, endsAt, meanMs, historyFile };
    const result = await runRound({ cluster, seed: seed + n, phones, ...options });
    say(describe(result));
    judge(`seed ${seed + n}`, result.checks);
  }
  if (values.shape === 'short') {
    const result = await runPickups({ cluster, seed, phones, ...SHORT_PICKUPS });
    say(describePickups(result));
    judge(`pickups, seed ${seed}`, result.checks);
  }
  for (const phone of phones) phone.close();
  await opened.pop()?.();
  if (shape.fillsDisk) {
    const disk = await runDiskFull({ folder: join(folder, 'disk'), seed, people, opened });
    if (disk.missing !== null) report.notRun.push(`faults, full disk: ${disk.missing}`);
    else {
      say(disk.said);
      judge('full disk', disk.checks);
    }
  }
  await closeAll();
  for (const line of report.notRun) say(`not run: ${line}`);
  say(`${report.passed.length} checks kept, ${report.failed.length} broken`);
  if (report.failed.length > 0)
    say(`repeat: npm run faults -- --shape ${values.shape} --seed ${seed} --rounds ${rounds}`);
  if (values.report) await writeFile(values.report, JSON.stringify(report));
  process.exitCode = report.failed.length > 0 ? 1 : 0;
}

main().catch(async (error: Error) => {
  await closeAll().catch(() => {});
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 2;
});
