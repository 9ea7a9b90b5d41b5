import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedHashOf, splitPot } from '../../lib/domain/team/split.ts';
import type { Database } from '../../server/platform/database.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { accountOf } from '../support/coupons.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { type ModelTeam, TeamModel } from '../support/team-model.ts';
import { membersOf, putTeamCampaign, sweepTeams, violationsAfterTeams } from '../support/teams.ts';

/* Whatever people do and however time passes, the shop does what a model of a page's length says. */

const RULES = {
  potFen: 1_000,
  size: 3,
  gatherDays: 2,
  openDays: 2,
  joinsPerDay: 1,
  consolationFen: 60,
  budgetFen: 2_300,
};
const PEOPLE = ['ann', 'bob', 'cai', 'dan', 'eve'];
const RUNS = Number(process.env.FESTA_MODEL_RUNS ?? 40);

type Command = {
  readonly who: number;
  readonly team: number;
  readonly isTwice: boolean;
};
type Step =
  | ({ readonly do: 'join' } & Command)
  | ({ readonly do: 'share' } & Command)
  | { readonly do: 'open'; readonly who: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'days'; readonly days: number };

const who = fc.nat({ max: PEOPLE.length - 1 });
/** How many teams ago it was opened. */
const team = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) });
/** Mostly the same command once more, with the same key, at the same moment. */
const isTwice = fc.boolean();
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), who }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('join' as const), who, team, isTwice }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('share' as const), who, team, isTwice }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.integer({ min: 1, max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  ),
  { minLength: 10, maxLength: 45 },
);

let db: Database;
let drop: () => Promise<void>;
let teams: TeamService;
beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  teams = teamService({ db });
});
afterAll(async () => {
  await teams.drain();
  await drop();
});

/** So many whole days later, for everything of this campaign's teams. */
async function letDaysPass(campaignId: string, days: number): Promise<void> {
  const by = `$2::integer * interval '1 day'`;
  // By a detour far away: rows move in no order, and of two joins that count by the day the later one must not meet the
  // earlier one where that has not left yet.
  const detour = 100_000;
  await db.query(`update team_member set day = day - $2::integer where campaign_id = $1`, [campaignId, detour]);
  await db.query(
    `update team_member set joined_at = joined_at - ${by}, day = day + $3::integer - $2::integer where campaign_id = $1`,
    [campaignId, days, detour],
  );
  await db.query(
    `update team set opened_at = opened_at - ${by}, gather_until = gather_until - ${by}, split_at = split_at - ${by},
       open_until = open_until - ${by}, ended_at = ended_at - ${by} where campaign_id = $1`,
    [campaignId, days],
  );
  await db.query(`update coupon set claimed_at = claimed_at - ${by} where template_id = $1`, [campaignId, days]);
}

type Answer = Awaited<ReturnType<TeamService['join']>> | Awaited<ReturnType<TeamService['openShare']>>;
const codeOf = (answer: Answer | Awaited<ReturnType<TeamService['open']>>) =>
  answer.ok ? (answer.value.isReplay ? 'again' : 'ok') : answer.refusal.code;

/** The model beside the shop: one campaign, some people, teams in the order of their opening. */
class Pair {
  readonly model = new TeamModel(RULES);
  readonly real: { readonly teamId: string; readonly code: string }[] = [];
  readonly run = randomUUID();
  campaignId = '';

  person = (index: number) => `${PEOPLE[index]}-${this.run}`;

  async open(index: number): Promise<void> {
    const shopperId = this.person(index);
    const { codes, commit } = this.model.open(shopperId);
    const answer = await teams.open({ shopperId, key: randomUUID(), campaignId: this.campaignId, name: null });
    // Money of teams that time has ended comes back when the worker has been there; until then the shop may be too careful.
    const isCareful = !answer.ok && answer.refusal.code === 'team_budget_gone' && codes.has('ok');
    if (isCareful) {
      await sweepTeams(db);
      return this.open(index);
    }
    expect([...codes]).toContain(codeOf(answer));
    if (!answer.ok) return;
    commit();
    this.real.push({ teamId: answer.value.own.teamId, code: answer.value.room.code });
  }

  async command(step: Extract<Step, Command>): Promise<void> {
    const at = Math.max(0, this.real.length - 1 - step.team);
    const [told, real] = [this.model.teams[at], this.real[at]];
    if (!told || !real) return;
    const shopperId = this.person(step.who);
    const key = randomUUID();
    const send = () =>
      step.do === 'join'
        ? teams.join({ shopperId, key, code: real.code, name: null })
        : teams.openShare({ shopperId, key, teamId: real.teamId });
    const { codes, commit } =
      step.do === 'join' ? this.model.join(shopperId, told) : this.model.openShare(shopperId, told);
    const answers: Answer[] = await Promise.all(step.isTwice ? [send(), send()] : [send()]);
    // Of two sendings either may have been settled first.
    const [second, first = second] = answers.map(codeOf).sort();
    expect([...codes], `${step.do} of ${shopperId}`).toContain(first);
    if (step.isTwice) expect(second).toBe(first === 'ok' ? 'again' : first);
    commit();
    const [answer] = answers;
    if (answer?.ok && told.splitOn !== null) this.learn(told, answer.value.room.places);
  }

  /** What the picture of a split team says of each share; it never says anything else later. */
  learn(told: ModelTeam, places: readonly { readonly share: { readonly fen: number } | null }[]): void {
    for (const [index, { who: name }] of told.members.entries()) {
      const fen = places[index]?.share?.fen;
      expect(fen).toBeTypeOf('number');
      expect(told.fens.get(name) ?? fen).toBe(fen);
      told.fens.set(name, fen ?? 0);
    }
    expect([...told.fens.values()].reduce((sum, fen) => sum + fen, 0)).toBe(RULES.potFen);
  }

  /** Everything that can be seen, beside the model. */
  async compare(): Promise<void> {
    for (const [at, told] of this.model.teams.entries()) {
      const { teamId, code } = this.real[at] ?? { teamId: '', code: '' };
      const seen = await teams.room(code, told.members[0]?.who ?? '');
      if (!seen.ok) throw new Error(seen.refusal.code);
      const { room } = seen.value;
      expect(room.state).toBe(this.model.stateOf(told));
      expect(room.placesLeft).toBe(RULES.size - told.members.length);
      expect(room.places.map(({ share }) => share?.state ?? 'none')).toEqual(
        told.members.map((member) => this.model.shareOf(told, member)),
      );
      const members = await membersOf(db, teamId);
      expect(members.map(({ shopper }) => shopper)).toEqual(told.members.map((member) => member.who));
      if (told.splitOn === null) {
        expect([room.seed, room.luckiestPlace]).toEqual([null, null]);
        continue;
      }
      this.learn(told, room.places);
      const seed = room.seed ?? '';
      expect(seedHashOf(seed)).toBe(room.seedHash);
      const rules = { ...RULES, leastPermille: 50, leaderExtraPermille: 0 };
      expect(splitPot(rules, seed)).toEqual([...told.fens.values()]);
      for (const { share, fen, worth } of members) expect(worth).toBe(share === 'opened' ? fen : null);
    }
  }
}

test('[INV-36] [INV-37] [INV-38] [INV-39] whatever people do, in whatever order, the shop does what the model says', async () => {
  const gather = { gatherHours: RULES.gatherDays * 24, openHours: RULES.openDays * 24 };
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const pair = new Pair();
      const { potFen, size, joinsPerDay, consolationFen, budgetFen } = RULES;
      const settings = { potFen, size, joinsPerDay, consolationFen, budgetFen, leastPermille: 50 };
      const goodFor = { kind: 'days', days: 300 } as const;
      pair.campaignId = await putTeamCampaign(db, { ...settings, ...gather, goodFor, endsAt: Date.now() + 3e10 });
      for (const step of given) {
        if (step.do === 'open') await pair.open(step.who);
        else if (step.do === 'sweep') await sweepTeams(db);
        else if (step.do === 'join' || step.do === 'share') await pair.command(step);
        else {
          await letDaysPass(pair.campaignId, step.days);
          pair.model.today += step.days;
        }
      }
      await pair.compare();
      await sweepTeams(db);
      await pair.compare();
      expect((await accountOf(db, pair.campaignId))?.left).toBe(pair.model.leftFen());
    }),
    { numRuns: RUNS },
  );
  expect(await violations(db)).toEqual([]);
  expect(await violationsAfterTeams(db)).toEqual([]);
}, 120_000);
