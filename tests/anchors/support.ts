import { randomUUID } from 'node:crypto';
import { orderQuote, orderSubmit, type WantedLine } from '../../lib/contracts/order.ts';
import { paymentStart } from '../../lib/contracts/payment.ts';
import { accepted, type Browser } from '../support/browser.ts';

/** A shopper's browser with the address that his orders go to. */
export type Shopper = { readonly browser: Browser; readonly addressId: string };

/** Quotes and submits through the door, as a phone does; the answer as it came. */
export async function submit({ browser, addressId }: Shopper, lines: WantedLine[], key: string = randomUUID()) {
  const quoted = await browser.call(orderQuote, { lines });
  if (!quoted.ok) return quoted;
  return browser.call(orderSubmit, { key, lines, quoteVersion: quoted.value.quote.version, addressId });
}

/** What an answer comes to: `ok`, the reason of its first line, or the refusal. */
export function codeOf(answer: Awaited<ReturnType<typeof submit>>): string {
  if (answer.ok) return 'ok';
  const { refusal } = answer;
  return 'problems' in refusal ? (refusal.problems[0]?.code ?? '') : refusal.code;
}

export const order = async (shopper: Shopper, skuId: string, quantity = 1) =>
  accepted(await submit(shopper, [{ skuId, quantity }])).orderId;

/** Opens a payment of an order; answers the gateway's number of the trade. */
export async function openTrade({ browser }: Shopper, orderId: string): Promise<string> {
  const { payUrl } = accepted(await browser.call(paymentStart, { key: randomUUID(), orderId, channel: 'sandbox' }));
  return payUrl.split('=')[1] as string;
}

/** Sends `count` requests at once. */
export const atOnce = <T>(count: number, send: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => send(index)));
