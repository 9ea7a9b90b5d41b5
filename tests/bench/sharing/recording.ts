import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { checkInvariants, violationsOf } from '../../../server/check/check.ts';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { LIMITS } from '../../../server/platform/limits.ts';
import { openLog } from '../../../server/platform/log.ts';
import { readFunnel } from '../../../server/sharing/funnel.ts';
import { readSpreaders } from '../../../server/sharing/spreaders.ts';
import { readSubtree } from '../../../server/sharing/studio-links.ts';
import { openVisitRecorder } from '../../../server/sharing/visit-recorder.ts';
import { writeVisits } from '../../../server/sharing/visit-rows.ts';
import { PHONE_AGENT } from '../../support/sharing.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import { type GrownLink, growLinks, median } from './tree.ts';

const CALLERS = 16;
/** Ours writes its batches without waiting for the disk. */
const ON_DISK = '; each commit waits for the disk, ours does not';
const IN_MEMORY = '; neither side waits for the disk';
const NOT_WAITING = '-c synchronous_commit=off';
const AT_ONCE = 500;

type Pick = () => { link: GrownLink; visitorId: string };

/** Visitors come to links near the root more often than to leaves. */
function picker(links: readonly GrownLink[]): Pick {
  // One piece of memory each, as they come out of a cookie's header; what `randomUUID` answers is glued from twenty.
  const visitors = Array.from({ length: 200_000 }, () => Buffer.from(randomUUID()).toString('latin1'));
  return () => ({
    link: links[Math.floor(links.length * Math.random() ** 2)] as GrownLink,
    visitorId: visitors[Math.floor(Math.random() * visitors.length)] as string,
  });
}

/**
 * Offers as many, some at a time as requests come, while it writes; never more than may wait. Ends when all are written.
 * @returns visits per second
 */
async function record(db: Database, pick: Pick, count: number): Promise<number> {
  const recorder = openVisitRecorder({ db, log: openLog('warn'), limits: { seenMax: 2_000_000 } });
  const startedAt = performance.now();
  for (let done = 0; done < count; ) {
    const room = Math.min(count - done, AT_ONCE, LIMITS.sharing.visits.bufferMax - recorder.waiting());
    for (let n = 0; n < room; n += 1) {
      const from = () => ({ channel: 'wechat', source: null });
      recorder.offer({ ...pick(), isNewcomer: false, address: () => '', userAgent: PHONE_AGENT, from });
    }
    done += room;
    await (room > 0 ? nextTurn() : pause(1));
  }
  await recorder.flush();
  const perSecond = (count * 1_000) / (performance.now() - startedAt);
  await recorder.drain();
  return perSecond;
}

/** The usual way: an insert per visit, `CALLERS` at a time, prepared. Without any of the counts. */
async function insertEach(pool: pg.Pool, pick: Pick, count: number): Promise<number> {
  let left = count;
  const startedAt = performance.now();
  const caller = async () => {
    while (left-- > 0) {
      const { link, visitorId } = pick();
      await pool.query({
        name: 'visit',
        text: `insert into share_visit (link_id, visitor_id, hour, at, channel)
               values ($1, $2, floor(extract(epoch from now()) / 3600)::integer, now(), 'wechat') on conflict do nothing`,
        values: [link.id, visitorId],
      });
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return (count * 1_000) / (performance.now() - startedAt);
}

/** One visit with all that is counted of it, `CALLERS` at a time: what a batch does for many. */
async function countEach(db: Database, pick: Pick, count: number): Promise<number> {
  let left = count;
  const startedAt = performance.now();
  const caller = async () => {
    while (left-- > 0) {
      const { link, visitorId } = pick();
      const visit = { link_id: link.id, visitor_id: visitorId, age_ms: 0, channel: 'wechat', source: null };
      await writeVisits(db, [visit]);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return (count * 1_000) / (performance.now() - startedAt);
}

async function timed(runs: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  return median(took);
}

/** 1,000,000 visits over 100,000 links in five rounds, beside one insert per visit; then what a marketer reads, as it grows. */
export async function measureRecording({ quick, report }: BenchOptions): Promise<void> {
  const runs = quick ? 1 : 5;
  const world = await openWorld();
  const db = openDatabase(world.url, { max: 4 });
  const many = openDatabase(world.url, { max: CALLERS });
  const pool = new pg.Pool({ connectionString: world.url, max: CALLERS });
  const hasty = new pg.Pool({ connectionString: world.url, max: CALLERS, options: NOT_WAITING });
  for (const one of [pool, hasty]) one.on('error', () => {});
  try {
    const sizes = quick ? [1_000, 10_000] : [10_000, 100_000, 1_000_000];
    const reads: { visits: number; funnel: number; spreaders: number; subtree: number }[] = [];
    for (const visits of sizes) {
      const campaignId = `c${visits}`;
      const links = await growLinks(db, campaignId, Math.max(10, visits / 10));
      const pick = picker(links);
      if (visits === sizes.at(-1)) {
        // Whoever inserts one by one has rows of his own: a tree that nobody counts.
        const other = await growLinks(db, 'one-by-one', links.length);
        const theirs = picker(other);
        for (const one of [pool, hasty]) await insertEach(one, theirs, 500);
        await countEach(many, theirs, 200);
        const [ours, naive, unsynced, counted]: [number[], number[], number[], number[]] = [[], [], [], []];
        for (let round = 0; round < runs; round += 1) {
          naive.push(await insertEach(pool, theirs, quick ? 1_000 : 10_000));
          unsynced.push(await insertEach(hasty, theirs, quick ? 1_000 : 10_000));
          counted.push(await countEach(many, theirs, quick ? 200 : 5_000));
          ours.push(await record(db, pick, visits / runs));
        }
        const spread = `${Math.min(...ours).toFixed(0)}–${Math.max(...ours).toFixed(0)}`;
        const all = `${visits} visits over ${links.length} links with their counts; by ${CALLERS} connections`;
        for (const [name, baseline, notes] of [
          ['recording-vs-insert-each', median(naive), `${all} one insert per visit, without counts${ON_DISK}`],
          [
            'recording-vs-insert-each-unsynced',
            median(unsynced),
            `${all} one insert per visit, without counts${IN_MEMORY}`,
          ],
          [
            'recording-vs-count-each',
            median(counted),
            `${all} one statement per visit, with the same counts${ON_DISK}`,
          ],
        ] as const) {
          const facts = {
            ours: median(ours),
            baseline,
            ratio: median(ours) / baseline,
            unit: 'visits/s',
            runs,
            spread,
          };
          report({ name, ...facts, notes });
        }
      } else await record(db, pick, visits);
      await db.query('vacuum analyze share_tally, share_visit, share_credit, share_hour');
      const root = links[0]?.code ?? '';
      reads.push({
        visits,
        funnel: await timed(9, () => readFunnel(db, campaignId)),
        spreaders: await timed(9, () => readSpreaders(db, campaignId)),
        subtree: await timed(9, () => readSubtree(db, root, (code) => `/s/${code}`)),
      });
    }
    const last = reads.at(-1);
    for (const [name, target] of [
      ['funnel', 200],
      ['spreaders', 200],
      ['subtree', 300],
    ] as const) {
      const ours = last?.[name] ?? 0;
      const growth = reads.map((read) => `${read.visits}: ${read[name].toFixed(1)} ms`).join(', ');
      report({
        name: `read-${name}`,
        ours,
        baseline: target,
        ratio: target / ours,
        unit: 'ms',
        runs: 9,
        spread: '',
        notes: `the baseline is the promise; by visits of the campaign ${growth}`,
      });
    }
    const violations = violationsOf(await checkInvariants(db, { listedMax: 3 }));
    if (violations.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(violations)}`);
  } finally {
    await many.close();
    await pool.end();
    await hasty.end();
    await db.close();
    await world.stop();
  }
}
