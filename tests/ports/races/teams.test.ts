import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { failDueTeams, lapseDueShares } from '../../../server/team/end-teams.ts';
import { type TeamService, teamService } from '../../../server/team/service.ts';
import { CONTESTS, contests, type Gate, hold, inOrder, untilWaiting } from '../../support/contest.ts';
import { accountOf } from '../../support/coupons.ts';
import { testDatabase } from '../../support/postgres.ts';
import {
  membersOf,
  openTeam,
  putTeamCampaign,
  runOutOfShares,
  runOutOfTime,
  sweepTeams,
  teamOf,
  teamRow,
  violationsAfterTeams,
} from '../../support/teams.ts';

/*
 * team packets against each other, against time and against their budget. Both orders
 * forced, then free contests, at two processes of one shop.
 */

const POT_FEN = 2_000;

let db: Database;
let otherDb: Database;
let drop: () => Promise<void>;
let teams: TeamService;
let others: TeamService;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  const made = await testDatabase();
  ({ db } = made);
  otherDb = openDatabase(made.url);
  drop = async () => {
    await otherDb.close();
    await made.drop();
  };
  teams = teamService({ db });
  others = teamService({ db: otherDb });
});
afterAll(async () => {
  await Promise.all([teams.drain(), others.drain()]);
  await drop();
});
afterEach(async () => expect(await violationsAfterTeams(db)).toEqual([]));

const gate =
  (sql: string) =>
  (id: string): Gate => ({ sql, params: [id] });
const rowOfTeam = gate('select 1 from team where id = $1 for update');
const rowOfAccount = gate('select 1 from coupon_account where template_id = $1 for update');

/** Everybody may look who is in which team, and waits when he wants to write himself down. */
const WRITES_OF_MEMBERS: Gate = { sql: 'lock table team_member in share mode' };

type Coded = { readonly ok: true } | { readonly ok: false; readonly refusal: { readonly code: string } };
const codeOf = (answer: Coded) => (answer.ok ? 'ok' : answer.refusal.code);
const join = (from: TeamService, code: string, shopperId: string) =>
  from.join({ shopperId, key: randomUUID(), code, name: null });
const openShare = (from: TeamService, teamId: string, shopperId: string) =>
  from.openShare({ shopperId, key: randomUUID(), teamId });
const open = (from: TeamService, campaignId: string, shopperId: string) =>
  from.open({ shopperId, key: randomUUID(), campaignId, name: null });
const which = (n: number) => (n % 2 ? teams : others);
const many = (count: number, code: string) => Array<string>(count).fill(code);
const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

let people = 0;
/** Somebody new. */
const somebody = () => `person-${people++}`;

/** A team of four with one place left. */
async function almostFull(campaign?: string) {
  const campaignId = campaign ?? (await putTeamCampaign(db));
  const names = [somebody(), somebody(), somebody()];
  return { campaignId, names, ...(await teamOf(teams, campaignId, names)) };
}

async function fullTeam(campaign?: string) {
  const team = await almostFull(campaign);
  const last = somebody();
  expect(codeOf(await join(teams, team.code, last))).toBe('ok');
  return { ...team, names: [...team.names, last] };
}

/** Whoever is written down as a member, nobody else, has a share of the pot. */
async function expectFull(teamId: string, who: readonly string[]) {
  const members = await membersOf(db, teamId);
  expect(members.map(({ shopper }) => shopper).toSorted()).toEqual([...who].toSorted());
  expect(sum(members.map(({ fen }) => fen))).toBe(POT_FEN);
}

test.each(['one', 'the other'])('[R-29] two friends want the last place and %s is first: he has it', async (who) => {
  const { teamId, code, names } = await almostFull();
  const [ann, bob] = [somebody(), somebody()];
  const [first, second] = who === 'one' ? [ann, bob] : [bob, ann];
  const answers = await inOrder(
    db,
    rowOfTeam(teamId),
    () => join(who === 'one' ? teams : others, code, first),
    () => join(who === 'one' ? others : teams, code, second),
  );
  expect(answers.map(codeOf)).toEqual(['ok', 'team_full']);
  await expectFull(teamId, [...names, first]);
});

test('[R-29] free contests of eight friends for one place: one has it, seven are told that the team is full', async () => {
  await contests(async () => {
    const { teamId, code, names } = await almostFull();
    const friends = Array.from({ length: 8 }, somebody);
    const answers = await Promise.all(friends.map((friend, n) => join(which(n), code, friend)));
    expect(answers.map(codeOf).toSorted()).toEqual(['ok', ...many(7, 'team_full')]);
    const winner = friends[answers.findIndex(({ ok }) => ok)] ?? '';
    await expectFull(teamId, [...names, winner]);
  });
});

test('[R-29] one friend who sends twice, from two phones, has one place and is told it twice', async () => {
  await contests(async () => {
    const { teamId, code, names } = await almostFull();
    const friend = somebody();
    const answers = await Promise.all([join(teams, code, friend), join(others, code, friend)]);
    expect(answers.map(codeOf)).toEqual(['ok', 'ok']);
    expect(answers.map((answer) => answer.ok && answer.value.own.place)).toEqual([4, 4]);
    expect(answers.filter((answer) => answer.ok && answer.value.isReplay)).toHaveLength(1);
    await expectFull(teamId, [...names, friend]);
  });
});

test('[R-30] [INV-39] a join that waits while the team’s time runs out comes too late, and nobody but the leader is consoled', async () => {
  const { campaignId, teamId, code } = await almostFull();
  // Whoever moves the time has the team's row in hand meanwhile.
  const clock = await otherDb.pool.connect();
  await clock.query('begin');
  await runOutOfTime(
    { ...otherDb, query: async (sql, params) => (await clock.query(sql, [...(params ?? [])])).rows },
    teamId,
  );
  const joining = join(teams, code, somebody());
  await untilWaiting(db, 1);
  await clock.query('commit');
  clock.release();
  expect(codeOf(await joining)).toBe('team_expired');
  await sweepTeams(db);
  expect(await teamRow(db, teamId)).toMatchObject({ state: 'failed', taken: 3, reserved: 0 });
  expect((await membersOf(db, teamId)).map(({ fen, worth }) => [fen, worth])).toEqual([
    [null, 100],
    [null, null],
    [null, null],
  ]);
  expect(await accountOf(db, campaignId)).toMatchObject({ reserved: 100, left: 100 * POT_FEN - 100 });
});

test.each(['the join', 'the worker'])(
  '[R-30] the last join and the end of the time, %s first: a full team, or a failed one and a consolation',
  async (who) => {
    const { teamId, code, names } = await almostFull();
    const friend = somebody();
    const steps: [() => Promise<unknown>, () => Promise<unknown>] = [
      () => join(teams, code, friend),
      async () => {
        await runOutOfTime(otherDb, teamId);
        await failDueTeams(otherDb);
      },
    ];
    const [first, second] = who === 'the join' ? steps : [steps[1], steps[0]];
    await inOrder(db, rowOfTeam(teamId), first, second);
    await sweepTeams(db);
    if (who === 'the join') await expectFull(teamId, [...names, friend]);
    else expect(await teamRow(db, teamId)).toMatchObject({ state: 'failed', taken: 3, reserved: 0 });
  },
);

test('[R-30] [INV-38] [INV-39] free contests of the last join, the end of the time and two workers: full or failed, never both', async () => {
  await contests(async () => {
    const { campaignId, teamId, code, names } = await almostFull();
    const friend = somebody();
    const [answer] = await Promise.all([
      join(teams, code, friend),
      runOutOfTime(otherDb, teamId).then(() => failDueTeams(otherDb)),
      failDueTeams(db),
    ]);
    await sweepTeams(db);
    const row = await teamRow(db, teamId);
    expect([codeOf(answer), row?.state]).toEqual(answer.ok ? ['ok', 'split'] : ['team_expired', 'failed']);
    if (answer.ok) await expectFull(teamId, [...names, friend]);
    else {
      const members = await membersOf(db, teamId);
      expect(members.map(({ worth }) => worth)).toEqual([100, null, null]);
      // The pot came back, but for the consolation.
      expect(await accountOf(db, campaignId)).toMatchObject({ reserved: 100, left: 100 * POT_FEN - 100 });
    }
  });
});

/** A person who may join two teams of one campaign. */
async function torn() {
  const campaignId = await putTeamCampaign(db);
  const [one, other] = [await openTeam(teams, campaignId, somebody()), await openTeam(teams, campaignId, somebody())];
  return { one, other, person: somebody() };
}

test.each(['one', 'the other'])(
  '[R-31] one person joins two teams of a campaign at once and %s is first: he is in that one',
  async (who) => {
    const { one, other, person } = await torn();
    const steps = [
      { team: one, from: teams },
      { team: other, from: others },
    ];
    const gates = await Promise.all(steps.map(({ team }) => hold(db, rowOfTeam(team.teamId))));
    const joins = steps.map(({ team, from }) => join(from, team.code, person));
    await untilWaiting(db, 2);
    const first = who === 'one' ? 0 : 1;
    await gates[first]?.release();
    const answers = [codeOf(await (joins[first] as (typeof joins)[0]))];
    await gates[1 - first]?.release();
    answers.push(codeOf(await (joins[1 - first] as (typeof joins)[0])));
    expect(answers).toEqual(['ok', 'other_live_team']);
  },
);

test('[R-31] both joins have looked before either is written down: the database lets one of them in', async () => {
  const { one, other, person } = await torn();
  const answers = await inOrder(
    db,
    WRITES_OF_MEMBERS,
    () => join(teams, one.code, person),
    () => join(others, other.code, person),
  );
  expect(answers.map(codeOf).toSorted()).toEqual(['ok', 'other_live_team']);
});

test('[R-31] free contests of one person who joins three teams and opens one, at two processes: he is in one', async () => {
  await contests(async () => {
    const campaignId = await putTeamCampaign(db);
    const codes = await Promise.all([0, 1, 2].map(async () => (await openTeam(teams, campaignId, somebody())).code));
    const person = somebody();
    const answers = await Promise.all([
      ...codes.map((code, n) => join(which(n), code, person)),
      open(others, campaignId, person),
    ]);
    expect(answers.map(codeOf).toSorted()).toEqual(['ok', ...many(3, 'other_live_team')]);
    const rows = await db.query('select 1 from team_member where shopper_id = $1 and is_live', [person]);
    expect(rows).toHaveLength(1);
  });
});

test('[R-31] free contests of one person who joins two teams of a day that allows one: the second is told that today’s joins are used up', async () => {
  await contests(async () => {
    const campaigns = await Promise.all([0, 1, 2].map(() => putTeamCampaign(db, { size: 2, joinsPerDay: 1 })));
    const person = somebody();
    for (const campaignId of campaigns) {
      const [one, two] = [await openTeam(teams, campaignId, somebody()), await openTeam(teams, campaignId, somebody())];
      const answers = await Promise.all([join(teams, one.code, person), join(others, two.code, person)]);
      expect(answers.map(codeOf).toSorted()).toEqual(['joins_used_up', 'ok']);
    }
  });
});

test.each(['one phone', 'the other'])(
  '[R-33] a member opens his share on two phones and %s is first: one coupon, told twice',
  async (who) => {
    const { teamId, names } = await fullTeam();
    const [member = ''] = names;
    const steps: [() => ReturnType<typeof openShare>, () => ReturnType<typeof openShare>] = [
      () => openShare(teams, teamId, member),
      () => openShare(others, teamId, member),
    ];
    const [first, second] = who === 'one phone' ? steps : [steps[1], steps[0]];
    const answers = await inOrder(db, rowOfTeam(teamId), first, second);
    expect(answers.map((answer) => answer.ok && answer.value.isReplay)).toEqual([false, true]);
    const ids = answers.map((answer) => answer.ok && answer.value.coupon.id);
    expect(ids[0]).toBe(ids[1]);
  },
);

test('[R-33] two members open their shares at two processes at once: each has his own', async () => {
  const { teamId, names } = await fullTeam();
  const [one = '', other = ''] = names;
  const answers = await inOrder(
    db,
    rowOfTeam(teamId),
    () => openShare(teams, teamId, one),
    () => openShare(others, teamId, other),
  );
  expect(answers.map(codeOf)).toEqual(['ok', 'ok']);
  const members = await membersOf(db, teamId);
  expect(members.map(({ share }) => share)).toEqual(['opened', 'opened', 'closed', 'closed']);
  expect(members.slice(0, 2).every(({ fen, worth }) => fen === worth)).toBe(true);
});

test('[R-33] [INV-36] free contests of nine openers for four shares, members twice and one stranger: four coupons, together the pot', async () => {
  await contests(async () => {
    const { teamId, names } = await fullTeam();
    const openers = [...names, ...names, somebody()];
    const answers = await Promise.all(openers.map((opener, n) => openShare(which(n), teamId, opener)));
    expect(answers.map(codeOf)).toEqual([...many(8, 'ok'), 'not_in_team']);
    expect(answers.filter((answer) => answer.ok && !answer.value.isReplay)).toHaveLength(4);
    const members = await membersOf(db, teamId);
    expect(members.every(({ share, fen, worth }) => share === 'opened' && fen === worth)).toBe(true);
    expect(sum(members.map(({ worth }) => worth))).toBe(POT_FEN);
    expect(await teamRow(db, teamId)).toMatchObject({ state: 'over', reserved: 0 });
  });
});

test.each(['the opening', 'the worker'])(
  '[R-34] the last share is opened when its time runs out, %s first: a coupon, or its money back in the budget',
  async (who) => {
    const { campaignId, teamId, names } = await fullTeam();
    const [late = '', ...early] = names;
    for (const member of early) await openShare(teams, teamId, member);
    const worker = async () => {
      await runOutOfShares(otherDb, teamId);
      await lapseDueShares(otherDb);
    };
    const opening = () => openShare(teams, teamId, late);
    const answer =
      who === 'the opening'
        ? (await inOrder(db, rowOfTeam(teamId), opening, worker))[0]
        : (await inOrder(db, rowOfTeam(teamId), worker, opening))[1];
    await sweepTeams(db);
    const members = await membersOf(db, teamId);
    expect([codeOf(answer), members[0]?.share]).toEqual(
      who === 'the opening' ? ['ok', 'opened'] : ['share_lapsed', 'lapsed'],
    );
    const kept = sum(members.map(({ worth }) => worth));
    expect(await accountOf(db, campaignId)).toMatchObject({ reserved: kept, left: 100 * POT_FEN - kept });
  },
);

test('[R-34] free contests of all four openings, the end of the time and two workers: every fen is a coupon or back', async () => {
  await contests(async () => {
    const { campaignId, teamId, names } = await fullTeam();
    const answers = Promise.all(names.map((member, n) => openShare(which(n), teamId, member)));
    await Promise.all([
      answers,
      runOutOfShares(otherDb, teamId).then(() => lapseDueShares(otherDb)),
      lapseDueShares(db),
    ]);
    await sweepTeams(db);
    const members = await membersOf(db, teamId);
    const expected = (await answers).map((answer) => (answer.ok ? 'opened' : 'lapsed'));
    expect(members.map(({ share }) => share)).toEqual(expected);
    expect(await teamRow(db, teamId)).toMatchObject({ state: 'over', reserved: 0 });
    const kept = sum(members.map(({ worth }) => worth));
    expect(await accountOf(db, campaignId)).toMatchObject({ reserved: kept, left: 100 * POT_FEN - kept });
  });
});

test.each(['one', 'the other'])(
  '[R-35] two leaders want the budget’s last pot and %s is first: he has it',
  async (who) => {
    const campaignId = await putTeamCampaign(db, { budgetFen: POT_FEN + 1_999 });
    const [ann, bob] = [() => open(teams, campaignId, somebody()), () => open(others, campaignId, somebody())];
    const [first, second] = who === 'one' ? [ann, bob] : [bob, ann];
    const answers = await inOrder(db, rowOfAccount(campaignId), first, second);
    expect(answers.map(codeOf)).toEqual(['ok', 'team_budget_gone']);
    expect(await accountOf(db, campaignId)).toMatchObject({ left: 1_999, reserved: POT_FEN });
  },
);

test('[R-35] [INV-37] free contests of forty leaders for the money of three teams: three have one', async () => {
  await contests(async () => {
    const campaignId = await putTeamCampaign(db, { budgetFen: 3 * POT_FEN });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => open(which(n), campaignId, somebody())));
    expect(answers.map(codeOf).toSorted()).toEqual([...many(3, 'ok'), ...many(37, 'team_budget_gone')]);
    expect(await accountOf(db, campaignId)).toMatchObject({ left: 0, reserved: 3 * POT_FEN });
  });
});

test('[R-35] what a failed team gives back can be opened again, and not a fen more', async () => {
  const campaignId = await putTeamCampaign(db, { budgetFen: POT_FEN, consolationFen: 0 });
  const { teamId } = await openTeam(teams, campaignId, somebody());
  expect(codeOf(await open(others, campaignId, somebody()))).toBe('team_budget_gone');
  await runOutOfTime(db, teamId);
  await sweepTeams(db);
  const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => open(which(n), campaignId, somebody())));
  expect(answers.map(codeOf).toSorted()).toEqual(['ok', ...many(4, 'team_budget_gone')]);
});
