import { isLocalDate } from './local-time.ts';
import { DAY_MINUTES, type Day, type Exception, isDay, type Span, type StoreHours } from './opening.ts';

/*
 * Opening hours as a merchant writes them in one field:
 *
 *   Mo-Fr 09:00-22:00; Sa,Su 10:00-02:00; PH 10:00-18:00; 2026-12-25 off
 *   周一至周五 9:00–22:00；周六、周日 10:00-次日2:00；节假日 休息
 *   每天 00:00-24:00 · 24/7 · 09:00-12:00,14:00-18:00
 *
 * Rules come one after another; a later one replaces what an earlier one said of a day. Days that no rule names are
 * shut. An end that is not after its beginning is of the next day.
 */

export type WrittenHours = { readonly hours: StoreHours; readonly exceptions: readonly Exception[] };
/** Where a text cannot be read. */
export type HoursFault = { readonly fault: string };

const WEEK = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const WEEK_ZH = ['一', '二', '三', '四', '五', '六', '日'];
const CLOSED = /^(?:off|closed|休息|休|不营业|闭店|关闭|打烊)$/;
const WHOLE_DAY = /^(?:24\/7|24小时|24小时营业|全天|全天营业)$/;
const EVERY_DAY = /^(?:daily|每天|每日|全年|周一至周日)$/;
const HOLIDAY = /^(?:ph|节假日|公共假日|法定节假日)$/;
const TIME = /^(次日)?(\d{1,2}):([0-5]\d)$/;

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[–—―~～至到]/g, '-')
    .replace(/[、，]/g, ',')
    .replace(/。/g, ';')
    .replace(/星期|礼拜/g, '周')
    .replace(/周天/g, '周日')
    .replace(/\s*([-,;])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function weekdayNamed(text: string): number | null {
  const latin = WEEK.indexOf(text.slice(0, 2));
  if (latin !== -1 && /^(?:mon?|tue?s?|wed?|thu?r?s?|fri?|sat?|sun?)(?:day|nesday|urday)?$/.test(text)) return latin;
  const chinese = WEEK_ZH.indexOf(text.replace(/^周/, ''));
  return chinese === -1 ? null : chinese;
}

/** Days that a rule begins with: weekdays by their number from 0, `PH`, or dates; null: these are no days. */
function daysNamed(text: string): (number | 'holiday' | string)[] | null {
  if (EVERY_DAY.test(text) || text === '周一-周日') return [0, 1, 2, 3, 4, 5, 6];
  if (text === '工作日') return [0, 1, 2, 3, 4];
  if (text === '周末') return [5, 6];
  const days: (number | 'holiday' | string)[] = [];
  for (const part of text.split(',')) {
    if (HOLIDAY.test(part)) days.push('holiday');
    else if (isLocalDate(part)) days.push(part);
    else {
      const [first = '', last = first, ...more] = part.split('-');
      const [from, to] = [weekdayNamed(first), weekdayNamed(last)];
      if (from === null || to === null || more.length > 0) return null;
      for (let day = from; ; day = (day + 1) % 7) {
        days.push(day);
        if (day === to) break;
      }
    }
  }
  return days;
}

function minuteOf(text: string): number | null {
  const [, next, hours, minutes] = TIME.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const minute = Number(hours) * 60 + Number(minutes) + (next ? DAY_MINUTES : 0);
  return minute <= 2 * DAY_MINUTES ? minute : null;
}

function spansNamed(text: string): Day | null {
  if (CLOSED.test(text)) return [];
  if (WHOLE_DAY.test(text)) return [[0, DAY_MINUTES]];
  const spans: Span[] = [];
  for (const part of text.split(',')) {
    const [first = '', last = '', ...more] = part.split('-');
    const [from, to] = [minuteOf(first), minuteOf(last)];
    if (from === null || to === null || more.length > 0) return null;
    spans.push([from, to <= from ? to + DAY_MINUTES : to]);
  }
  spans.sort(([a], [b]) => a - b);
  return isDay(spans) ? spans : null;
}

/** Reads opening hours; says which part cannot be read. An empty text is a fault: hours that are not known are null. */
export function readHours(text: string): WrittenHours | HoursFault {
  const weekly: Day[] = WEEK.map(() => []);
  let holiday: Day | null = null;
  const exceptions = new Map<string, Exception>();
  const rules = plain(text)
    .split(';')
    .filter((rule) => rule !== '');
  if (rules.length === 0) return { fault: text };
  for (const rule of rules) {
    // What comes first may be days or times: `09:00-22:00` holds every day.
    const [, head = '', tail = ''] = /^(\S+?)(?: (.+)|:? ?(?=\d{1,2}:)(.+))?$/.exec(rule) ?? [];
    const namesDays = tail !== '' ? daysNamed(head) : null;
    const days = namesDays ?? [0, 1, 2, 3, 4, 5, 6];
    const spans = spansNamed(namesDays ? tail.replaceAll(' ', '') : rule.replaceAll(' ', ''));
    if (!spans || (tail !== '' && !namesDays)) return { fault: rule };
    for (const day of days) {
      if (day === 'holiday') holiday = spans;
      else if (typeof day === 'number') weekly[day] = spans;
      else exceptions.set(day, { date: day, spans, note: null });
    }
  }
  const hours = { weekly: weekly as unknown as StoreHours['weekly'], holiday };
  return { hours, exceptions: [...exceptions.values()].sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

const two = (value: number) => String(value).padStart(2, '0');

/** `09:30`; minutes after midnight of the next day are written as on its clock, the end of the day as 24:00. */
export function clockText(minute: number): string {
  const shown = minute > DAY_MINUTES ? minute - DAY_MINUTES : minute;
  return `${two(Math.floor(shown / 60))}:${two(shown % 60)}`;
}

/** `09:00-12:00,14:00-02:00`, or `off`. */
export function dayText(day: Day): string {
  return day.length === 0 ? 'off' : day.map(([from, to]) => `${clockText(from)}-${clockText(to)}`).join(',');
}

/** The one way of writing them that `readHours` reads back; for exports and for the field that an operator edits. */
export function hoursText({ hours, exceptions }: WrittenHours): string {
  const names = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
  const rules: string[] = [];
  for (let from = 0; from < 7; ) {
    const text = dayText(hours.weekly[from] ?? []);
    let to = from;
    while (to < 6 && dayText(hours.weekly[to + 1] ?? []) === text) to++;
    rules.push(`${names[from]}${to > from ? `-${names[to]}` : ''} ${text}`);
    from = to + 1;
  }
  if (hours.holiday) rules.push(`PH ${dayText(hours.holiday)}`);
  for (const { date, spans } of exceptions) rules.push(`${date} ${dayText(spans)}`);
  return rules.join('; ');
}
