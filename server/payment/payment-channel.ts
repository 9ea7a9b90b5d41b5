/** A trade at a channel, opened for one payment of ours. */
export type OpenedTrade = { readonly channelTradeId: string; readonly payUrl: string };

/** A notice whose signature is good; whether it fits our books is for the service to say. */
export type PaidNotice = {
  readonly noticeId: string;
  readonly outTradeNo: string;
  readonly channelTradeId: string;
  readonly amountFen: number;
  readonly currency: string;
  readonly merchantId: string;
  readonly paidAt: number;
};

/**
 * One way to take money. Every call may be repeated with the same number and then has happened once.
 * @throws when the channel does not answer: the caller keeps what it has and asks again.
 */
export interface PaymentChannel {
  readonly name: string;
  readonly merchantId: string;
  /** The shortest time to pay that the channel takes, ms. */
  readonly expiryMinMs: number;
  create(payment: {
    id: string;
    orderId: string;
    amountFen: number;
    subject: string;
    expiresAt: number;
  }): Promise<OpenedTrade>;
  query(
    paymentId: string,
  ): Promise<{ state: 'open' | 'closed' } | { state: 'paid'; notice: PaidNotice } | { state: 'unknown' }>;
  /** `paid`: too late to close. `closed` also for a trade that the channel has never heard of. */
  close(paymentId: string): Promise<'closed' | 'paid'>;
  refund(refund: { id: string; paymentId: string; amountFen: number }): Promise<'done' | 'pending'>;
  /** Null: the signature is not good, or it is not a notice. */
  parseNotice(headers: Record<string, string | string[] | undefined>, body: string): PaidNotice | null;
}
