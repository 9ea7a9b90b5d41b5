import { randomUUID } from 'node:crypto';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { teamJoin, teamOpen, teamOpenShare } from '../../lib/contracts/team.ts';
import type { TeamSettings } from '../../lib/domain/team/team.ts';
import type { Database } from '../../server/platform/database.ts';
import { publishTeamCampaign } from '../../server/team/campaign-rows.ts';
import { endTeams } from '../../server/team/end-teams.ts';
import type { TeamService } from '../../server/team/service.ts';
import { sweepCoupons } from './coupons.ts';
import { violations } from './invariants.ts';

const HOUR = 3_600_000;
const POT_FEN = 2_000;

/** ¥20 for four within 24 hours, as red packets for a week; in force since an hour ago, for ten days; money for 100. */
export function teamSettings(more: Partial<TeamSettings> = {}): TeamSettings {
  const now = Date.now();
  const potFen = more.potFen ?? POT_FEN;
  return {
    name: { zh: '组队瓜分', en: 'Team packet' },
    potFen,
    size: 4,
    gatherHours: 24,
    joinsPerDay: 3,
    leastPermille: 50,
    leaderExtraPermille: 0,
    consolationFen: 100,
    coupon: { kind: 'red_packet' },
    scope: { kind: 'all' },
    goodFor: { kind: 'days', days: 7 },
    openHours: 24,
    budgetFen: potFen * 100,
    startsAt: now - HOUR,
    endsAt: now + 240 * HOUR,
    ...more,
  };
}

/** A campaign that is published and in force. */
export async function putTeamCampaign(db: Database, more: Partial<TeamSettings> = {}): Promise<string> {
  const id = randomUUID();
  const settings = teamSettings(more);
  await db.transaction(async (tx) => {
    await tx.query(`insert into team_campaign (id, settings, made_by) values ($1, $2, 'test')`, [
      id,
      JSON.stringify(settings),
    ]);
    await publishTeamCampaign(tx, { id, by: 'test', at: Date.now(), validFrom: settings.startsAt });
  });
  return id;
}

type Answer<V> =
  | { readonly ok: true; readonly value: V }
  | { readonly ok: false; readonly refusal: { readonly code: string } };

function given<V>(answer: Answer<V>): V {
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}

export async function openTeam(teams: TeamService, campaignId: string, shopperId: string) {
  const { room, own }: ValueOf<typeof teamOpen> = given(
    await teams.open({ shopperId, key: randomUUID(), campaignId, name: null }),
  );
  return { teamId: own.teamId, code: room.code };
}

export async function joinTeam(teams: TeamService, code: string, shopperId: string) {
  return given(await teams.join({ shopperId, key: randomUUID(), code, name: null })) as ValueOf<typeof teamJoin>;
}

export async function openShare(teams: TeamService, teamId: string, shopperId: string) {
  return given(await teams.openShare({ shopperId, key: randomUUID(), teamId })) as ValueOf<typeof teamOpenShare>;
}

/** A team of `people`, the first of them its leader. */
export async function teamOf(teams: TeamService, campaignId: string, people: readonly string[]) {
  const [leader = 'leader', ...friends] = people;
  const team = await openTeam(teams, campaignId, leader);
  for (const friend of friends) await joinTeam(teams, team.code, friend);
  return team;
}

export async function teamRow(db: Database, teamId: string) {
  const [row] = await db.query<{ state: string; taken: number; reserved: number; version: number }>(
    'select state, taken, reserved_fen as reserved, version from team where id = $1',
    [teamId],
  );
  return row;
}

/** Members in the order of joining, with what their shares became. */
export async function membersOf(db: Database, teamId: string) {
  return db.query<{
    shopper: string;
    fen: number | null;
    share: string | null;
    coupon: string | null;
    worth: number | null;
  }>(
    `select m.shopper_id as shopper, m.share_fen as fen, m.share_state as share, m.coupon_id as coupon,
            c.own_worst_fen as worth
     from team_member m left join coupon c on c.id = m.coupon_id where m.team_id = $1 order by m.place`,
    [teamId],
  );
}

/** Its time to gather is over now. */
export async function runOutOfTime(db: Database, teamId: string): Promise<void> {
  await db.query(
    `update team set opened_at = opened_at - interval '2 days', gather_until = now() - interval '1 second' where id = $1`,
    [teamId],
  );
  await db.query(`update team_member set joined_at = joined_at - interval '2 days' where team_id = $1`, [teamId]);
}

/** The time to open its shares is over now. */
export function runOutOfShares(db: Database, teamId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.query(
      `update team set open_until = now() - interval '1 second', split_at = split_at - interval '1 day' where id = $1`,
      [teamId],
    );
    // With the team's row in hand: all that were opened before are seen.
    await tx.query(
      `update coupon set claimed_at = claimed_at - interval '1 day'
       where id in (select coupon_id from team_member where team_id = $1)`,
      [teamId],
    );
  });
}

/** Lets the worker catch up. */
export async function sweepTeams(db: Database): Promise<void> {
  while (await endTeams(db));
  await sweepCoupons(db);
}

const OF_TEAMS = /^INV-(3[136789]|41) /;

/** What the checker finds, now and, of teams and coupons, once the worker has caught up. */
export async function violationsAfterTeams(db: Database): Promise<string[]> {
  const now = await violations(db);
  await sweepTeams(db);
  const settled = await violations(db, { quiet: true });
  return [...now, ...settled.filter((text) => OF_TEAMS.test(text))];
}
