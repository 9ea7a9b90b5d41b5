import * as z from 'zod/mini';
import { epochShape, idShape, localizedShape } from './contract.ts';

/* What orders say of being fetched at a store; the rest of the room is in pickup.ts (shoppers) and counter.ts (clerks). */

export const pickupStateShape = z.enum(['preparing', 'ready', 'handed_over', 'expired', 'refunded']);

/** How an order is to be had, when it is asked for. */
export const fulfilmentShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delivery'), addressId: idShape }),
  z.strictObject({ kind: z.literal('pickup'), storeId: idShape }),
]);
export type FulfilmentAsked = z.output<typeof fulfilmentShape>;

/** For a quote the address does not matter. */
export const quotedFulfilmentShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delivery') }),
  z.strictObject({ kind: z.literal('pickup'), storeId: idShape }),
]);

/** How these goods would be had at a store. */
export const pickupOfferShape = z.object({
  storeId: idShape,
  /** By when all of them are there. */
  promisedAt: epochShape,
  lines: z.array(
    z.object({
      skuId: idShape,
      /** The store does not have them: they come from the warehouse. */
      isTransfer: z.boolean(),
    }),
  ),
});

/** How far the pickup of an order has come. */
export const pickupBriefShape = z.object({
  store: z.object({
    id: idShape,
    name: localizedShape,
    address: localizedShape,
    phone: z.nullable(z.string()),
  }),
  /** Null until the order is paid. */
  state: z.nullable(pickupStateShape),
  promisedAt: epochShape,
  readyAt: z.nullable(epochShape),
  /** From the moment it is ready; ten minutes later the counter still hands over. */
  fetchBefore: z.nullable(epochShape),
  isExtended: z.boolean(),
  /** When the last units were handed over. */
  handedAt: z.nullable(epochShape),
  lines: z.array(
    z.object({
      lineNumber: z.int(),
      /** Units that were handed over. */
      handed: z.int(),
      /** On their way from the warehouse. */
      isAwaited: z.boolean(),
    }),
  ),
});
export type PickupBrief = z.output<typeof pickupBriefShape>;
