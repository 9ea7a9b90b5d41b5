import * as z from 'zod/mini';
import { isPatch } from '../domain/store/cell.ts';
import { ACCURACY_BUCKETS_M } from '../domain/store/fence.ts';
import { command, epochShape, idShape, keyShape, localizedShape, publicRead, read, refusal } from './contract.ts';
import { shownCodeShape } from './pickup.ts';

/* What stores give to who comes by. Words of the room: lib/domain/store/offer.ts. */

const moneyShape = z.int().check(z.minimum(1), z.maximum(100_000_000));
/** 立减, or 满减. */
export const offerRuleShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), cutFen: moneyShape }),
  z.strictObject({ kind: z.literal('threshold'), fullFen: moneyShape, cutFen: moneyShape }),
]);
/** Minutes of the store's day; beyond 1,440 it is of the next. */
export const offerHoursShape = z.tuple([
  z.int().check(z.minimum(0), z.maximum(1_439)),
  z.int().check(z.minimum(1), z.maximum(2_880)),
]);

export const offerShape = z.object({
  id: idShape,
  name: localizedShape,
  rule: offerRuleShape,
  hours: offerHoursShape,
  /** It is claimed from `from` up to, not including, `until`. */
  from: epochShape,
  until: epochShape,
  goodMinutes: z.int(),
  /** All are claimed, or the budget is: a hint, the claim itself decides. */
  isGone: z.boolean(),
  storeIds: z.array(idShape),
});
export type OfferShown = z.output<typeof offerShape>;

export const storeOffersRead = publicRead('store-offers', {
  summary:
    'Offers of stores that run now, or will within a day, with their stores; the same for everybody, so that nobody says where he is',
  sharedSeconds: 10,
  request: z.strictObject({}),
  value: z.object({ asOf: epochShape, offers: z.array(offerShape) }),
});
export type OffersShown = z.output<typeof storeOffersRead.value>;

/** A store coupon of the shopper who asks. */
export const storeCouponShape = z.object({
  id: idShape,
  offerId: idShape,
  name: localizedShape,
  rule: offerRuleShape,
  store: z.object({ id: idShape, name: localizedShape, address: localizedShape, phone: z.nullable(z.string()) }),
  /** `void`: the offer was withdrawn. */
  state: z.enum(['usable', 'used', 'expired', 'void']),
  claimedAt: epochShape,
  validUntil: epochShape,
  /** When a clerk took it. */
  redeemedAt: z.nullable(epochShape),
  /** What the phone shows at the counter, also without network; null: it cannot be used any more. */
  code: z.nullable(shownCodeShape),
  /** Of the owner's phone; asked for with the digits. */
  lastFour: z.string(),
});
export type StoreCoupon = z.output<typeof storeCouponShape>;

export const offerMine = read('offer.mine', {
  who: 'verified',
  summary: 'One’s store coupons: usable first; ended ones of the last 30 days',
  request: z.strictObject({}),
  value: z.object({ now: epochShape, coupons: z.array(storeCouponShape) }),
});

export const offerClaim = command('offer.claim', {
  who: 'verified',
  summary:
    'Claims a store’s offer by being near, of which a square of about 600 m is said and nothing kept, or by the store’s password; answered once per key',
  request: z.strictObject({
    key: keyShape,
    at: z.discriminatedUnion('by', [
      z.strictObject({
        by: z.literal('near'),
        offerId: idShape,
        storeId: idShape,
        patch: z.string().check(z.refine(isPatch, 'a patch')),
        /** How far off the fix may be, metres. */
        accuracyM: z.literal(ACCURACY_BUCKETS_M),
      }),
      /** The best that the store of this password offers now. */
      z.strictObject({
        by: z.literal('password'),
        password: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
      }),
    ]),
  }),
  value: z.object({ now: epochShape, coupon: storeCouponShape, isReplay: z.boolean() }),
  refusals: [
    refusal('unknown_offer'),
    refusal('offer_not_open', { opensAt: epochShape }),
    refusal('offer_over'),
    /** It spends faster than planned: an operator looks at it. */
    refusal('offer_paused'),
    refusal('offer_gone'),
    refusal('offer_gone_today'),
    refusal('offer_outside_hours', { opensAt: epochShape }),
    refusal('store_shut', { opensAt: z.nullable(epochShape) }),
    /** One a store and a day. */
    refusal('offer_claimed_today'),
    refusal('not_near'),
    /** Too far from the last claim for the time between: the password at the counter is the way. */
    refusal('moved_too_fast'),
    refusal('unknown_store_password', { triesLeft: z.int() }),
    refusal('store_password_locked', { until: epochShape }),
  ],
});
