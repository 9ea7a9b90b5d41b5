/*
 * Joining teams and opening shares, beside one transaction per command with a row lock: the same rows in the same
 * Postgres with the same durability, in turn. The callers are a process of their own, and so is who answers them.
 */
import { randomUUID } from 'node:crypto';
import { checkInvariants, violationsOf } from '../../../server/check/check.ts';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { type TeamService, teamService } from '../../../server/team/service.ts';
import { openTeam, putTeamCampaign } from '../../support/teams.ts';
import { median } from '../live/shared.ts';
import { askProcess, startProcess, stopProcess } from '../orders/pipe.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import type { TeamLoadAnswer, TeamLoadAsk } from './team-load.ts';

const CALLERS = 512;
const SIZE = 4;
const POT_FEN = 2_000;
/** The row lock plays with so much less: its rate is the same. */
const NAIVE_PART = 20;

type Load = Awaited<ReturnType<typeof startProcess>>;
type Round = { readonly joins: TeamLoadAnswer; readonly opens: TeamLoadAnswer };
type Team = { readonly teamId: string; readonly code: string; readonly leader: string };

const ask = (load: Load, question: TeamLoadAsk) => askProcess<TeamLoadAnswer>(load, question);

/** So many teams that gather, each of a leader of its own. */
async function openMany(db: Database, teams: TeamService, count: number): Promise<{ id: string; teams: Team[] }> {
  const id = await putTeamCampaign(db, { potFen: POT_FEN, size: SIZE, budgetFen: POT_FEN * count });
  const made: Team[] = [];
  let next = 0;
  const leader = async () => {
    for (let n = next++; n < count; n = next++) {
      const shopperId = `${id}-${n}-1`;
      made.push({ ...(await openTeam(teams, id, shopperId)), leader: shopperId });
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, leader));
  return { id, teams: made };
}

/** Friends of all teams in turn: the first of each, then the second, then the last. */
function joinsOf(teams: readonly Team[]): string[] {
  const attempts: string[] = [];
  for (let place = 2; place <= SIZE; place += 1) {
    for (const { code, leader } of teams) attempts.push(`${leader.slice(0, -1)}${place}`, randomUUID(), code);
  }
  return attempts;
}

/** The members of a team at the same moment, one team after the other. */
function opensOf(teams: readonly Team[]): string[] {
  return teams.flatMap(({ teamId, leader }) =>
    Array.from({ length: SIZE }, (_, n) => [`${leader.slice(0, -1)}${n + 1}`, randomUUID(), teamId]).flat(),
  );
}

/** @throws when rows and answers differ in anything. */
async function balance(db: Database, campaignId: string, count: number, { joins, opens }: Round): Promise<void> {
  const [books] = await db.query<Record<string, number>>(
    `select count(*) filter (where fen = ${POT_FEN} and members = ${SIZE} and least * 20 >= ${POT_FEN}) as exact,
            count(*) as teams, coalesce(sum(members), 0)::bigint as members, coalesce(sum(coupons), 0)::bigint as coupons,
            coalesce(sum(coupon_fen), 0)::bigint as coupon_fen
     from (select m.team_id, sum(m.share_fen) as fen, min(m.share_fen) as least, count(*) as members,
                  count(c.id) as coupons, sum(c.own_worst_fen) as coupon_fen
           from team t join team_member m on m.team_id = t.id left join coupon c on c.id = m.coupon_id
           where t.campaign_id = $1 group by m.team_id) x`,
    [campaignId],
  );
  const wanted = {
    exact: count,
    teams: count,
    members: count * SIZE,
    coupons: count * SIZE,
    coupon_fen: count * POT_FEN,
  };
  const isExact = Object.entries(wanted).every(([name, value]) => books?.[name] === value);
  if (isExact && joins.accepted === count * (SIZE - 1) && opens.accepted === count * SIZE) return;
  throw new Error(`the books do not balance: ${JSON.stringify({ wanted, books, joins, opens })}`);
}

/** Teams are opened, filled and their shares opened; only the last two are timed. */
async function play(db: Database, teams: TeamService, load: Load, count: number): Promise<Round> {
  const { id, teams: made } = await openMany(db, teams, count);
  await db.query('analyze');
  await db.query('checkpoint');
  const joins = await ask(load, { do: 'run', attempts: joinsOf(made), callers: CALLERS });
  const opens = await ask(load, { do: 'run', attempts: opensOf(made), callers: CALLERS });
  await balance(db, id, count, { joins, opens });
  return { joins, opens };
}

const perSecond = ({ accepted, seconds }: TeamLoadAnswer) => accepted / seconds;

/** 10,000 teams that are opened, filled and shared out. */
export async function measureTeams({ quick, report }: BenchOptions): Promise<void> {
  const count = quick ? 1_000 : 10_000;
  const runs = quick ? 1 : 5;
  const world = await openWorld();
  const db = openDatabase(world.url, { max: 4 });
  const teams = teamService({ db });
  const loads: Load[] = [];
  const enter = async (design: string) => {
    const load = await startProcess('../packets/team-load.ts', []);
    loads.push(load);
    await ask(load, { do: 'open', design, env: { BENCH_DATABASE: world.url } });
    return load;
  };
  try {
    const [festa, naive] = [await enter('festa'), await enter('row-lock')];
    await play(db, teams, festa, 500);
    await play(db, teams, naive, 100);
    const [ours, theirs]: [Round[], Round[]] = [[], []];
    for (let round = 0; round < runs; round += 1) {
      theirs.push(await play(db, teams, naive, count / NAIVE_PART));
      ours.push(await play(db, teams, festa, count));
    }
    const violations = violationsOf(await checkInvariants(db));
    if (violations.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(violations.slice(0, 3))}`);
    for (const what of ['joins', 'opens'] as const) {
      const [mine, others] = [ours, theirs].map((rounds) => rounds.map((round) => perSecond(round[what])));
      const pairs = mine!.map((rate, round) => rate / others![round]!);
      const p99 = median(ours.map((round) => round[what].p99));
      report({
        name: `team-${what}-vs-row-lock`,
        ours: median(mine!),
        baseline: median(others!),
        ratio: median(pairs),
        unit: `${what}/s`,
        runs,
        spread: `${Math.min(...pairs).toFixed(1)}–${Math.max(...pairs).toFixed(1)}`,
        notes: `${count} teams of ${SIZE}, ${CALLERS} callers, p99 ${p99.toFixed(0)} ms; one transaction per command with a row lock, ${count / NAIVE_PART} teams`,
      });
    }
  } finally {
    for (const load of loads) await stopProcess(load);
    await teams.drain();
    await db.close();
    await world.stop();
  }
}
