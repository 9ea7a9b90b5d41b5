import type { TeamBooks, TeamCommand } from '../../lib/domain/team/settle.ts';
import { personKey } from '../../lib/domain/team/settle.ts';
import { chinaDay } from '../../lib/domain/team/team.ts';
import type { Queryable } from '../platform/database.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow } from '../promo/campaigns.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { CAMPAIGN_TABLES, campaignFacts } from './campaign-rows.ts';
import { type KnownCampaign, type StoredTeam, TEAM_COLUMNS } from './team-rows.ts';

/*
 * Lock order of this room: templates (by key share only, against a withdrawal), accounts, teams, each by id; then the
 * rows that hang on a team. Who holds a team's row is alone with its members and shares.
 */

const CAMPAIGN_IDS = `array(select campaign_id from team where code = any ($1::text[]) or id = any ($2::text[])) || $3::text[]`;

const LOCK_TEMPLATES = `
  select id from coupon_template where id = any (${CAMPAIGN_IDS}) order by id for key share`;

/** Only teams that are opened take money out of the account. */
const LOCK_ACCOUNTS = `
  select template_id from coupon_account where template_id = any ($1::text[]) order by template_id for no key update`;

const LOCK_TEAMS = `
  select id from team where code = any ($1::text[]) or id = any ($2::text[]) order by id for no key update`;

const READ_TEAMS = `
  select ${TEAM_COLUMNS} from team m
  where m.code = any ($1::text[]) or m.id = any ($2::text[] || array(
    select o.team_id from unnest($3::text[], $4::uuid[]) k (shopper_id, key) cross join lateral (
      select team_id from team_member where shopper_id = k.shopper_id and key = k.key limit 1) o))`;

const READ_CAMPAIGNS = `
  select ${CAMPAIGN_COLUMNS}, ${epochMs('clock_timestamp()')} as now
  from ${CAMPAIGN_TABLES} where t.id = any (${CAMPAIGN_IDS})`;

// Laterals with a limit: whatever the tables' sizes are when these are planned, each person is looked up by his index.
const READ_LIVE = `
  select o.shopper_id, o.campaign_id, t.id, t.code, t."gatherUntil"
  from unnest($1::text[]) p (shopper_id)
  cross join lateral (
    select shopper_id, campaign_id, team_id from team_member where shopper_id = p.shopper_id and is_live limit 1000) o
  cross join lateral (
    select id, code, ${epochMs('gather_until')} as "gatherUntil" from team where id = o.team_id limit 1) t`;

const READ_JOINS = `
  select o.shopper_id, o.campaign_id, o.day::text as day, o.n
  from unnest($1::text[]) p (shopper_id) cross join lateral (
    select shopper_id, campaign_id, day, max(day_number) as n from team_member
    where shopper_id = p.shopper_id and day > current_date - 3 group by 1, 2, 3 limit 1000) o`;

const READ_EARLIER = `
  select k.shopper_id, k.key, o.team_id from unnest($1::text[], $2::uuid[]) k (shopper_id, key) cross join lateral (
    select team_id from team_member where shopper_id = k.shopper_id and key = k.key limit 1) o`;

const READ_COUPON_KEYS = `
  select k.shopper_id, k.key from unnest($1::text[], $2::uuid[]) k (shopper_id, key) cross join lateral (
    select 1 from coupon where shopper_id = k.shopper_id and key = k.key limit 1) o`;

type LiveRow = { shopper_id: string; campaign_id: string; id: string; code: string; gatherUntil: number };
type JoinsRow = { shopper_id: string; campaign_id: string; day: string; n: number };
type KeyRow = { shopper_id: string; key: string };

export type ReadBooks = TeamBooks & {
  readonly campaigns: ReadonlyMap<string, KnownCampaign>;
  readonly teams: ReadonlyMap<string, StoredTeam>;
};

/** Locks what the commands contest, then reads all that settling looks at. */
export async function lockAndReadBooks(tx: Queryable, commands: readonly TeamCommand[]): Promise<ReadBooks> {
  const codes = commands.flatMap((one) => (one.kind === 'join' ? [one.code] : []));
  const ids = commands.flatMap((one) => (one.kind === 'openShare' ? [one.teamId] : []));
  const opened = commands.flatMap((one) => (one.kind === 'open' ? [one.campaignId] : []));
  const shopperIds = commands.map(({ shopperId }) => shopperId);
  const keys = commands.map(({ key }) => key);
  const openers = commands.filter(({ kind }) => kind === 'openShare');
  // Sent in one go and answered in this order: every statement after the locks begins when they are held.
  const [, , , campaignRows, teamRows, live, joins, earlier, couponKeys] = await Promise.all([
    tx.query(LOCK_TEMPLATES, [codes, ids, opened]),
    opened.length > 0 && tx.query(LOCK_ACCOUNTS, [opened]),
    codes.length + ids.length > 0 && tx.query(LOCK_TEAMS, [codes, ids]),
    tx.query<CampaignRow & { now: number }>(READ_CAMPAIGNS, [codes, ids, opened]),
    tx.query<StoredTeam>(READ_TEAMS, [codes, ids, shopperIds, keys]),
    tx.query<LiveRow>(READ_LIVE, [shopperIds]),
    codes.length > 0 ? tx.query<JoinsRow>(READ_JOINS, [shopperIds]) : [],
    tx.query<KeyRow & { team_id: string }>(READ_EARLIER, [shopperIds, keys]),
    openers.length > 0
      ? tx.query<KeyRow>(READ_COUPON_KEYS, [openers.map(({ shopperId }) => shopperId), openers.map(({ key }) => key)])
      : [],
  ]);
  const now = campaignRows[0]?.now ?? 0;
  const today = chinaDay(now);
  return {
    now,
    campaigns: new Map(campaignRows.map((row) => [row.id, campaignFacts(row)])),
    teams: new Map(teamRows.map((team) => [team.id, team])),
    live: new Map(
      live.map(({ shopper_id, campaign_id, id, code, gatherUntil }) => [
        personKey(shopper_id, campaign_id),
        { teamId: id, code, gatherUntil },
      ]),
    ),
    joinsToday: new Map(
      joins.filter(({ day }) => day === today).map((row) => [personKey(row.shopper_id, row.campaign_id), row.n]),
    ),
    earlier: new Map(earlier.map((row) => [`${row.shopper_id}|${row.key}`, row.team_id])),
    couponKeys: new Set(couponKeys.map((row) => `${row.shopper_id}|${row.key}`)),
  };
}
