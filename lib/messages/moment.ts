import type { Locale } from './define.ts';
import { clockText, dateText } from './time.ts';

const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** `2026年11月11日 00:00:05`, `11 Nov 2026, 00:00:05`: for what has happened; Beijing time. */
export function pastMomentText(at: number, locale: Locale): string {
  const year = new Date(at + BEIJING_OFFSET_MS).getUTCFullYear();
  const time = clockText(at, true);
  return locale === 'zh-CN' ? `${year}年${dateText(at, locale)} ${time}` : `${dateText(at, locale)} ${year}, ${time}`;
}

/** `4:05` of 245 seconds. */
export function minutesText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
