import * as z from 'zod/mini';
import { epochShape, fenShape, quantityShape } from './contract.ts';

export const requestStateShape = z.enum([
  'requested',
  'awaiting_goods',
  'goods_sent',
  'goods_back',
  'refunding',
  'done',
  'refused',
  'withdrawn',
]);

/** A line of an order by its number, and how many of its units. */
export const requestedLineShape = z.strictObject({
  lineNumber: z.int().check(z.minimum(1), z.maximum(200)),
  quantity: quantityShape,
});

/** What a shopper asked to give back of an order, and how far it has come. */
export const refundRequestShape = z.object({
  id: z.uuid(),
  kind: z.enum(['refund', 'return']),
  state: requestStateShape,
  lines: z.array(z.object({ ...requestedLineShape.shape, amountFen: fenShape })),
  freightFen: fenShape,
  /** Goods and freight together. */
  amountFen: fenShape,
  /** One of the codes that the phone has words for; older ones are words themselves. */
  reason: z.string(),
  /** The shop's words when it agreed or refused. */
  answer: z.nullable(z.string()),
  carrier: z.nullable(z.string()),
  trackingNumber: z.nullable(z.string()),
  /** Whether the units are on sale again; null until somebody has looked at them. */
  restock: z.nullable(z.boolean()),
  askedAt: epochShape,
  goodsBackAt: z.nullable(epochShape),
  endedAt: z.nullable(epochShape),
});
export type RefundRequest = z.output<typeof refundRequestShape>;
