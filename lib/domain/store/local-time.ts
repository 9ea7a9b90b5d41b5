import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';

/** `YYYY-MM-DD` on the clocks of a place. */
export type LocalDate = string;

/** A moment on the clocks of a place: its date, its weekday (1 = Monday … 7 = Sunday), minutes since midnight. */
export type LocalTime = { readonly date: LocalDate; readonly weekday: number; readonly minute: number };

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const OFFSETS_MAX = 2_000;

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Whether this machine knows the time zone by its name, `Asia/Shanghai`. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of a zone show at a moment, less that moment, ms. A zone changes its clocks on the hour at most. */
function offsetAt(zone: string, at: number): number {
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  const key = `${zone} ${hour}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const part = Object.fromEntries(
      formatOf(zone)
        .formatToParts(hour)
        .map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0 } = part;
    offset = Date.UTC(year, month - 1, day, hours, minute) - hour;
    if (offsets.size >= OFFSETS_MAX) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

/** @param at epoch ms */
export function localTime(zone: string, at: number): LocalTime {
  const shown = new Date(at + offsetAt(zone, at));
  return {
    date: shown.toISOString().slice(0, 10),
    weekday: shown.getUTCDay() || 7,
    minute: Math.floor((shown.getTime() % DAY_MS) / MINUTE_MS),
  };
}

/**
 * The moment (epoch ms) at which the clocks of a place show a date and a minute of it; minutes from 1,440 on are of the
 * next day. An hour that the clocks leave out is taken as the moment they jump over it; of an hour that they show
 * twice, the first.
 */
export function momentOf(zone: string, date: LocalDate, minute: number): number {
  const shown = Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS;
  const guesses = [shown - offsetAt(zone, shown - DAY_MS), shown - offsetAt(zone, shown + DAY_MS)];
  const fitting = guesses.filter((at) => at + offsetAt(zone, at) === shown);
  return fitting.length > 0 ? Math.min(...fitting) : Math.max(...guesses);
}

/** The date so many days later. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** Whether a text is a day of the calendar. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}
