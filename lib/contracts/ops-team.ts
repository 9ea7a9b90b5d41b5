import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, localizedShape, read, refusal } from './contract.ts';
import { campaignPauseShape, couponTemplateStateShape, openRaiseShape } from './coupon.ts';
import { campaignUnlawful, lawFaultShape } from './law.ts';
import { shareOddsShape, teamSettings } from './team.ts';

/* Team campaigns behind the counter; words and units in lib/domain/team/team.ts. */

const opsTeamCampaignShape = z.object({
  id: idShape,
  ...teamSettings,
  leastFen: fenShape,
  mostFen: fenShape,
  odds: z.array(shareOddsShape),
  /** Null until it is published. */
  hash: z.nullable(z.string()),
  /** The law's objections to the draft as it is; empty for one that may be published. */
  faults: z.array(lawFaultShape),
  state: couponTemplateStateShape,
  pause: z.nullable(campaignPauseShape),
  isWithdrawn: z.boolean(),
  validFrom: z.nullable(epochShape),
  madeBy: z.string(),
  /** The asking operator made or published it: somebody else must agree. */
  isOwn: z.boolean(),
  /** A raise of the budget that is not in force yet; `addTotal` is 0. `budgetFen` is with all raises that are. */
  raise: z.nullable(openRaiseShape),
  figures: z.object({
    /** Teams by state. */
    gathering: z.int(),
    split: z.int(),
    over: z.int(),
    failed: z.int(),
    members: z.int(),
    /** Shares of split teams by what became of them. */
    closed: z.int(),
    opened: z.int(),
    lapsed: z.int(),
    /** Coupons of shares and consolations. */
    usable: z.int(),
    locked: z.int(),
    used: z.int(),
    expired: z.int(),
    voided: z.int(),
    /** The campaign's account: budget = left + reserved + spent. */
    leftFen: fenShape,
    reservedFen: fenShape,
    spentFen: fenShape,
    /** The most that may still be spent: what is reserved, and what can still be opened. */
    exposureFen: fenShape,
  }),
});
export type OpsTeamCampaign = z.output<typeof opsTeamCampaignShape>;

const opsTeams = z.object({
  now: epochShape,
  campaigns: z.array(opsTeamCampaignShape),
  categories: z.array(z.object({ id: idShape, name: localizedShape })),
});

export const opsTeamsRead = read('ops.teams', {
  who: 'operator',
  summary: 'All team red packet campaigns with their figures, newest first',
  request: z.strictObject({}),
  value: opsTeams,
});

/** Its numbers cannot be a campaign at all; `settingsFault` says which. */
const teamWrong = refusal('team_campaign_wrong', {
  fault: z.enum([
    'not_a_number',
    'shares_too_big',
    'pot_too_small',
    'threshold_too_low',
    'consolation_too_big',
    'times_wrong',
    'good_for_too_short',
    'budget_too_small',
  ]),
});

export const opsSaveTeamCampaign = command('ops.saveTeamCampaign', {
  who: 'operator',
  summary: 'Saves the draft of a team campaign; what is published does not change any more',
  request: z.strictObject({ id: z.uuid(), ...teamSettings }),
  value: opsTeams,
  refusals: [
    teamWrong,
    campaignUnlawful,
    refusal('unknown_scope', { id: z.string() }),
    refusal('team_campaign_published'),
  ],
});

export const opsPublishTeamCampaign = command('ops.publishTeamCampaign', {
  who: 'operator',
  summary:
    'Freezes, hashes and publishes a campaign that the law allows; a budget above the limit of one person waits for a second, or ten minutes',
  request: z.strictObject({ id: idShape }),
  value: opsTeams,
  refusals: [
    teamWrong,
    campaignUnlawful,
    refusal('team_campaign_over'),
    refusal('too_many_team_campaigns', { max: z.int() }),
  ],
});

export const opsApproveTeamCampaign = command('ops.approveTeamCampaign', {
  who: 'operator',
  summary: 'A second person agrees to a team campaign that waits',
  request: z.strictObject({ id: idShape }),
  value: opsTeams,
  refusals: [refusal('same_person'), refusal('team_campaign_over')],
});

export const opsStopTeamCampaign = command('ops.stopTeamCampaign', {
  who: 'operator',
  summary:
    'Stops a campaign at once: nobody opens a team any more; teams that gather go on. `withdraw` also ends those teams, and takes back shares and coupons that no order holds',
  request: z.strictObject({
    id: idShape,
    withdraw: z.boolean(),
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  }),
  value: opsTeams,
});

export const opsLiftTeamCampaign = command('ops.liftTeamCampaign', {
  who: 'operator',
  summary:
    'Lets a campaign go on that has stopped by itself; where much may still be spent, its maker may not, and who is alone waits ten minutes',
  request: z.strictObject({ id: idShape, reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
  value: opsTeams,
  refusals: [refusal('same_person'), refusal('not_paused')],
});

export const opsRaiseTeamCampaign = command('ops.raiseTeamCampaign', {
  who: 'operator',
  summary: 'Asks for more budget; a second person must agree, or ten minutes pass',
  request: z.strictObject({
    id: idShape,
    /** Made by the page: one raise per id. */
    raiseId: z.uuid(),
    addFen: z.int().check(z.minimum(1), z.maximum(1_000_000_000_000)),
  }),
  value: opsTeams,
  refusals: [refusal('team_campaign_over'), refusal('raise_open')],
});

export const opsApproveTeamRaise = command('ops.approveTeamRaise', {
  who: 'operator',
  summary: 'A second person agrees to a raise of a team campaign',
  request: z.strictObject({ raiseId: idShape }),
  value: opsTeams,
  refusals: [refusal('same_person'), refusal('team_campaign_over')],
});

export const opsUndoTeamRaise = command('ops.undoTeamRaise', {
  who: 'operator',
  summary: 'Takes back a raise of a team campaign that is not in force yet',
  request: z.strictObject({ raiseId: idShape }),
  value: opsTeams,
  refusals: [refusal('raise_in_force')],
});
