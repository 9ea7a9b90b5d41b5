import * as z from 'zod/mini';
import {
  campaignNameShape,
  codeGivenShape,
  command,
  epochShape,
  fenShape,
  idShape,
  keyShape,
  localizedShape,
  publicRead,
  read,
  refusal,
  shareCodeShape,
} from './contract.ts';
import { ownCouponShape } from './coupon.ts';
import { promotionScopeShape } from './promotion.ts';
import { rewardFields, rewardRefusals } from './risk.ts';

/*
 * Words used in this room: lib/domain/packet/packet.ts. A packet is known to the world by its code, which means nothing
 * and cannot be guessed.
 */

const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));

export const packetCodeShape = shareCodeShape;

/** What an operator decides; units and meaning in `PacketSettings`. */
export const packetSettings = {
  name: campaignNameShape,
  baseFen: whole(1, 20_000_000),
  guestPermille: whole(1, 1_000),
  stepPermille: whole(1, 1_000),
  capPermille: whole(1_001, 5_000),
  generations: whole(1, 3),
  lifeHours: whole(1, 168),
  scope: promotionScopeShape,
  budgetFen: whole(1, 1_000_000_000_000),
  startsAt: epochShape,
  endsAt: epochShape,
};

export const generationTermsShape = z.object({
  generation: z.int(),
  baseFen: fenShape,
  stepFen: fenShape,
  capFen: fenShape,
  steps: z.int(),
});

/** The frozen object. Its hash is SHA-256 of `packetCampaignText` of it, hexadecimal. */
export const packetCampaignShape = z.object({
  id: idShape,
  ...packetSettings,
  stayMs: z.int(),
  terms: z.array(generationTermsShape),
});
export type PacketCampaignFrozen = z.output<typeof packetCampaignShape>;

const frozen = {
  campaign: packetCampaignShape,
  hash: z.string(),
  /** What the shop has added to the frozen budget since, fen. */
  raisedFen: fenShape,
};

/** One campaign that runs or will, or ended within a day, the same for everybody. */
export const runningPacketCampaignShape = z.object({
  ...frozen,
  state: z.enum(['ahead', 'running', 'over', 'stopped', 'paused']),
  /** From when packets are issued. */
  opensAt: epochShape,
  /** What is left of the budget does not cover one more packet of the first generation: a hint, issuing decides. */
  isSoldOut: z.boolean(),
  /** Thousandths of the budget that are reserved or spent, for a bar. */
  takenPermille: whole(0, 1000),
});
export type RunningPacketCampaign = z.output<typeof runningPacketCampaignShape>;

export const packetsRead = publicRead('packets', {
  summary: 'Growing red packet campaigns that run, will, or ended within a day, with their frozen rules',
  sharedSeconds: 2,
  request: z.strictObject({}),
  value: z.object({ now: epochShape, campaigns: z.array(runningPacketCampaignShape) }),
});

export const packetStateShape = z.enum(['growing', 'full', 'locked', 'used', 'expired', 'withdrawn']);
export const stepStateShape = z.enum(['pending', 'vested', 'lapsed']);
const lapseCauseShape = z.enum(['cap', 'ended', 'other']);

/** One visit as everybody may see it. */
const stepShape = z.object({
  /** Of this packet's visits, from 1. */
  place: z.int(),
  /** The name he gave, if he agreed to show it; else its first character and `**`; null: he has none. */
  name: z.nullable(z.string()),
  state: stepStateShape,
  /** What it added; 0 while it has not vested. */
  fen: fenShape,
  visitedAt: epochShape,
  vestedAt: z.nullable(epochShape),
  /** Null unless it lapsed. */
  lapsedBecause: z.nullable(lapseCauseShape),
});

/** The whole picture of a packet, the same for everybody; apply it when `version` is above what one has. */
export const packetPictureShape = z.object({
  code: packetCodeShape,
  /** Counts the changes of this packet. */
  version: z.int(),
  state: packetStateShape,
  generation: z.int(),
  /** Of the owner, shown as a step's. */
  ownerName: z.nullable(z.string()),
  baseFen: fenShape,
  stepFen: fenShape,
  capFen: fenShape,
  /** What it takes off now. */
  valueFen: fenShape,
  /** Vested visits until it is full. */
  stepsLeft: z.int(),
  issuedAt: epochShape,
  /** Up to, not including; the day of grace of a packet that ran out in an order is counted in. */
  expiresAt: epochShape,
  /** When it was used, ran out or was taken back; null while it lives. */
  endedAt: z.nullable(epochShape),
  pendingCount: z.int(),
  vestedCount: z.int(),
  /** In the order of the visits; the newest 60. */
  steps: z.array(stepShape),
});
export type PacketPicture = z.output<typeof packetPictureShape>;

/** What a packet is to the shopper who asks. */
export const packetOwnShape = z.object({
  isOwner: z.boolean(),
  packetId: idShape,
  /** The packet as a coupon; for its owner alone. */
  coupon: z.nullable(ownCouponShape),
  /** His own visit to it; null: none. */
  visit: z.nullable(
    z.object({ place: z.int(), state: stepStateShape, fen: fenShape, lapsedBecause: z.nullable(lapseCauseShape) }),
  ),
  /** His own packet of this campaign; null: he may still have one. */
  ownCode: z.nullable(packetCodeShape),
});
export type PacketOwn = z.output<typeof packetOwnShape>;

const seen = {
  now: epochShape,
  packet: packetPictureShape,
  /** Of nobody: no owner, no visit, no code. */
  own: packetOwnShape,
};

/** The code is that of a team. */
const teamCode = refusal('team_code');

export const packetPage = read('packet.page', {
  who: 'anyone',
  summary: 'One packet by its code, for its owner, visitors and strangers, with its campaign’s frozen rules',
  request: z.strictObject({ code: codeGivenShape }),
  value: z.object({
    ...seen,
    ...frozen,
    /** Whether packets are issued; those that exist grow on. */
    campaignState: z.enum(['ahead', 'running', 'over', 'stopped', 'paused']),
    opensAt: epochShape,
    /** What whoever takes a packet from this one gets; null: its generation was the last. */
    visitor: z.nullable(generationTermsShape),
    /** What is left of the budget does not cover the visitor's packet: a hint, accepting decides. */
    isBudgetGone: z.boolean(),
  }),
  refusals: [refusal('unknown_packet'), teamCode],
});

/** One packet of the shopper, in a list. */
const ownPacketShape = z.object({
  campaignId: idShape,
  name: localizedShape,
  packet: packetPictureShape,
  coupon: ownCouponShape,
});
export type OwnPacket = z.output<typeof ownPacketShape>;

/** A packet of somebody else that the shopper has visited. */
const helpedPacketShape = z.object({
  code: packetCodeShape,
  name: localizedShape,
  ownerName: z.nullable(z.string()),
  packetState: packetStateShape,
  state: stepStateShape,
  fen: fenShape,
  visitedAt: epochShape,
  lapsedBecause: z.nullable(lapseCauseShape),
});

export const packetMine = read('packet.mine', {
  who: 'shopper',
  summary: 'The shopper’s packets, those that live first, and the packets that he has visited; 50 of each at most',
  request: z.strictObject({}),
  value: z.object({ now: epochShape, packets: z.array(ownPacketShape), helped: z.array(helpedPacketShape) }),
});

/** Why nobody can have a packet of this campaign now, or why this person cannot. */
const issueRefusals = [
  refusal('unknown_packet_campaign'),
  refusal('packet_campaign_not_open', { opensAt: epochShape }),
  refusal('packet_campaign_over'),
  refusal('packet_campaign_stopped'),
  /** It spends faster than planned: an operator looks at it. */
  refusal('packet_campaign_paused'),
  /** What is left of the budget does not cover one more packet at its cap. */
  refusal('packet_budget_gone'),
  /** One packet per person and campaign. */
  refusal('has_packet', { packetCode: packetCodeShape }),
] as const;

/** He agrees that others see his name; left out: they see its first character. */
const showName = z.optional(z.boolean());

export const packetIssue = command('packet.issue', {
  who: 'verified',
  summary: 'Issues a packet of the first generation: its cap is reserved and it is a coupon from now on; once per key',
  request: z.strictObject({ key: keyShape, campaignId: idShape, showName, ...rewardFields }),
  value: z.object({ ...seen, isReplay: z.boolean() }),
  refusals: [...issueRefusals, ...rewardRefusals],
});

export const packetAccept = command('packet.accept', {
  who: 'verified',
  summary:
    'Takes a packet of one’s own from a shared one, a generation later; it counts as a visit of the shared one, too',
  request: z.strictObject({ key: keyShape, code: codeGivenShape, showName, ...rewardFields }),
  /** `own` and `packet` are of the visitor's own packet. */
  value: z.object({ ...seen, isReplay: z.boolean() }),
  refusals: [
    refusal('unknown_packet'),
    teamCode,
    refusal('own_packet'),
    /** The shared packet was used, ran out or was taken back. */
    refusal('packet_ended', { endedAt: epochShape }),
    /** Rewards end with the generation of the shared packet. */
    refusal('last_generation', { generations: z.int() }),
    ...issueRefusals,
    ...rewardRefusals,
  ],
});

export const packetVisit = command('packet.visit', {
  who: 'shopper',
  summary: 'An effective visit of a shared packet: a step that is pending until the visitor is a verified person',
  request: z.strictObject({
    key: keyShape,
    code: codeGivenShape,
    /** How long the page has been open, and whether it was touched; not asked of somebody who is signed in. */
    stayedMs: whole(0, 86_400_000),
    touched: z.boolean(),
    showName,
    ...rewardFields,
  }),
  /** `own.visit` says what became of it: pending until his phone is verified, or until an order gives the packet back. */
  value: z.object({ ...seen, isReplay: z.boolean() }),
  refusals: [
    refusal('unknown_packet'),
    teamCode,
    refusal('own_packet'),
    refusal('visit_too_short', { stayMs: z.int() }),
    refusal('already_visited', { state: stepStateShape }),
    /** His one step of this campaign has vested in another packet. */
    refusal('helped_other'),
    refusal('packet_full'),
    refusal('packet_ended', { endedAt: epochShape }),
    ...rewardRefusals,
  ],
});

/* The room of one packet on a socket. */

/**
 * Up, with an acknowledgement: the packet whose picture this page shows from now on; null: none. First watch, then read
 * `packet.page`: pictures that come in between have their version. A page watches a packet or a team.
 */
export const packetWatch = {
  event: 'packet:watch',
  request: z.strictObject({ code: z.nullable(packetCodeShape) }),
  reply: z.object({ watching: z.boolean() }),
} as const;

/** Down, to everybody who watches this packet: the whole picture. */
export const packetChanged = { event: 'packet:changed', payload: packetPictureShape } as const;
