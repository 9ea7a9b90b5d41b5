import type { Locale } from '../contracts/contract.ts';

/** The festival runs on Beijing's clock wherever the phone is. */
const ZONE = 'Asia/Shanghai';

/** `00:00:05` or, without seconds, `00:00`. */
export function clockText(atMs: number, withSeconds = false): string {
  return new Intl.DateTimeFormat('zh-CN', {
    hour: '2-digit',
    minute: '2-digit',
    second: withSeconds ? '2-digit' : undefined,
    hourCycle: 'h23',
    timeZone: ZONE,
  }).format(atMs);
}

/** `2026/11/11 00:00:05`, `11 Nov 2026, 00:00:05`. */
export function momentText(atMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'zh-CN' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: locale === 'zh-CN' ? '2-digit' : 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONE,
  }).format(atMs);
}

/** `4:05`. */
export function minutesText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
