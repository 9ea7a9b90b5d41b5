import * as z from 'zod/mini';
import {
  command,
  epochShape,
  fenShape,
  idShape,
  keyShape,
  localizedShape,
  quantityShape,
  read,
  refusal,
} from './contract.ts';

/*
 * Words used in this room:
 *
 * - entry:    one person's place in the waitlist (候补) of one SKU
 * - position: his place among those who still wait, from 1, in the order of joining
 * - offer:    units held for him until a deadline; he buys them as anybody buys, by `order.submit`
 */

export const waitStateShape = z.enum(['waiting', 'offered', 'taken', 'lapsed', 'left', 'passed']);

export const waitEntryShape = z.object({
  id: idShape,
  skuId: idShape,
  quantity: z.int(),
  /** `passed`: his turn came when he already had as many as one person may have. */
  state: waitStateShape,
  /** While waiting: exact at the moment of the answer. */
  position: z.nullable(z.int()),
  joinedAt: epochShape,
  /** Units that are held for him; fewer than he wished for when fewer came back. */
  offeredQuantity: z.nullable(z.int()),
  /** The goods rest until then; null: the offer can be used at once. */
  opensAt: z.nullable(epochShape),
  offerEndsAt: z.nullable(epochShape),
  /** The tier place that is held with the offer: one unit costs this. */
  tierFen: z.nullable(fenShape),
  tierUpTo: z.nullable(z.int()),
  orderId: z.nullable(idShape),
  endedAt: z.nullable(epochShape),
  title: localizedShape,
  choice: localizedShape,
  productHandle: idShape,
  picturePath: z.nullable(z.string()),
});
export type WaitEntry = z.output<typeof waitEntryShape>;

export const waitlistJoin = command('waitlist.join', {
  who: 'verified',
  summary: 'Joins the waitlist of a sold-out SKU; who already waits for it is told his place',
  request: z.strictObject({ key: keyShape, skuId: idShape, quantity: quantityShape }),
  value: z.object({ entry: waitEntryShape, now: epochShape }),
  refusals: [
    refusal('unknown_sku'),
    refusal('not_for_sale'),
    refusal('in_stock', { available: z.int() }),
    refusal('limit_reached', { limit: z.int(), owned: z.int() }),
    refusal('too_many_waits', { max: z.int() }),
  ],
});

export const waitlistLeave = command('waitlist.leave', {
  who: 'verified',
  summary: 'Leaves the waitlist, or lets an offer go to the next; an entry that has ended stays as it is',
  request: z.strictObject({ id: idShape }),
  value: z.object({ entry: waitEntryShape, now: epochShape }),
});

export const waitlistList = read('waitlist.list', {
  who: 'shopper',
  summary: 'The shopper’s entries: live ones, and those that ended in the last two days, newest first',
  request: z.strictObject({ skuId: z.optional(idShape) }),
  value: z.object({ entries: z.array(waitEntryShape), now: epochShape }),
});
