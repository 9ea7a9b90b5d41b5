import type { PaymentScene, WechatBridge } from '../../lib/contracts/payment.ts';

/** A trade at a channel, opened for one payment of ours. */
export type OpenedTrade = {
  /** Null: the channel numbers a trade only when it is paid. */
  readonly channelTradeId: string | null;
  /** Where the buyer pays: an address of a page, or for `qr` what the picture holds. */
  readonly payUrl: string;
  readonly as: 'page' | 'qr' | 'wechat';
  /** For `wechat`, where `payUrl` is the page that says what became of it. */
  readonly bridge?: WechatBridge;
};

/** A notice whose signature is good; whether it fits our books is for the service to say. */
export type PaidNotice = {
  readonly noticeId: string;
  readonly outTradeNo: string;
  readonly channelTradeId: string;
  readonly amountFen: number;
  readonly currency: string;
  readonly merchantId: string;
  readonly paidAt: number;
  /** Who paid, as the channel names him; left out: it does not say. */
  readonly payerId?: string | undefined;
};

/** What a channel posted: a payment; something else that it signed and we only thank for; or not from it at all. */
export type ParsedNotice =
  | { readonly kind: 'paid'; readonly notice: PaidNotice }
  | { readonly kind: 'other' }
  | { readonly kind: 'rejected'; readonly cause: string };

export type NewTrade = {
  /** Our number at the channel: 32 characters of A–Z, a–z, 0–9 and _, which every channel takes. */
  readonly id: string;
  readonly orderId: string;
  readonly amountFen: number;
  readonly subject: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly scene: PaymentScene;
  /** The buyer's address on the net; some channels ask for it. */
  readonly clientAddress: string;
  /** Who will pay, as the channel names him; a channel that needs it says `wechat_login_needed` through its door. */
  readonly payer?: string | undefined;
};

export type ChannelAnswer =
  | { readonly state: 'open' | 'closed' | 'unknown' }
  | { readonly state: 'paid'; readonly notice: PaidNotice };

/**
 * One way to take money. Every call may be repeated with the same number and then has happened once.
 * @throws when the channel does not answer: the caller keeps what it has and asks again.
 */
export interface PaymentChannel {
  readonly name: string;
  readonly merchantId: string;
  /** The shortest time to pay that the channel takes, ms. */
  readonly expiryMinMs: number;
  create(trade: NewTrade): Promise<OpenedTrade>;
  query(paymentId: string): Promise<ChannelAnswer>;
  /** `paid`: too late to close. `closed` also for a trade that the channel has never heard of. */
  close(paymentId: string): Promise<'closed' | 'paid'>;
  /** Gives back `amountFen` of the `totalFen` that were paid; `id` is our number of the refund. */
  refund(refund: { id: string; paymentId: string; amountFen: number; totalFen: number }): Promise<'done' | 'pending'>;
  parseNotice(headers: Record<string, string | string[] | undefined>, body: string): ParsedNotice;
  /** What the channel reads as "thank you" (`isKept`) or as "post it again". */
  acknowledgement(isKept: boolean): { readonly status: number; readonly type: string; readonly body: string };
}
