import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { accountOf } from '../support/coupons.ts';
import { testDatabase } from '../support/postgres.ts';
import { membersOf, openTeam, putTeamCampaign, violationsAfterTeams } from '../support/teams.ts';

const POT_FEN = 2_000;
const POTS = 40;
const LEADERS = 50;
const CUTS = 20;

let db: Database;
let serving: Database[];
let teams: TeamService[];
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await testDatabase();
  ({ db } = made);
  serving = [0, 1].map(() => openDatabase(made.url, { isServing: true }));
  teams = serving.map((one) => teamService({ db: one }));
  drop = async () => {
    await Promise.all(teams.map((one) => one.drain()));
    await Promise.all(serving.map((one) => one.close()));
    await made.drop();
  };
});
afterAll(() => drop());

type Refused = { readonly ok: false; readonly refusal: { readonly code: string } };

/** Sends the same command until somebody answers with more than "come again", to either process, as phones do. */
async function insist<A extends { readonly ok: true } | Refused>(send: (to: TeamService) => Promise<A>): Promise<A> {
  for (let turn = Math.round(Math.random()); ; turn += 1) {
    const answer = await send(teams[turn % 2] as TeamService);
    if (answer.ok || answer.refusal.code !== 'try_later') return answer;
    await pause(5);
  }
}

/** Cuts what serves off from the database, at moments of nobody's choosing. */
async function cutAgainAndAgain(): Promise<number> {
  let cut = 0;
  for (let n = 0; n < CUTS; n += 1) {
    await pause(20 + 60 * Math.random());
    const rows = await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    cut += rows.length;
  }
  return cut;
}

test('[P5] pots that are opened, filled and shared out while every connection is cut again and again: exact, once, within the budget', async () => {
  const campaignId = await putTeamCampaign(db, { budgetFen: POTS * POT_FEN });
  await openTeam(teams[0] as TeamService, campaignId, 'warm');
  const told = new Map<string, { coupons: Set<string>; fen: number }>();
  const cutting = cutAgainAndAgain();
  const life = async (n: number): Promise<string> => {
    const people = [0, 1, 2, 3].map((place) => `person-${n}-${place}`);
    const [leader = '', ...friends] = people;
    const key = randomUUID();
    const opened = await insist((to) => to.open({ shopperId: leader, key, campaignId, name: null }));
    if (!opened.ok) return opened.refusal.code;
    const { room, own } = opened.value;
    const joined = await Promise.all(
      friends.map((shopperId) => {
        const joinKey = randomUUID();
        return insist((to) => to.join({ shopperId, key: joinKey, code: room.code, name: null }));
      }),
    );
    expect(joined.every(({ ok }) => ok)).toBe(true);
    // Everybody twice, with another key: one coupon each.
    await Promise.all(
      [...people, ...people].map(async (shopperId) => {
        const shareKey = randomUUID();
        const answer = await insist((to) => to.openShare({ shopperId, key: shareKey, teamId: own.teamId }));
        if (!answer.ok) throw new Error(answer.refusal.code);
        const { coupon } = answer.value;
        const one = told.get(`${own.teamId}|${shopperId}`) ?? { coupons: new Set<string>(), fen: 0 };
        one.coupons.add(coupon.id);
        one.fen = 'cutFen' in coupon.rule ? coupon.rule.cutFen : 0;
        told.set(`${own.teamId}|${shopperId}`, one);
      }),
    );
    return own.teamId;
  };
  const lives = await Promise.all(Array.from({ length: LEADERS }, (_, n) => life(n)));
  expect(await cutting).toBeGreaterThan(0);
  const full = lives.filter((one) => one !== 'team_budget_gone');
  expect(full).toHaveLength(POTS - 1);
  for (const teamId of full) {
    const members = await membersOf(db, teamId);
    expect(members.reduce((sum, { fen }) => sum + (fen ?? 0), 0)).toBe(POT_FEN);
    for (const { shopper, coupon, fen, worth } of members) {
      const one = told.get(`${teamId}|${shopper}`);
      expect([...(one?.coupons ?? [])]).toEqual([coupon]);
      expect([worth, one?.fen]).toEqual([fen, fen]);
    }
  }
  expect(await accountOf(db, campaignId)).toMatchObject({ left: 0, reserved: POTS * POT_FEN });
  expect(await violationsAfterTeams(db)).toEqual([]);
}, 60_000);
