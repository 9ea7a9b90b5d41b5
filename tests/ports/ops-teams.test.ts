import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { opsApprovePacketRaise } from '../../lib/contracts/ops-packet.ts';
import {
  opsApproveTeamCampaign,
  opsApproveTeamRaise,
  opsPublishTeamCampaign,
  opsRaiseTeamCampaign,
  opsSaveTeamCampaign,
  opsStopTeamCampaign,
  opsTeamsRead,
  opsUndoTeamRaise,
} from '../../lib/contracts/ops-team.ts';
import { campaignHash } from '../../lib/domain/team/campaign.ts';
import type { TeamCampaign, TeamSettings } from '../../lib/domain/team/team.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { accountOf } from '../support/coupons.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import { testDatabase } from '../support/postgres.ts';
import { addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';
import {
  membersOf,
  openShare,
  sweepTeams,
  teamOf,
  teamRow,
  teamSettings,
  violationsAfterTeams,
} from '../support/teams.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let operator: Browser;
let teams: TeamService;

beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  teams = teamService({ db });
  edge = await identityEdge(db, () => opsRoutesOf(db));
  operator = await staffBrowser(edge, 'operator');
  await addSkus(db, [{ id: 'a' }]);
});
afterEach(async () => {
  expect(await violationsAfterTeams(database.db)).toEqual([]);
  await edge.app.close();
  await database.drop();
});

const draft = (more: Partial<TeamSettings> = {}) =>
  structuredClone({
    id: randomUUID(),
    ...teamSettings({ name: { zh: '组队瓜分20元', en: 'Share ¥20' }, ...more }),
  }) as {
    id: string;
  } & TeamSettings;
const seen = async (id: string, by = operator) =>
  accepted(await by.call(opsTeamsRead, {})).campaigns.find((one) => one.id === id);
async function published(more: Partial<TeamSettings> = {}): Promise<string> {
  const one = draft(more);
  accepted(await operator.call(opsSaveTeamCampaign, one));
  accepted(await operator.call(opsPublishTeamCampaign, { id: one.id }));
  return one.id;
}
const HOUR = 3_600_000;

test('a draft says its shares and odds; published it is frozen under its hash, once, and teams can be opened', async () => {
  const one = draft();
  accepted(await operator.call(opsSaveTeamCampaign, one));
  expect(await seen(one.id)).toMatchObject({ state: 'draft', hash: null, faults: [], leastFen: 100, isOwn: true });
  accepted(await operator.call(opsSaveTeamCampaign, { ...one, consolationFen: 50 }));
  accepted(await operator.call(opsPublishTeamCampaign, { id: one.id }));
  expect(outcomeOf(await operator.call(opsPublishTeamCampaign, { id: one.id }))).toBe('ok');

  const shown = await seen(one.id);
  expect(shown).toMatchObject({
    state: 'running',
    consolationFen: 50,
    figures: { leftFen: 200_000, reservedFen: 0, exposureFen: 200_000, gathering: 0 },
  });
  const { odds, leastFen, mostFen } = shown as unknown as TeamCampaign;
  const { id, ...settings } = { ...one, consolationFen: 50 };
  expect(shown?.hash).toBe(campaignHash({ id, ...settings, leastFen, mostFen, odds }));
  expect(odds.reduce((sum, { perMillion }) => sum + perMillion, 0)).toBe(1_000_000);
  await teamOf(teams, one.id, ['ann']);
  expect(await seen(one.id)).toMatchObject({ figures: { gathering: 1, members: 1, reservedFen: 2_000 } });
  await expect(database.db.query(`update team_campaign set settings = '{}' where id = $1`, [one.id])).rejects.toThrow(
    /stopped, not changed/,
  );
});

test('figures follow teams, shares and coupons', async () => {
  const id = await published();
  const full = await teamOf(teams, id, ['a', 'b', 'c', 'd']);
  await openShare(teams, full.teamId, 'a');
  await teamOf(teams, id, ['e', 'f']);
  const [first] = await membersOf(database.db, full.teamId);
  expect((await seen(id))?.figures).toMatchObject({
    gathering: 1,
    split: 1,
    over: 0,
    failed: 0,
    members: 6,
    closed: 3,
    opened: 1,
    usable: 1,
    reservedFen: 4_000,
    leftFen: 196_000,
    exposureFen: 200_000,
  });
  expect(first?.worth).toBe(first?.fen);
});

test('[P33] an unlawful team campaign stays a draft, which says so before and when it is published', async () => {
  const one = draft({ name: { zh: '3人组队瓜分现金50元', en: 'Share ¥20' } });
  accepted(await operator.call(opsSaveTeamCampaign, one));
  const codes = (await seen(one.id))?.faults.map(({ code }) => code);
  expect(codes).toEqual(['promises_more', 'says_cash', 'hides_threshold']);
  const answer = await operator.call(opsPublishTeamCampaign, { id: one.id });
  expect(answer).toMatchObject({ refusal: { code: 'campaign_unlawful', faults: codes?.map((code) => ({ code })) } });
  expect(await database.db.query('select 1 from coupon_template')).toEqual([]);

  const big = draft({ potFen: 30_000_000, budgetFen: 30_000_000, consolationFen: 0, name: { zh: '大奖', en: 'Big' } });
  accepted(await operator.call(opsSaveTeamCampaign, big));
  expect(await operator.call(opsPublishTeamCampaign, { id: big.id })).toMatchObject({
    refusal: {
      faults: [{ code: 'prize_too_big', article: { zh: '反不正当竞争法（2019）第十条' } }],
    },
  });
});

test('[P33] a campaign that has just ended is not wound up again, and a published end does not move', async () => {
  const one = draft();
  accepted(await operator.call(opsSaveTeamCampaign, one));
  accepted(await operator.call(opsPublishTeamCampaign, { id: one.id }));
  expect(await operator.call(opsSaveTeamCampaign, { ...one, endsAt: one.endsAt + HOUR })).toMatchObject({
    refusal: { code: 'campaign_unlawful', faults: [{ code: 'end_changed' }] },
  });
  expect(outcomeOf(await operator.call(opsSaveTeamCampaign, one))).toBe('team_campaign_published');
  const again = draft({ endsAt: one.endsAt + 2 * HOUR });
  accepted(await operator.call(opsSaveTeamCampaign, again));
  expect(await operator.call(opsPublishTeamCampaign, { id: again.id })).toMatchObject({
    refusal: { faults: [{ code: 'offer_restarted' }] },
  });
});

test.each([
  ['a least share that is more than there is', { leastPermille: 300 }, 'team_campaign_wrong'],
  ['a budget below one pot', { budgetFen: 1_999 }, 'team_campaign_wrong'],
  ['an end in the past', { endsAt: Date.now() - 1 }, 'team_campaign_wrong'],
  ['a category that is not there', { scope: { kind: 'categories', ids: ['wine'] } }, 'unknown_scope'],
] as const)('%s is refused', async (_what, more, code) => {
  expect(outcomeOf(await operator.call(opsSaveTeamCampaign, draft(more as Partial<TeamSettings>)))).toBe(code);
});

test('[COUP2] a big campaign waits for a second operator, and its maker is not one', async () => {
  const other = await staffBrowser(edge, 'operator');
  const id = await published({ budgetFen: 2_000_000 });
  expect(await seen(id)).toMatchObject({ state: 'waiting' });
  expect(outcomeOf(await operator.call(opsApproveTeamCampaign, { id }))).toBe('same_person');
  accepted(await other.call(opsApproveTeamCampaign, { id }));
  expect(outcomeOf(await other.call(opsApproveTeamCampaign, { id }))).toBe('ok');
  expect(await seen(id)).toMatchObject({ state: 'running' });
});

test('[COUP2] a raise needs a second operator; then as many more teams can be opened, and shoppers read what was added', async () => {
  const { db } = database;
  const second = await staffBrowser(edge, 'operator');
  const id = await published({ budgetFen: 2_000 });
  await teamOf(teams, id, ['ann']);
  expect(await teams.open({ shopperId: 'ben', key: randomUUID(), campaignId: id, name: null })).toMatchObject({
    refusal: { code: 'team_budget_gone' },
  });
  const raiseId = randomUUID();
  const asking = { id, raiseId, addFen: 4_100 };
  accepted(await operator.call(opsRaiseTeamCampaign, asking));
  // The same tap again is the same raise; another one waits for it; the other kinds' desks know nothing of it.
  accepted(await operator.call(opsRaiseTeamCampaign, asking));
  expect(outcomeOf(await operator.call(opsRaiseTeamCampaign, { ...asking, raiseId: randomUUID() }))).toBe('raise_open');
  expect(outcomeOf(await second.call(opsApprovePacketRaise, { raiseId }))).toBe('not_found');
  expect(outcomeOf(await operator.call(opsApproveTeamRaise, { raiseId }))).toBe('same_person');
  expect(await seen(id)).toMatchObject({ budgetFen: 2_000, raise: { id: raiseId, addFen: 4_100, validFrom: null } });
  expect(await accountOf(db, id)).toMatchObject({ left: 0, reserved: 2_000 });
  accepted(await second.call(opsApproveTeamRaise, { raiseId }));
  expect(await accountOf(db, id)).toMatchObject({ left: 4_100, reserved: 2_000 });
  expect(await seen(id)).toMatchObject({ budgetFen: 6_100, raise: null, figures: { exposureFen: 6_000 } });
  expect(outcomeOf(await operator.call(opsUndoTeamRaise, { raiseId }))).toBe('raise_in_force');
  // The frozen object and its hash are what they were.
  const [running] = (await teams.running()).campaigns;
  expect(running).toMatchObject({ campaign: { budgetFen: 2_000 }, raisedFen: 4_100, isSoldOut: false });
  for (const leader of ['ben', 'cid']) await teamOf(teams, id, [leader]);
  expect(await accountOf(db, id)).toMatchObject({ left: 100, reserved: 6_000 });

  const other = randomUUID();
  accepted(await operator.call(opsRaiseTeamCampaign, { id, raiseId: other, addFen: 1 }));
  accepted(await operator.call(opsUndoTeamRaise, { raiseId: other }));
  expect(outcomeOf(await second.call(opsApproveTeamRaise, { raiseId: other }))).toBe('team_campaign_over');
  accepted(await operator.call(opsStopTeamCampaign, { id, withdraw: false, reason: '够了' }));
  expect(outcomeOf(await operator.call(opsRaiseTeamCampaign, { ...asking, raiseId: randomUUID() }))).toBe(
    'team_campaign_over',
  );
});

test('[COUP2] who is alone waits ten minutes, and can stop it until then', async () => {
  const id = await published({ budgetFen: 2_000_000 });
  const one = await seen(id);
  expect(one).toMatchObject({ state: 'delayed' });
  expect((one?.validFrom ?? 0) - Date.now()).toBeGreaterThan(9 * 60_000);
  accepted(await operator.call(opsStopTeamCampaign, { id, withdraw: false, reason: '写错了' }));
  expect(await seen(id)).toMatchObject({ state: 'stopped' });
});

test('a stop lets teams go on; a withdrawal ends them, takes coupons back, and returns the money', async () => {
  const id = await published();
  const full = await teamOf(teams, id, ['a', 'b', 'c', 'd']);
  await openShare(teams, full.teamId, 'a');
  const half = await teamOf(teams, id, ['e', 'f']);
  accepted(await operator.call(opsStopTeamCampaign, { id, withdraw: false, reason: '预算调整' }));
  expect(await teams.open({ shopperId: 'z', key: randomUUID(), campaignId: id, name: null })).toMatchObject({
    refusal: { code: 'team_campaign_stopped' },
  });
  await sweepTeams(database.db);
  expect(await teamRow(database.db, half.teamId)).toMatchObject({ state: 'gathering' });

  accepted(await operator.call(opsStopTeamCampaign, { id, withdraw: true, reason: '收回' }));
  accepted(await operator.call(opsStopTeamCampaign, { id, withdraw: true, reason: '收回' }));
  await sweepTeams(database.db);
  expect(await seen(id)).toMatchObject({
    state: 'stopped',
    isWithdrawn: true,
    figures: {
      gathering: 0,
      split: 0,
      over: 1,
      failed: 1,
      voided: 1,
      leftFen: 200_000,
      reservedFen: 0,
      exposureFen: 0,
    },
  });
  expect(await database.db.query(`select 1 from audit where action = 'ops.stopTeamCampaign'`)).toHaveLength(2);
});

test('a draft that nobody wants is thrown away, once', async () => {
  const one = draft();
  accepted(await operator.call(opsSaveTeamCampaign, one));
  const stop = { id: one.id, withdraw: false, reason: '不要了' };
  accepted(await operator.call(opsStopTeamCampaign, stop));
  expect(outcomeOf(await operator.call(opsStopTeamCampaign, stop))).toBe('ok');
  expect(await seen(one.id)).toBeUndefined();
  expect(outcomeOf(await operator.call(opsPublishTeamCampaign, { id: one.id }))).toBe('team_campaign_over');
  expect(outcomeOf(await operator.call(opsStopTeamCampaign, { ...stop, id: 'nowhere' }))).toBe('not_found');
  expect(await database.db.query(`select 1 from audit where action = 'ops.stopTeamCampaign'`)).toHaveLength(1);
});
