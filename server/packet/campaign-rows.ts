import type { RunningPacketCampaign } from '../../lib/contracts/packet.ts';
import type { PacketCampaignFacts } from '../../lib/domain/packet/books.ts';
import {
  mostPacketFen,
  packetCampaignHash,
  packetCampaignOf,
  packetCampaignText,
  termsOfGeneration,
} from '../../lib/domain/packet/campaign.ts';
import type { PacketCampaign, PacketSettings } from '../../lib/domain/packet/packet.ts';
import type { Queryable } from '../platform/database.ts';
import {
  type CampaignRow,
  campaignTables,
  frozenReader,
  listCampaigns,
  publishCampaignTemplate,
} from '../promo/campaigns.ts';

/**
 * Publishes a drafted campaign: freezes its object, makes the template whose coupons its packets are, and puts the budget
 * into its account. Once: a second time the database refuses.
 * @param validFrom epoch ms; null: a second person must agree
 */
export async function publishPacketCampaign(
  tx: Queryable,
  given: { readonly id: string; readonly by: string; readonly at: number; readonly validFrom: number | null },
): Promise<PacketCampaign> {
  const [draft] = await tx.query<{ settings: PacketSettings; made_by: string }>(
    'select settings, made_by from packet_campaign where id = $1 for update',
    [given.id],
  );
  if (!draft) throw new Error(`There is no packet campaign ${given.id}`);
  const campaign = packetCampaignOf(given.id, draft.settings);
  await tx.query('update packet_campaign set frozen = $2, hash = $3 where id = $1', [
    given.id,
    packetCampaignText(campaign),
    packetCampaignHash(campaign),
  ]);
  const { name, scope, lifeHours, startsAt, endsAt, budgetFen } = campaign;
  await publishCampaignTemplate(tx, {
    ...{ kind: 'packet', ...given, name, scope, startsAt, endsAt, budgetFen, madeBy: draft.made_by },
    rule: { kind: 'red_packet', cutFen: mostPacketFen(campaign) },
    // Whole days, for lists of offers; a packet has its own end to the hour.
    validity: { kind: 'days', days: Math.ceil(lifeHours / 24) },
  });
  return campaign;
}

const frozenCampaign = frozenReader<PacketCampaign>();

export const CAMPAIGN_TABLES = campaignTables('packet_campaign');

export type KnownCampaign = PacketCampaignFacts & { readonly hash: string; readonly raisedFen: number };

export function campaignFacts(row: CampaignRow): KnownCampaign {
  const { frozen, hash, validFrom, isStopped, isPaused, leftFen, accountFen } = row;
  const campaign = frozenCampaign(hash, frozen);
  const raisedFen = accountFen - campaign.budgetFen;
  return { campaign, hash, raisedFen, validFrom, isStopped, isPaused, leftFen };
}

/** Campaigns in force that run or will, those that end soonest first; then those that ended within a day. */
export async function listRunning(db: Queryable, now: number): Promise<RunningPacketCampaign[]> {
  const listed = await listCampaigns(db, 'packet', frozenCampaign, now);
  return listed.map(({ leftFen, ...one }) => ({
    ...(one as typeof one & Pick<RunningPacketCampaign, 'campaign'>),
    isSoldOut: leftFen < termsOfGeneration(one.campaign, 1).capFen,
  }));
}
