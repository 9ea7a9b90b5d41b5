import type { PromotionScope } from '../pricing/promotion.ts';
import type { CouponState, Words } from '../promo/coupon.ts';
import { HOUR_MS, SECOND_MS } from '../time.ts';

/*
 * Words used in this room:
 *
 * - packet campaign: what an operator publishes; frozen and hashed from then on
 * - packet:          one owner's growing red packet of a campaign; from its issue on it is a coupon of his
 * - value:           what the packet takes off now: its base and its vested steps
 * - visit:           one person's effective look at a packet; at most one per person and packet
 * - step:            what a visit adds; pending until the visitor is a verified person who is new to the campaign
 * - to vest:         a pending step becomes value; once per person and campaign
 * - generation:      1: started on one's own; 2: taken from a shared packet of generation 1; and so on
 */

/** What an operator decides. Thousandths are of the packet's own base, but for `guestPermille`. */
export type PacketSettings = {
  readonly name: Words;
  /** What a packet of the first generation is worth at issue, whole fen. */
  readonly baseFen: number;
  /** Base of a packet that is taken from a shared one, thousandths of `baseFen`, whatever its generation. */
  readonly guestPermille: number;
  /** One vested visit adds so much. */
  readonly stepPermille: number;
  /** The largest value; above 1000, so that there is something to grow. */
  readonly capPermille: number;
  /** Packets of later generations than this do not begin. */
  readonly generations: number;
  /** From issue on; a packet that no order has used by then is over. */
  readonly lifeHours: number;
  readonly scope: PromotionScope;
  readonly budgetFen: number;
  /** Packets are issued from `startsAt` up to, not including, `endsAt`; those that exist grow on to their own ends. */
  readonly startsAt: number;
  readonly endsAt: number;
};

/** What a packet of one generation is, whole fen. */
export type GenerationTerms = {
  readonly generation: number;
  readonly baseFen: number;
  readonly stepFen: number;
  readonly capFen: number;
  /** Vested visits until it is full; the last one adds what is left. */
  readonly steps: number;
};

/** The frozen object: what the rules sheet is made from, and what is hashed (`packetCampaignText`). */
export type PacketCampaign = PacketSettings & {
  readonly id: string;
  /** A visit counts from this long on, with a touch; or at once for somebody who is signed in. */
  readonly stayMs: number;
  /** From the first generation on, without gaps. */
  readonly terms: readonly GenerationTerms[];
};

export const STAY_MS = 5 * SECOND_MS;
/** The law of pyramid selling counts levels; rewards end here whatever is drafted. */
export const GENERATIONS_MAX = 3;
export const CAP_PERMILLE_MAX = 5_000;

/** `withdrawn`: the shop took the campaign back before it was used. */
export type PacketState = 'growing' | 'full' | 'locked' | 'used' | 'expired' | 'withdrawn';
export type StepState = 'pending' | 'vested' | 'lapsed';
/** `cap`: the packet was full first; `ended`: it was over first; `other`: the visitor's one step went to another packet. */
export type LapseCause = 'cap' | 'ended' | 'other';

/** What is stored of a packet and of the coupon that it is; moments are the database's, epoch ms. */
export type PacketFacts = {
  readonly couponState: CouponState;
  readonly valueFen: number;
  readonly capFen: number;
  /** Up to, not including; grace is counted in. */
  readonly validUntil: number;
};

/**
 * Every move there is. An order locks and uses, and gives back what it held; time and a withdrawal end what no order
 * holds. Value changes in `growing` alone.
 */
export const PACKET_MOVES: { readonly [S in PacketState]: readonly PacketState[] } = {
  growing: ['full', 'locked', 'expired', 'withdrawn'],
  full: ['locked', 'expired', 'withdrawn'],
  locked: ['growing', 'full', 'used', 'withdrawn'],
  // An order that is given back whole before it is shipped gives its packet back.
  used: ['growing', 'full', 'withdrawn'],
  expired: [],
  withdrawn: [],
};

/** A packet as it is at `now`, whether the worker has come by or not. */
export function packetStateAt({ couponState, valueFen, capFen, validUntil }: PacketFacts, now: number): PacketState {
  if (couponState === 'void') return 'withdrawn';
  if (couponState !== 'usable') return couponState;
  if (now >= validUntil) return 'expired';
  return valueFen < capFen ? 'growing' : 'full';
}

/** Nothing will happen to it any more, but that an order that used it is given back. */
export const isOver = (state: PacketState): boolean => state === 'used' || state === 'expired' || state === 'withdrawn';

/** Until when a packet that is issued at `now` can be used; both epoch ms. */
export const packetUntilOf = ({ lifeHours }: PacketSettings, now: number): number => now + lifeHours * HOUR_MS;

/** What a packet of this generation is; null: from it on nobody may start one. */
export const termsFor = ({ terms }: PacketCampaign, generation: number): GenerationTerms | null =>
  terms.find((one) => one.generation === generation) ?? null;

/** What one more vested visit adds: a step, or what is left to the cap; 0: it is full. */
export const nextStepFen = (packet: {
  readonly valueFen: number;
  readonly stepFen: number;
  readonly capFen: number;
}): number => Math.max(0, Math.min(packet.stepFen, packet.capFen - packet.valueFen));

/** Vested visits until it is full. */
export const stepsLeft = (packet: {
  readonly valueFen: number;
  readonly stepFen: number;
  readonly capFen: number;
}): number => Math.max(0, Math.ceil((packet.capFen - packet.valueFen) / packet.stepFen));
