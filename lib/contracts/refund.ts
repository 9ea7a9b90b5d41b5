import * as z from 'zod/mini';
import { command, epochShape, idShape, keyShape, refusal } from './contract.ts';
import { opsOrderShape } from './ops.ts';
import { orderShape, orderStateShape } from './order.ts';
import { requestedLineShape, requestStateShape } from './refund-request.ts';

/*
 * Refunds before shipping and returns after receipt. Every command names the request that it means: one that comes
 * late, after another request was made, changes nothing of the other.
 */

const reasonShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
const answerShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const linesShape = z.array(requestedLineShape).check(z.minLength(1), z.maxLength(100));
const parcelShape = {
  carrier: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  trackingNumber: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9-]{6,40}$/)),
};

const orderMoved = refusal('order_cannot_move', { state: orderStateShape });
const requestMoved = refusal('request_cannot_move', { state: requestStateShape });
const tooMany = refusal('too_many_units', { lineNumber: z.int(), left: z.int() });
const oneOrder = z.object({ order: orderShape });
const oneOpsOrder = z.object({ order: opsOrderShape });
const theRequest = { id: idShape, requestId: keyShape };

export const orderAskRefund = command('order.askRefund', {
  who: 'verified',
  summary: 'Asks for the money back before the goods are shipped: for all units that are left, or for some',
  request: z.strictObject({
    id: idShape,
    /** The request's id, made by the phone; phones of before it left both out and meant the whole order. */
    key: z.optional(keyShape),
    lines: z.optional(linesShape),
    reason: reasonShape,
  }),
  value: oneOrder,
  // A store may be handing the goods over without network just now.
  refusals: [orderMoved, tooMany, refusal('held_at_store', { until: epochShape })],
});

export const orderAskReturn = command('order.askReturn', {
  who: 'verified',
  summary: 'Asks to return goods within seven days of receipt',
  request: z.strictObject({ id: idShape, key: keyShape, lines: linesShape, reason: reasonShape }),
  value: oneOrder,
  refusals: [orderMoved, tooMany, refusal('return_window_over')],
});

export const orderWithdrawRequest = command('order.withdrawRequest', {
  who: 'verified',
  summary: 'Takes back a refund that is not decided, or a return whose goods are not sent',
  request: z.strictObject(theRequest),
  value: oneOrder,
  refusals: [requestMoved],
});

export const orderSendBack = command('order.sendBack', {
  who: 'verified',
  summary: 'Says by which parcel the goods of a return come back',
  request: z.strictObject({ ...theRequest, ...parcelShape }),
  value: oneOrder,
  refusals: [requestMoved],
});

export const opsDecideRefund = command('ops.decideRefund', {
  who: 'operator',
  summary: 'Approves or declines a refund that the shopper asked for',
  request: z.strictObject({ ...theRequest, approve: z.boolean(), reason: answerShape }),
  value: oneOpsOrder,
  refusals: [requestMoved],
});

export const opsGoodsBack = command('ops.goodsBack', {
  who: 'operator',
  summary: 'The goods of a return have arrived and are looked at',
  request: z.strictObject(theRequest),
  value: oneOpsOrder,
  refusals: [requestMoved],
});

export const opsSettleReturn = command('ops.settleReturn', {
  who: 'operator',
  summary: 'After a look at returned goods: the money goes back and the units are on sale again or not, or a refusal',
  request: z.strictObject({ ...theRequest, approve: z.boolean(), restock: z.boolean(), reason: answerShape }),
  value: oneOpsOrder,
  refusals: [requestMoved],
});
