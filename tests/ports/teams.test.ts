import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { campaignHash } from '../../lib/domain/team/campaign.ts';
import { seedHashOf, splitPot } from '../../lib/domain/team/split.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { accountOf } from '../support/coupons.ts';
import { testDatabase } from '../support/postgres.ts';
import { asksOf, code, people } from '../support/team-asks.ts';
import {
  joinTeam,
  membersOf,
  openShare,
  openTeam,
  putTeamCampaign,
  teamOf,
  teamRow,
  violationsAfterTeams,
} from '../support/teams.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
/** Two processes of one shop. */
let teams: TeamService;
let other: TeamService;

beforeAll(async () => {
  database = await testDatabase();
  teams = teamService({ db: database.db });
  other = teamService({ db: database.db });
});
afterAll(() => database.drop());
afterEach(async () => expect(await violationsAfterTeams(database.db)).toEqual([]));

const counted = (codes: readonly string[]) =>
  Object.fromEntries([...new Set(codes)].sort().map((one) => [one, codes.filter((code_) => code_ === one).length]));
const { open, join, openOwn } = asksOf(() => teams);

test('a team is opened, filled, split by its committed seed, and its shares become coupons of their own amounts', async () => {
  const campaign = await putTeamCampaign(database.db);
  const opened = await open(campaign, 'a0');
  if (!opened.ok) throw new Error(code(opened));
  const { room, own } = opened.value;
  expect(room).toMatchObject({ version: 1, state: 'gathering', placesLeft: 3, seed: null, luckiestPlace: null });
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 198_000, reserved: 2_000, spent: 0 });
  await joinTeam(teams, room.code, 'a1');
  await joinTeam(other, room.code, 'a2');
  const last = await joinTeam(teams, room.code, 'a3');
  expect(last.room).toMatchObject({ version: 4, state: 'split', placesLeft: 0, seedHash: room.seedHash });
  const seed = last.room.seed ?? '';
  expect(seedHashOf(seed)).toBe(room.seedHash);
  const shares = last.room.places.map(({ share }) => share?.fen ?? 0);
  expect(shares).toEqual(splitPot({ potFen: 2_000, size: 4, leastPermille: 50, leaderExtraPermille: 0 }, seed));
  expect(shares.reduce((a, b) => a + b, 0)).toBe(2_000);
  const mine = await openShare(other, own.teamId, 'a2');
  expect(mine.coupon).toMatchObject({
    templateId: campaign,
    state: 'usable',
    whyNot: null,
    rule: { kind: 'red_packet', cutFen: shares[2] },
  });
  expect(mine.own.coupon).toEqual(mine.coupon);
  for (const shopper of ['a0', 'a1', 'a3']) await openShare(teams, own.teamId, shopper);
  expect(await teamRow(database.db, own.teamId)).toMatchObject({ state: 'over', reserved: 0 });
  expect((await membersOf(database.db, own.teamId)).map(({ worth }) => worth)).toEqual(shares);
  // The money has moved from the team to its coupons; of the account nothing has moved.
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 198_000, reserved: 2_000, spent: 0 });
});

test('opening, joining and opening a share are answered once per key, and to who asks again with another key the same', async () => {
  const campaign = await putTeamCampaign(database.db);
  const key = randomUUID();
  const [first, second] = [await open(campaign, 'b0', key), await open(campaign, 'b0', key, other)];
  if (!first.ok || !second.ok) throw new Error('refused');
  expect(second.value).toEqual({ ...first.value, now: second.value.now, isReplay: true });
  expect(await accountOf(database.db, campaign)).toMatchObject({ reserved: 2_000 });
  const { room, own } = first.value;
  const joining = randomUUID();
  expect([code(await join(room.code, 'b1', joining)), code(await join(room.code, 'b1', joining, other))]).toEqual([
    'ok',
    'ok',
  ]);
  expect(await join(room.code, 'b1', randomUUID(), other)).toMatchObject({
    ok: true,
    value: { isReplay: true, own: { place: 2, isLeader: false }, room: { placesLeft: 2 } },
  });
  // A key belongs to what it was first used for.
  const elsewhere = await openTeam(teams, await putTeamCampaign(database.db), 'b9');
  expect(code(await join(elsewhere.code, 'b1', joining))).toBe('key_reused');
  expect(code(await open(await putTeamCampaign(database.db), 'b0', key))).toBe('key_reused');
  await joinTeam(teams, room.code, 'b2');
  await joinTeam(teams, room.code, 'b3');
  const opening = randomUUID();
  const shares = await Promise.all([
    openOwn(own.teamId, 'b1', opening),
    openOwn(own.teamId, 'b1', opening, other),
    openOwn(own.teamId, 'b1', randomUUID(), other),
  ]);
  const ids = shares.map((answer) => (answer.ok ? answer.value.coupon.id : code(answer)));
  expect(new Set(ids).size).toBe(1);
  expect(shares.map((answer) => answer.ok && answer.value.isReplay).sort()).toEqual([false, true, true]);
  // Joining again and opening again stay answered after the split.
  expect(code(await join(room.code, 'b1', joining))).toBe('ok');
  expect(code(await open(campaign, 'b0', key))).toBe('ok');
});

test('each refusal is its own', async () => {
  const campaign = await putTeamCampaign(database.db, { joinsPerDay: 1, size: 3 });
  const team = await openTeam(teams, campaign, 'c0');
  expect(code(await join(team.code, 'c0'))).toBe('own_team');
  expect(await open(campaign, 'c0')).toMatchObject({
    ok: false,
    refusal: { code: 'other_live_team', teamCode: team.code },
  });
  expect(code(await join('zzzzzzzzzzzz', 'c1'))).toBe('unknown_team');
  expect(code(await join('half a link', 'c1'))).toBe('unknown_team');
  expect(code(await open('nothing', 'c1'))).toBe('unknown_team_campaign');
  expect(code(await openOwn('tm_nothing', 'c1'))).toBe('unknown_team');
  expect(code(await openOwn(team.teamId, 'c1'))).toBe('not_in_team');
  expect(await openOwn(team.teamId, 'c0')).toMatchObject({ refusal: { code: 'team_not_split', placesLeft: 2 } });
  await joinTeam(teams, team.code, 'c1');
  const second = await openTeam(teams, campaign, 'c2');
  // In one that gathers he cannot open or join another; when it is full he can open, but his joins of today are used.
  expect(await join(second.code, 'c1')).toMatchObject({ refusal: { code: 'other_live_team', teamCode: team.code } });
  await joinTeam(teams, team.code, 'c3');
  expect(code(await join(team.code, 'c4'))).toBe('team_full');
  const used = await join(second.code, 'c1');
  expect(used).toMatchObject({ ok: false, refusal: { code: 'joins_used_up', limit: 1 } });
  expect(!used.ok && used.refusal.code === 'joins_used_up' && used.refusal.againAt).toBeGreaterThan(Date.now());
  expect(code(await open(campaign, 'c1'))).toBe('ok');
});

test.each([
  ['one that starts later', { startsAt: Date.now() + 3_600_000 }, 'team_campaign_not_open'],
  ['one that is over', { startsAt: 1, endsAt: Date.now() - 1_000 }, 'team_campaign_over'],
  ['one whose budget is less than a pot', { budgetFen: 1_999 }, 'team_budget_gone'],
])('%s opens no team', async (_what, more, expected) => {
  expect(code(await open(await putTeamCampaign(database.db, more), 'd0'))).toBe(expected);
});

test('[INV-37] of 60 people at two processes as many open a team as there are pots, to the fen', async () => {
  const campaign = await putTeamCampaign(database.db, { budgetFen: 2_000 * 7 + 1_999 });
  const codes = await Promise.all(
    people('e', 60).map(async (shopper, i) => code(await open(campaign, shopper, randomUUID(), i % 2 ? other : teams))),
  );
  expect(counted(codes)).toEqual({ ok: 7, team_budget_gone: 53 });
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 1_999, reserved: 14_000 });
  expect((await teams.running()).campaigns.find(({ campaign: { id } }) => id === campaign)).toMatchObject({
    isSoldOut: true,
    state: 'running',
  });
});

test('[INV-38] fifty people at two processes want the last place: one has it, 49 are told that the team is full', async () => {
  const campaign = await putTeamCampaign(database.db);
  const team = await teamOf(teams, campaign, people('f', 3));
  const codes = await Promise.all(
    people('g', 50).map(async (shopper, i) =>
      code(await join(team.code, shopper, randomUUID(), i % 2 ? other : teams)),
    ),
  );
  expect(counted(codes)).toEqual({ ok: 1, team_full: 49 });
  expect(await teamRow(database.db, team.teamId)).toMatchObject({ state: 'split', taken: 4 });
  const fens = (await membersOf(database.db, team.teamId)).map(({ fen }) => fen ?? 0);
  expect(fens.reduce((a, b) => a + b, 0)).toBe(2_000);
});

test('[INV-38] one person who asks for many teams at two processes at once is in one that gathers', async () => {
  const campaign = await putTeamCampaign(database.db);
  const open_ = await Promise.all(people('h', 6).map((leader) => openTeam(teams, campaign, leader)));
  const codes = await Promise.all(
    open_.map(async (team, i) => code(await join(team.code, 'popular', randomUUID(), i % 2 ? other : teams))),
  );
  codes.push(code(await open(campaign, 'popular', randomUUID(), other)));
  expect(counted(codes)).toEqual({ ok: 1, other_live_team: 6 });
});

test('what is shown of a campaign is what was frozen, and it cannot be changed', async () => {
  const id = await putTeamCampaign(database.db);
  const shown = (await teams.running()).campaigns.find(({ campaign }) => campaign.id === id);
  expect(shown?.campaign.odds.reduce((sum, { perMillion }) => sum + perMillion, 0)).toBe(1_000_000);
  expect(shown && campaignHash(shown.campaign)).toBe(shown?.hash);
  await expect(database.db.query(`update team_campaign set settings = '{}' where id = $1`, [id])).rejects.toThrow(
    'can be stopped, not changed',
  );
});

test('nobody sees the seed or an id before the split, whoever asks', async () => {
  const campaign = await putTeamCampaign(database.db);
  const team = await teamOf(teams, campaign, ['secret-leader', 'secret-friend']);
  const [stored] = await database.db.query<{ seed: string }>('select seed from team where id = $1', [team.teamId]);
  for (const shopper of ['', 'secret-friend', 'nobody']) {
    const text = JSON.stringify(await teams.room(team.code, shopper));
    expect(text).not.toContain(stored?.seed);
    expect(text).not.toContain('secret-');
  }
});
