'use client';

import type { Locale } from '../../lib/messages/define.ts';
import { opsMessages } from '../../lib/messages/ops.ts';

/** The sentence of what went wrong: the server's own, or the page's where no answer came. */
export function refusedText(refusal: { code: string; message?: string }, locale: Locale): string {
  if (refusal.code === 'offline' || refusal.code === 'timeout') return opsMessages[locale][refusal.code];
  return refusal.message ?? refusal.code;
}

/** Date and time on the clocks of Beijing, as the merchant's day runs. */
export function timeText(atMs: number, locale: Locale, withSeconds = false): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(atMs);
}
