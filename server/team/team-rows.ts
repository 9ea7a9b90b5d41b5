import type { OwnPlace, TeamRoom } from '../../lib/contracts/team.ts';
import type { CampaignFacts, MemberFacts, TeamFacts } from '../../lib/domain/team/settle.ts';
import { luckiestPlace, seedHashOf } from '../../lib/domain/team/split.ts';
import { shareStateAt, teamStateAt } from '../../lib/domain/team/team.ts';
import type { Queryable } from '../platform/database.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow } from '../promo/campaigns.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { CAMPAIGN_TABLES, campaignFacts } from './campaign-rows.ts';

/** A team as it is stored. */
export type StoredTeam = TeamFacts & { readonly endedBecause: 'opened' | 'time' | 'withdrawn' | null };

/** Columns of `m`, a team, with all its members. */
export const TEAM_COLUMNS = `m.id, m.code, m.campaign_id as "campaignId", m.version, m.state, m.seed,
  ${epochMs('m.opened_at')} as "openedAt", ${epochMs('m.gather_until')} as "gatherUntil",
  ${epochMs('m.split_at')} as "splitAt", ${epochMs('m.open_until')} as "openUntil", m.ended_because as "endedBecause",
  (select json_agg(json_build_object('shopperId', shopper_id, 'place', place, 'key', key, 'name', shown_name,
     'joinedAt', ${epochMs('joined_at')}, 'couponId', coupon_id,
     'dayNumber', case when day is not null then json_build_object('day', day, 'number', day_number) end,
     'share', case when share_fen is not null then json_build_object('fen', share_fen, 'state', share_state) end)
     order by place) from team_member where team_id = m.id) as members`;

const BY_CODE = `select ${TEAM_COLUMNS} from team m where m.code = any ($1::text[])`;
const CAMPAIGNS = `select ${CAMPAIGN_COLUMNS} from ${CAMPAIGN_TABLES} where t.id = any ($1::text[])`;

export type KnownCampaign = CampaignFacts & { readonly hash: string; readonly raisedFen: number };

export async function readCampaigns(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownCampaign>> {
  const rows = await db.query<CampaignRow>(CAMPAIGNS, [ids]);
  return new Map(rows.map((row) => [row.id, campaignFacts(row)]));
}

/** Teams by code, with their campaigns; codes that nobody has are left out. */
export async function readTeams(db: Queryable, codes: readonly string[]) {
  const teams = await db.query<StoredTeam>(BY_CODE, [codes]);
  const campaigns = await readCampaigns(db, [...new Set(teams.map(({ campaignId }) => campaignId))]);
  return { teams, campaigns };
}

/** Whether the shop took it back: it is written down so, or will be as soon as the worker comes by. */
export const isTakenBack = ({ endedBecause }: Pick<StoredTeam, 'endedBecause'>, { isWithdrawn }: CampaignFacts) =>
  endedBecause === 'withdrawn' || (endedBecause === null && isWithdrawn);

/** The picture that everybody may see: no ids, and no seed before the split. */
export function roomOf(team: StoredTeam, facts: CampaignFacts, now: number): TeamRoom {
  const { code, version, openedAt, gatherUntil, splitAt, openUntil, members } = team;
  const isWithdrawn = isTakenBack(team, facts);
  // What is taken back is over at once, whatever its own times say.
  const at = isWithdrawn ? Number.POSITIVE_INFINITY : now;
  const { potFen, size } = facts.campaign;
  const fens = members.flatMap(({ share }) => (share ? [share.fen] : []));
  return {
    code,
    version,
    state: teamStateAt(team, at),
    isWithdrawn,
    potFen,
    size,
    places: members.map(({ place, name, joinedAt, share }) => ({
      place,
      name,
      joinedAt,
      share: share && { fen: share.fen, state: shareStateAt(share.state, openUntil ?? at, at) },
    })),
    placesLeft: size - members.length,
    openedAt,
    gatherUntil,
    splitAt,
    openUntil,
    luckiestPlace: splitAt === null ? null : luckiestPlace(fens),
    seedHash: seedHashOf(team.seed),
    seed: splitAt === null ? null : team.seed,
  };
}

export const memberOf = (team: TeamFacts, shopperId: string): MemberFacts | undefined =>
  team.members.find((member) => member.shopperId === shopperId);

/** What the team is to one of its members. */
export const ownPlaceOf = (
  team: TeamFacts,
  { place, couponId }: MemberFacts,
  coupons: ReadonlyMap<string, NonNullable<OwnPlace['coupon']>>,
): OwnPlace => ({
  teamId: team.id,
  place,
  isLeader: place === 1,
  coupon: couponId === null ? null : (coupons.get(couponId) ?? null),
});
