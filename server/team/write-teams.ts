import { assert } from '../../lib/domain/assert.ts';
import type { MemberFacts, Settled, TeamFacts } from '../../lib/domain/team/settle.ts';
import { type Columns, columnsOf, type RowOf, unnest } from '../platform/columns.ts';
import type { Queryable } from '../platform/database.ts';
import { shareRule } from './campaign-rows.ts';
import { COUPON_COLUMNS, couponRow, insertCoupons, moment } from './share-coupons.ts';
import type { ReadBooks } from './team-books.ts';

/** A team as it is after the batch; `had_version` 0: it is new. */
const TEAM = {
  id: 'text',
  had_version: 'integer',
  version: 'integer',
  code: 'text',
  campaign_id: 'text',
  state: 'text',
  size: 'integer',
  taken: 'integer',
  pot_fen: 'bigint',
  reserved_fen: 'bigint',
  seed: 'text',
  opened_at: 'bigint',
  gather_until: 'bigint',
  split_at: 'bigint',
  open_until: 'bigint',
  ended_at: 'bigint',
} as const satisfies Columns;

/** A member as he is after the batch. */
const MEMBER = {
  is_new: 'integer',
  team_id: 'text',
  campaign_id: 'text',
  shopper_id: 'text',
  place: 'integer',
  key: 'uuid',
  shown_name: 'text',
  joined_at: 'bigint',
  day: 'text',
  day_number: 'integer',
  is_live: 'integer',
  share_fen: 'bigint',
  share_state: 'text',
  coupon_id: 'text',
  is_told: 'integer',
} as const satisfies Columns;

const AFTER_TEAM = Object.keys(TEAM).length + 1;
const AFTER_MEMBER = AFTER_TEAM + Object.keys(MEMBER).length;

/**
 * Everything that a batch changed, in one statement. Each stored team is guarded by the version that was read, each share
 * by being closed; the row counts are compared with what was settled.
 */
const WRITE = `
  with t as materialized (
    select * from ${unnest('t', TEAM, 1)}
  ), m as materialized (
    select * from ${unnest('m', MEMBER, AFTER_TEAM)}
  ), c as materialized (
    select * from ${unnest('c', COUPON_COLUMNS, AFTER_MEMBER)}
  ), new_teams as (
    insert into team (id, code, campaign_id, state, version, size, taken, pot_fen, reserved_fen, seed, opened_at,
      gather_until, split_at, open_until, ended_at, ended_because)
    select id, code, campaign_id, state, version, size, taken, pot_fen, reserved_fen, seed, ${moment('opened_at')},
      ${moment('gather_until')}, ${moment('split_at')}, ${moment('open_until')}, ${moment('ended_at')},
      case when ended_at is not null then 'opened' end
    from t where had_version = 0 returning id
  ), moved_teams as (
    update team x set state = t.state, version = t.version, taken = t.taken, reserved_fen = t.reserved_fen,
      split_at = ${moment('t.split_at')}, open_until = ${moment('t.open_until')}, ended_at = ${moment('t.ended_at')},
      ended_because = case when t.ended_at is not null then 'opened' end
    from t where t.had_version > 0 and x.id = t.id and x.version = t.had_version returning x.id
  ), new_members as (
    insert into team_member (team_id, campaign_id, shopper_id, place, key, shown_name, joined_at, day, day_number,
      is_live, share_fen, share_state, coupon_id)
    select team_id, campaign_id, shopper_id, place, key, shown_name, ${moment('joined_at')}, day::date, day_number,
      is_live = 1, share_fen, share_state, coupon_id
    from m where is_new = 1 returning place
  ), moved_members as (
    update team_member x set is_live = m.is_live = 1, share_fen = m.share_fen, share_state = m.share_state,
      coupon_id = m.coupon_id
    from m where m.is_new = 0 and x.team_id = m.team_id and x.place = m.place
      and x.share_state is distinct from 'opened' and x.share_state is distinct from 'lapsed' returning x.place
  ), new_coupons as (
    ${insertCoupons('c')} returning id
  ), pots as (
    select campaign_id, sum(pot_fen)::bigint as fen from t where had_version = 0 group by campaign_id
  ), entries as (
    insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause)
    select campaign_id, 'left', 'reserved', fen, 'team_open' from pots
  ), accounts as (
    update coupon_account a set left_fen = a.left_fen - p.fen, reserved_fen = a.reserved_fen + p.fen
    from pots p where a.template_id = p.campaign_id
  ), news as (
    insert into outbox (topic, aggregate, body)
    select 'team.split', team_id, jsonb_build_object('place', place) from m where is_told = 1
  )
  select (select count(*) from new_teams) + (select count(*) from moved_teams) as teams,
         (select count(*) from new_members) + (select count(*) from moved_members) as members,
         (select count(*) from new_coupons) as coupons`;

const closedFen = ({ share }: MemberFacts) => (share?.state === 'closed' ? share.fen : 0);

function teamRow(team: TeamFacts, books: ReadBooks): RowOf<typeof TEAM> {
  const campaign = books.campaigns.get(team.campaignId)?.campaign;
  assert(campaign !== undefined, 'its campaign was read');
  const { size, potFen } = campaign;
  const isGathering = team.state === 'gathering';
  return {
    id: team.id,
    had_version: books.teams.get(team.id)?.version ?? 0,
    version: team.version,
    code: team.code,
    campaign_id: team.campaignId,
    state: team.state,
    size,
    taken: team.members.length,
    pot_fen: potFen,
    reserved_fen: isGathering ? potFen : team.members.reduce((sum, member) => sum + closedFen(member), 0),
    seed: team.seed,
    opened_at: team.openedAt,
    gather_until: team.gatherUntil,
    split_at: team.splitAt,
    open_until: team.openUntil,
    ended_at: team.state === 'over' ? books.now : null,
  };
}

/** The members of a team that this batch added or changed. */
function memberRows(team: TeamFacts, books: ReadBooks): RowOf<typeof MEMBER>[] {
  const before = books.teams.get(team.id);
  const isSplitNow = team.splitAt !== null && (before?.splitAt ?? null) === null;
  return team.members.flatMap((member): RowOf<typeof MEMBER>[] => {
    const had = before?.members[member.place - 1];
    if (had && had.share?.state === member.share?.state) return [];
    return [
      {
        is_new: had ? 0 : 1,
        team_id: team.id,
        campaign_id: team.campaignId,
        shopper_id: member.shopperId,
        place: member.place,
        key: member.key,
        shown_name: member.name,
        joined_at: member.joinedAt,
        day: member.dayNumber?.day,
        day_number: member.dayNumber?.number,
        is_live: team.state === 'gathering' ? 1 : 0,
        share_fen: member.share?.fen,
        share_state: member.share?.state,
        coupon_id: member.couponId,
        // Who took the last place sees it happen.
        is_told: isSplitNow && member.place < team.members.length ? 1 : 0,
      },
    ];
  });
}

/** Writes what was settled, and tells every process which teams have changed. */
export async function writeTeams(tx: Queryable, books: ReadBooks, { changed, opened }: Settled): Promise<void> {
  if (changed.length === 0) return;
  const teams = changed.map((team) => teamRow(team, books));
  // In one order of persons, whatever the teams: two processes wait for each other's persons in a line, not in a circle.
  const members = changed
    .flatMap((team) => memberRows(team, books))
    .sort((a, b) => (`${a.shopper_id}` < `${b.shopper_id}` ? -1 : 1));
  const coupons = opened.map(({ teamId, couponId, shopperId, key, fen, hold }) => {
    const campaign = books.campaigns.get(books.teams.get(teamId)?.campaignId ?? '')?.campaign;
    assert(campaign !== undefined, 'only stored teams have shares to open');
    return couponRow(campaign, { id: couponId, shopperId, key, rule: shareRule(campaign, fen), hold }, books.now);
  });
  const params = [...columnsOf(TEAM, teams), ...columnsOf(MEMBER, members), ...columnsOf(COUPON_COLUMNS, coupons)];
  const [[written]] = await Promise.all([
    tx.query<{ teams: number; members: number; coupons: number }>(WRITE, params),
    tx.query(`select pg_notify('team', $1)`, [changed.map(({ code }) => code).join(',')]),
  ]);
  assert(
    written?.teams === teams.length && written.members === members.length && written.coupons === coupons.length,
    'what was settled under the locks was written',
  );
}
