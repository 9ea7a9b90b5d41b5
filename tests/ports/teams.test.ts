import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { campaignHash } from '../../lib/domain/team/campaign.ts';
import { seedHashOf, splitPot } from '../../lib/domain/team/split.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { failDueTeams } from '../../server/team/end-teams.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { accountOf } from '../support/coupons.ts';
import { testDatabase } from '../support/postgres.ts';
import {
  joinTeam,
  membersOf,
  openShare,
  openTeam,
  putTeamCampaign,
  runOutOfShares,
  runOutOfTime,
  sweepTeams,
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

type Asked = { readonly ok: boolean; readonly refusal?: { readonly code: string } };
const code = (answer: Asked) => (answer.ok ? 'ok' : (answer.refusal?.code ?? ''));
const counted = (codes: readonly string[]) =>
  Object.fromEntries([...new Set(codes)].sort().map((one) => [one, codes.filter((code_) => code_ === one).length]));
const open = (campaignId: string, shopperId: string, key: string = randomUUID(), at = teams) =>
  at.open({ shopperId, key, campaignId, name: null });
const join = (teamCode: string, shopperId: string, key: string = randomUUID(), at = teams) =>
  at.join({ shopperId, key, code: teamCode, name: null });
const openOwn = (teamId: string, shopperId: string, key: string = randomUUID(), at = teams) =>
  at.openShare({ shopperId, key, teamId });
const people = (prefix: string, count = 4) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

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

test('a team that does not fill in time fails by the clock: its pot goes back but for the consolation, once', async () => {
  const campaign = await putTeamCampaign(database.db, { consolationFen: 150 });
  const team = await teamOf(teams, campaign, ['i0', 'i1']);
  await runOutOfTime(database.db, team.teamId);
  // Before the worker has come by.
  expect(await join(team.code, 'i2')).toMatchObject({ refusal: { code: 'team_expired' } });
  expect(await openOwn(team.teamId, 'i1')).toMatchObject({ refusal: { code: 'team_expired' } });
  expect(await teams.room(team.code, '')).toMatchObject({ ok: true, value: { room: { state: 'failed' }, own: null } });
  // And his next team waits for no worker.
  const again = await openTeam(other, campaign, 'i1');
  expect(await teamRow(database.db, team.teamId)).toMatchObject({ state: 'failed', reserved: 0 });
  await Promise.all([sweepTeams(database.db), sweepTeams(database.db)]);
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 198_000 - 150, reserved: 2_150 });
  const leader = await teams.room(team.code, 'i0');
  expect(leader).toMatchObject({
    ok: true,
    value: { own: { isLeader: true, coupon: { state: 'usable', rule: { kind: 'red_packet', cutFen: 150 } } } },
  });
  expect(await teams.room(team.code, 'i1')).toMatchObject({ ok: true, value: { own: { place: 2, coupon: null } } });
  expect((await teams.mine('i0')).teams).toMatchObject([{ code: team.code, state: 'failed', consolationFen: 150 }]);
  expect((await teams.mine('i1')).campaigns.find(({ campaignId }) => campaignId === campaign)).toMatchObject({
    joinsLeft: 2,
    liveCode: again.code,
  });
});

test('a share that nobody opens runs out by the clock and goes back; its owner is told before', async () => {
  const campaign = await putTeamCampaign(database.db);
  const team = await teamOf(teams, campaign, people('j'));
  await openShare(teams, team.teamId, 'j0');
  await database.db.query(
    `update team set open_until = now() + interval '1 minute', split_at = now() - interval '1 day' where id = $1`,
    [team.teamId],
  );
  await sweepTeams(database.db);
  await sweepTeams(database.db);
  const told = async (topic: string) =>
    (
      await database.db.query<{ shopper: string }>(
        `select m.shopper_id as shopper from outbox o join team_member m on m.team_id = o.aggregate and m.place = (o.body ->> 'place')::integer
         where o.topic = $1 and m.team_id = $2 order by 1`,
        [topic, team.teamId],
      )
    ).map(({ shopper }) => shopper);
  expect(await told('team.lapsing')).toEqual(['j1', 'j2', 'j3']);
  expect(await told('team.split')).toEqual(['j0', 'j1', 'j2']);
  await runOutOfShares(database.db, team.teamId);
  expect(await openOwn(team.teamId, 'j1')).toMatchObject({ refusal: { code: 'share_lapsed' } });
  expect(await teams.room(team.code, 'j1')).toMatchObject({
    value: {
      room: { state: 'over', places: [{ share: { state: 'opened' } }, { share: { state: 'lapsed' } }, {}, {}] },
    },
  });
  await sweepTeams(database.db);
  const [opened] = await membersOf(database.db, team.teamId);
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 200_000 - (opened?.fen ?? 0) });
  expect(code(await openOwn(team.teamId, 'j0'))).toBe('ok');
});

test('a stopped campaign opens no team, and those that gather go on', async () => {
  const campaign = await putTeamCampaign(database.db);
  const team = await teamOf(teams, campaign, ['k0', 'k1']);
  await database.db.query(`update coupon_template set stopped_at = now(), stopped_by = 'test' where id = $1`, [
    campaign,
  ]);
  expect(code(await open(campaign, 'k5'))).toBe('team_campaign_stopped');
  await joinTeam(teams, team.code, 'k2');
  expect((await joinTeam(teams, team.code, 'k3')).room.state).toBe('split');
  await openShare(teams, team.teamId, 'k3');
  expect(await teams.room(team.code, '')).toMatchObject({ value: { campaignState: 'stopped' } });
});

test('a withdrawn campaign takes back teams and unopened shares at once, and its money', async () => {
  const campaign = await putTeamCampaign(database.db);
  const gathering = await teamOf(teams, campaign, ['l0', 'l1']);
  const split = await teamOf(teams, campaign, people('m'));
  const kept = await openShare(teams, split.teamId, 'm0');
  await database.db.query(
    `update coupon_template set stopped_at = now(), stopped_by = 'test', withdrawn_at = now() where id = $1`,
    [campaign],
  );
  expect(code(await join(gathering.code, 'l2'))).toBe('team_campaign_stopped');
  expect(code(await openOwn(split.teamId, 'm1'))).toBe('team_campaign_stopped');
  expect(await teams.room(gathering.code, '')).toMatchObject({
    value: { room: { state: 'failed', isWithdrawn: true } },
  });
  await sweepTeams(database.db);
  expect(await teamRow(database.db, gathering.teamId)).toMatchObject({ state: 'failed', reserved: 0 });
  expect(await teams.room(split.code, 'm1')).toMatchObject({ value: { room: { state: 'over', isWithdrawn: true } } });
  expect(await membersOf(database.db, gathering.teamId)).toMatchObject([{ coupon: null }, { coupon: null }]);
  const worth = kept.coupon.rule.kind === 'red_packet' ? kept.coupon.rule.cutFen : 0;
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 200_000 - worth, reserved: worth });
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

test('a process that dies in the middle of a join has done nothing, and the same key at another has the place', async () => {
  const campaign = await putTeamCampaign(database.db);
  const team = await teamOf(teams, campaign, ['n0', 'n1', 'n2']);
  const dying = openDatabase(database.url);
  const holder = await database.db.pool.connect();
  const key = randomUUID();
  try {
    await holder.query('begin');
    await holder.query('select 1 from team where id = $1 for update', [team.teamId]);
    const lost = join(team.code, 'n3', key, teamService({ db: dying }));
    // It has written nothing yet: it waits for the row, with all that it would do still in hand.
    await expect
      .poll(async () => {
        const rows = await database.db.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and query like '%from team%'`,
        );
        return rows.length;
      })
      .toBe(1);
    expect(await lost).toMatchObject({ refusal: { code: 'try_later' } });
  } finally {
    await holder.query('rollback');
    holder.release();
    await dying.close();
  }
  expect(await teamRow(database.db, team.teamId)).toMatchObject({ taken: 3, state: 'gathering' });
  const [first, second] = [await join(team.code, 'n3', key, other), await join(team.code, 'n3', key)];
  expect([first.ok && first.value.isReplay, second.ok && second.value.isReplay]).toEqual([false, true]);
  expect(await teamRow(database.db, team.teamId)).toMatchObject({ taken: 4, state: 'split' });
});

test('a worker that dies between two teams leaves whole teams, and the next one goes on', async () => {
  const campaign = await putTeamCampaign(database.db);
  const ids = [];
  for (const leader of people('o', 3)) ids.push((await openTeam(teams, campaign, leader)).teamId);
  for (const id of ids) await runOutOfTime(database.db, id);
  const holder = await database.db.pool.connect();
  try {
    await holder.query('begin');
    // Somebody is busy with the second team: the worker passes it over.
    await holder.query('select 1 from team where id = $1 for update', [ids[1]]);
    await failDueTeams(database.db);
    const states = await Promise.all(ids.map(async (id) => (await teamRow(database.db, id))?.state));
    expect(states).toEqual(['failed', 'gathering', 'failed']);
    expect(await accountOf(database.db, campaign)).toMatchObject({ left: 200_000 - 2_200 });
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  await failDueTeams(database.db);
  expect(await accountOf(database.db, campaign)).toMatchObject({ left: 200_000 - 300, reserved: 300 });
});
