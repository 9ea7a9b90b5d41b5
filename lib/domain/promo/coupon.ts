import type { PromotionScope } from '../pricing/promotion.ts';

/*
 * Words used in this room:
 *
 * - template:   what an operator publishes; a coupon is one person's copy of it
 * - red packet: a coupon without a threshold (红包) that goes with every price, up to a share of the line
 * - worst case: the most that a coupon can ever take off; reserved in the campaign's budget when it is claimed
 * - locked:     held by an unpaid order; it is used when the order is paid and usable again when the order ends
 */

export type Words = { readonly zh: string; readonly en: string };

export type CouponRule =
  /** So much off (立减), from any amount of its goods on. */
  | { readonly kind: 'fixed'; readonly cutFen: number }
  /** So much off when its goods come to `fullFen` (满减券). */
  | { readonly kind: 'threshold'; readonly fullFen: number; readonly cutFen: number }
  /** `cutPermille` thousandths off, at most `capFen`; `fullFen` 0: from any amount on (8折 = 200). */
  | { readonly kind: 'percent'; readonly fullFen: number; readonly cutPermille: number; readonly capFen: number }
  | { readonly kind: 'red_packet'; readonly cutFen: number };

/** When a coupon can be used: the same days for everybody, or so many days from when it was claimed. */
export type CouponValidity =
  | { readonly kind: 'window'; readonly from: number; readonly until: number }
  | { readonly kind: 'days'; readonly days: number };

export type CouponTemplate = {
  readonly id: string;
  readonly name: Words;
  readonly rule: CouponRule;
  readonly scope: PromotionScope;
  readonly validity: CouponValidity;
  /** It can be claimed from `claimFrom` up to, not including, `claimUntil` (server clock, epoch ms). */
  readonly claimFrom: number;
  readonly claimUntil: number;
  readonly perPerson: number;
  readonly total: number;
  readonly budgetFen: number;
};

/** `void`: its template was withdrawn before it was used. */
export type CouponState = 'usable' | 'locked' | 'used' | 'expired' | 'void';

/** A coupon as the rules see it. */
export type HeldCoupon = {
  readonly id: string;
  readonly templateId: string;
  readonly name: Words;
  readonly rule: CouponRule;
  readonly scope: PromotionScope;
  readonly state: CouponState;
  readonly validFrom: number;
  /** Up to, not including; grace is counted in. */
  readonly validUntil: number;
  /** It is being reviewed, and of no use before this; null or left out: it is not. */
  readonly heldUntil?: number | null;
};

/** A review of a reward: nobody uses it before `until`, epoch ms. */
export type CouponHold = { readonly id: string; readonly until: number };

/** Whether a coupon is still being reviewed at `now`. */
export const isHeldAt = ({ heldUntil }: Pick<HeldCoupon, 'heldUntil'>, now: number): boolean =>
  heldUntil !== null && heldUntil !== undefined && now < heldUntil;

/** Which coupons a shopper wants on an order. */
export type CouponChoice =
  | { readonly choice: 'best' }
  | { readonly choice: 'none' }
  | { readonly choice: 'these'; readonly ids: readonly string[] };

/** Why a coupon that is held takes nothing off these goods. */
export type CouponObstacle =
  | { readonly code: 'not_yet_valid'; readonly validFrom: number }
  | { readonly code: 'expired' | 'used' | 'void' | 'unknown_coupon' }
  /** It is locked by another order that is not paid yet. */
  | { readonly code: 'in_order' }
  /** It is being reviewed. */
  | { readonly code: 'held'; readonly heldUntil: number }
  /** None of these goods is one that it is for. */
  | { readonly code: 'not_for_these_goods' }
  /** Its goods are here, at a price of a session: shop coupons do not go with it. */
  | { readonly code: 'not_at_session_price' }
  | { readonly code: 'below_threshold'; readonly missingFen: number }
  /** One shop coupon an order. */
  | { readonly code: 'one_coupon_only' }
  /** The others take off all that may be taken off. */
  | { readonly code: 'nothing_left' };

/** What is taken off in the order of taking: a shop coupon, then red packets. */
export const couponLayer = (rule: CouponRule): 'coupon' | 'red_packet' =>
  rule.kind === 'red_packet' ? 'red_packet' : 'coupon';

/** The most that a coupon can take off, in fen. */
export const worstCaseFen = (rule: CouponRule): number => (rule.kind === 'percent' ? rule.capFen : rule.cutFen);

/** What a rule takes off goods that come to `baseFen` after promotions. A percentage rounds to the fen for the shopper. */
export function couponCutFen(rule: CouponRule, baseFen: number): number {
  switch (rule.kind) {
    case 'fixed':
    case 'red_packet':
      return rule.cutFen;
    case 'threshold':
      return baseFen >= rule.fullFen ? rule.cutFen : 0;
    case 'percent': {
      if (baseFen < rule.fullFen) return 0;
      return Math.min(rule.capFen, baseFen - Math.floor((baseFen * (1000 - rule.cutPermille)) / 1000));
    }
  }
}

/** From which amount of its goods on a coupon can be used. */
export const thresholdFen = (rule: CouponRule): number =>
  rule.kind === 'threshold' || rule.kind === 'percent' ? rule.fullFen : 0;

export type CouponFault = 'cut_too_big' | 'window_wrong' | 'claim_times_wrong' | 'budget_too_small' | 'not_a_number';

const FEN_MAX = 100_000_000;
const isWhole = (value: number, min: number, max: number) =>
  Number.isSafeInteger(value) && value >= min && value <= max;

/** What is wrong with a template; null when it may be published at `now`. */
export function templateFault(template: Omit<CouponTemplate, 'id' | 'name'>, now: number): CouponFault | null {
  const { rule, validity, claimFrom, claimUntil, perPerson, total, budgetFen } = template;
  const amounts = rule.kind === 'percent' ? [rule.cutPermille, rule.capFen] : [rule.cutFen];
  if (!amounts.every((fen) => isWhole(fen, 1, FEN_MAX)) || !isWhole(thresholdFen(rule), 0, FEN_MAX)) {
    return 'not_a_number';
  }
  if (!isWhole(perPerson, 1, 100) || !isWhole(total, 1, FEN_MAX)) return 'not_a_number';
  if (rule.kind === 'threshold' && rule.cutFen >= rule.fullFen) return 'cut_too_big';
  if (rule.kind === 'percent' && !isWhole(rule.cutPermille, 1, 999)) return 'cut_too_big';
  if (claimUntil <= claimFrom || claimUntil <= now) return 'claim_times_wrong';
  if (validity.kind === 'window' && (validity.until <= validity.from || validity.until < claimUntil)) {
    return 'window_wrong';
  }
  return budgetFen < worstCaseFen(rule) ? 'budget_too_small' : null;
}

export const DAY_OF_GRACE_MS = 24 * 60 * 60 * 1000;

/** From when and until when a coupon that is claimed at `now` can be used. */
export function validityOf(validity: CouponValidity, now: number): { validFrom: number; validUntil: number } {
  if (validity.kind === 'window') return { validFrom: validity.from, validUntil: validity.until };
  return { validFrom: now, validUntil: now + validity.days * DAY_OF_GRACE_MS };
}
