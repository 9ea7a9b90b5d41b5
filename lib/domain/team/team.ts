import type { PromotionScope } from '../pricing/promotion.ts';
import type { Words } from '../promo/coupon.ts';
import { HOUR_MS } from '../time.ts';

/*
 * Words used in this room:
 *
 * - team campaign: what an operator publishes; frozen and hashed from then on
 * - team:          one leader's packet of a campaign; its money is the pot
 * - place:         1 is the leader, then members in the order of joining
 * - share:         one member's part of the pot, known when the last place is taken
 * - to open:       a member's claim of his own share, which makes the coupon
 * - consolation:   the leader's coupon when the team did not fill
 */

/** The coupon that a share becomes: off any goods of its scope, or from an amount of them on. */
export type TeamCoupon = { readonly kind: 'red_packet' } | { readonly kind: 'threshold'; readonly fullFen: number };

/** How long the coupon of an opened share can be used: so many days, or up to, not including, a moment. */
export type TeamGoodFor =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'until'; readonly until: number };

/** What an operator decides. */
export type TeamSettings = {
  readonly name: Words;
  /** What one team shares out, whole fen. */
  readonly potFen: number;
  /** Members, the leader included. */
  readonly size: number;
  /** How long a team may take to fill; the end of the campaign ends it too. */
  readonly gatherHours: number;
  /** Teams of others that one person may join in one day (China time). */
  readonly joinsPerDay: number;
  /** No share is less than these thousandths of the pot. */
  readonly leastPermille: number;
  /** Thousandths of the pot that the leader has on top of his share. */
  readonly leaderExtraPermille: number;
  /** The leader's coupon when the team did not fill, fen; 0: none. Never has a threshold. */
  readonly consolationFen: number;
  readonly coupon: TeamCoupon;
  readonly scope: PromotionScope;
  readonly goodFor: TeamGoodFor;
  /** From the split on; a share that nobody has opened by then goes back to the budget. */
  readonly openHours: number;
  readonly budgetFen: number;
  /** Teams are opened and filled from `startsAt` up to, not including, `endsAt`. */
  readonly startsAt: number;
  readonly endsAt: number;
};

/** Of a million shares of a random member, how many are from `fromFen` to `toFen`, both included. */
export type ShareOdds = { readonly fromFen: number; readonly toFen: number; readonly perMillion: number };

/** The frozen object: what the rules sheet is made from, and what is hashed (`campaignText`). */
export type TeamCampaign = TeamSettings & {
  readonly id: string;
  /** The smallest and the largest share there can be. */
  readonly leastFen: number;
  readonly mostFen: number;
  /** Rising, without gaps, over all amounts there can be; `perMillion` adds up to 1,000,000. */
  readonly odds: readonly ShareOdds[];
};

export type TeamState = 'gathering' | 'split' | 'over' | 'failed';
export type ShareState = 'closed' | 'opened' | 'lapsed';

/** What is stored of a team's time; the moments are the database's, epoch ms. */
export type TeamTimes = {
  readonly state: TeamState;
  /** Up to, not including. */
  readonly gatherUntil: number;
  /** Null until the split. */
  readonly openUntil: number | null;
};

/** A team as it is at `now`, whether the worker has come by or not. */
export function teamStateAt({ state, gatherUntil, openUntil }: TeamTimes, now: number): TeamState {
  if (state === 'gathering') return now < gatherUntil ? 'gathering' : 'failed';
  if (state === 'split') return openUntil !== null && now < openUntil ? 'split' : 'over';
  return state;
}

/** A share as it is at `now`; only of teams that are split or over. */
export function shareStateAt(stored: ShareState, openUntil: number, now: number): ShareState {
  return stored === 'closed' && now >= openUntil ? 'lapsed' : stored;
}

export const gatherUntilOf = ({ gatherHours, endsAt }: TeamSettings, openedAt: number): number =>
  Math.min(openedAt + gatherHours * HOUR_MS, endsAt);

export const openUntilOf = ({ openHours }: TeamSettings, splitAt: number): number => splitAt + openHours * HOUR_MS;

/** What others see of a name: all of it if he agrees, else its first character; null: he has none. */
export function shownName(displayName: string, isAgreed: boolean): string | null {
  const [first] = displayName.trim();
  if (first === undefined) return null;
  return isAgreed ? displayName.trim() : `${first}**`;
}

const CHINA_AHEAD_MS = 8 * HOUR_MS;

/** The day of a moment in China, `2026-11-11`; joins are counted by it. */
export function chinaDay(now: number): string {
  return new Date(now + CHINA_AHEAD_MS).toISOString().slice(0, 10);
}

/** When the next day begins in China, epoch ms. */
export function nextChinaDayAt(now: number): number {
  const dayMs = 24 * HOUR_MS;
  return (Math.floor((now + CHINA_AHEAD_MS) / dayMs) + 1) * dayMs - CHINA_AHEAD_MS;
}
