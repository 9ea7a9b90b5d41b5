import * as z from 'zod/mini';
import { command, epochShape, idShape, read } from './contract.ts';

/**
 * A line of the cart. `quantity` 0 is a removal that still has to be told to other phones.
 * Per SKU the line with the later `changedAt` wins, so merging twice changes nothing.
 */
export const cartLineShape = z.strictObject({
  skuId: idShape,
  quantity: z.int().check(z.minimum(0), z.maximum(99)),
  /** When the shopper changed it, server clock as the phone knows it. */
  changedAt: epochShape,
});
export type CartLine = z.output<typeof cartLineShape>;

export const CART_LINES_MAX = 100;

export const cartRead = read('cart.read', {
  who: 'anyone',
  summary: 'The cart as the server holds it; empty for a browser without a session',
  request: z.strictObject({}),
  value: z.object({ lines: z.array(cartLineShape) }),
});

export const cartMerge = command('cart.merge', {
  who: 'shopper',
  summary: 'Merges edits made on this phone, online or not',
  request: z.strictObject({ lines: z.array(cartLineShape).check(z.maxLength(CART_LINES_MAX)) }),
  value: z.object({ lines: z.array(cartLineShape) }),
});
