import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { OwnTeam, teamMine } from '../../lib/contracts/team.ts';
import { chinaDay, nextChinaDayAt } from '../../lib/domain/team/team.ts';
import type { Queryable } from '../platform/database.ts';
import { databaseNow, readOwnAt } from '../promo/coupon-rows.ts';
import { listRunning } from './campaign-rows.ts';
import { memberOf, ownPlaceOf, readCampaigns, roomOf, type StoredTeam, TEAM_COLUMNS } from './team-rows.ts';

const SHOWN_MAX = 50;

/** What still asks something of him first, then the newest. */
const OF_SHOPPER = `
  select ${TEAM_COLUMNS} from team_member o join team m on m.id = o.team_id
  where o.shopper_id = $1
  order by not (m.state = 'gathering' or (m.state = 'split' and o.share_state = 'closed')), o.joined_at desc, m.id
  limit ${SHOWN_MAX}`;

/** All that a shopper has to do with teams. */
export async function listMine(db: Queryable, shopperId: string): Promise<ValueOf<typeof teamMine>> {
  const now = await databaseNow(db);
  const rows = await db.query<StoredTeam>(OF_SHOPPER, [shopperId]);
  const campaigns = await readCampaigns(db, [...new Set(rows.map(({ campaignId }) => campaignId))]);
  const couponIds = rows.flatMap((team) => memberOf(team, shopperId)?.couponId ?? []);
  const coupons = await readOwnAt(db, couponIds, now);
  const teams = rows.flatMap((team): OwnTeam[] => {
    const facts = campaigns.get(team.campaignId);
    const member = memberOf(team, shopperId);
    if (!facts || !member) return [];
    const {
      places,
      luckiestPlace,
      seed: _seed,
      seedHash: _hash,
      version: _version,
      ...room
    } = roomOf(team, facts, now);
    const share = places[member.place - 1]?.share ?? null;
    const own = ownPlaceOf(team, member, coupons);
    const hasConsolation = room.state === 'failed' && own.coupon !== null;
    return [
      {
        ...room,
        campaignId: team.campaignId,
        name: facts.campaign.name,
        share: share && { ...share, isLuckiest: luckiestPlace === member.place },
        consolationFen: hasConsolation ? facts.campaign.consolationFen : null,
        own,
      },
    ];
  });
  return { now, teams, campaigns: await standing(db, shopperId, now, teams) };
}

/** What he may still do in each campaign that runs. */
async function standing(db: Queryable, shopperId: string, now: number, teams: readonly OwnTeam[]) {
  const running = (await listRunning(db, now)).filter(({ state }) => state === 'running');
  const joined = await db.query<{ campaign_id: string; n: number }>(
    `select campaign_id, max(day_number) as n from team_member where shopper_id = $1 and day = $2 group by 1`,
    [shopperId, chinaDay(now)],
  );
  return running.map(({ campaign }) => ({
    campaignId: campaign.id,
    joinsLeft: campaign.joinsPerDay - (joined.find(({ campaign_id }) => campaign_id === campaign.id)?.n ?? 0),
    joinsAgainAt: nextChinaDayAt(now),
    liveCode: teams.find((team) => team.campaignId === campaign.id && team.state === 'gathering')?.code ?? null,
  }));
}
