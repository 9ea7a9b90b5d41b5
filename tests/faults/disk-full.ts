import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../crowd/random.ts';
import { putOnSale } from '../support/goods.ts';
import { type CheckResult, checkBooks, checkHistory } from './checks.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { History } from './history.ts';
import type { Phone } from './phone.ts';
import { settle } from './round.ts';
import { FaultShopper } from './shopper.ts';

const SIZE_MB = 256;
const MB = 1 << 20;
const FULL_MS = 4_000;
const FULL_MS_MAX = 20_000;
const BACK_MS_MAX = 30_000;
const SHOPPERS = 20;
/** Nobody walks away: who has ten unpaid orders could not buy any more when there is space again. */
const NOBODY_LEAVES = { pays: 0.5, cancels: 0.5 };

type DiskResult =
  | { readonly missing: string; readonly said: null; readonly checks: null }
  | { readonly missing: null; readonly said: string; readonly checks: readonly CheckResult[] };

/** Takes all space that is left, down to the last kilobytes. */
async function fill(file: string): Promise<void> {
  const ballast = await open(file, 'a');
  try {
    for (const size of [MB, 1 << 14, 1 << 10]) {
      const piece = Buffer.alloc(size, 1);
      for (;;) {
        const written = await ballast.write(piece).catch(() => null);
        if (written === null || written.bytesWritten < size) break;
      }
    }
  } finally {
    await ballast.close();
  }
}

/**
 * A shop whose disk is full: nothing that was acknowledged is lost, shoppers are asked to come again and their same
 * command is answered once there is space. The disk is a small tmpfs, which takes root and a kernel that lets us.
 */
export async function runDiskFull(options: {
  folder: string;
  seed: number;
  people: (cluster: Cluster, count: number) => Promise<Phone[]>;
  /** What has to be closed at the end goes here, the latest last. */
  opened: (() => Promise<unknown>)[];
}): Promise<DiskResult> {
  const { folder, seed } = options;
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}M,mode=0755`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    return { missing: 'a small tmpfs cannot be mounted here (that takes root)', said: null, checks: null };
  }
  const { opened } = options;
  opened.push(async () => {
    if (spawnSync('umount', [folder]).status !== 0) spawnSync('umount', ['-l', folder]);
  });
  const cluster = await startCluster({ folder, random: randomOf(seed), fakeTime: null });
  opened.push(cluster.stop, () => rm(join(folder, 'ballast'), { force: true }));
  return sellOnFullDisk(cluster, folder, seed, await options.people(cluster, SHOPPERS));
}

async function sellOnFullDisk(cluster: Cluster, folder: string, seed: number, phones: Phone[]): Promise<DiskResult> {
  const history = new History(null);
  const skuId = 'disk';
  await putOnSale(cluster.db, { id: skuId, onHand: 1_000_000 });
  await cluster.db.query(`select pg_notify('stock', '*')`);
  const shoppers = phones.map((phone, n) => new FaultShopper(phone, skuId, randomOf(seed + n), history, NOBODY_LEAVES));
  await Promise.all(shoppers.map((one) => one.arrive()));
  let isOver = false;
  let acceptedAt = 0;
  const buying = shoppers.map(async (one) => {
    while (!isOver) if (await one.attempt(1)) acceptedAt = performance.now();
  });
  await pause(1_500);
  await fill(join(folder, 'ballast'));
  // Files that the database has made in advance are used up too.
  await cluster.db.query('create table ballast (x text)').catch(() => {});
  for (let isFull = false; !isFull; ) {
    await cluster.db.query(`insert into ballast select repeat('x', 900) from generate_series(1, 5000)`).catch(() => {
      isFull = true;
    });
  }
  const fullAt = performance.now();
  let shown = 0;
  const asked = () => history.refusals.get('try_later') ?? 0;
  // The space that the log has already goes first; then it is full for everybody.
  while (performance.now() < fullAt + FULL_MS || (asked() === 0 && performance.now() < fullAt + FULL_MS_MAX)) {
    const answer = await (phones[0] as Phone).shelf(`shelf-${skuId}`).catch(() => null);
    if (answer) shown += 1;
    // What little the database frees by itself is taken too.
    await fill(join(folder, 'ballast'));
    await pause(200);
  }
  const askedToWait = asked();
  await rm(join(folder, 'ballast'), { force: true });
  const freedAt = performance.now();
  while (acceptedAt < freedAt && performance.now() < freedAt + 2 * BACK_MS_MAX) {
    await cluster.ensurePostgres();
    await pause(50);
  }
  const backMs = acceptedAt - freedAt;
  isOver = true;
  await Promise.all(buying);
  for (const phone of phones) phone.close();
  await cluster.allUp();
  await settle(cluster, randomOf(seed), true);
  const accepted = history.count((one) => one.final === 'ok');
  return {
    missing: null,
    said: `full disk: ${accepted} accepted, asked to wait ${askedToWait} times while it was full, stock shown ${shown} times; first order ${backMs.toFixed(0)} ms after there was space`,
    checks: [
      ...(await checkHistory(cluster.db, history)),
      ...(await checkBooks(cluster.db)),
      { name: 'a full disk was met and said', found: askedToWait > 0 ? [] : ['nobody was asked to wait'] },
      { name: 'stock is shown while the disk is full', found: shown > 0 ? [] : ['no answer'] },
      {
        name: 'orders go on within 30 s of space',
        found: backMs >= 0 && backMs <= BACK_MS_MAX ? [] : [`${backMs.toFixed(0)} ms`],
      },
    ],
  };
}
