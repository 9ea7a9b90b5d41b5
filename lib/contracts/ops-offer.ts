import * as z from 'zod/mini';
import {
  campaignNameShape,
  command,
  epochShape,
  fenShape,
  idShape,
  localizedShape,
  read,
  refusal,
} from './contract.ts';
import { campaignPauseShape, couponTemplateStateShape } from './coupon.ts';
import { campaignUnlawful } from './law.ts';
import { offerHoursShape, offerRuleShape, offerShape } from './store-offer.ts';

/** Words as lib/contracts/store-offer.ts. */

const reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));

const opsOfferShape = z.object({
  ...z.omit(offerShape, { storeIds: true, isGone: true }).shape,
  perDay: z.int(),
  total: z.int(),
  budgetFen: fenShape,
  state: couponTemplateStateShape,
  pause: z.nullable(campaignPauseShape),
  validFrom: z.nullable(epochShape),
  madeBy: z.string(),
  /** The asking operator made it: somebody else must agree. */
  isOwn: z.boolean(),
  /** By code, 20 at most; `storeCount` is all of them. */
  stores: z.array(
    z.object({
      id: idShape,
      name: localizedShape,
      /** When its password was set; null: it has none. */
      passwordSetAt: z.nullable(epochShape),
    }),
  ),
  storeCount: z.int(),
  figures: z.object({
    claimed: z.int(),
    /** Of those: by being near, and by a password. */
    near: z.int(),
    byPassword: z.int(),
    usable: z.int(),
    redeemed: z.int(),
    expired: z.int(),
    voided: z.int(),
    leftFen: fenShape,
    reservedFen: fenShape,
    spentFen: fenShape,
    exposureFen: fenShape,
  }),
});
export type OpsOffer = z.output<typeof opsOfferShape>;

const opsOffers = z.object({ now: epochShape, offers: z.array(opsOfferShape) });

export const opsStoreOffers = read('ops.storeOffers', {
  who: 'operator',
  summary: 'All offers of stores with claims, redemptions and money, newest first',
  request: z.strictObject({}),
  value: opsOffers,
});

export const opsMakeStoreOffer = command('ops.makeStoreOffer', {
  who: 'operator',
  summary:
    'Publishes an offer of these stores, with its budget; above the limit of one person it waits for a second, or ten minutes. Once per id',
  request: z.strictObject({
    id: z.uuid(),
    name: campaignNameShape,
    rule: offerRuleShape,
    hours: offerHoursShape,
    from: epochShape,
    until: epochShape,
    goodMinutes: whole(60, 1_440),
    perDay: whole(1, 1_000_000),
    total: whole(1, 100_000_000),
    budgetFen: whole(1, 1_000_000_000_000),
    storeIds: z.array(idShape).check(z.minLength(1), z.maxLength(2_000)),
  }),
  value: opsOffers,
  refusals: [
    refusal('offer_wrong', {
      fault: z.enum([
        'cut_too_big',
        'window_wrong',
        'claim_times_wrong',
        'budget_too_small',
        'not_a_number',
        'hours_wrong',
        'stores_wrong',
      ]),
    }),
    refusal('unknown_stores', { ids: z.array(idShape) }),
    refusal('too_many_offers', { max: z.int() }),
    campaignUnlawful,
  ],
});

export const opsApproveStoreOffer = command('ops.approveStoreOffer', {
  who: 'operator',
  summary: 'A second person agrees to an offer that waits',
  request: z.strictObject({ id: idShape }),
  value: opsOffers,
  refusals: [refusal('same_person'), refusal('offer_over')],
});

export const opsStopStoreOffer = command('ops.stopStoreOffer', {
  who: 'operator',
  summary:
    'Stops an offer at once: nobody claims it any more. `withdraw` also takes back coupons that were not redeemed',
  request: z.strictObject({ id: idShape, withdraw: z.boolean(), reason }),
  value: opsOffers,
});

export const opsLiftStoreOffer = command('ops.liftStoreOffer', {
  who: 'operator',
  summary: 'Lets an offer go on that has stopped by itself, as `ops.liftCoupon` does',
  request: z.strictObject({ id: idShape, reason }),
  value: opsOffers,
  refusals: [refusal('same_person'), refusal('not_paused')],
});

export const opsNewStorePassword = command('ops.newStorePassword', {
  who: 'operator',
  summary: 'Draws a new password for a store and tells it, this once; the one before is good no longer',
  request: z.strictObject({ storeId: idShape }),
  value: z.object({ storeId: idShape, name: localizedShape, password: z.string() }),
  refusals: [refusal('unknown_store')],
});
