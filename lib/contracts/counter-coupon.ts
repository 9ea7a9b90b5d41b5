import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, keyShape, localizedShape, read, refusal } from './contract.ts';
import { offerRuleShape } from './store-offer.ts';

/* Store coupons at the counter: a clerk takes the amount off by hand, and here it is written down, once. */

const storeShape = z.object({ id: idShape, name: localizedShape });

/** A redemption that stands, or that was taken back. */
export const redemptionShape = z.object({
  id: z.uuid(),
  at: epochShape,
  store: storeShape,
  couponName: localizedShape,
  cutFen: fenShape,
  phoneMasked: z.string(),
  clerkName: z.string(),
  isMine: z.boolean(),
  /** Until when a second person may take it back. */
  undoUntil: epochShape,
  undoneAt: z.nullable(epochShape),
  undoneBy: z.nullable(z.string()),
  /** By what the shopper was known. */
  shown: z.enum(['token', 'digits']),
});
export type Redemption = z.output<typeof redemptionShape>;

/** What a clerk sees of a coupon. */
export const counterCouponShape = z.object({
  id: idShape,
  name: localizedShape,
  rule: offerRuleShape,
  phoneMasked: z.string(),
  validUntil: epochShape,
});

const noStore = refusal('no_store');
const wrongStore = refusal('wrong_store', { store: storeShape });
/** Why a coupon is not taken; each is a screen of its own. */
const notNow = [
  noStore,
  wrongStore,
  refusal('coupon_redeemed', { redemption: redemptionShape }),
  refusal('offer_stopped'),
  refusal('coupon_expired', { until: epochShape }),
  refusal('coupon_outside_hours', { until: epochShape }),
] as const;

export const counterScanCoupon = command('counter.scanCoupon', {
  who: 'clerk',
  summary:
    'What a store coupon gives whose code `counter.scan` has known as one; changes nothing but the count of wrong codes',
  request: z.strictObject({
    text: z.string().check(z.minLength(1), z.maxLength(200)),
    lastFour: z.optional(z.string().check(z.regex(/^\d{4}$/))),
  }),
  value: z.object({
    now: epochShape,
    coupon: counterCouponShape,
    /** Goes with `counter.redeemCoupon`; proof that a code was shown. */
    ticket: z.string(),
    ticketUntil: epochShape,
  }),
  refusals: [
    ...notNow,
    refusal('unreadable_code'),
    refusal('mistyped_code'),
    refusal('last_four_needed'),
    refusal('unknown_pickup_code', { triesLeft: z.int() }),
    refusal('stale_code'),
    refusal('counter_locked', { until: epochShape }),
  ],
});

export const counterRedeemCoupon = command('counter.redeemCoupon', {
  who: 'clerk',
  summary: 'The amount was taken off at the till: the coupon is used, once, whoever scans again; once per key',
  request: z.strictObject({ key: keyShape, ticket: z.string().check(z.minLength(10), z.maxLength(400)) }),
  value: z.object({ now: epochShape, redemption: redemptionShape, isReplay: z.boolean() }),
  refusals: [...notNow, refusal('ticket_over')],
});

export const counterUndoCoupon = command('counter.undoCoupon', {
  who: 'clerk',
  summary: 'A second person takes a redemption back within a minute; again changes nothing',
  request: z.strictObject({ redemptionId: z.uuid() }),
  value: z.object({ now: epochShape, redemption: redemptionShape }),
  refusals: [noStore, wrongStore, refusal('second_person_needed'), refusal('undo_too_late')],
});

export const counterCoupons = read('counter.coupons', {
  who: 'clerk',
  summary: 'Store coupons that this store took today in China, newest first, 100 at most, with what they came to',
  request: z.strictObject({}),
  value: z.object({
    now: epochShape,
    taken: z.int(),
    cutFen: fenShape,
    redemptions: z.array(redemptionShape),
  }),
  refusals: [noStore],
});
