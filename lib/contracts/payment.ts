import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, keyShape, read, refusal } from './contract.ts';

export const channelShape = z.enum(['sandbox']);

export const paymentStart = command('payment.start', {
  who: 'verified',
  summary: 'Opens a payment for an unpaid order and says where to pay',
  request: z.strictObject({ key: keyShape, orderId: idShape, channel: channelShape }),
  value: z.object({ paymentId: idShape, amountFen: fenShape, payUrl: z.string(), expiresAt: epochShape }),
  refusals: [refusal('order_not_payable', { state: z.string() }), refusal('payment_window_over')],
});

/** What the sandbox's own cashier page shows; the trade is found by its unguessable number. */
export const sandboxTradeRead = read('sandbox.trade', {
  who: 'anyone',
  summary: 'Sandbox gateway: one trade',
  request: z.strictObject({ id: idShape }),
  value: z.object({
    id: idShape,
    orderId: idShape,
    amountFen: fenShape,
    subject: z.string(),
    state: z.enum(['open', 'paid', 'closed', 'refunded']),
    expiresAt: epochShape,
    now: epochShape,
  }),
});

export const sandboxPay = command('sandbox.pay', {
  who: 'anyone',
  summary: 'Sandbox gateway: the buyer pays at its cashier',
  request: z.strictObject({ id: idShape }),
  value: z.object({ state: z.enum(['open', 'paid', 'closed', 'refunded']) }),
  refusals: [refusal('trade_closed')],
});

/**
 * Where a channel tells us of a payment: the raw body is signed (headers `x-sandbox-signature`, `x-sandbox-key`).
 * The sandbox posts it as any outside gateway would.
 */
export const sandboxNoticeShape = z.strictObject({
  noticeId: idShape,
  tradeId: idShape,
  /** Our payment's id. */
  outTradeNo: idShape,
  amountFen: fenShape,
  currency: z.literal('CNY'),
  merchantId: idShape,
  paidAt: epochShape,
});
export type SandboxNotice = z.output<typeof sandboxNoticeShape>;
