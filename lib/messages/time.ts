import type { Locale } from './define.ts';

/** The festival keeps Beijing time wherever the phone is; China has this one zone and no summer time. */
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (value: number) => String(value).padStart(2, '0');
const beijing = (at: number) => new Date(at + BEIJING_OFFSET_MS);
const dayOf = (at: number) => Math.floor((at + BEIJING_OFFSET_MS) / DAY_MS);

/** `20:00`, or `20:02:30` where a session starts at odd seconds; Beijing time. */
export function clockText(at: number, withSeconds = false): string {
  const time = beijing(at);
  const hm = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  return withSeconds ? `${hm}:${two(time.getUTCSeconds())}` : hm;
}

/** Whole days from the day of `now` to the day of `at` in Beijing: 0 today, 1 tomorrow. */
export function daysUntil(at: number, now: number): number {
  return dayOf(at) - dayOf(now);
}

/** `11月12日`, `12 Nov`; Beijing time. */
export function dateText(at: number, locale: Locale): string {
  const time = beijing(at);
  const day = time.getUTCDate();
  return locale === 'zh-CN' ? `${time.getUTCMonth() + 1}月${day}日` : `${day} ${months[time.getUTCMonth()]}`;
}

/** `20:00` today, `明天 10:00`, else `11月12日 10:00`. */
export function momentText(at: number, now: number, locale: Locale): string {
  const days = daysUntil(at, now);
  if (days === 0) return clockText(at);
  if (days === 1) return `${locale === 'zh-CN' ? '明天' : 'tomorrow'} ${clockText(at)}`;
  return `${dateText(at, locale)} ${clockText(at)}`;
}
