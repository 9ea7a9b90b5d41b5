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
import { couponChoiceShape, quoteCouponsShape } from './coupon.ts';
import { fulfilmentShape, pickupBriefShape, pickupOfferShape, quotedFulfilmentShape } from './pickup-shape.ts';
import { refundRequestShape } from './refund-request.ts';

/*
 * Words used in this room:
 *
 * - quote:       what these goods cost this shopper now, signed; what was shown is the most that is charged
 * - reservation: units held for an unpaid order until its deadline (hold)
 * - rank:        place among the successful reservations of a SKU in its session (第几名)
 */

export const orderStateShape = z.enum([
  'pending_pay',
  'closing',
  'closed',
  'paid',
  'packed',
  'shipped',
  'received',
  'returning',
  'completed',
  'refund_requested',
  'refunding',
  'refunded',
]);

const wantedLine = z.strictObject({ skuId: idShape, quantity: quantityShape });
export type WantedLine = z.output<typeof wantedLine>;
const wantedLines = z.array(wantedLine).check(z.minLength(1), z.maxLength(50));

/** Units of one SKU at one price: the first of two may be at the tier price and the second not. */
export const pricedLineShape = z.object({
  skuId: idShape,
  quantity: z.int(),
  unitFen: fenShape,
  /** Why this price: the ordinary one, the session's, or a tier of the session. */
  priceKind: z.enum(['ordinary', 'session', 'tier']),
  sessionId: z.nullable(idShape),
  /** For `tier`: the N of "the first N". */
  tierUpTo: z.nullable(z.int()),
  /** These units' share of all that is taken off; their price less this is what is paid for them. */
  discountFen: fenShape,
});
export type PricedLine = z.output<typeof pricedLineShape>;

/** One line of the breakdown: what takes how much off the whole, and which rule says so. */
export const cutShape = z.object({
  kind: z.enum(['member', 'promotion', 'coupon', 'red_packet', 'points']),
  /** A promotion's id, or a coupon's. */
  source: idShape,
  name: localizedShape,
  cutFen: fenShape,
});
export type CutLine = z.output<typeof cutShape>;

export const quoteShape = z.object({
  lines: z.array(pricedLineShape),
  /** Before anything is taken off. */
  goodsFen: fenShape,
  cuts: z.array(cutShape),
  discountFen: fenShape,
  freightFen: fenShape,
  totalFen: fenShape,
  /** Null when nothing was asked about coupons. */
  coupons: z.nullable(quoteCouponsShape),
  /** What the sessions and tiers saved against the ordinary price. */
  savedFen: fenShape,
  quotedAt: epochShape,
  validUntil: epochShape,
  /** The signed version of this quote, with the coupons that it uses; sent back at submit. */
  version: z.string(),
});
export type Quote = z.output<typeof quoteShape>;

/** Why one line cannot be had; all lines are looked at, nothing is held. */
export const lineProblemShape = z.object({
  skuId: idShape,
  code: z.enum([
    'unknown_sku',
    'not_for_sale',
    'sale_stopped',
    'not_open_yet',
    'session_over',
    'sold_out',
    'limit_reached',
  ]),
  /** sold_out: units that are left. limit_reached: the limit. */
  left: z.optional(z.int()),
  limit: z.optional(z.int()),
  owned: z.optional(z.int()),
  opensAt: z.optional(epochShape),
});
export type LineProblem = z.output<typeof lineProblemShape>;

export const orderQuote = command('order.quote', {
  who: 'anyone',
  summary: 'What these goods cost now, line by line, with the reasons of lines that cannot be had',
  bodyBytesMax: 16 * 1024,
  // Left out: no coupons, and none are looked at.
  // Fulfilment left out: delivery.
  request: z.strictObject({
    lines: wantedLines,
    coupons: z.optional(couponChoiceShape),
    fulfilment: z.optional(quotedFulfilmentShape),
  }),
  value: z.object({
    quote: quoteShape,
    problems: z.array(lineProblemShape),
    /** Only where pickup was asked about. */
    pickup: z.optional(pickupOfferShape),
  }),
  refusals: [
    refusal('nothing_to_quote', { problems: z.array(lineProblemShape) }),
    refusal('unknown_store'),
    refusal('store_not_open'),
  ],
});

export const orderSubmit = command('order.submit', {
  who: 'verified',
  summary:
    'Submits an order: holds its units, all or nothing, until the payment deadline, and locks the coupons of its quote',
  bodyBytesMax: 16 * 1024,
  request: z.strictObject({
    key: keyShape,
    lines: wantedLines,
    quoteVersion: z.string().check(z.minLength(10), z.maxLength(8_000)),
    /** Where the parcel goes; `fulfilment` says it too, and phones of before it said it here. */
    addressId: z.optional(idShape),
    fulfilment: z.optional(fulfilmentShape),
    note: z.optional(z.string().check(z.trim(), z.maxLength(100))),
    /** This key was sent before and no answer was heard: a refusal of this sending is one of all earlier ones. */
    isAgain: z.optional(z.boolean()),
    /** The phone understands `waiting`; one that says nothing is answered when its order is decided. */
    mayWait: z.optional(z.boolean()),
  }),
  value: z.object({
    orderId: idShape,
    totalFen: fenShape,
    payBefore: epochShape,
    /** Best rank among the lines that are in a session; null for ordinary goods. */
    rank: z.nullable(z.int()),
    /** The same key was answered before; this is that answer. */
    isReplay: z.boolean(),
  }),
  refusals: [
    refusal('lines_refused', { problems: z.array(lineProblemShape) }),
    refusal('price_changed', { quote: quoteShape }),
    refusal('tier_full', { quote: quoteShape }),
    refusal('quote_expired', { quote: quoteShape }),
    refusal('quote_invalid'),
    refusal('unknown_address'),
    refusal('unknown_store'),
    refusal('store_not_open'),
    refusal('too_many_unpaid', { max: z.int() }),
    /** It waits in the queue and will be decided: ask again with the same key. `position` is from 1. */
    refusal('waiting', { position: z.int(), retryAfterMs: z.number() }),
  ],
});

export const orderLineShape = z.object({
  /** From 1; names the line in a refund. */
  lineNumber: z.int(),
  /** Units that have gone back. */
  refundedQuantity: z.int(),
  ...pricedLineShape.shape,
  title: localizedShape,
  choice: localizedShape,
  productHandle: idShape,
  picturePath: z.nullable(z.string()),
  rank: z.nullable(z.int()),
});

export const orderShape = z.object({
  id: idShape,
  state: orderStateShape,
  lines: z.array(orderLineShape),
  /** Before anything is taken off. */
  goodsFen: fenShape,
  cuts: z.array(cutShape),
  discountFen: fenShape,
  freightFen: fenShape,
  totalFen: fenShape,
  paidFen: fenShape,
  refundedFen: fenShape,
  placedAt: epochShape,
  payBefore: epochShape,
  paidAt: z.nullable(epochShape),
  shippedAt: z.nullable(epochShape),
  receivedAt: z.nullable(epochShape),
  closedAt: z.nullable(epochShape),
  /** Why it was closed or refunded: `cancelled`, `unpaid`, `refund_approved`, `late_payment`. */
  closedBecause: z.nullable(z.string()),
  carrier: z.nullable(z.string()),
  trackingNumber: z.nullable(z.string()),
  rank: z.nullable(z.int()),
  note: z.string(),
  /** What was asked to be given back, oldest first; one at most is open. */
  requests: z.array(refundRequestShape),
  /**
   * Rewards were used in it that people look at before it is packed. `held`: until then at the longest, and it goes on by
   * itself; `refused`: its money goes back, with the words of who decided. Null: there is nothing to say. The decision is
   * one of `risk.mine`, where it can be appealed.
   */
  review: z.nullable(
    z.object({
      state: z.enum(['held', 'refused']),
      until: epochShape,
      words: z.nullable(z.string()),
      decisionId: idShape,
    }),
  ),
  /** Fetched at a store; null: it is delivered. */
  pickup: z.nullable(pickupBriefShape),
  /** Of a pickup: who fetches it, and the store's own. */
  address: z.object({ name: z.string(), phoneMasked: z.string(), region: z.string(), street: z.string() }),
  /** Growing; an older picture never replaces a newer one. */
  sequence: z.int(),
});
export type Order = z.output<typeof orderShape>;

export const orderList = read('order.list', {
  who: 'shopper',
  summary: 'The shopper’s orders, newest first, 20 a page',
  request: z.strictObject({
    tab: z.optional(z.enum(['all', 'to_pay', 'to_ship', 'to_receive', 'done', 'refunds'])),
    before: z.optional(idShape),
  }),
  value: z.object({ orders: z.array(orderShape), nextBefore: z.nullable(idShape) }),
});

export const orderRead = read('order.read', {
  who: 'shopper',
  summary: 'One order of this shopper',
  request: z.strictObject({ id: idShape }),
  value: z.object({ order: orderShape, now: epochShape }),
});

const moveRefused = refusal('order_cannot_move', { state: orderStateShape });

export const orderCancel = command('order.cancel', {
  who: 'verified',
  summary: 'Cancels an unpaid order; its units go back once the channel has closed the payment',
  request: z.strictObject({ id: idShape }),
  value: z.object({ order: orderShape }),
  refusals: [moveRefused],
});

export const orderReceive = command('order.receive', {
  who: 'verified',
  summary: 'The shopper says that the parcel has arrived',
  request: z.strictObject({ id: idShape }),
  value: z.object({ order: orderShape }),
  refusals: [moveRefused],
});
