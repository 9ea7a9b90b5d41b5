import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, localizedShape, read, refusal } from './contract.ts';
import { campaignPauseShape, couponTemplateStateShape, openRaiseShape } from './coupon.ts';
import { campaignUnlawful, lawFaultShape } from './law.ts';
import { generationTermsShape, packetSettings } from './packet.ts';

/* Packet campaigns behind the counter; words and units in lib/domain/packet/packet.ts. */

const opsPacketCampaignShape = z.object({
  id: idShape,
  ...packetSettings,
  stayMs: z.int(),
  terms: z.array(generationTermsShape),
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
    /** Packets by generation, the first first. */
    issued: z.array(z.int()),
    /** Packets by state; what an order holds or used is not among those that grow or are full. */
    growing: z.int(),
    full: z.int(),
    locked: z.int(),
    used: z.int(),
    expired: z.int(),
    withdrawn: z.int(),
    /** Visits by what became of them. */
    pending: z.int(),
    vested: z.int(),
    lapsed: z.int(),
    /** What vested visits added, all together. */
    grownFen: fenShape,
    /** The campaign's account: budget = left + reserved + spent. */
    leftFen: fenShape,
    reservedFen: fenShape,
    spentFen: fenShape,
    /** The most that may still be spent: what is reserved, and what can still be issued. */
    exposureFen: fenShape,
  }),
});
export type OpsPacketCampaign = z.output<typeof opsPacketCampaignShape>;

const opsPackets = z.object({
  now: epochShape,
  campaigns: z.array(opsPacketCampaignShape),
  categories: z.array(z.object({ id: idShape, name: localizedShape })),
});

export const opsPacketsRead = read('ops.packets', {
  who: 'operator',
  summary: 'All growing red packet campaigns with their figures, newest first',
  request: z.strictObject({}),
  value: opsPackets,
});

/** Its numbers cannot be a campaign at all; `packetSettingsFault` says which. */
const packetWrong = refusal('packet_campaign_wrong', {
  fault: z.enum(['not_a_number', 'too_small_to_grow', 'times_wrong', 'budget_too_small']),
});
const reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

export const opsSavePacketCampaign = command('ops.savePacketCampaign', {
  who: 'operator',
  summary: 'Saves the draft of a packet campaign; what is published does not change any more',
  request: z.strictObject({ id: z.uuid(), ...packetSettings }),
  value: opsPackets,
  refusals: [
    packetWrong,
    campaignUnlawful,
    refusal('unknown_scope', { id: z.string() }),
    refusal('packet_campaign_published'),
  ],
});

export const opsPublishPacketCampaign = command('ops.publishPacketCampaign', {
  who: 'operator',
  summary:
    'Freezes, hashes and publishes a campaign that the law allows; a budget above the limit of one person waits for a second, or ten minutes',
  request: z.strictObject({ id: idShape }),
  value: opsPackets,
  refusals: [
    packetWrong,
    campaignUnlawful,
    refusal('packet_campaign_over'),
    refusal('too_many_packet_campaigns', { max: z.int() }),
  ],
});

export const opsApprovePacketCampaign = command('ops.approvePacketCampaign', {
  who: 'operator',
  summary: 'A second person agrees to a packet campaign that waits',
  request: z.strictObject({ id: idShape }),
  value: opsPackets,
  refusals: [refusal('same_person'), refusal('packet_campaign_over')],
});

export const opsStopPacketCampaign = command('ops.stopPacketCampaign', {
  who: 'operator',
  summary:
    'Stops a campaign at once: no packet is issued any more; those that exist grow on. `withdraw` also takes back packets that no order holds',
  request: z.strictObject({ id: idShape, withdraw: z.boolean(), reason }),
  value: opsPackets,
});

export const opsLiftPacketCampaign = command('ops.liftPacketCampaign', {
  who: 'operator',
  summary:
    'Lets a campaign go on that has stopped by itself; where much may still be spent, its maker may not, and who is alone waits ten minutes',
  request: z.strictObject({ id: idShape, reason }),
  value: opsPackets,
  refusals: [refusal('same_person'), refusal('not_paused')],
});

export const opsRaisePacketCampaign = command('ops.raisePacketCampaign', {
  who: 'operator',
  summary: 'Asks for more budget; a second person must agree, or ten minutes pass',
  request: z.strictObject({
    id: idShape,
    /** Made by the page: one raise per id. */
    raiseId: z.uuid(),
    addFen: z.int().check(z.minimum(1), z.maximum(1_000_000_000_000)),
  }),
  value: opsPackets,
  refusals: [refusal('packet_campaign_over'), refusal('raise_open')],
});

export const opsApprovePacketRaise = command('ops.approvePacketRaise', {
  who: 'operator',
  summary: 'A second person agrees to a raise of a packet campaign',
  request: z.strictObject({ raiseId: idShape }),
  value: opsPackets,
  refusals: [refusal('same_person'), refusal('packet_campaign_over')],
});

export const opsUndoPacketRaise = command('ops.undoPacketRaise', {
  who: 'operator',
  summary: 'Takes back a raise of a packet campaign that is not in force yet',
  request: z.strictObject({ raiseId: idShape }),
  value: opsPackets,
  refusals: [refusal('raise_in_force')],
});
