import * as z from 'zod/mini';
import {
  command,
  epochShape,
  fenShape,
  idShape,
  keyShape,
  localizedShape,
  publicRead,
  read,
  refusal,
} from './contract.ts';
import { campaignUnlawful } from './law.ts';
import { promotionScopeShape } from './promotion.ts';
import { rewardFields, rewardRefusals } from './risk.ts';

/*
 * Words used in this room:
 *
 * - template:   what an operator publishes; a coupon is one person's copy of it
 * - red packet: a coupon without a threshold (红包); it goes with every price, up to a share of the line
 * - locked:     held by an unpaid order; used when it is paid, usable again when it ends unpaid
 */

const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));
const moneyShape = whole(1, 100_000_000);

export const couponRuleShape = z.discriminatedUnion('kind', [
  /** 立减: so much off, no threshold. */
  z.strictObject({ kind: z.literal('fixed'), cutFen: moneyShape }),
  /** 满减券. */
  z.strictObject({ kind: z.literal('threshold'), fullFen: moneyShape, cutFen: moneyShape }),
  /** 折扣券: `cutPermille` thousandths off, at most `capFen`; `fullFen` 0: no threshold. 8折 = 200. */
  z.strictObject({
    kind: z.literal('percent'),
    fullFen: whole(0, 100_000_000),
    cutPermille: whole(1, 999),
    capFen: moneyShape,
  }),
  /** 红包. */
  z.strictObject({ kind: z.literal('red_packet'), cutFen: moneyShape }),
]);

export const couponValidityShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('window'), from: epochShape, until: epochShape }),
  z.strictObject({ kind: z.literal('days'), days: whole(1, 365) }),
]);

const templateFacts = {
  name: localizedShape,
  rule: couponRuleShape,
  scope: promotionScopeShape,
  validity: couponValidityShape,
  claimFrom: epochShape,
  claimUntil: epochShape,
  perPerson: z.int(),
};

/** What may be claimed; the same for everybody. */
export const claimableShape = z.object({
  id: idShape,
  ...templateFacts,
  /** Thousandths that are gone, for a bar. */
  takenPermille: whole(0, 1000),
  /** All are claimed, or the budget is: a hint, the claim itself decides. */
  isSoldOut: z.boolean(),
});
export type Claimable = z.output<typeof claimableShape>;

export const couponsRead = publicRead('coupons', {
  summary: 'Coupons that can be claimed now',
  sharedSeconds: 2,
  request: z.strictObject({}),
  value: z.object({ now: epochShape, templates: z.array(claimableShape) }),
});

export const couponStateShape = z.enum(['usable', 'locked', 'used', 'expired', 'void']);

/** One coupon of the shopper who asks. */
export const ownCouponShape = z.object({
  id: idShape,
  templateId: idShape,
  name: localizedShape,
  rule: couponRuleShape,
  scope: promotionScopeShape,
  state: couponStateShape,
  claimedAt: epochShape,
  validFrom: epochShape,
  /** Up to, not including. */
  validUntil: epochShape,
  /** It ran out while an order held it, and was given a day more. */
  hasGrace: z.boolean(),
  /** The order that holds it or used it. */
  orderId: z.nullable(idShape),
  /** What it took off the order that used it, or would of the one that holds it. */
  cutFen: z.nullable(fenShape),
  /**
   * Why it cannot be used now; null when it can. `withdrawn`: the shop took the campaign back; `held`: it is being
   * reviewed, until `heldUntil` at the longest; `refused`: the review took it back (`risk.mine` says why).
   */
  whyNot: z.nullable(z.enum(['not_yet_valid', 'in_order', 'used', 'expired', 'withdrawn', 'held', 'refused'])),
  /** Null: it is not being reviewed. */
  heldUntil: z.nullable(epochShape),
  /** The campaign was withdrawn while an order holds the coupon: good for that order, gone after it. */
  isLastChance: z.boolean(),
  /** A growing red packet: what it began with and may grow to; null: its amount stays. */
  growth: z.nullable(z.object({ packetCode: z.string(), baseFen: fenShape, stepFen: fenShape, capFen: fenShape })),
});
export type OwnCoupon = z.output<typeof ownCouponShape>;

export const couponMine = read('coupon.mine', {
  who: 'shopper',
  summary: 'All that the shopper holds: usable first, those that end soonest first; ended ones of the last 30 days',
  request: z.strictObject({}),
  value: z.object({ now: epochShape, coupons: z.array(ownCouponShape) }),
});

export const couponClaim = command('coupon.claim', {
  who: 'verified',
  summary: 'Claims a coupon; answered once per key',
  request: z.strictObject({ key: keyShape, templateId: idShape, ...rewardFields }),
  value: z.object({
    coupon: ownCouponShape,
    /** How many more of it this person may claim. */
    claimsLeft: z.int(),
    now: epochShape,
    isReplay: z.boolean(),
  }),
  refusals: [
    refusal('unknown_coupon'),
    refusal('coupon_not_open', { opensAt: epochShape }),
    refusal('coupon_over'),
    /** It spends faster than planned: an operator looks at it. */
    refusal('coupon_paused'),
    /** All are claimed, or what is left of the budget does not cover one more. */
    refusal('coupon_gone'),
    refusal('coupon_limit', { limit: z.int() }),
    ...rewardRefusals,
  ],
});

/* Which coupons go on an order: asked with the quote, signed into its version, taken from there at submit. */

export const couponChoiceShape = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('best') }),
  z.strictObject({ choice: z.literal('none') }),
  z.strictObject({ choice: z.literal('these'), ids: z.array(idShape).check(z.maxLength(12)) }),
]);

/** Why a coupon takes nothing off these goods; facts beside the code. */
export const couponObstacleShape = z.object({
  code: z.enum([
    'not_yet_valid',
    'expired',
    'used',
    'void',
    'unknown_coupon',
    'in_order',
    'held',
    'not_for_these_goods',
    'not_at_session_price',
    'below_threshold',
    'one_coupon_only',
    'nothing_left',
  ]),
  /** not_yet_valid. */
  validFrom: z.optional(epochShape),
  /** held. */
  heldUntil: z.optional(epochShape),
  /** below_threshold: how much more of its goods. */
  missingFen: z.optional(fenShape),
});

const quotedCoupon = {
  id: idShape,
  name: localizedShape,
  rule: couponRuleShape,
  scope: promotionScopeShape,
  validUntil: epochShape,
};

export const quoteCouponsShape = z.object({
  choice: z.enum(['best', 'none', 'these']),
  /** In the order in which they take off; each is a line of `cuts` too, with its id as `source`. */
  used: z.array(z.object({ ...quotedCoupon, cutFen: fenShape })),
  /** Could be chosen and are not: what each would take off on its own. */
  possible: z.array(z.object({ ...quotedCoupon, cutFen: fenShape })),
  /** Held (or asked for), and of no use here. */
  not: z.array(z.object({ ...z.partial(z.object(quotedCoupon)).shape, id: idShape, why: couponObstacleShape })),
  /** What the best combination takes off in coupons: above what is used when the shopper chose otherwise. */
  bestFen: fenShape,
});
export type QuoteCoupons = z.output<typeof quoteCouponsShape>;

/* Behind the counter. */

/**
 * `waiting`: published, and a second person must agree; `delayed`: can be claimed from `validFrom`; `paused`: it has
 * stopped by itself (`pause`).
 */
export const couponTemplateStateShape = z.enum([
  'draft',
  'waiting',
  'delayed',
  'ahead',
  'running',
  'paused',
  'over',
  'stopped',
]);

/** Why a campaign has stopped by itself. */
export const campaignPauseShape = z.object({
  pausedAt: epochShape,
  /** What left the budget within so many minutes, and what may. */
  goneFen: fenShape,
  limitFen: fenShape,
  minutes: z.int(),
  /** Somebody has lifted it, and it goes on from then; null: it waits for an operator. */
  goesOnAt: z.nullable(epochShape),
});

/** More budget for a campaign, that is not in force yet. */
export const openRaiseShape = z.object({
  id: idShape,
  addFen: fenShape,
  addTotal: z.int(),
  askedBy: z.string(),
  isOwn: z.boolean(),
  /** From when it counts, where nobody else can agree; until then it can be undone. Null: somebody must agree. */
  validFrom: z.nullable(epochShape),
});

const opsTemplateShape = z.object({
  id: idShape,
  ...templateFacts,
  total: z.int(),
  budgetFen: fenShape,
  state: couponTemplateStateShape,
  pause: z.nullable(campaignPauseShape),
  validFrom: z.nullable(epochShape),
  madeBy: z.string(),
  /** The asking operator made or published it: somebody else must agree. */
  isOwn: z.boolean(),
  /** A raise of the budget that is not in force yet. */
  raise: z.nullable(openRaiseShape),
  figures: z.object({
    /** Coupons by what became of them. */
    claimed: z.int(),
    usable: z.int(),
    locked: z.int(),
    used: z.int(),
    expired: z.int(),
    voided: z.int(),
    /** The campaign's account: budget = left + reserved + spent. */
    leftFen: fenShape,
    reservedFen: fenShape,
    spentFen: fenShape,
    /** The most that may still be spent: what is reserved, and what can still be claimed. */
    exposureFen: fenShape,
  }),
});
export type OpsCoupon = z.output<typeof opsTemplateShape>;

const opsCoupons = z.object({
  now: epochShape,
  templates: z.array(opsTemplateShape),
  categories: z.array(z.object({ id: idShape, name: localizedShape })),
});

export const opsCouponsRead = read('ops.coupons', {
  who: 'operator',
  summary: 'All coupon campaigns with their figures, newest first, and the categories that one may be for',
  request: z.strictObject({}),
  value: opsCoupons,
});

const couponWrong = refusal('coupon_wrong', {
  fault: z.enum(['cut_too_big', 'window_wrong', 'claim_times_wrong', 'budget_too_small', 'not_a_number']),
});

export const opsSaveCoupon = command('ops.saveCoupon', {
  who: 'operator',
  summary: 'Saves the draft of a coupon campaign; what is published does not change any more',
  request: z.strictObject({
    id: z.uuid(),
    name: z.strictObject({
      zh: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
      en: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
    }),
    rule: couponRuleShape,
    scope: promotionScopeShape,
    validity: couponValidityShape,
    claimFrom: epochShape,
    claimUntil: epochShape,
    perPerson: whole(1, 100),
    total: whole(1, 100_000_000),
    budgetFen: whole(1, 1_000_000_000_000),
  }),
  value: opsCoupons,
  refusals: [couponWrong, refusal('unknown_scope', { id: z.string() }), refusal('coupon_published'), campaignUnlawful],
});

export const opsPublishCoupon = command('ops.publishCoupon', {
  who: 'operator',
  summary: 'Publishes a campaign; a budget above the limit of one person waits for a second, or ten minutes',
  request: z.strictObject({ id: idShape }),
  value: opsCoupons,
  refusals: [couponWrong, campaignUnlawful, refusal('coupon_over'), refusal('too_many_coupons', { max: z.int() })],
});

export const opsApproveCoupon = command('ops.approveCoupon', {
  who: 'operator',
  summary: 'A second person agrees to a campaign that waits',
  request: z.strictObject({ id: idShape }),
  value: opsCoupons,
  refusals: [refusal('same_person'), refusal('coupon_over')],
});

export const opsStopCoupon = command('ops.stopCoupon', {
  who: 'operator',
  summary:
    'Stops a campaign at once: nobody claims it any more. `withdraw` also takes back coupons that no order holds; one that is held stays good for that order',
  request: z.strictObject({
    id: idShape,
    withdraw: z.boolean(),
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  }),
  value: opsCoupons,
  refusals: [refusal('coupon_over')],
});

export const opsLiftCoupon = command('ops.liftCoupon', {
  who: 'operator',
  summary:
    'Lets a campaign go on that has stopped by itself; where much may still be spent, its maker may not, and who is alone waits ten minutes',
  request: z.strictObject({ id: idShape, reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
  value: opsCoupons,
  refusals: [refusal('same_person'), refusal('not_paused')],
});

export const opsRaiseCoupon = command('ops.raiseCoupon', {
  who: 'operator',
  summary: 'Asks for more budget and more coupons; a second person must agree, or ten minutes pass',
  request: z.strictObject({
    id: idShape,
    /** Made by the page: one raise per id. */
    raiseId: z.uuid(),
    addFen: whole(0, 1_000_000_000_000),
    addTotal: whole(0, 100_000_000),
  }),
  value: opsCoupons,
  refusals: [couponWrong, refusal('coupon_over'), refusal('raise_open')],
});

export const opsApproveRaise = command('ops.approveRaise', {
  who: 'operator',
  summary: 'A second person agrees to a raise',
  request: z.strictObject({ raiseId: idShape }),
  value: opsCoupons,
  refusals: [refusal('same_person'), refusal('coupon_over')],
});

export const opsUndoRaise = command('ops.undoRaise', {
  who: 'operator',
  summary: 'Takes back a raise that is not in force yet',
  request: z.strictObject({ raiseId: idShape }),
  value: opsCoupons,
  refusals: [refusal('raise_in_force')],
});
