import type { IncomingHttpHeaders } from 'node:http';
import type * as z from 'zod/mini';
import type { DeviceSignature, rewardRefusals } from '../../lib/contracts/risk.ts';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import type { RiskMechanic } from '../../lib/domain/risk/risk.ts';

/** Commands that may make a reward. */
export type RewardCommand =
  | 'coupon.claim'
  | 'team.open'
  | 'team.join'
  | 'team.openShare'
  | 'packet.issue'
  | 'packet.accept'
  | 'packet.visit'
  | 'packet.vest';

/** Where a command came from; the worker's own have no browser. */
export type RewardCaller = {
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
};

export type RewardAsk = {
  readonly mechanic: RiskMechanic;
  readonly command: RewardCommand;
  readonly campaignId: string;
  readonly shopperId: string;
  /** The command's: asked again with the same key, the decision is the same, unless people have changed it since. */
  readonly key: string;
  readonly caller: RewardCaller | null;
  readonly device?: DeviceSignature | undefined;
  readonly work?: string | undefined;
  /** Whose invitation it is: the two are tied from now on. */
  readonly invitedBy?: string | null;
  /** When what he answers was shared; epoch ms. */
  readonly sharedAt?: number | null;
};

export type RewardRefusal = z.output<(typeof rewardRefusals)[number]>;

export type RewardVerdict =
  | {
      readonly kind: 'go';
      /** The coupon that comes of it is made with this hold; null: it is free. */
      readonly hold: CouponHold | null;
      /** The smaller of the mechanic's rewards, where it has two. */
      readonly isLimited: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: RewardRefusal };
