import * as z from 'zod/mini';
import { offerShape, tierShape } from './catalog.ts';
import { command, epochShape, fenShape, idShape, keyShape, localizedShape, read, refusal } from './contract.ts';
import { orderShape, orderStateShape } from './order.ts';

/** An order as the people behind the counter see it. */
export const opsOrderShape = z.object({
  ...orderShape.shape,
  shopperName: z.string(),
  isDemo: z.boolean(),
  log: z.array(
    z.object({
      at: epochShape,
      from: z.nullable(z.string()),
      to: z.string(),
      by: z.string(),
      reason: z.nullable(z.string()),
    }),
  ),
});

export const opsOrders = read('ops.orders', {
  who: 'operator',
  summary: 'Orders of everybody, newest first, 50 a page; found by order id or the last digits of a phone',
  request: z.strictObject({
    state: z.optional(orderStateShape),
    search: z.optional(z.string().check(z.maxLength(40))),
    before: z.optional(idShape),
  }),
  value: z.object({
    orders: z.array(opsOrderShape),
    nextBefore: z.nullable(idShape),
    counts: z.record(z.string(), z.int()),
  }),
});

const moveRefused = refusal('order_cannot_move', { state: orderStateShape });
const oneOrder = z.object({ order: opsOrderShape });

export const opsPack = command('ops.pack', {
  who: 'operator',
  summary: 'The goods of a paid order are packed',
  request: z.strictObject({ id: idShape }),
  value: oneOrder,
  /** Null: it was refused, and its money goes back. */
  refusals: [moveRefused, refusal('order_in_review', { until: z.nullable(epochShape) })],
});

export const opsShip = command('ops.ship', {
  who: 'operator',
  summary: 'A packed order leaves with a carrier',
  request: z.strictObject({
    id: idShape,
    carrier: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
    trackingNumber: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9-]{6,40}$/)),
  }),
  value: oneOrder,
  refusals: [moveRefused],
});

export const opsReceive = command('ops.receive', {
  who: 'operator',
  summary: 'A shipped order has arrived, entered by hand',
  request: z.strictObject({ id: idShape }),
  value: oneOrder,
  refusals: [moveRefused],
});

export const stockRowShape = z.object({
  skuId: idShape,
  code: z.string(),
  productHandle: idShape,
  title: localizedShape,
  choice: localizedShape,
  /** The ordinary price, outside any session. */
  priceFen: fenShape,
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
  sold: z.int(),
});

export const opsStock = read('ops.stock', {
  who: 'operator',
  summary: 'Stock by SKU, 50 a page, found by title, code or name in the product link',
  request: z.strictObject({
    search: z.optional(z.string().check(z.maxLength(60))),
    after: z.optional(idShape),
  }),
  value: z.object({ rows: z.array(stockRowShape), nextAfter: z.nullable(idShape) }),
});

export const opsAdjustStock = command('ops.adjustStock', {
  who: 'operator',
  summary: 'Adds or takes units; never below what is reserved',
  request: z.strictObject({
    key: keyShape,
    skuId: idShape,
    /** Units, signed, not 0. */
    delta: z.int().check(z.minimum(-1_000_000), z.maximum(1_000_000)),
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    /** Where they lie: a store, or, left out, where orders are served from. */
    locationId: z.optional(idShape),
  }),
  value: z.object({ row: stockRowShape }),
  refusals: [refusal('below_reserved', { available: z.int() }), refusal('unknown_sku'), refusal('unknown_location')],
});

export const opsSessionShape = z.object({
  id: idShape,
  name: localizedShape,
  startsAt: epochShape,
  endsAt: epochShape,
  /** Whether its goods count towards promotions (满减) and get their money off. */
  allowsPromotions: z.boolean(),
  items: z.array(
    z.object({
      skuId: idShape,
      code: z.string(),
      title: localizedShape,
      choice: localizedShape,
      ordinaryFen: fenShape,
      priceFen: fenShape,
      limitPerPerson: z.int(),
      tiers: z.array(tierShape),
      crossedOutFen: offerShape.shape.crossedOutFen,
      accepted: z.int(),
    }),
  ),
});

export const opsSessions = read('ops.sessions', {
  who: 'operator',
  summary: 'Sessions with their SKUs, prices and tiers',
  request: z.strictObject({}),
  value: z.object({ now: epochShape, sessions: z.array(opsSessionShape) }),
});

export const opsSaveSession = command('ops.saveSession', {
  who: 'operator',
  summary: 'Makes a session, or changes one that has not started; a started session cannot be changed',
  request: z.strictObject({
    id: z.uuid(),
    name: localizedShape,
    startsAt: epochShape,
    endsAt: epochShape,
    /** Absent, as from a page of before: it stays as it is; a new session does not allow them. */
    allowsPromotions: z.optional(z.boolean()),
    items: z
      .array(
        z.strictObject({
          skuId: idShape,
          priceFen: fenShape,
          limitPerPerson: z.int().check(z.minimum(1), z.maximum(99)),
          tiers: z.array(tierShape).check(z.maxLength(5)),
        }),
      )
      .check(z.minLength(1), z.maxLength(200)),
  }),
  value: z.object({ sessions: z.array(opsSessionShape) }),
  refusals: [
    refusal('session_started'),
    refusal('session_times_wrong'),
    refusal('tiers_wrong', { skuId: idShape }),
    refusal('unknown_sku', { skuId: idShape }),
    refusal('overlaps', { skuId: idShape, sessionId: idShape }),
  ],
});

export const opsMessages = read('ops.messages', {
  who: 'operator',
  summary: 'The local outbox: messages that were sent where no provider is set; codes are masked',
  request: z.strictObject({ before: z.optional(z.string().check(z.regex(/^\d{1,18}$/))) }),
  value: z.object({
    messages: z.array(
      z.object({
        id: z.string(),
        at: epochShape,
        channel: z.string(),
        to: z.string(),
        text: z.string(),
        state: z.string(),
      }),
    ),
    nextBefore: z.nullable(z.string()),
  }),
});
