/*
 * Issuing growing packets out of one budget, and visits that make them grow, beside one transaction per command with a
 * row lock: the same rows in the same Postgres with the same durability, in turn.
 */
import { randomUUID } from 'node:crypto';
import { checkInvariants, violationsOf } from '../../../server/check/check.ts';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { putPacketCampaign } from '../../support/packets.ts';
import { median } from '../live/shared.ts';
import { askProcess, startProcess, stopProcess } from '../orders/pipe.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import type { TeamLoadAnswer, TeamLoadAsk } from './team-load.ts';

const CALLERS = 512;
/** Visitors of each packet: half of what it may grow by. */
const VISITORS = 5;
const [BASE_FEN, STEP_FEN, CAP_FEN] = [500, 50, 1_000];
/** The row lock plays with so much less: its rate is the same. */
const NAIVE_PART = 10;

type Load = Awaited<ReturnType<typeof startProcess>>;
type Round = { readonly issues: TeamLoadAnswer; readonly visits: TeamLoadAnswer };

const ask = (load: Load, question: TeamLoadAsk) => askProcess<TeamLoadAnswer>(load, question);

const ownerOf = (campaign: string, n: number) => `${campaign}-${n}-0`;

/** All owners and visitors of a round, with verified phones. */
async function putCrowd(db: Database, campaign: string, count: number): Promise<void> {
  await db.query(
    `insert into person (id, display_name, email, phone_number, phone_number_verified)
     select p.id, '', p.id || '@phone.invalid', p.id, true
     from (select $1 || '-' || n || '-' || v as id from generate_series(0, $2 - 1) n, generate_series(0, $3) v) p`,
    [campaign, count, VISITORS],
  );
}

/** @throws when rows and answers differ in anything. */
async function balance(db: Database, id: string, count: number, { issues, visits }: Round): Promise<void> {
  const [books] = await db.query<Record<string, number>>(
    `select count(*) as packets, coalesce(sum((c.own_rule ->> 'cutFen')::bigint), 0)::bigint as worth,
       (select reserved_fen from coupon_account where template_id = $1) as reserved,
       (select count(*) from packet_step where campaign_id = $1 and state = 'vested') as steps
     from packet m join coupon c on c.id = m.id where m.campaign_id = $1`,
    [id],
  );
  const steps = count * VISITORS;
  const wanted = { packets: count, worth: count * BASE_FEN + steps * STEP_FEN, reserved: count * CAP_FEN, steps };
  const isExact = Object.entries(wanted).every(([name, value]) => books?.[name] === value);
  if (isExact && issues.accepted === count && visits.accepted === steps) return;
  throw new Error(`the books do not balance: ${JSON.stringify({ wanted, books, issues, visits })}`);
}

/** Packets are issued and visited; both are timed. */
async function play(db: Database, load: Load, count: number): Promise<Round> {
  const id = await putPacketCampaign(db, { budgetFen: count * CAP_FEN });
  await putCrowd(db, id, count);
  await db.query('analyze');
  await db.query('checkpoint');
  const wanting = Array.from({ length: count }, (_, n) => [ownerOf(id, n), randomUUID(), id]).flat();
  const issues = await ask(load, { do: 'run', attempts: wanting, callers: CALLERS });
  const packets = await db.query<{ code: string; owner: string }>(
    'select code, owner_id as owner from packet where campaign_id = $1',
    [id],
  );
  // The first visitor of every packet, then the second: as they come, each packet's come one by one.
  const coming = Array.from({ length: VISITORS }, (_, visitor) =>
    packets.flatMap(({ code, owner }) => [`${owner.slice(0, -1)}${visitor + 1}`, randomUUID(), code]),
  ).flat();
  await db.query('analyze');
  const visits = await ask(load, { do: 'run', attempts: coming, callers: CALLERS });
  const round = { issues, visits };
  await balance(db, id, count, round);
  return round;
}

const perSecond = ({ accepted, seconds }: TeamLoadAnswer) => accepted / seconds;

/** 5,000 packets out of one budget, and five visitors to each. */
export async function measureGrowth({ quick, report }: BenchOptions): Promise<void> {
  const count = quick ? 1_000 : 5_000;
  const runs = quick ? 1 : 5;
  const world = await openWorld();
  const db = openDatabase(world.url, { max: 4 });
  const loads: Load[] = [];
  const enter = async (design: string) => {
    const load = await startProcess('../packets/team-load.ts', []);
    loads.push(load);
    const seat = '../packets/growth-seat.ts';
    await ask(load, { do: 'open', design, seat, env: { BENCH_DATABASE: world.url } });
    return load;
  };
  try {
    const [festa, naive] = [await enter('festa'), await enter('row-lock')];
    await play(db, festa, 500);
    await play(db, naive, 100);
    const [ours, theirs]: [Round[], Round[]] = [[], []];
    for (let round = 0; round < runs; round += 1) {
      theirs.push(await play(db, naive, count / NAIVE_PART));
      ours.push(await play(db, festa, count));
    }
    const violations = violationsOf(await checkInvariants(db));
    if (violations.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(violations.slice(0, 3))}`);
    for (const what of ['issues', 'visits'] as const) {
      const [mine, others] = [ours, theirs].map((rounds) => rounds.map((round) => perSecond(round[what])));
      const pairs = mine!.map((rate, round) => rate / others![round]!);
      const p99 = median(ours.map((round) => round[what].p99));
      report({
        name: `packet-${what}-vs-row-lock`,
        ours: median(mine!),
        baseline: median(others!),
        ratio: median(pairs),
        unit: `${what}/s`,
        runs,
        spread: `${Math.min(...pairs).toFixed(1)}–${Math.max(...pairs).toFixed(1)}`,
        notes: `${count} packets of one campaign, ${VISITORS} visitors each, ${CALLERS} callers, p99 ${p99.toFixed(0)} ms; one transaction per command with a row lock, ${count / NAIVE_PART} packets`,
      });
    }
  } finally {
    for (const load of loads) await stopProcess(load);
    await db.close();
    await world.stop();
  }
}
