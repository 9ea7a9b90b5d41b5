/*
 * How a countdown is written. Pure, so that the canvas and the text beside it cannot disagree.
 */

const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** `seconds` under reduced motion, `hundredths` under reduced data, else `milliseconds`. */
export type CountdownPrecision = 'seconds' | 'hundredths' | 'milliseconds';

const two = (value: number) => String(value).padStart(2, '0');

/**
 * `HH:MM:SS.mmm`, or `Dd HH:MM:SS…` from one day on (`dayMark` is put after the days). Whole seconds are rounded up, so
 * that `00:00:00` means now; fractions are cut. Null while the clock is not known: dashes of the same width.
 */
export function formatCountdown(leftMs: number | null, precision: CountdownPrecision, dayMark = 'd'): string {
  const fraction = precision === 'seconds' ? '' : precision === 'hundredths' ? '.--' : '.---';
  if (leftMs === null) return `--:--:--${fraction}`;
  const left = Math.max(0, Math.floor(leftMs));
  const total = precision === 'seconds' ? Math.ceil(left / SECOND_MS) : Math.floor(left / SECOND_MS);
  const days = Math.floor(total / DAY_S);
  const hms = [Math.floor((total % DAY_S) / HOUR_S), Math.floor((total % HOUR_S) / MINUTE_S), total % MINUTE_S];
  const milliseconds = String(left % SECOND_MS).padStart(3, '0');
  const tail =
    precision === 'seconds' ? '' : `.${precision === 'hundredths' ? milliseconds.slice(0, 2) : milliseconds}`;
  return `${days > 0 ? `${days}${dayMark} ` : ''}${hms.map(two).join(':')}${tail}`;
}

/** The countdown in parts, for words: days, hours, minutes, seconds, rounded up to whole seconds. */
export function countdownParts(leftMs: number): { days: number; hours: number; minutes: number; seconds: number } {
  const total = Math.ceil(Math.max(0, leftMs) / SECOND_MS);
  return {
    days: Math.floor(total / DAY_S),
    hours: Math.floor((total % DAY_S) / HOUR_S),
    minutes: Math.floor((total % HOUR_S) / MINUTE_S),
    seconds: total % MINUTE_S,
  };
}

/**
 * Which moment the text for screen readers stands for: it changes once a minute, and each 10 s in the last minute; a
 * timer that speaks every second would be unusable.
 * @returns the remaining ms that the text should say
 */
export function spokenLeftMs(leftMs: number): number {
  const left = Math.max(0, leftMs);
  const step = left <= MINUTE_S * SECOND_MS ? 10 * SECOND_MS : MINUTE_S * SECOND_MS;
  return Math.ceil(left / step) * step;
}
