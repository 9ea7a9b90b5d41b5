import type { CouponHold, CouponState } from '../promo/coupon.ts';
import type { LapseCause, PacketCampaign, StepState } from './packet.ts';

/** What a new packet is made of; by the server, before it is known whether there will be one. */
export type FreshPacket = { readonly packetId: string; readonly code: string };

/** `hold`: the packet is being reviewed, and no order takes it before that; it grows meanwhile. */
export type Making = {
  readonly name: string | null;
  readonly fresh: FreshPacket;
  readonly hold: CouponHold | null;
};

/**
 * `name`: what others see of it (`shownName`). `isVerified`: he is signed in with a verified phone. `vest` is nobody's
 * wish: somebody has verified his phone, and what waits for that is looked at. `mayVest` false: the rules against fraud
 * are not done with the visitor, and his visit stays pending until they are.
 */
export type PacketCommand = { readonly shopperId: string; readonly key: string } & (
  | ({ readonly kind: 'issue'; readonly campaignId: string } & Making)
  | ({ readonly kind: 'accept'; readonly code: string; readonly mayVest?: boolean } & Making)
  | {
      readonly kind: 'visit';
      readonly code: string;
      readonly name: string | null;
      readonly isVerified: boolean;
      readonly mayVest?: boolean;
      readonly stayedMs: number;
      readonly touched: boolean;
    }
  | { readonly kind: 'vest' }
);

/** What the database says of a campaign, read under its locks. */
export type PacketCampaignFacts = {
  readonly campaign: PacketCampaign;
  /** From when it is in force; null: it waits for a second person. */
  readonly validFrom: number | null;
  readonly isStopped: boolean;
  /** It spends too fast, and waits for an operator. */
  readonly isPaused: boolean;
  readonly leftFen: number;
};

export type StepFacts = {
  readonly packetId: string;
  /** Of this packet's visits, from 1. */
  readonly place: number;
  readonly visitorId: string;
  readonly name: string | null;
  readonly state: StepState;
  /** 0 while it has not vested. */
  readonly fen: number;
  readonly visitedAt: number;
  readonly vestedAt: number | null;
  readonly lapsedBecause: LapseCause | null;
};

/** A packet with the coupon that it is. */
export type PacketBook = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly ownerId: string;
  readonly ownerName: string | null;
  /** Of its issue. */
  readonly key: string;
  readonly generation: number;
  /** The shared packet that it was taken from; null: started on one's own. */
  readonly parentId: string | null;
  /** By which packet its owner came to the campaign first, whatever he took then; null: by none. */
  readonly cameById: string | null;
  /** How many packets stand before it in the graph of who came by whom. */
  readonly depth: number;
  readonly version: number;
  readonly visits: number;
  readonly vested: number;
  readonly lapsed: number;
  readonly couponState: CouponState;
  readonly baseFen: number;
  readonly stepFen: number;
  readonly capFen: number;
  readonly valueFen: number;
  readonly issuedAt: number;
  readonly validUntil: number;
  readonly endedAt: number | null;
  /** Visits in their order; of many the newest, for a picture. */
  readonly steps: readonly StepFacts[];
};

export type PacketBooks = {
  /** Database clock, epoch ms. */
  readonly now: number;
  readonly campaigns: ReadonlyMap<string, PacketCampaignFacts>;
  /** All packets that the commands name or may make grow, under their locks, and those that keys have made. */
  readonly packets: ReadonlyMap<string, PacketBook>;
  /** `personKey` → the person's own packet of this campaign. */
  readonly own: ReadonlyMap<string, { readonly packetId: string; readonly code: string }>;
  /** `personKey` of people whose one step of this campaign has vested. */
  readonly helped: ReadonlySet<string>;
  /** Visits of these people to the packets that they name, and all of theirs that are pending. */
  readonly visits: readonly StepFacts[];
  /** `personKey` → the first packet by which the person came to the campaign. */
  readonly cameBy: ReadonlyMap<string, { readonly packetId: string; readonly depth: number }>;
  /** `${shopperId}|${key}` → the packet that this key issued; null: the key has made another coupon. */
  readonly issuedBy: ReadonlyMap<string, string | null>;
  /** `${shopperId}|${key}` → the packet that this key visited. */
  readonly visitedBy: ReadonlyMap<string, string>;
  /** People with a verified phone who are not blocked: whoever is not among them makes nothing grow, nor has it grow. */
  readonly inGoodStanding: ReadonlySet<string>;
};

export type PacketRefusal =
  | {
      readonly code:
        | 'unknown_packet_campaign'
        | 'packet_campaign_over'
        | 'packet_campaign_stopped'
        | 'packet_campaign_paused'
        | 'packet_budget_gone'
        | 'unknown_packet'
        | 'own_packet'
        | 'helped_other'
        | 'packet_full';
    }
  | { readonly code: 'packet_campaign_not_open'; readonly opensAt: number }
  | { readonly code: 'has_packet'; readonly packetCode: string }
  | { readonly code: 'packet_ended'; readonly endedAt: number }
  | { readonly code: 'last_generation'; readonly generations: number }
  | { readonly code: 'visit_too_short'; readonly stayMs: number }
  | { readonly code: 'already_visited'; readonly state: StepState };

export type PacketDecision =
  /** `packetId`: the packet that was issued or visited. */
  | { readonly kind: 'done'; readonly packetId: string; readonly isReplay: boolean }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'looked' }
  | { readonly kind: 'refused'; readonly refusal: PacketRefusal };

export type NewStep = StepFacts & { readonly key: string; readonly isRipe: boolean };

export type SettledPackets = {
  readonly decisions: readonly PacketDecision[];
  /** Every packet that was issued, visited, or moved by a step; one version on. */
  readonly changed: readonly PacketBook[];
  /** Reviews of new packets, by packet. */
  readonly holds: ReadonlyMap<string, CouponHold>;
  readonly visits: readonly NewStep[];
  /** Stored visits that are pending no longer. */
  readonly moved: readonly StepFacts[];
};

export const personKey = (shopperId: string, campaignId: string) => `${shopperId}|${campaignId}`;
