import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, keyShape, publicRead, read, refusal } from './contract.ts';

export const channelShape = z.enum(['sandbox', 'wechat', 'alipay']);
export type ChannelName = z.output<typeof channelShape>;

export const waysToPayRead = publicRead('ways-to-pay', {
  summary: 'The ways to pay that this shop offers, the first one first',
  sharedSeconds: 30,
  request: z.strictObject({}),
  value: z.object({
    channels: z.array(channelShape),
    /** WeChat Pay can be used inside WeChat's own browser, by whoever has signed in there; absent: it cannot. */
    isInWechat: z.optional(z.boolean()),
  }),
});

/**
 * What the shopper holds in his hands: a phone's browser is sent to the channel, others scan its picture; WeChat's own
 * browser pays WeChat on the spot (`wechat`), as the WeChat that has signed in there.
 */
const sceneShape = z.enum(['phone', 'desk', 'wechat']);
export type PaymentScene = z.output<typeof sceneShape>;

/** What WeChat's browser takes to ask its owner for the money, signed by the merchant. */
const wechatBridgeShape = z.object({
  appId: z.string(),
  /** Seconds since 1970, as text. */
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal('RSA'),
  paySign: z.string(),
});
export type WechatBridge = z.output<typeof wechatBridgeShape>;

export const paymentStart = command('payment.start', {
  who: 'verified',
  summary: 'Opens a payment for an unpaid order and says where to pay; an open one of another channel is closed first',
  request: z.strictObject({
    key: keyShape,
    orderId: idShape,
    channel: channelShape,
    scene: z.optional(sceneShape),
  }),
  value: z.object({
    paymentId: idShape,
    amountFen: fenShape,
    payUrl: z.string(),
    /** `qr`: `payUrl` is what a picture holds that the shopper scans; absent from older servers: a page. */
    as: z.optional(z.enum(['page', 'qr', 'wechat'])),
    /** For `wechat`; `payUrl` is then the page that says what became of it. */
    bridge: z.optional(wechatBridgeShape),
    expiresAt: epochShape,
  }),
  refusals: [
    refusal('order_not_payable', { state: z.string() }),
    refusal('payment_window_over'),
    refusal('unknown_channel'),
    refusal('channel_silent'),
    /** WeChat has to say who pays: `wechat.signIn` with `pay`. */
    refusal('wechat_login_needed'),
  ],
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
  currency: z.string(),
  merchantId: idShape,
  paidAt: epochShape,
  payerId: z.optional(idShape),
});
export type SandboxNotice = z.output<typeof sandboxNoticeShape>;
