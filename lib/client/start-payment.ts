import type { Locale } from '../contracts/contract.ts';
import { pathInLocale } from '../messages/define.ts';
import { call } from './api.ts';
import { forgetCommand, pendingCommand, rememberCommand } from './pending-commands.ts';
import type { AnswerNamed } from './wire.ts';

/**
 * Opens a payment for an unpaid order. An unanswered attempt for the same order is asked again with its key, so a
 * lost answer does not open a second payment.
 */
export async function startPayment(orderId: string): Promise<AnswerNamed<'payment.start'>> {
  const pending = await pendingCommand('payment.start');
  const request =
    pending?.request.orderId === orderId
      ? pending.request
      : { key: crypto.randomUUID(), orderId, channel: 'sandbox' as const };
  await rememberCommand('payment.start', request);
  const answer = await call('payment.start', request);
  const isAnswered = answer.ok || (answer.refusal.code !== 'timeout' && answer.refusal.code !== 'offline');
  if (isAnswered) await forgetCommand('payment.start');
  return answer;
}

/** The channel's page: our own sandbox in the shopper's language, any other as it is. */
export function cashierAddress(payUrl: string, locale: Locale): { href: string; isOurs: boolean } {
  const url = new URL(payUrl, location.origin);
  if (url.origin !== location.origin) return { href: url.href, isOurs: false };
  return { href: pathInLocale(url.pathname + url.search, locale), isOurs: true };
}
