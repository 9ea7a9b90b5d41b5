import { createHash, randomBytes } from 'node:crypto';
import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { paymentStart } from '../../lib/contracts/payment.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { PaymentCloser } from '../order/service.ts';
import type { Log } from '../platform/log.ts';
import {
  type DueAsk,
  type DueRefund,
  type PaymentBook,
  type PaymentRow,
  requestOf,
  type SettleOutcome,
} from './payment-book.ts';
import type { OpenedTrade, PaidNotice, PaymentChannel } from './payment-channel.ts';

export type PaymentServiceDeps = {
  readonly book: PaymentBook;
  readonly channels: ReadonlyMap<string, PaymentChannel>;
  readonly log: Log;
};

type StartRequest = Omit<RequestOf<typeof paymentStart>, 'channel'> & {
  channel: string;
  clientAddress?: string;
  /** Who will pay, as the channel names him. */
  payer?: string | undefined;
};
type StartAnswer = AnswerOf<typeof paymentStart>;

/** How many asks and refunds one run takes; they go to the channels side by side. */
const BATCH = 50;
/** Closing one payment for another may show one more; more than a few means that somebody plays. */
const OPEN_TRIES_MAX = 4;

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

  /**
   * Closes one payment at its channel. `paid`: too late, the buyer was faster, and what the channel says of it is
   * settled as its notice would be. `unknown`: no clear answer came; nothing may be let go.
   */
  async function closeOne(payment: Pick<PaymentRow, 'id' | 'channel'>): Promise<'closed' | 'paid' | 'unknown'> {
    try {
      const channel = channelOf(payment.channel);
      if ((await channel.close(payment.id)) === 'closed') {
        await book.closed(payment.id);
        return 'closed';
      }
      const told = await channel.query(payment.id);
      if (told.state !== 'paid') return 'unknown';
      await hear(channel, told.notice);
      return 'paid';
    } catch (error) {
      log.warn({ payment: payment.id, err: error }, 'a channel did not answer a close; asked again later');
      return 'unknown';
    }
  }

  const closer: PaymentCloser = {
    async closeAll(orderId) {
      let answer: 'closed' | 'paid' | 'unknown' = 'closed';
      for (const payment of await book.openPayments(orderId)) {
        const one = await closeOne(payment);
        if (one === 'paid' || (one === 'unknown' && answer === 'closed')) answer = one;
      }
      return answer;
    },
  };

  /** One payment of ours for this order and channel, after any other channel's has been closed. */
  async function openOne(channel: PaymentChannel, request: StartRequest): Promise<PaymentRow | StartAnswer> {
    const { key, orderId, payer } = request;
    const boundTo = payer === undefined ? '' : createHash('sha256').update(payer).digest('hex').slice(0, 32);
    for (let tries = 0; tries < OPEN_TRIES_MAX; tries += 1) {
      const id = `pay_${randomBytes(14).toString('hex')}`;
      const opened = await book.open({
        id,
        orderId,
        key,
        channel: channel.name,
        expiryMinMs: channel.expiryMinMs,
        boundTo,
      });
      switch (opened.kind) {
        case 'opened':
          return opened.payment;
        case 'not_found':
        case 'key_reused':
          return refuse({ code: opened.kind });
        case 'not_payable':
          return refuse({ code: 'order_not_payable', state: opened.state });
        case 'window_over':
          return refuse({ code: 'payment_window_over' });
        case 'other_open': {
          const closed = await closeOne(opened.payment);
          if (closed === 'paid') return refuse({ code: 'order_not_payable', state: 'paid' });
          if (closed === 'unknown') return refuse({ code: 'channel_silent' });
        }
      }
    }
    return refuse({ code: 'channel_silent' });
  }

  /** What a channel says of a payment when it is asked, brought into our books. */
  async function ask(due: DueAsk): Promise<void> {
    const channel = channelOf(due.channel);
    const told = await channel.query(due.id);
    if (told.state === 'paid') await hear(channel, told.notice);
    const isWanted = due.state !== 'closed' && due.orderState === 'pending_pay';
    // A trade that nobody may pay any more is open all the same: its creation was late, or a close was not kept.
    if (told.state === 'open' && !isWanted) await closeOne(due);
    if (told.state === 'closed' && due.state !== 'closed') await book.closed(due.id);
    await book.asked(due);
  }

  return {
    closer,
    channels,

    /** `ownsOrder` has been checked by the caller: a stranger's order is `not_found` before this is reached. */
    async start(request: StartRequest): Promise<StartAnswer> {
      const channel = channels.get(request.channel);
      if (!channel) return refuse({ code: 'unknown_channel' });
      const payment = await openOne(channel, request);
      if ('ok' in payment) return payment;
      let trade: OpenedTrade;
      try {
        trade = await channel.create({
          id: payment.id,
          orderId: payment.order_id,
          amountFen: payment.amount_fen,
          subject: `Festa ${payment.order_id}`,
          expiresAt: payment.expires_at.getTime(),
          scene: request.scene ?? 'phone',
          clientAddress: request.clientAddress ?? '127.0.0.1',
          payer: request.payer,
        });
      } catch (error) {
        // It may have been done: the payment stays, and the next try is for the same trade.
        log.warn({ payment: payment.id, err: error }, 'a channel did not open a trade');
        return refuse({ code: 'channel_silent' });
      }
      const state = await book.opened(payment.id, trade);
      if (state === 'paid') return refuse({ code: 'order_not_payable', state });
      if (state !== 'open') {
        // The order was cancelled while the channel opened its trade: nobody may pay it any more.
        await closeOne(payment);
        return refuse({ code: 'order_not_payable', state: 'closing' });
      }
      return accept({
        paymentId: payment.id,
        amountFen: payment.amount_fen,
        payUrl: trade.payUrl,
        as: trade.as,
        bridge: trade.bridge,
        expiresAt: payment.expires_at.getTime(),
      });
    },

    /**
     * A channel's HTTP notice. `rejected`: not from the channel, nothing was kept. `other`: signed by the channel
     * and nothing for our books.
     */
    async receiveNotice(
      channelName: string,
      headers: Record<string, string | string[] | undefined>,
      body: string,
    ): Promise<SettleOutcome | 'other' | 'rejected'> {
      const channel = channels.get(channelName);
      if (!channel) return 'rejected';
      const parsed = channel.parseNotice(headers, body);
      if (parsed.kind === 'paid') return hear(channel, parsed.notice);
      if (parsed.kind === 'rejected') log.warn({ channel: channelName, cause: parsed.cause }, 'a notice was rejected');
      return parsed.kind;
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

    /** Asks the channels about payments of which nothing was heard; answers true while there are more. */
    async askChannels(): Promise<boolean> {
      const due = await book.dueAsks(BATCH);
      await Promise.all(
        due.map((one) =>
          ask(one).catch((error: unknown) => {
            log.warn({ payment: one.id, err: error }, 'a channel did not say what became of a payment; asked again');
          }),
        ),
      );
      return due.length === BATCH;
    },

    /** Sends refunds that are due; `finishRequest` ends a request whose money went back. */
    async sendRefunds(finishRequest: (requestId: string) => Promise<boolean>): Promise<boolean> {
      const send = async (refund: DueRefund) => {
        try {
          if ((await channelOf(refund.channel).refund(refund)) === 'pending') return;
          const requestId = requestOf(refund.reasonKey);
          if (requestId !== null) await finishRequest(requestId);
          await book.refundDone(refund.id);
        } catch (error) {
          log.error({ refund: refund.id, err: error }, 'a refund did not go through; tried again later');
          await book.refundFailed(refund.id, (error as Error).message);
        }
      };
      const due = await book.dueRefunds(BATCH);
      await Promise.all(due.map(send));
      return due.length === BATCH;
    },
  };
}

export type PaymentService = ReturnType<typeof paymentService>;
