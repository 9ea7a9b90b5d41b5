import type { Locale } from '../../lib/contracts/contract.ts';

/** What is said to a person outside the shop; the adapter finds the words' way, the caller chose the words. */
export type Message = {
  /** A mainland mobile number for `sms`, an address for `email`. */
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
  /** The same words with codes replaced by dots: what an operator may read later. */
  readonly textMasked: string;
};

/** The way out to people's phones. `send` settles when the provider has taken the message, and throws when it has not. */
export type MessagePort = {
  send(message: Message, options?: { isLoad?: boolean }): Promise<void>;
  /** True where no provider is set: then, and only then, codes may be shown on the page that asked for them. */
  readonly isSandbox: boolean;
};

/** `13800138000` → `138****8000`; anything else keeps its first and last two characters. */
export function maskRecipient(recipient: string): string {
  if (/^\d{11}$/.test(recipient)) return `${recipient.slice(0, 3)}****${recipient.slice(-4)}`;
  if (recipient.length <= 4) return '****';
  return `${recipient.slice(0, 2)}****${recipient.slice(-2)}`;
}

const codeTexts: Record<Locale, (code: string, minutes: number) => string> = {
  'zh-CN': (code, minutes) => `【Festa】验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人，我们也不会向你索要。`,
  'en-US': (code, minutes) =>
    `[Festa] Your code is ${code}, valid for ${minutes} minutes. Tell nobody; we never ask for it.`,
};

/** The message that carries a one-time code. */
export function codeMessage(to: { channel: 'sms' | 'email'; to: string }, code: string, locale: Locale): Message {
  const text = codeTexts[locale];
  return { ...to, text: text(code, 5), textMasked: text('••••••', 5) };
}
