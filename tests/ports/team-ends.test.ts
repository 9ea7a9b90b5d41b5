import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/platform/database.ts';
import { failDueTeams } from '../../server/team/end-teams.ts';
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

const { open, join, openOwn } = asksOf(() => teams);

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
