import { createVerify } from 'node:crypto';
import { sandboxNoticeShape } from '../../lib/contracts/payment.ts';
import type { PaymentChannel } from './payment-channel.ts';
import type { SandboxGateway } from './sandbox/gateway.ts';
import { toldNotice } from './told-notice.ts';

const MERCHANT = 'festa-demo';

/** The default channel: our own little gateway, spoken to as one would to a bank's. */
export function sandboxChannel(deps: {
  gateway: SandboxGateway;
  publicKey: string;
  notifyUrl: () => string;
}): PaymentChannel {
  const { gateway, publicKey } = deps;
  return {
    name: 'sandbox',
    merchantId: MERCHANT,
    expiryMinMs: 60_000,

    async create(payment) {
      const trade = await gateway.create({
        merchantId: MERCHANT,
        outTradeNo: payment.id,
        orderId: payment.orderId,
        subject: payment.subject,
        amountFen: payment.amountFen,
        expiresAt: payment.expiresAt,
        notifyUrl: deps.notifyUrl(),
      });
      return { channelTradeId: trade.id, payUrl: `/cashier?trade=${trade.id}`, as: 'page' };
    },

    async query(paymentId) {
      const trade = await gateway.queryByOutTradeNo(paymentId);
      if (!trade) return { state: 'unknown' };
      if (trade.state === 'open') return { state: 'open' };
      if (trade.state === 'closed') return { state: 'closed' };
      const notice = toldNotice({
        outTradeNo: trade.outTradeNo,
        channelTradeId: trade.id,
        amountFen: trade.amountFen,
        currency: 'CNY',
        merchantId: trade.merchantId,
        paidAt: trade.paidAt ?? 0,
        payerId: trade.payerId ?? undefined,
      });
      return { state: 'paid', notice };
    },

    close: (paymentId) => gateway.close(paymentId),

    async refund({ id, paymentId, amountFen }) {
      const answer = await gateway.refund({ outRefundNo: id, outTradeNo: paymentId, amountFen });
      if (answer === 'refused') throw new Error(`the sandbox refuses refund ${id}`);
      return answer;
    },

    parseNotice(headers, body) {
      const signature = headers['x-sandbox-signature'];
      if (typeof signature !== 'string') return { kind: 'rejected', cause: 'no signature' };
      if (!createVerify('RSA-SHA256').update(body).verify(publicKey, signature, 'base64')) {
        return { kind: 'rejected', cause: 'the signature is not the gateway’s' };
      }
      const parsed = sandboxNoticeShape.safeParse(JSON.parse(body));
      if (!parsed.success) return { kind: 'other' };
      const { tradeId, ...notice } = parsed.data;
      return { kind: 'paid', notice: { ...notice, channelTradeId: tradeId } };
    },

    acknowledgement: (isKept) => ({
      status: isKept ? 200 : 401,
      type: 'application/json',
      body: JSON.stringify({ code: isKept ? 'SUCCESS' : 'FAIL' }),
    }),
  };
}
