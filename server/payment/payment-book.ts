import type { OpenedTrade, PaidNotice } from './payment-channel.ts';

export type PaymentState = 'created' | 'open' | 'paid' | 'closing' | 'closed' | 'failed';

export type PaymentRow = {
  id: string;
  order_id: string;
  key: string;
  channel: string;
  amount_fen: number;
  state: PaymentState;
  channel_trade_id: string | null;
  pay_url: string | null;
  expires_at: Date;
  /** A hash of whom the trade is bound to at its channel; empty: of nobody. */
  bound_to: string;
};

/** What became of a notice; `quarantined` ones changed nothing and wait for a person. */
export type SettleOutcome = 'applied' | 'duplicate' | 'late_refunded' | 'duplicate_refunded' | 'quarantined';

export type DueRefund = {
  id: string;
  paymentId: string;
  orderId: string;
  amountFen: number;
  /** What was paid in all, fen. */
  totalFen: number;
  reasonKey: string;
  channel: string;
};

/** A payment whose channel is to be asked what became of it. */
export type DueAsk = { id: string; channel: string; state: PaymentState; orderState: string };

export type OpenOutcome =
  | { kind: 'opened'; payment: PaymentRow }
  /** Another channel's payment of this order, or one that only another may pay, is open and must be closed first. */
  | { kind: 'other_open'; payment: PaymentRow }
  | { kind: 'key_reused' }
  | { kind: 'not_found' }
  | { kind: 'not_payable'; state: string }
  | { kind: 'window_over' };

/** The request whose money a refund is, or null: then it is money that came late or twice. */
export function requestOf(reasonKey: string): string | null {
  return reasonKey.startsWith('request:') ? reasonKey.slice('request:'.length) : null;
}

/** Our books about money: payments, the inbox of notices, refunds. Every call may be repeated. */
export interface PaymentBook {
  /** A payment for an unpaid order; the open one of the same channel and payer when there is one. */
  open(wanted: {
    id: string;
    orderId: string;
    key: string;
    channel: string;
    expiryMinMs: number;
    /** Hash of whom the channel binds the trade to; empty: whoever comes may pay. */
    boundTo: string;
  }): Promise<OpenOutcome>;
  /** Notes the trade. Answers the payment's state: unless it is `open`, it was paid or closed meanwhile. */
  opened(paymentId: string, trade: OpenedTrade): Promise<PaymentState>;
  openPayments(orderId: string): Promise<PaymentRow[]>;
  closed(paymentId: string): Promise<void>;
  /** Keeps a notice; the channel may be told "thank you" once this has returned. */
  receive(channel: string, notice: PaidNotice): Promise<void>;
  settle(channel: string, merchantId: string, noticeId: string): Promise<SettleOutcome>;
  unsettled(limit: number): Promise<{ channel: string; noticeId: string }[]>;
  /** Payments to ask about now; each is due again soon, unless it is `asked`. */
  dueAsks(limit: number): Promise<DueAsk[]>;
  /** The channel has answered: the next ask follows the schedule of its state. An ask without an answer does not count. */
  asked(due: DueAsk): Promise<void>;
  dueRefunds(limit: number): Promise<DueRefund[]>;
  refundDone(refundId: string): Promise<void>;
  refundFailed(refundId: string, error: string): Promise<void>;
}
