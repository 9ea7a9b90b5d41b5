/*
 * The team packet through the real door: an edge, its Postgres and the phones are processes of their own. What is
 * promised here is a time, not a ratio.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { openDatabase } from '../../../server/platform/database.ts';
import { teamService } from '../../../server/team/service.ts';
import { freePort } from '../../support/free-port.ts';
import { joinTeam, openTeam, putTeamCampaign } from '../../support/teams.ts';
import { type Child, startChild } from '../live/shared.ts';
import { openWorld, type World } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import type { PhonesAnswer, PhonesAsk } from './team-phones.ts';

const SECRET = 'a secret of the bench, thirty-two bytes';
const EDGE = join(import.meta.dirname, '../../faults/edge-process.ts');
const TOLD_MS = 300;
const SEEN_MS = 200;
const PAGES_PER_TEAM = 4;
const JOINS_PER_SECOND = 50;
/** A person may ask to join five times a minute; after so many rounds others come. */
const RUSHES_EACH = 4;

type Edge = ChildProcessByStdio<null, Readable, null>;
type Phones = Child<PhonesAsk, PhonesAnswer>;

async function startEdge(url: string, home: string): Promise<{ edge: Edge; port: number }> {
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: 'test',
    FESTA_HOME: home,
    FESTA_ROLE: 'edge',
    FESTA_SECRET: SECRET,
    DATABASE_URL: url,
    PORT: String(port),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  };
  const edge = spawn(process.execPath, [EDGE], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(edge.stdout, 'data'),
    once(edge, 'exit').then(() => Promise.reject(new Error('the edge ended before it was ready'))),
  ]);
  return { edge, port };
}

async function inShop(work: (world: World, phones: Phones) => Promise<void>): Promise<void> {
  const world = await openWorld();
  const home = await mkdtemp(join(tmpdir(), 'festa-bench-team-'));
  const { edge, port } = await startEdge(world.url, home);
  try {
    const phones = await startChild<PhonesAsk, PhonesAnswer>('../packets/team-phones.ts', [String(port), SECRET]);
    try {
      await work(world, phones);
    } finally {
      await phones.stop();
    }
  } finally {
    const ended = once(edge, 'exit');
    edge.kill('SIGTERM');
    await ended;
    await world.stop();
    await rm(home, { recursive: true, force: true });
  }
}

const p99 = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0;
};
const p50 = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** 200 phones want one team's last place at the same moment, again and again. */
export async function measureLastPlace({ quick, report }: BenchOptions): Promise<void> {
  const [count, rounds] = quick ? [50, 3] : [200, 20];
  await inShop(async ({ url }, phones) => {
    const db = openDatabase(url, { max: 4 });
    const teams = teamService({ db });
    try {
      await phones.ask({ do: 'sign-in', count: count * Math.ceil((rounds + 1) / RUSHES_EACH) });
      const told: number[][] = [];
      for (let round = -1; round < rounds; round += 1) {
        // A campaign of its own: whoever won the last round is free to join again.
        const campaignId = await putTeamCampaign(db, { joinsPerDay: 100 });
        const { code } = await openTeam(teams, campaignId, `leader-${round}`);
        for (const friend of ['one', 'two']) await joinTeam(teams, code, `${friend}-${round}`);
        const { outcomes, latencies } = await phones.ask({
          do: 'rush',
          code,
          from: count * Math.floor((round + 1) / RUSHES_EACH),
          count,
        });
        if (outcomes.ok !== 1 || outcomes.team_full !== count - 1) throw new Error(JSON.stringify(outcomes));
        if (round >= 0) told.push(latencies);
      }
      const rows = await db.query<{ members: number }>('select count(*) as members from team_member group by team_id');
      if (rows.some(({ members }) => members !== 4)) throw new Error('a team has too many members');
      const all = told.flat();
      report({
        name: 'team-last-place-told-p99',
        ours: p99(all),
        baseline: TOLD_MS,
        ratio: TOLD_MS / p99(all),
        unit: 'ms',
        runs: rounds,
        spread: `p50 ${p50(all).toFixed(0)}, max ${Math.max(...all).toFixed(0)}, worst round's p99 ${Math.max(...told.map(p99)).toFixed(0)}`,
        notes: `baseline is the promise; ${count} phones on connections of their own, one has the place, ${count - 1} are told`,
      });
    } finally {
      await teams.drain();
      await db.close();
    }
  });
}

/** Four pages of each team are open while its places are taken: how long until a join is on all of them. */
export async function measureJoinSeen({ quick, report }: BenchOptions): Promise<void> {
  const [count, rounds] = quick ? [20, 1] : [100, 3];
  await inShop(async ({ url }, phones) => {
    const db = openDatabase(url, { max: 4 });
    const teams = teamService({ db });
    try {
      await phones.ask({ do: 'sign-in', count: count * 3 });
      const seen: number[][] = [];
      for (let round = -1; round < rounds; round += 1) {
        const campaignId = await putTeamCampaign(db, { joinsPerDay: 100, budgetFen: count * 2_000 });
        const codes: string[] = [];
        for (let n = 0; n < count; n += 1) codes.push((await openTeam(teams, campaignId, `l-${round}-${n}`)).code);
        const pages = codes.flatMap((code) => Array.from({ length: PAGES_PER_TEAM }, (_, phone) => ({ phone, code })));
        await phones.ask({ do: 'watch', pages });
        const joins = [0, 1, 2].flatMap((turn) => codes.map((code, n) => ({ phone: n * 3 + turn, code })));
        const answer = await phones.ask({ do: 'join', joins, perSecond: JOINS_PER_SECOND });
        const wanted = joins.length * PAGES_PER_TEAM;
        if (answer.outcomes.ok !== joins.length || answer.missing > 0 || answer.latencies.length !== wanted)
          throw new Error(`${answer.missing} pictures are missing: ${JSON.stringify(answer.outcomes)}`);
        if (round >= 0) seen.push(answer.latencies);
      }
      const all = seen.flat();
      report({
        name: 'team-join-seen-p99',
        ours: p99(all),
        baseline: SEEN_MS,
        ratio: SEEN_MS / p99(all),
        unit: 'ms',
        runs: rounds,
        spread: `p50 ${p50(all).toFixed(0)}, max ${Math.max(...all).toFixed(0)}, worst round's p99 ${Math.max(...seen.map(p99)).toFixed(0)}`,
        notes: `baseline is the promise; ${count} teams with ${PAGES_PER_TEAM} open pages each, ${JOINS_PER_SECOND} joins/s, from the sending of the join to the picture on each page`,
      });
    } finally {
      await teams.drain();
      await db.close();
    }
  });
}
