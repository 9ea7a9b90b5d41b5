import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import { teamJoin, teamOpen, teamOpenShare } from '../../lib/contracts/team.ts';
import type { Database } from '../../server/platform/database.ts';
import { type Random, randomOf } from '../crowd/random.ts';
import { putTeamCampaign } from '../support/teams.ts';
import { type CheckResult, checkBooks } from './checks.ts';
import type { Cluster } from './cluster.ts';
import { History } from './history.ts';
import { type Injected, injectFaults, killsOf, nothingInjected } from './injectors.ts';
import { NoAnswer } from './line.ts';
import type { Phone } from './phone.ts';

/*
 * P5: pots that are opened, filled and shared out while edges, worker and database are killed. Each campaign has more
 * leaders than money; each person is in one team of each campaign. Then everybody opens his shares at once, some twice.
 */

const SIZE = 4;
const POT_FEN = 2_000;
const POTS_PER_CAMPAIGN = 100;
/** Leaders of each campaign that there is no money for. */
const TOO_MANY = 10;
export const PACKET_PEOPLE = (POTS_PER_CAMPAIGN + TOO_MANY) * SIZE;
/** Teams that are opened and filled at the same time, and shares that one person opens at the same time. */
const DRIVERS = 400;
const OPENS_AT_ONCE = 2;
const SENDS_TWICE = 0.04;
const OPENS_TWICE = 0.1;
const STRANGERS = 0.03;
const QUIET_MS_MAX = 120_000;

export type PacketsResult = {
  readonly seed: number;
  readonly pots: number;
  readonly opens: number;
  readonly doubts: number;
  readonly seconds: number;
  readonly injected: Injected;
  readonly checks: readonly CheckResult[];
};

type Team = { readonly campaignId: string; readonly teamId: string; readonly code: string; readonly people: Phone[] };
/** What a member was told of his share. */
type Told = { readonly couponIds: Set<string>; readonly amounts: Set<number> };

class Books {
  readonly teams: Team[] = [];
  readonly told = new Map<string, Told>();
  readonly wrong: string[] = [];
  refusedBudget = 0;
  doubts = 0;
  opens = 0;
  readonly history = new History(null);

  readonly onDoubt = () => {
    this.doubts += 1;
  };

  tell(teamId: string, shopperId: string, answer: AnswerOf<typeof teamOpenShare>): void {
    if (!answer.ok) return void this.wrong.push(`${teamId} ${shopperId}: ${answer.refusal.code}`);
    const key = `${teamId}|${shopperId}`;
    const told = this.told.get(key) ?? { couponIds: new Set<string>(), amounts: new Set<number>() };
    const { coupon } = answer.value;
    told.couponIds.add(coupon.id);
    told.amounts.add('cutFen' in coupon.rule ? coupon.rule.cutFen : 0);
    this.told.set(key, told);
  }
}

/** The same command on another line that nobody waits for; what it says must not differ. */
async function twin(send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}

async function inTurn<T>(items: readonly T[], drivers: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const drive = async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: drivers }, drive));
}

/** Opens and fills one team, as four people with bad lines do. */
async function gather(books: Books, campaignId: string, people: Phone[], random: Random): Promise<void> {
  const [leader, ...friends] = people as [Phone, ...Phone[]];
  const { history, onDoubt } = books;
  const request = { key: randomUUID(), campaignId };
  const answer = await leader.ask(teamOpen, request, history, { onDoubt });
  if (!answer.ok) {
    if (answer.refusal.code === 'team_budget_gone') books.refusedBudget += 1;
    else books.wrong.push(`open: ${answer.refusal.code}`);
    return;
  }
  const { room, own } = answer.value;
  const team: Team = { campaignId, teamId: own.teamId, code: room.code, people };
  books.teams.push(team);
  await Promise.all(
    friends.map(async (friend) => {
      const given = { key: randomUUID(), code: team.code };
      const again =
        random() < SENDS_TWICE
          ? twin(async () => {
              const other = await friend.send(teamJoin, given);
              if (other.ok && other.value.own.teamId !== team.teamId) books.wrong.push(`${given.key}: another team`);
            })
          : null;
      const joined = await friend.ask(teamJoin, given, history, { onDoubt });
      await again;
      if (!joined.ok) books.wrong.push(`join ${team.code}: ${joined.refusal.code}`);
      else if (joined.value.own.teamId !== team.teamId) books.wrong.push(`${given.key}: another team`);
    }),
  );
}

/** One person opens all his shares; now and then he sends one again, or tries somebody else's. */
async function openAll(books: Books, phone: Phone, own: readonly Team[], random: Random): Promise<void> {
  const { history, onDoubt } = books;
  const shuffled = [...own].sort(() => random() - 0.5);
  await inTurn(shuffled, OPENS_AT_ONCE, async ({ teamId }) => {
    const open = () => phone.ask(teamOpenShare, { key: randomUUID(), teamId }, history, { onDoubt });
    const tries = random() < OPENS_TWICE ? [open(), open()] : [open()];
    for (const answer of await Promise.all(tries)) books.tell(teamId, phone.shopperId, answer);
    books.opens += 1;
    if (random() > STRANGERS) return;
    const other = books.teams[Math.floor(random() * books.teams.length)];
    if (!other || other.people.includes(phone)) return;
    const answer = await phone.ask(teamOpenShare, { key: randomUUID(), teamId: other.teamId }, history, { onDoubt });
    if (answer.ok || answer.refusal.code !== 'not_in_team')
      books.wrong.push(`stranger at ${other.teamId}: ${answer.ok ? 'was given a share' : answer.refusal.code}`);
  });
}

async function checkPots(db: Database, books: Books, campaigns: readonly string[]): Promise<CheckResult[]> {
  const rows = await db.query<{
    team_id: string;
    shopper_id: string;
    share_fen: number | null;
    share_state: string | null;
    coupon_id: string | null;
    cut_fen: number | null;
    campaign_id: string;
    owner: string | null;
  }>(
    `select m.team_id, m.shopper_id, m.share_fen, m.share_state, c.id as coupon_id, t.campaign_id,
            c.own_worst_fen as cut_fen, c.shopper_id as owner
     from team t join team_member m on m.team_id = t.id left join coupon c on c.id = m.coupon_id
     where t.campaign_id = any ($1::text[])`,
    [campaigns],
  );
  const found: Record<string, string[]> = { sums: [], size: [], lost: [], double: [], owner: [], over: [] };
  const byTeam = new Map<string, typeof rows>();
  for (const row of rows) byTeam.set(row.team_id, [...(byTeam.get(row.team_id) ?? []), row]);
  for (const [teamId, members] of byTeam) {
    const fen = members.reduce((sum, { share_fen }) => sum + (share_fen ?? 0), 0);
    if (members.length !== SIZE) found.size?.push(`${teamId}: ${members.length} members`);
    if (fen !== POT_FEN || members.some(({ share_fen }) => (share_fen ?? 0) < POT_FEN / 20))
      found.sums?.push(`${teamId}: ${members.map(({ share_fen }) => share_fen)}`);
    if (members.some(({ share_fen, cut_fen }) => share_fen !== cut_fen)) found.sums?.push(`${teamId}: coupons differ`);
    if (members.some(({ owner, shopper_id }) => owner !== shopper_id)) found.owner?.push(teamId);
  }
  const rowOf = new Map(rows.map((row) => [`${row.team_id}|${row.shopper_id}`, row]));
  for (const [key, { couponIds, amounts }] of books.told) {
    const row = rowOf.get(key);
    if (couponIds.size !== 1 || amounts.size !== 1) found.double?.push(`${key}: ${[...couponIds]}`);
    if (!row || row.coupon_id === null || !couponIds.has(row.coupon_id) || !amounts.has(row.share_fen ?? -1))
      found.lost?.push(`${key}: told ${[...couponIds]} ${[...amounts]}, there is ${row?.coupon_id} ${row?.share_fen}`);
  }
  for (const team of books.teams) if (!byTeam.has(team.teamId)) found.lost?.push(`team ${team.teamId}`);
  const perCampaign = new Map<string, number>();
  for (const [{ campaign_id }] of byTeam.values() as Iterable<[(typeof rows)[0]]>)
    perCampaign.set(campaign_id, (perCampaign.get(campaign_id) ?? 0) + 1);
  for (const id of campaigns) {
    const pots = perCampaign.get(id) ?? 0;
    if (pots !== POTS_PER_CAMPAIGN) found.over?.push(`${id}: ${pots} pots, money for ${POTS_PER_CAMPAIGN}`);
  }
  const coupons = await db.query<{ n: number }>(
    `select count(*) as n from coupon c join team_member m on m.coupon_id = c.id join team t on t.id = m.team_id
     where t.campaign_id = any ($1::text[])`,
    [campaigns],
  );
  const members = books.teams.length * SIZE;
  if (coupons[0]?.n !== members) found.double?.push(`${coupons[0]?.n} coupons for ${members} shares`);
  return [
    { name: 'every pot is shared out to the fen', found: found.sums ?? [] },
    { name: 'every team has its members', found: found.size ?? [] },
    { name: 'nothing acknowledged is lost', found: found.lost ?? [] },
    { name: 'a share is opened once', found: found.double ?? [] },
    { name: 'a share is its member’s', found: found.owner ?? [] },
    { name: 'as many pots as there is money for', found: found.over ?? [] },
    { name: 'every answer was the right one', found: books.wrong },
    { name: 'no fault of our own was answered', found: books.history.faults },
  ];
}

/** Until the worker has booked everything. */
async function quiet(db: Database): Promise<void> {
  const until = performance.now() + QUIET_MS_MAX;
  for (;;) {
    const [row] = await db.query<{ n: number }>(
      `select (select count(*) from outbox where sent_at is null) + (select count(*) from coupon where is_unbooked) as n`,
    );
    if (row?.n === 0 || performance.now() > until) return;
    await pause(200);
  }
}

/** `pots` pots from their opening to the last share, everything under fire; then quiet, then the books. */
export async function runPackets(options: {
  cluster: Cluster;
  seed: number;
  phones: readonly Phone[];
  pots: number;
  meanMs: number;
  say: (line: string) => void;
}): Promise<PacketsResult> {
  const { cluster, seed, phones, pots, meanMs, say } = options;
  const { db } = cluster;
  const startedAt = performance.now();
  const random = randomOf(seed);
  const books = new Books();
  const campaigns: string[] = [];
  for (let n = 0; n < Math.ceil(pots / POTS_PER_CAMPAIGN); n += 1)
    campaigns.push(await putTeamCampaign(db, { potFen: POT_FEN, size: SIZE, budgetFen: POT_FEN * POTS_PER_CAMPAIGN }));
  const groups = campaigns.flatMap((campaignId) => {
    const people = [...phones].sort(() => random() - 0.5);
    return Array.from({ length: POTS_PER_CAMPAIGN + TOO_MANY }, (_, n) => ({
      campaignId,
      people: people.slice(n * SIZE, (n + 1) * SIZE),
    }));
  });
  for (const proxy of cluster.proxies) proxy.setFaulty(true);
  const injected = nothingInjected();
  let isOver = false;
  const injecting = injectFaults({ cluster, random, meanMs, injected, isOver: () => isOver });
  try {
    await inTurn(groups, DRIVERS, ({ campaignId, people }) => gather(books, campaignId, people, random));
    say(
      `${books.teams.length} teams are full, ${books.refusedBudget} leaders were too late, ${killsOf(injected)} kills`,
    );
    const ownOf = new Map<Phone, Team[]>();
    for (const team of books.teams)
      for (const phone of team.people) ownOf.set(phone, [...(ownOf.get(phone) ?? []), team]);
    await Promise.all([...ownOf].map(([phone, own]) => openAll(books, phone, own, random)));
  } finally {
    isOver = true;
    await injecting;
  }
  for (const proxy of cluster.proxies) proxy.setFaulty(false);
  await cluster.ensurePostgres();
  await cluster.allUp();
  await quiet(db);
  const checks = [...(await checkPots(db, books, campaigns)), ...(await checkBooks(db))];
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seed, pots: books.teams.length, opens: books.opens, doubts: books.doubts, seconds, injected, checks };
}

/** One line about a run, for people. */
export function describePackets({ seed, pots, opens, doubts, seconds, injected, checks }: PacketsResult): string {
  const broken = checks.filter(({ found }) => found.length > 0).length;
  return [
    `${broken === 0 ? '✓' : '✗'} seed ${seed}: ${pots} pots, ${opens} shares opened in ${seconds.toFixed(0)} s; `,
    `${killsOf(injected)} kills (edge ${injected.edge}, worker ${injected.worker}, Postgres ${injected.postgres}), `,
    `${injected.restart} restarts, ${injected.freeze} freezes, ${injected.clock} clock jumps; ${doubts} sendings without an `,
    `answer; ${checks.length - broken} of ${checks.length} checks kept`,
  ].join('');
}
