'use client';

import type { Locale } from '../../lib/messages/define.ts';
import { pastMomentText } from '../../lib/messages/moment.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { clockText, dateText } from '../../lib/messages/time.ts';

/** The sentence of what went wrong: the server's own, or the page's where no answer came. */
export function refusedText(refusal: { code: string; message?: string }, locale: Locale): string {
  if (refusal.code === 'offline' || refusal.code === 'timeout') return staffMessages[locale][refusal.code];
  return refusal.message ?? refusal.code;
}

/** Day and time on the clocks of Beijing, as the merchant's day runs; with year and seconds where it is evidence. */
export function timeText(atMs: number, locale: Locale, withSeconds = false): string {
  return withSeconds ? pastMomentText(atMs, locale) : `${dateText(atMs, locale)} ${clockText(atMs)}`;
}
