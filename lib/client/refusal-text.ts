import type { Locale } from '../contracts/contract.ts';
import { phoneMessages } from '../messages/phone.ts';

/** The sentence of a refusal: the server's own, or the phone's when no answer came. */
export function refusalText(refusal: { readonly code: string; readonly message?: string }, locale: Locale): string {
  return refusal.message ?? phoneMessages[locale][refusal.code === 'offline' ? 'offline' : 'timeout'];
}
