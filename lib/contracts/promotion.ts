import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, localizedShape, publicRead, read, refusal } from './contract.ts';
import { campaignUnlawful } from './law.ts';

const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));

/** Which goods count towards a promotion, and get its money off. */
export const promotionScopeShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({
    kind: z.literal('categories'),
    ids: z.array(idShape).check(z.minLength(1), z.maxLength(50)),
  }),
  z.strictObject({
    kind: z.literal('products'),
    handles: z.array(idShape).check(z.minLength(1), z.maxLength(200)),
  }),
]);

/** `payPermille`: thousandths of the price that are paid, 800 for 8折. */
export const promotionRuleShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('full_reduction'), fullFen: fenShape, cutFen: fenShape, isEach: z.boolean() }),
  z.strictObject({
    kind: z.literal('amount_ladder'),
    steps: z.array(z.strictObject({ fullFen: fenShape, cutFen: fenShape })).check(z.minLength(1), z.maxLength(5)),
  }),
  z.strictObject({
    kind: z.literal('piece_ladder'),
    steps: z
      .array(z.strictObject({ pieces: whole(1, 999), payPermille: whole(1, 999) }))
      .check(z.minLength(1), z.maxLength(5)),
  }),
]);

export const promotionShape = z.object({
  id: idShape,
  name: localizedShape,
  scope: promotionScopeShape,
  rule: promotionRuleShape,
  startsAt: epochShape,
  endsAt: epochShape,
});

export const promotionsRead = publicRead('promotions', {
  summary: 'Promotions that are in force or will be',
  sharedSeconds: 2,
  request: z.strictObject({}),
  value: z.object({ now: epochShape, promotions: z.array(promotionShape) }),
});

const opsPromotions = z.object({
  now: epochShape,
  promotions: z.array(
    z.object({
      ...promotionShape.shape,
      /** `waiting`: deep, and a second person must agree. */
      state: z.enum(['waiting', 'ahead', 'running', 'over', 'stopped']),
      /** From when it may be in force; null while it waits for a second person. */
      validFrom: z.nullable(epochShape),
      madeBy: z.string(),
      /** The asking operator made it: somebody else must agree. */
      isOwn: z.boolean(),
    }),
  ),
  categories: z.array(z.object({ id: idShape, name: localizedShape })),
});

export const opsPromotionsRead = read('ops.promotions', {
  who: 'operator',
  summary: 'All promotions, newest first, and the categories that one may be for',
  request: z.strictObject({}),
  value: opsPromotions,
});

export const opsMakePromotion = command('ops.makePromotion', {
  who: 'operator',
  summary: 'Publishes a promotion; from then on it can be stopped, not changed. A deep one waits for a second person',
  request: z.strictObject({
    id: z.uuid(),
    name: z.object({
      zh: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
      en: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
    }),
    scope: promotionScopeShape,
    rule: promotionRuleShape,
    startsAt: epochShape,
    endsAt: epochShape,
  }),
  value: opsPromotions,
  refusals: [
    refusal('promotion_wrong', { fault: z.enum(['no_steps', 'steps_not_rising', 'cut_too_big', 'not_a_number']) }),
    refusal('promotion_times_wrong'),
    campaignUnlawful,
    refusal('unknown_scope', { id: z.string() }),
    refusal('too_many_promotions', { max: z.int() }),
  ],
});

export const opsApprovePromotion = command('ops.approvePromotion', {
  who: 'operator',
  summary: 'A second person agrees to a deep promotion',
  request: z.strictObject({ id: idShape }),
  value: opsPromotions,
  refusals: [refusal('same_person'), refusal('promotion_over')],
});

export const opsStopPromotion = command('ops.stopPromotion', {
  who: 'operator',
  summary: 'Stops a promotion for good; orders that have it keep it',
  request: z.strictObject({ id: idShape, reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
  value: opsPromotions,
  refusals: [refusal('promotion_over')],
});
