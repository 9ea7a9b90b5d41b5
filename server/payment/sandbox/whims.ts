/*
 * What may go wrong at a payment company, by name. A test gives whims to a trade; the gateway then misbehaves in
 * exactly these ways, which public post-mortems and the companies' own manuals tell of.
 */

export const WHIMS = [
  // How it tells of a payment
  'duplicate_notice',
  'reordered_notice',
  'late_notice',
  'early_notice',
  'lost_notice',
  'wrong_amount',
  'wrong_currency',
  'wrong_merchant',
  'wrong_trade',
  'forged_signature',
  'altered_notice',
  // When it takes money
  'paid_at_close',
  'paid_after_close',
  // How it answers
  'create_fails',
  'create_answer_lost',
  'query_fails',
  'close_fails',
  'close_answer_lost',
  'refund_fails',
  'refund_answer_lost',
  'refund_pending',
] as const;

export type Whim = (typeof WHIMS)[number];

export function isWhim(word: unknown): word is Whim {
  return (WHIMS as readonly unknown[]).includes(word);
}

/** A call that fails, fails this often; then it works. */
export const FAILS = 2;
export const LATE_MS = 24 * 60 * 60_000;
/** Behind the notices of later trades. */
export const REORDER_MS = 5_000;

/** One notice as it will be posted. */
export type NoticePlan = {
  /** Plans of the same number carry the same notice id, as a channel's repeats do. */
  readonly number: number;
  readonly says: { amountFen?: number; currency?: string; merchantId?: string; tradeId?: string };
  readonly signedBy: 'gateway' | 'somebody';
  /** Changed after it was signed. */
  readonly isAltered: boolean;
  readonly delayMs: number;
};

const HONEST: NoticePlan = { number: 0, says: {}, signedBy: 'gateway', isAltered: false, delayMs: 0 };

/** The notices of a payment of `amountFen`, given its trade's whims; a well-behaved gateway posts one. */
export function noticePlans(whims: readonly Whim[], amountFen: number): NoticePlan[] {
  const has = (whim: Whim) => whims.includes(whim);
  const delayMs = has('late_notice') ? LATE_MS : has('reordered_notice') ? REORDER_MS : 0;
  const honest = { ...HONEST, delayMs };
  const plans: NoticePlan[] = [];
  if (has('wrong_amount')) plans.push({ ...HONEST, number: 10, says: { amountFen: amountFen + 1 } });
  if (has('wrong_currency')) plans.push({ ...HONEST, number: 11, says: { currency: 'USD' } });
  if (has('wrong_merchant')) plans.push({ ...HONEST, number: 12, says: { merchantId: 'somebody-else' } });
  if (has('wrong_trade')) plans.push({ ...HONEST, number: 13, says: { tradeId: 'sbx_of_somebody_else' } });
  if (has('forged_signature')) plans.push({ ...HONEST, number: 14, signedBy: 'somebody' });
  if (has('altered_notice')) plans.push({ ...HONEST, number: 15, isAltered: true });
  if (!has('lost_notice')) {
    plans.push(honest);
    if (has('duplicate_notice')) plans.push(honest, honest, { ...honest, number: 1 });
  }
  return plans;
}
