import type { OpenedTrade, PaidNotice } from './payment-channel.ts';

export type PaymentRow = {
  id: string;
  order_id: string;
  channel: string;
  amount_fen: number;
  state: string;
  channel_trade_id: string | null;
  pay_url: string | null;
  expires_at: Date;
};

/** What became of a notice; `quarantined` ones changed nothing and wait for a person. */
export type SettleOutcome = 'applied' | 'duplicate' | 'late_refunded' | 'duplicate_refunded' | 'quarantined';

export type DueRefund = {
  id: string;
  paymentId: string;
  orderId: string;
  amountFen: number;
  reasonKey: string;
  channel: string;
};

/** Our books about money: payments, the inbox of notices, refunds. Every call may be repeated. */
export interface PaymentBook {
  /** A payment for an unpaid order; the open one of the same channel when there is one. */
  open(wanted: {
    id: string;
    orderId: string;
    key: string;
    channel: string;
    closeMarginMs: number;
    expiryMinMs: number;
  }): Promise<
    | { kind: 'opened'; payment: PaymentRow }
    | { kind: 'not_found' }
    | { kind: 'not_payable'; state: string }
    | { kind: 'window_over' }
  >;
  /** False: the payment was closed meanwhile, and the trade must not stay open at the channel. */
  opened(paymentId: string, trade: OpenedTrade): Promise<boolean>;
  openPayments(orderId: string): Promise<PaymentRow[]>;
  closed(paymentId: string): Promise<void>;
  /** Keeps a notice; the channel may be told "thank you" once this has returned. */
  receive(channel: string, notice: PaidNotice): Promise<void>;
  settle(channel: string, merchantId: string, noticeId: string): Promise<SettleOutcome>;
  unsettled(limit: number): Promise<{ channel: string; noticeId: string }[]>;
  dueRefunds(limit: number): Promise<DueRefund[]>;
  refundDone(refundId: string): Promise<void>;
  refundFailed(refundId: string, error: string): Promise<void>;
}
