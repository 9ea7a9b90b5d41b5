import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { studioMessages } from '../../lib/messages/studio.ts';

const MINUTE_MS = 60_000;

/** `12,345`. */
export const countText = (value: number): string => value.toLocaleString('en-US');

/** `¥1,299`. */
export const moneyText = (fen: number): string => `¥${yuanText(fen)}`;

/** `12.3%` of 0.1234; a part of nothing has none. */
export const partText = (part: number): string =>
  Number.isFinite(part) ? `${(part * 100).toFixed(part >= 0.0995 || part === 0 ? 0 : 1)}%` : '—';

/** `1.25`. */
export const factorText = (value: number): string => value.toFixed(2);

/** A span of time by its two largest units. */
export function spanText(ms: number, locale: Locale): string {
  const words = studioMessages[locale];
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 60) return words.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? words.hours(hours, minutes % 60) : words.days(Math.floor(hours / 24), hours % 24);
}
