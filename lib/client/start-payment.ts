import type { Locale } from '../contracts/contract.ts';
import type { ValueNamed } from '../contracts/named.ts';
import { pathInLocale } from '../messages/define.ts';
import { call } from './api.ts';
import { forgetCommand, pendingCommand, rememberCommand } from './pending-commands.ts';
import { refusalText } from './refusal-text.ts';
import type { AnswerNamed } from './wire.ts';

export type Channel = ValueNamed<'public.ways-to-pay'>['channels'][number];

/** What the shopper is asked before he leaves for the payment company. */
export type PayQuestion =
  /** `paysInWechat`: WeChat Pay works inside WeChat's own browser too. */
  | { readonly kind: 'choose'; readonly channels: readonly Channel[]; readonly paysInWechat: boolean }
  | { readonly kind: 'scan'; readonly content: string };

/**
 * Opens a payment for an unpaid order. An unanswered attempt for the same order and channel is asked again with its
 * key, so a lost answer does not open a second payment.
 */
export async function startPayment(orderId: string, channel: Channel): Promise<AnswerNamed<'payment.start'>> {
  const pending = await pendingCommand('payment.start');
  const request =
    pending?.request.orderId === orderId && pending.request.channel === channel
      ? pending.request
      : { key: crypto.randomUUID(), orderId, channel, scene: paymentScene(channel) };
  await rememberCommand('payment.start', request);
  const answer = await call('payment.start', request);
  const isAnswered = answer.ok || (answer.refusal.code !== 'timeout' && answer.refusal.code !== 'offline');
  if (isAnswered) await forgetCommand('payment.start');
  return answer;
}

/** A phone is sent to the payment company; whoever has a mouse scans a picture; WeChat pays itself on the spot. */
function paymentScene(channel: Channel): 'phone' | 'desk' | 'wechat' {
  if (channel === 'wechat' && isInWechat()) return 'wechat';
  return matchMedia('(pointer: coarse)').matches ? 'phone' : 'desk';
}

/** Whether a way to pay works where this page is shown: WeChat's browser opens no company's page for phones. */
export function canPayHere(channel: Channel, paysInWechat: boolean): boolean {
  return channel === 'sandbox' || !isInWechat() || (channel === 'wechat' && paysInWechat);
}

/** WeChat's own browser opens neither company's page for phones. */
export function isInWechat(): boolean {
  return /MicroMessenger/i.test(navigator.userAgent);
}

/**
 * Whatever WeChat's own browser has to do before the result is looked at: sign in, or ask for the money. Null: go on;
 * else what to say to the shopper.
 */
export async function settleInWechat(
  answer: AnswerNamed<'payment.start'>,
  orderId: string,
  locale: Locale,
): Promise<string | null> {
  if (answer.ok) {
    if (!answer.value.bridge) return null;
    return (await import('./wechat/pay.ts')).payInWechat(answer.value.bridge, locale);
  }
  if (answer.refusal.code !== 'wechat_login_needed') return refusalText(answer.refusal, locale);
  const back = pathInLocale(`/order?id=${orderId}&pay=1`, locale);
  return (await import('./wechat/sign-in.ts')).leaveForWechat('pay', back, locale);
}

/** The channel's page: our own sandbox in the shopper's language, any other as it is. */
export function cashierAddress(payUrl: string, locale: Locale): { href: string; isOurs: boolean } {
  const url = new URL(payUrl, location.origin);
  if (url.origin !== location.origin) return { href: url.href, isOurs: false };
  return { href: pathInLocale(url.pathname + url.search, locale), isOurs: true };
}
