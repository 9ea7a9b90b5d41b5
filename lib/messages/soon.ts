import type { Locale } from './define.ts';
import { momentText } from './time.ts';

/** A moment ahead inside a sentence: `明天 20:00`, `tomorrow 20:00`. */
export function soonText(at: number, now: number, locale: Locale): string {
  return momentText(at, now, locale).replace(/^Tomorrow/, 'tomorrow');
}
