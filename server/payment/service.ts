import { randomUUID } from 'node:crypto';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { paymentStart } from '../../lib/contracts/payment.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { PaymentCloser } from '../order/service.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import type { PaymentBook, SettleOutcome } from './payment-book.ts';
import type { PaidNotice, PaymentChannel } from './payment-channel.ts';

export type PaymentServiceDeps = {
  readonly book: PaymentBook;
  readonly channels: ReadonlyMap<string, PaymentChannel>;
  readonly log: Log;
};

export function paymentService({ book, channels, log }: PaymentServiceDeps) {
  function channelOf(name: string): PaymentChannel {
    const channel = channels.get(name);
    if (!channel) throw new Error(`no payment channel "${name}"`);
    return channel;
  }

  /** Keeps a notice, then settles it; a crash in between is taken up by the worker. */
  async function hear(channel: PaymentChannel, notice: PaidNotice): Promise<SettleOutcome> {
    await book.receive(channel.name, notice);
    const outcome = await book.settle(channel.name, channel.merchantId, notice.noticeId);
    if (outcome === 'quarantined') log.warn({ notice: notice.noticeId }, 'a payment notice is in quarantine');
    return outcome;
  }

  const closer: PaymentCloser = {
    async closeAll(orderId) {
      let answer: 'closed' | 'paid' | 'unknown' = 'closed';
      for (const payment of await book.openPayments(orderId)) {
        try {
          const channel = channelOf(payment.channel);
          if ((await channel.close(payment.id)) === 'closed') {
            await book.closed(payment.id);
            continue;
          }
          // Too late to close: the buyer has paid. What the channel says now is as good as its notice.
          const told = await channel.query(payment.id);
          if (told.state === 'paid') await hear(channel, told.notice);
          answer = 'paid';
        } catch (error) {
          log.warn({ payment: payment.id, err: error }, 'a channel did not answer a close; asked again later');
          if (answer !== 'paid') answer = 'unknown';
        }
      }
      return answer;
    },
  };

  return {
    closer,
    channels,

    /** `ownsOrder` has been checked by the caller: a stranger's order is `not_found` before this is reached. */
    async start(request: { key: string; orderId: string; channel: string }): Promise<AnswerOf<typeof paymentStart>> {
      const channel = channelOf(request.channel);
      const opened = await book.open({
        id: `pay_${randomUUID()}`,
        orderId: request.orderId,
        key: request.key,
        channel: channel.name,
        closeMarginMs: LIMITS.order.closeMarginMs,
        expiryMinMs: channel.expiryMinMs,
      });
      if (opened.kind === 'not_found') return refuse({ code: 'not_found' });
      if (opened.kind === 'not_payable') return refuse({ code: 'order_not_payable', state: opened.state });
      if (opened.kind === 'window_over') return refuse({ code: 'payment_window_over' });
      const { payment } = opened;
      const trade = await channel.create({
        id: payment.id,
        orderId: payment.order_id,
        amountFen: payment.amount_fen,
        subject: `Festa ${payment.order_id}`,
        expiresAt: payment.expires_at.getTime(),
      });
      if (!(await book.opened(payment.id, trade))) {
        // The order was cancelled while the channel opened its trade: nobody may pay it any more.
        await channel.close(payment.id);
        return refuse({ code: 'order_not_payable', state: 'closing' });
      }
      return accept({
        paymentId: payment.id,
        amountFen: payment.amount_fen,
        payUrl: trade.payUrl,
        expiresAt: payment.expires_at.getTime(),
      });
    },

    /** A channel's HTTP notice. Null: not from the channel; nothing was kept. */
    async receiveNotice(
      channelName: string,
      headers: Record<string, string | string[] | undefined>,
      body: string,
    ): Promise<SettleOutcome | null> {
      const channel = channels.get(channelName);
      const notice = channel?.parseNotice(headers, body);
      return channel && notice ? hear(channel, notice) : null;
    },

    /** Settles notices that a dead process left behind. */
    async settleLeftovers(): Promise<void> {
      for (const { channel, noticeId } of await book.unsettled(100)) {
        try {
          await book.settle(channel, channelOf(channel).merchantId, noticeId);
        } catch (error) {
          log.error({ notice: noticeId, err: error }, 'a notice could not be settled; tried again');
        }
      }
    },

    /** Sends refunds that are due; `finishOrder` ends an order whose whole money went back. */
    async sendRefunds(finishOrder: (orderId: string, amountFen: number) => Promise<boolean>): Promise<boolean> {
      const due = await book.dueRefunds(50);
      for (const refund of due) {
        try {
          const answer = await channelOf(refund.channel).refund(refund);
          if (answer === 'pending') continue;
          if (refund.reasonKey === 'order_refund') await finishOrder(refund.orderId, refund.amountFen);
          await book.refundDone(refund.id);
        } catch (error) {
          log.error({ refund: refund.id, err: error }, 'a refund did not go through; tried again later');
          await book.refundFailed(refund.id, (error as Error).message);
        }
      }
      return due.length === 50;
    },
  };
}

export type PaymentService = ReturnType<typeof paymentService>;
