import type { PaymentChannel } from '../../server/payment/payment-channel.ts';

/** Who pays at every company, by its own number of him. */
export const PAYER = '2088102146225135';

/** What a channel posts to us. */
export type Posted = { readonly headers: Record<string, string>; readonly body: string };
export type ChannelCall = 'create' | 'query' | 'close' | 'refund';

/** What the other company holds of one trade, by its own books. */
export type TheirTrade = {
  readonly id: string;
  readonly amountFen: number;
  state: 'open' | 'paid' | 'closed';
  /** Epoch ms. */
  readonly expiresAt: number;
  tradeNo: string;
  readonly refunds: Map<string, number>;
};

/** A channel together with the company behind it, as one suite for all channels needs them. */
export interface ChannelBench {
  readonly channel: PaymentChannel;
  readonly trades: ReadonlyMap<string, TheirTrade>;
  /** The buyer opens the address that he was given and pays; `isForced` also after the close. */
  pay(paymentId: string, payUrl: string, isForced?: boolean): Promise<void>;
  /** The notice of a paid trade; the same `number` is the same notice again. */
  notice(paymentId: string, change?: { number?: number; amountFen?: number; merchant?: string }): Posted;
  /** Notices that are not from the company, by what is wrong with them. */
  forgeries(paymentId: string): Record<string, Posted>;
  /** The next call of this kind is done, and its answer is lost. */
  loseAnswer(call: ChannelCall): void;
  /** The next call of this kind is answered 500 and not done. */
  fail(call: ChannelCall): void;
  /** The next answer of this kind is not signed by the company. */
  forgeAnswer(call: ChannelCall): void;
  close(): Promise<void>;
}

/** Whether something goes wrong with a call, counted down by kind. */
export function openMishaps() {
  const next = new Map<string, number>();
  const key = (what: string, call: ChannelCall) => `${what} ${call}`;
  return {
    add: (what: string, call: ChannelCall) => next.set(key(what, call), (next.get(key(what, call)) ?? 0) + 1),
    take(what: string, call: ChannelCall): boolean {
      const left = next.get(key(what, call)) ?? 0;
      next.set(key(what, call), Math.max(0, left - 1));
      return left > 0;
    },
  };
}

/** Sums what went back. */
export function returnedFen(trade: TheirTrade | undefined): number {
  return [...(trade?.refunds.values() ?? [])].reduce((sum, fen) => sum + fen, 0);
}

/** Takes a refund by its number, once, and never more than was paid; false: refused. */
export function takeRefund(trade: TheirTrade | undefined, number: string, fen: number): boolean {
  if (trade?.state !== 'paid') return false;
  if (trade.refunds.has(number)) return true;
  if (returnedFen(trade) + fen > trade.amountFen) return false;
  trade.refunds.set(number, fen);
  return true;
}
