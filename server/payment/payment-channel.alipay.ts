import type { AlipaySdkCommonResult } from 'alipay-sdk';
import { parseYuan } from '../../lib/domain/money/parse-yuan.ts';
import { LIMITS } from '../platform/limits.ts';
import type { AlipayAccount } from '../platform/payment-accounts.ts';
import type { ChannelAnswer, PaidNotice, ParsedNotice, PaymentChannel } from './payment-channel.ts';
import { toldNotice } from './told-notice.ts';

const OK = '10000';
const PAID = new Set(['TRADE_SUCCESS', 'TRADE_FINISHED']);

/** `2026-11-11 00:30:00`, Beijing time: the SDK would say the machine's own. */
function beijingTime(epochMs: number): string {
  return new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** 1990 → `19.90` */
const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** Fen of an amount that Alipay wrote; -1, which fits no payment, for what is not an amount. */
const fenOf = (text: string | undefined) => (text === undefined ? null : parseYuan(text)) ?? -1;

function textFacts(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/**
 * Alipay's payment for mobile sites. The trade exists at Alipay only once the buyer has opened the address, which is
 * signed and ends at the payment's deadline; nothing is asked of Alipay before.
 */
export async function alipayChannel(deps: {
  account: AlipayAccount;
  notifyUrl: () => string;
  returnUrl: (orderId: string) => string;
  now?: () => number;
}): Promise<PaymentChannel> {
  const { account, notifyUrl, returnUrl, now = Date.now } = deps;
  // Loaded only where an account is set: it brings an HTTP client of its own.
  const { AlipaySdk } = await import('alipay-sdk');
  const sdk = new AlipaySdk({
    appId: account.appId,
    privateKey: account.appKey,
    keyType: 'PKCS8',
    alipayPublicKey: account.alipayPublicKey,
    gateway: account.gateway,
    timeout: LIMITS.payment.channelTimeoutMs,
  });

  /** @throws when no answer came, or one that Alipay did not sign. */
  function ask(method: string, bizContent: Record<string, string>): Promise<AlipaySdkCommonResult> {
    return sdk.exec(method, { timestamp: beijingTime(now()), bizContent }, { validateSign: true });
  }

  function expectOk(answer: AlipaySdkCommonResult): AlipaySdkCommonResult {
    if (answer.code !== OK) throw new Error(`Alipay: ${answer.code} ${answer.subCode ?? answer.msg}`);
    return answer;
  }

  async function query(paymentId: string): Promise<ChannelAnswer> {
    const answer = await ask('alipay.trade.query', { outTradeNo: paymentId });
    if (answer.subCode === 'ACQ.TRADE_NOT_EXIST') return { state: 'unknown' };
    const { outTradeNo, tradeNo, tradeStatus, totalAmount, sendPayDate, buyerUserId, buyerOpenId } = expectOk(answer);
    if (outTradeNo !== paymentId) throw new Error('Alipay answered about another trade');
    if (!PAID.has(tradeStatus)) return { state: tradeStatus === 'TRADE_CLOSED' ? 'closed' : 'open' };
    const notice = toldNotice({
      outTradeNo,
      channelTradeId: tradeNo,
      amountFen: fenOf(totalAmount),
      currency: 'CNY',
      merchantId: account.appId,
      paidAt: Date.parse(`${sendPayDate}+08:00`) || 0,
      payerId: buyerOpenId ?? buyerUserId,
    });
    return { state: 'paid', notice };
  }

  return {
    name: 'alipay',
    merchantId: account.appId,
    // "One minute" by Alipay's clock and not ours.
    expiryMinMs: 90_000,

    async create(trade) {
      const payUrl = sdk.pageExecute('alipay.trade.wap.pay', 'GET', {
        timestamp: beijingTime(now()),
        notifyUrl: notifyUrl(),
        returnUrl: returnUrl(trade.orderId),
        bizContent: {
          outTradeNo: trade.id,
          totalAmount: yuan(trade.amountFen),
          subject: trade.subject,
          productCode: 'QUICK_WAP_WAY',
          timeExpire: beijingTime(trade.expiresAt),
        },
      });
      return { channelTradeId: null, payUrl, as: 'page' };
    },

    query,

    async close(paymentId) {
      const answer = await ask('alipay.trade.close', { outTradeNo: paymentId });
      if (answer.code === OK || answer.subCode === 'ACQ.TRADE_NOT_EXIST') return 'closed';
      // Whatever it refuses for, the trade's own state says what is so.
      const told = await query(paymentId);
      if (told.state === 'open') throw new Error(`Alipay does not close: ${answer.subCode}`);
      return told.state === 'paid' ? 'paid' : 'closed';
    },

    async refund({ id, paymentId, amountFen }) {
      const answer = expectOk(
        await ask('alipay.trade.refund', {
          outTradeNo: paymentId,
          outRequestNo: id,
          refundAmount: yuan(amountFen),
        }),
      );
      if (answer.fundChange === 'Y') return 'done';
      // "No change": it was done by an earlier call, or it is still on its way; only the question tells them apart.
      const told = expectOk(
        await ask('alipay.trade.fastpay.refund.query', { outTradeNo: paymentId, outRequestNo: id }),
      );
      return told.refundStatus === 'REFUND_SUCCESS' ? 'done' : 'pending';
    },

    parseNotice(_headers, body): ParsedNotice {
      const facts = textFacts(body);
      // The notice itself may not choose the weaker SHA-1.
      if ((facts.sign_type ?? 'RSA2') !== 'RSA2') return { kind: 'rejected', cause: 'signed with another algorithm' };
      if (!sdk.checkNotifySignV2(facts)) return { kind: 'rejected', cause: 'the signature is not Alipay’s' };
      if (!facts.out_trade_no || !facts.trade_no || !facts.notify_id || !PAID.has(facts.trade_status ?? '')) {
        return { kind: 'other' };
      }
      const notice: PaidNotice = {
        noticeId: facts.notify_id,
        outTradeNo: facts.out_trade_no,
        channelTradeId: facts.trade_no,
        amountFen: fenOf(facts.total_amount),
        currency: 'CNY',
        merchantId: facts.app_id ?? '',
        paidAt: Date.parse(`${facts.gmt_payment}+08:00`) || 0,
        payerId: facts.buyer_open_id ?? facts.buyer_id,
      };
      return { kind: 'paid', notice };
    },

    acknowledgement: (isKept) => ({ status: 200, type: 'text/plain', body: isKept ? 'success' : 'failure' }),
  };
}
