import * as z from 'zod/mini';
import { LIMITS } from '../platform/limits.ts';
import type { WechatAccount } from '../platform/payment-accounts.ts';
import type { ChannelAnswer, NewTrade, PaidNotice, ParsedNotice, PaymentChannel } from './payment-channel.ts';
import { toldNotice } from './told-notice.ts';
import { authorization, bridgeOf, openResource, signatureFault } from './wechat/signed.ts';

const transactionShape = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string(),
  transaction_id: z.optional(z.string()),
  success_time: z.optional(z.string()),
  payer: z.optional(z.object({ openid: z.optional(z.string()) })),
  amount: z.optional(z.object({ total: z.int(), currency: z.optional(z.string()) })),
});
type Transaction = z.output<typeof transactionShape>;

const noticeShape = z.object({
  id: z.string(),
  event_type: z.string(),
  resource: z.object({
    algorithm: z.string(),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.optional(z.string()),
  }),
});

const refundShape = z.object({ out_refund_no: z.string(), status: z.string() });

/** Error codes of a query that mean: no such trade. */
const NOT_THERE = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS']);

/** What WeChat Pay answered, after its signature was checked. */
type Answer = { status: number; body: unknown };
const codeOf = ({ body }: Answer) => (body as { code?: string } | null)?.code ?? '';

/** `2026-11-11T00:30:00+08:00` */
function beijingTime(epochMs: number): string {
  return `${new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** A transaction that was paid, as a notice; null while it is not. */
function paidOf(transaction: Transaction): Omit<PaidNotice, 'noticeId'> | null {
  const { amount, transaction_id: channelTradeId } = transaction;
  // REFUND: it was paid, and some of it went back.
  if (!['SUCCESS', 'REFUND'].includes(transaction.trade_state) || !amount || !channelTradeId) return null;
  return {
    outTradeNo: transaction.out_trade_no,
    channelTradeId,
    amountFen: amount.total,
    currency: amount.currency ?? 'CNY',
    // Another app's payment of the same merchant is not ours either.
    merchantId: `${transaction.mchid}/${transaction.appid}`,
    paidAt: transaction.success_time ? Date.parse(transaction.success_time) : 0,
    payerId: transaction.payer?.openid,
  };
}

/**
 * WeChat Pay API v3. A phone's browser is sent to WeChat (H5), inside WeChat its browser pays on the spot (JSAPI), and
 * elsewhere the shopper scans a picture (native).
 * `now` is epoch ms on this machine's clock, which must be right to five minutes.
 */
export function wechatChannel(deps: {
  account: WechatAccount;
  notifyUrl: () => string;
  /** Where WeChat sends the buyer back to. */
  returnUrl: (orderId: string) => string;
  now?: () => number;
}): PaymentChannel {
  const { account, notifyUrl, returnUrl, now = Date.now } = deps;

  /** @throws when no answer came in time, or one that WeChat Pay did not sign. */
  async function ask(method: 'GET' | 'POST', pathAndQuery: string, content?: object): Promise<Answer> {
    const body = content ? JSON.stringify(content) : '';
    const response = await fetch(new URL(pathAndQuery, account.origin), {
      method,
      headers: {
        authorization: authorization(account, { method, pathAndQuery, body, nowMs: now() }),
        accept: 'application/json',
        'user-agent': 'festa',
        ...(content ? { 'content-type': 'application/json' } : {}),
      },
      ...(content ? { body } : {}),
      signal: AbortSignal.timeout(LIMITS.payment.channelTimeoutMs),
    });
    const text = await response.text();
    if (response.status >= 500) throw new Error(`WeChat Pay: ${response.status}`);
    const fault = signatureFault(account.platformKeys, Object.fromEntries(response.headers), text, now());
    if (fault) throw new Error(`WeChat Pay's answer is not believed: ${fault}`);
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  function expectOk(answer: Answer): unknown {
    if (answer.status >= 300) throw new Error(`WeChat Pay: ${answer.status} ${codeOf(answer)}`);
    return answer.body;
  }

  async function query(paymentId: string): Promise<ChannelAnswer> {
    const answer = await ask('GET', `/v3/pay/transactions/out-trade-no/${paymentId}?mchid=${account.merchantId}`);
    if (NOT_THERE.has(codeOf(answer))) return { state: 'unknown' };
    const transaction = transactionShape.parse(expectOk(answer));
    // An answer about another trade that somebody sends again is no answer to this question.
    if (transaction.out_trade_no !== paymentId) throw new Error('WeChat Pay answered about another trade');
    const paid = paidOf(transaction);
    if (paid) return { state: 'paid', notice: toldNotice(paid) };
    return { state: ['CLOSED', 'REVOKED'].includes(transaction.trade_state) ? 'closed' : 'open' };
  }

  function wantedOf(trade: NewTrade): object {
    return {
      appid: account.appId,
      mchid: account.merchantId,
      description: trade.subject,
      out_trade_no: trade.id,
      time_expire: beijingTime(trade.expiresAt),
      notify_url: notifyUrl(),
      amount: { total: trade.amountFen, currency: 'CNY' },
    };
  }

  return {
    name: 'wechat',
    merchantId: `${account.merchantId}/${account.appId}`,
    // "More than one minute", by WeChat's clock and not ours.
    expiryMinMs: 90_000,

    async create(trade) {
      if (trade.scene === 'desk') {
        const answer = await ask('POST', '/v3/pay/transactions/native', wantedOf(trade));
        const { code_url: payUrl } = z.object({ code_url: z.string() }).parse(expectOk(answer));
        return { channelTradeId: null, payUrl, as: 'qr' };
      }
      if (trade.scene === 'wechat') {
        if (trade.payer === undefined) throw new Error('a payment inside WeChat needs its payer');
        const content = { ...wantedOf(trade), payer: { openid: trade.payer } };
        const answer = await ask('POST', '/v3/pay/transactions/jsapi', content);
        const { prepay_id: prepayId } = z.object({ prepay_id: z.string() }).parse(expectOk(answer));
        const bridge = bridgeOf(account, prepayId, now());
        return { channelTradeId: null, payUrl: returnUrl(trade.orderId), as: 'wechat', bridge };
      }
      const answer = await ask('POST', '/v3/pay/transactions/h5', {
        ...wantedOf(trade),
        scene_info: { payer_client_ip: trade.clientAddress, h5_info: { type: 'Wap' } },
      });
      const { h5_url: url } = z.object({ h5_url: z.string() }).parse(expectOk(answer));
      const back = encodeURIComponent(returnUrl(trade.orderId));
      return { channelTradeId: null, payUrl: `${url}&redirect_url=${back}`, as: 'page' };
    },

    query,

    async close(paymentId) {
      const answer = await ask('POST', `/v3/pay/transactions/out-trade-no/${paymentId}/close`, {
        mchid: account.merchantId,
      });
      if (answer.status === 204) return 'closed';
      // Whatever it refuses for, the trade's own state says what is so.
      const told = await query(paymentId);
      if (told.state === 'open') throw new Error(`WeChat Pay does not close: ${codeOf(answer)}`);
      return told.state === 'paid' ? 'paid' : 'closed';
    },

    async refund({ id, paymentId, amountFen, totalFen }) {
      const answer = await ask('POST', '/v3/refund/domestic/refunds', {
        out_trade_no: paymentId,
        out_refund_no: id,
        amount: { refund: amountFen, total: totalFen, currency: 'CNY' },
      });
      const { status } = refundShape.parse(expectOk(answer));
      if (status === 'SUCCESS') return 'done';
      if (status === 'PROCESSING') return 'pending';
      throw new Error(`WeChat Pay: refund ${id} is ${status}`);
    },

    parseNotice(headers, body): ParsedNotice {
      const fault = signatureFault(account.platformKeys, headers, body, now());
      if (fault) return { kind: 'rejected', cause: fault };
      const envelope = noticeShape.parse(JSON.parse(body));
      if (envelope.event_type !== 'TRANSACTION.SUCCESS') return { kind: 'other' };
      let plain: string;
      try {
        plain = openResource(account.apiV3Key, envelope.resource);
      } catch {
        return { kind: 'rejected', cause: 'what the notice holds cannot be opened' };
      }
      const paid = paidOf(transactionShape.parse(JSON.parse(plain)));
      return paid ? { kind: 'paid', notice: { ...paid, noticeId: envelope.id } } : { kind: 'other' };
    },

    acknowledgement: (isKept) => ({
      status: isKept ? 200 : 401,
      type: 'application/json',
      body: JSON.stringify(isKept ? { code: 'SUCCESS' } : { code: 'FAIL', message: 'not believed' }),
    }),
  };
}
