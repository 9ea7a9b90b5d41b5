/** What a channel says was paid; its signature has been checked. */
export type ToldPayment = {
  readonly channelTradeId: string;
  readonly amountFen: number;
  readonly currency: string;
  readonly merchantId: string;
};

/** What our books expect; `channelTradeId` is null until the channel has named one, and empty when it cannot be. */
export type ExpectedPayment = { readonly amountFen: number; readonly channelTradeId: string | null };

/** Why a well-signed notice cannot be ours as it stands; the words are kept for the person who looks at it. */
export type Misfit = { readonly cause: MisfitCause; readonly told: string; readonly expected: string };
export type MisfitCause = 'unknown_payment' | 'other_merchant' | 'other_currency' | 'other_amount' | 'other_trade';

/**
 * Null when a notice fits a payment of ours in every respect: applied = told = expected, to the fen. Whatever does
 * not fit changes nothing.
 */
export function misfit(payment: ExpectedPayment | null, merchantId: string, told: ToldPayment): Misfit | null {
  if (!payment) return { cause: 'unknown_payment', told: '', expected: '' };
  if (told.merchantId !== merchantId) {
    return { cause: 'other_merchant', told: told.merchantId, expected: merchantId };
  }
  if (told.currency !== 'CNY') return { cause: 'other_currency', told: told.currency, expected: 'CNY' };
  if (told.amountFen !== payment.amountFen) {
    return { cause: 'other_amount', told: `${told.amountFen}`, expected: `${payment.amountFen}` };
  }
  if (payment.channelTradeId !== null && payment.channelTradeId !== told.channelTradeId) {
    return { cause: 'other_trade', told: told.channelTradeId, expected: payment.channelTradeId };
  }
  return null;
}
