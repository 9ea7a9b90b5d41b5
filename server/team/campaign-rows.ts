import type { RunningTeamCampaign } from '../../lib/contracts/team.ts';
import type { CouponRule } from '../../lib/domain/promo/coupon.ts';
import { campaignHash, campaignOf, campaignText } from '../../lib/domain/team/campaign.ts';
import type { CampaignFacts } from '../../lib/domain/team/settle.ts';
import type { TeamCampaign, TeamSettings } from '../../lib/domain/team/team.ts';
import type { Queryable } from '../platform/database.ts';
import {
  type CampaignRow,
  campaignTables,
  frozenReader,
  listCampaigns,
  publishCampaignTemplate,
  campaignStateAt as stateAt,
} from '../promo/campaigns.ts';

/** The coupon that a share of so many fen becomes. */
export const shareRule = ({ coupon }: TeamSettings, fen: number): CouponRule =>
  coupon.kind === 'threshold'
    ? { kind: 'threshold', fullFen: coupon.fullFen, cutFen: fen }
    : { kind: 'red_packet', cutFen: fen };

/**
 * Publishes a drafted campaign: freezes its object, makes the template whose coupons its shares become, and puts the
 * budget into its account. Once: a second time the database refuses.
 * @param validFrom epoch ms; null: a second person must agree
 */
export async function publishTeamCampaign(
  tx: Queryable,
  given: { readonly id: string; readonly by: string; readonly at: number; readonly validFrom: number | null },
): Promise<TeamCampaign> {
  const [draft] = await tx.query<{ settings: TeamSettings; made_by: string }>(
    'select settings, made_by from team_campaign where id = $1 for update',
    [given.id],
  );
  if (!draft) throw new Error(`There is no team campaign ${given.id}`);
  const campaign = campaignOf(given.id, draft.settings);
  await tx.query('update team_campaign set frozen = $2, hash = $3 where id = $1', [
    given.id,
    campaignText(campaign),
    campaignHash(campaign),
  ]);
  const { name, scope, goodFor, startsAt, endsAt, budgetFen, mostFen } = campaign;
  const validity =
    goodFor.kind === 'days' ? goodFor : { kind: 'window' as const, from: startsAt, until: goodFor.until };
  const rule = shareRule(campaign, mostFen);
  const template = { name, rule, scope, validity, startsAt, endsAt, budgetFen };
  await publishCampaignTemplate(tx, { kind: 'team', ...given, ...template, madeBy: draft.made_by });
  return campaign;
}

export const frozenCampaign = frozenReader<TeamCampaign>();

export const CAMPAIGN_TABLES = campaignTables('team_campaign');

export function campaignFacts(row: CampaignRow) {
  const { frozen, hash, validFrom, isStopped, isPaused, isWithdrawn, leftFen, accountFen } = row;
  const campaign = frozenCampaign(hash, frozen);
  const raisedFen = accountFen - campaign.budgetFen;
  return { campaign, hash, raisedFen, validFrom, isStopped, isPaused, isWithdrawn, leftFen };
}

/**
 * Whether teams can be opened, for somebody who looks at a published campaign at `now`. A pause says no more than a stop
 * to somebody who looks at a team: none can be opened now.
 */
export function campaignStateAt(facts: CampaignFacts, now: number) {
  const state = stateAt(facts, facts.campaign, now);
  return state === 'paused' ? 'stopped' : state;
}

/** Campaigns in force that run or will, those that end soonest first; then those that ended within a day. */
export async function listRunning(db: Queryable, now: number): Promise<RunningTeamCampaign[]> {
  const listed = await listCampaigns(db, 'team', frozenCampaign, now);
  return listed.map(({ leftFen, state, ...one }) => ({
    ...(one as typeof one & Pick<RunningTeamCampaign, 'campaign'>),
    state,
    isSoldOut: leftFen < one.campaign.potFen,
  }));
}
