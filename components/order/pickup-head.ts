import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { pickupStateMessages } from '../../lib/messages/pickup-state.ts';
import { momentText } from '../../lib/messages/time.ts';

/**
 * The head of an order for pickup: how far it is, and until when.
 * @param now the server's time, epoch ms
 * @returns null until it is paid: then the order's own state says more
 */
export function pickupHead(pickup: PickupBrief, locale: Locale, now: number): { state: string; hint: string } | null {
  const words = pickupStateMessages[locale];
  const { state, promisedAt, fetchBefore } = pickup;
  if (state === null) return null;
  return { state: words[`state_${state}`], hint: hint() };

  function hint(): string {
    if (state === 'preparing') {
      return promisedAt < now ? words.hint_late : words.hint_preparing(momentText(promisedAt, now, locale));
    }
    if (state === 'ready') return words.hint_ready(momentText(fetchBefore ?? promisedAt, now, locale));
    return state === null ? '' : words[`hint_${state}`];
  }
}
