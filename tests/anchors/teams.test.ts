import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { accountOf } from '../support/coupons.ts';
import { testDatabase } from '../support/postgres.ts';
import {
  membersOf,
  putTeamCampaign,
  runOutOfTime,
  sweepTeams,
  teamOf,
  teamRow,
  violationsAfterTeams,
} from '../support/teams.ts';
import { atOnce } from './support.ts';

/* What failed at other malls where people gather, done to our team packets by the same recipe, at two processes. */

let db: Database;
let drop: () => Promise<void>;
let teams: TeamService;
let others: TeamService;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  teams = teamService({ db });
  others = teamService({ db });
});
afterAll(() => drop());
afterEach(async () => expect(await violationsAfterTeams(db)).toEqual([]));

test('a group whose time ends short of people counts as full (litemall #159, #283, CRMEB #27): it has failed, shares nothing out and its money is free again', async () => {
  const campaign = await putTeamCampaign(db);
  const whole = await accountOf(db, campaign);
  const { teamId, code } = await teamOf(teams, campaign, ['leader', 'one', 'two']);
  await runOutOfTime(db, teamId);
  // The fourth comes after the time and before the worker.
  expect(await others.join({ shopperId: 'late', key: randomUUID(), code, name: null })).toMatchObject({ ok: false });
  await sweepTeams(db);
  expect(await teamRow(db, teamId)).toMatchObject({ state: 'failed', taken: 3 });
  expect((await membersOf(db, teamId)).map(({ fen }) => fen)).toEqual([null, null, null]);
  // What the leader is given for his trouble is all that the campaign has promised.
  const left = await accountOf(db, campaign);
  expect((whole?.left ?? 0) - (left?.left ?? 0)).toBeLessThanOrEqual(100);
});

test('one member too many, and the group is never complete (CRMEB’s "if there are none left"): eight at once for the last place, one has it and the team is split at once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const campaign = await putTeamCampaign(db);
    const { teamId, code } = await teamOf(teams, campaign, [`l${round}`, `a${round}`, `b${round}`]);
    const answers = await atOnce(8, (i) =>
      (i % 2 ? teams : others).join({ shopperId: `r${round}-${i}`, key: randomUUID(), code, name: null }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    // Nobody has to open the page for it.
    expect(await teamRow(db, teamId)).toMatchObject({ state: 'split', taken: 4 });
    const shares = (await membersOf(db, teamId)).map(({ fen }) => fen ?? 0);
    expect(shares.reduce((sum, fen) => sum + fen, 0)).toBe(2_000);
  }
});
