import type { RequestNamed, ValueNamed } from '../../contracts/named.ts';
import type { Locale } from '../../messages/define.ts';
import { wechatMessages } from '../../messages/wechat.ts';
import { call } from '../api.ts';
import { refusalText } from '../refusal-text.ts';
import { learnWire } from '../wire.ts';
import { WECHAT_WIRE } from '../wire-wechat.ts';

learnWire(WECHAT_WIRE);

export type MyWechat = ValueNamed<'wechat.mine'>;

/** Leaves for WeChat, which sends this browser back to `returnTo`. Answers only when that cannot be: the sentence why. */
export async function leaveForWechat(
  intent: RequestNamed<'wechat.signIn'>['intent'],
  returnTo: string,
  locale: Locale,
): Promise<string> {
  const answer = await call('wechat.signIn', { intent, returnTo });
  if (!answer.ok) return refusalText(answer.refusal, locale);
  location.assign(answer.value.url);
  // Nothing is said while the page goes.
  return new Promise(() => {});
}

/** What WeChat's answer means, by the word in the address; null: it is good, or no word of ours. */
export function toldByWechat(told: string | null, locale: Locale): string | null {
  const words = wechatMessages[locale];
  if (told === 'stale' || told === 'failed' || told === 'other' || told === 'elsewhere') return words[`told_${told}`];
  return null;
}
