import { addDays, type LocalDate, localTime, momentOf, weekdayOf } from './local-time.ts';

/*
 * Words used in this file:
 *
 * - span:      `[from, to)` in minutes of the day on which it begins; 22:00–02:00 is [1320, 1560]
 * - day:       the spans that begin on one day, in their order; none: the store is shut
 * - exception: what holds on one date, whatever the week and the holidays say
 *
 * An exception comes before a holiday, a holiday before the weekday. A night belongs to the day on which it began: a
 * store that is shut on Sunday still closes at two in the morning of Sunday.
 */

export type Span = readonly [from: number, to: number];
export type Day = readonly Span[];

export type StoreHours = {
  /** Monday first. */
  readonly weekly: readonly [Day, Day, Day, Day, Day, Day, Day];
  /** On public holidays; null: as on any other day of the week. */
  readonly holiday: Day | null;
};

export type Exception = {
  readonly date: LocalDate;
  readonly spans: Day;
  /** Said to shoppers: 盘点, 装修. */
  readonly note: { readonly zh: string; readonly en: string } | null;
};

/** What decides when a store is open. `hours` null: it is not known. */
export type Calendar = {
  readonly zone: string;
  readonly hours: StoreHours | null;
  readonly exceptions: readonly Exception[];
  readonly holidays: ReadonlySet<LocalDate>;
};

/** Of a store of which no hours are known. */
export const NO_CALENDAR: Calendar = { zone: 'Asia/Shanghai', hours: null, exceptions: [], holidays: new Set() };

export type DayCause = 'weekly' | 'holiday' | 'exception';

export const DAY_MINUTES = 1_440;
export const SPANS_MAX = 3;
/** A store that does not close within so many days is open around the clock; one that does not open has no next time. */
const AHEAD_DAYS = 15;

/** Whether the spans of one day can be kept: in order, apart, each at most a day long and begun on its day. */
export function isDay(spans: readonly (readonly number[])[]): spans is Day {
  let last = -1;
  return (
    spans.length <= SPANS_MAX &&
    spans.every(([from, to, ...more]) => {
      const isGood =
        more.length === 0 &&
        Number.isInteger(from) &&
        Number.isInteger(to) &&
        from! > last &&
        from! >= 0 &&
        from! < DAY_MINUTES &&
        to! > from! &&
        to! - from! <= DAY_MINUTES;
      last = to ?? last;
      return isGood;
    })
  );
}

/** The spans that begin on a date, and what they come from. */
export function dayOf(calendar: Calendar, date: LocalDate): { spans: Day; cause: DayCause; note: Exception['note'] } {
  const exception = calendar.exceptions.find((one) => one.date === date);
  if (exception) return { spans: exception.spans, cause: 'exception', note: exception.note };
  const { hours } = calendar;
  if (hours?.holiday && calendar.holidays.has(date)) return { spans: hours.holiday, cause: 'holiday', note: null };
  return { spans: hours?.weekly[weekdayOf(date) - 1] ?? [], cause: 'weekly', note: null };
}

export type Opening = {
  /** `unknown`: no hours are known, and no exception says more. */
  readonly state: 'open' | 'shut' | 'unknown';
  /** Epoch ms; null while it is shut, and when it is open around the clock. */
  readonly closesAt: number | null;
  /** Epoch ms of the next opening; null while it is open, and when none is in sight. */
  readonly opensAt: number | null;
  /** What today's hours come from. */
  readonly cause: DayCause;
  readonly note: Exception['note'];
};

/** Whether a store is open at a moment (epoch ms), until when, or from when again. */
export function openingAt(calendar: Calendar, at: number): Opening {
  const today = localTime(calendar.zone, at).date;
  const { cause, note } = dayOf(calendar, today);
  if (!calendar.hours && cause === 'weekly') {
    return { state: 'unknown', closesAt: null, opensAt: null, cause, note };
  }
  // A span is at most a day long, so what began the day before yesterday is over.
  let openUntil: number | null = null;
  for (let ahead = -1; ahead <= AHEAD_DAYS; ahead++) {
    const date = addDays(today, ahead);
    for (const [from, to] of dayOf(calendar, date).spans) {
      const opensAt = momentOf(calendar.zone, date, from);
      const closesAt = momentOf(calendar.zone, date, to);
      if (closesAt <= at) continue;
      if (openUntil === null) {
        if (opensAt > at) return { state: 'shut', closesAt: null, opensAt, cause, note };
        openUntil = closesAt;
      } else if (opensAt <= openUntil) openUntil = Math.max(openUntil, closesAt);
      else return { state: 'open', closesAt: openUntil, opensAt: null, cause, note };
    }
  }
  if (openUntil === null) return { state: 'shut', closesAt: null, opensAt: null, cause, note };
  const end = momentOf(calendar.zone, addDays(today, AHEAD_DAYS), DAY_MINUTES);
  return { state: 'open', closesAt: openUntil >= end ? null : openUntil, opensAt: null, cause, note };
}
