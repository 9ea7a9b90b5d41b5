import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursText, readHours } from '../../lib/domain/store/hours-text.ts';
import { addDays, localTime, momentOf } from '../../lib/domain/store/local-time.ts';
import { type Calendar, type Day, dayOf, isDay, openingAt, type StoreHours } from '../../lib/domain/store/opening.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';

const ZONES = ['Asia/Shanghai', 'Asia/Urumqi', 'America/New_York', 'Australia/Lord_Howe'];

/** Up to three spans of a day, the last of which may go on into the next one. */
const days: fc.Arbitrary<Day> = fc
  .uniqueArray(fc.integer({ min: 0, max: 95 }), { maxLength: 6 })
  .map((ticks) => {
    const sorted = ticks.sort((a, b) => a - b).map((tick) => tick * 15);
    const spans = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) spans.push([sorted[i]!, sorted[i + 1]!] as const);
    return spans;
  })
  .chain((spans) =>
    fc.integer({ min: 0, max: 90 }).map((late) => {
      const last = spans.at(-1);
      if (!last || late < 45) return spans;
      return [...spans.slice(0, -1), [last[0], Math.min(last[0] + 1_440, 1_440 + late * 4)] as const];
    }),
  );
const hours: fc.Arbitrary<StoreHours> = fc.record({
  weekly: fc.tuple(days, days, days, days, days, days, days),
  holiday: fc.option(days),
});
const START = Date.parse('2026-10-28T00:00:00Z');
const moments = fc
  .integer({ min: START, max: START + 30 * DAY_MS })
  .map((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS);
const calendars: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom(...ZONES),
  hours,
  exceptions: fc.uniqueArray(
    fc.record({
      date: fc.integer({ min: 0, max: 30 }).map((n) => addDays('2026-10-28', n)),
      spans: days,
      note: fc.constant(null),
    }),
    { selector: ({ date }) => date, maxLength: 5 },
  ),
  holidays: fc
    .array(fc.integer({ min: 0, max: 30 }).map((n) => addDays('2026-10-28', n)))
    .map((dates) => new Set(dates)),
});

/** The plain definition: some day's span holds the moment. */
function isOpen(calendar: Calendar, at: number): boolean {
  const today = localTime(calendar.zone, at).date;
  return [-2, -1, 0].some((ahead) => {
    const date = addDays(today, ahead);
    return dayOf(calendar, date).spans.some(
      ([from, to]) => momentOf(calendar.zone, date, from) <= at && at < momentOf(calendar.zone, date, to),
    );
  });
}

describe('the clocks of a place', () => {
  test('a moment and the local time that it is lead to each other, in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moments, (zone, at) => {
        const { date, minute } = localTime(zone, at);
        const back = momentOf(zone, date, minute);
        // Twice a year an hour is shown twice; the first of the two is taken.
        expect(localTime(zone, back)).toEqual(localTime(zone, at));
        expect([0, HOUR_MS, HOUR_MS / 2]).toContain(at - back);
      }),
    );
  });

  test('Shanghai is eight hours ahead, and minutes beyond a day are of the next one', () => {
    expect(localTime('Asia/Shanghai', Date.parse('2026-11-10T16:30:00Z'))).toEqual({
      date: '2026-11-11',
      weekday: 3,
      minute: 30,
    });
    expect(momentOf('Asia/Shanghai', '2026-11-10', 1_440 + 30)).toBe(Date.parse('2026-11-10T16:30:00Z'));
  });
});

describe('when a store is open', () => {
  test('is what its spans say, whatever the zone, holidays and exceptions', () => {
    fc.assert(
      fc.property(calendars, moments, (calendar, at) => {
        expect(openingAt(calendar, at).state === 'open').toBe(isOpen(calendar, at));
      }),
      { numRuns: 400 },
    );
  });

  test('closes at the first moment at which it is shut, and opens at the first at which it is open', () => {
    fc.assert(
      fc.property(calendars, moments, (calendar, at) => {
        const { state, closesAt, opensAt } = openingAt(calendar, at);
        const change = state === 'open' ? closesAt : opensAt;
        if (change === null) return;
        expect(change).toBeGreaterThan(at);
        expect(isOpen(calendar, change)).toBe(state !== 'open');
        // Nothing changes on the way: looked at each quarter of an hour, as the spans are made here, and just before.
        const step = Math.max(15 * MINUTE_MS, Math.floor((change - at) / 40));
        for (let between = at; between < change; between += step) {
          expect(isOpen(calendar, between)).toBe(state === 'open');
        }
        expect(isOpen(calendar, change - MINUTE_MS)).toBe(state === 'open');
      }),
      { numRuns: 300 },
    );
  });

  const week = (day: Day): StoreHours['weekly'] => [day, day, day, day, day, day, day];
  const at = (text: string) => Date.parse(`${text}:00+08:00`);
  const store = (weekly: StoreHours['weekly'], more: Partial<Calendar> = {}): Calendar => ({
    zone: 'Asia/Shanghai',
    hours: { weekly, holiday: null },
    exceptions: [],
    holidays: new Set(),
    ...more,
  });

  test('22:00–02:00 goes on after midnight, also into a day on which it is shut', () => {
    const night = store([[[1_320, 1_560]], [], [], [], [], [], []]);
    // Monday, 2 November 2026.
    expect(openingAt(night, at('2026-11-02T21:59'))).toMatchObject({ state: 'shut', opensAt: at('2026-11-02T22:00') });
    expect(openingAt(night, at('2026-11-02T23:00'))).toMatchObject({ state: 'open', closesAt: at('2026-11-03T02:00') });
    expect(openingAt(night, at('2026-11-03T01:59'))).toMatchObject({ state: 'open', closesAt: at('2026-11-03T02:00') });
    expect(openingAt(night, at('2026-11-03T02:00'))).toMatchObject({ state: 'shut', opensAt: at('2026-11-09T22:00') });
  });

  test('around the clock it does not close; on a date that an exception shuts it does', () => {
    const always = store(week([[0, 1_440]]));
    expect(openingAt(always, at('2026-11-11T03:00'))).toMatchObject({ state: 'open', closesAt: null });
    const stocktaking = store(week([[0, 1_440]]), {
      exceptions: [{ date: '2026-11-12', spans: [], note: { zh: '盘点', en: 'Stocktaking' } }],
    });
    expect(openingAt(stocktaking, at('2026-11-11T03:00'))).toMatchObject({ closesAt: at('2026-11-12T00:00') });
    expect(openingAt(stocktaking, at('2026-11-12T03:00'))).toEqual({
      state: 'shut',
      closesAt: null,
      opensAt: at('2026-11-13T00:00'),
      cause: 'exception',
      note: { zh: '盘点', en: 'Stocktaking' },
    });
  });

  test('an exception comes before a holiday, a holiday before the weekday', () => {
    const calendar: Calendar = {
      zone: 'Asia/Shanghai',
      hours: { weekly: week([[540, 1_320]]), holiday: [[600, 1_080]] },
      exceptions: [{ date: '2027-01-01', spans: [[720, 780]], note: null }],
      holidays: new Set(['2027-01-01', '2027-01-02']),
    };
    expect(openingAt(calendar, at('2026-12-31T12:00'))).toMatchObject({ closesAt: at('2026-12-31T22:00') });
    expect(openingAt(calendar, at('2027-01-01T12:30'))).toMatchObject({
      closesAt: at('2027-01-01T13:00'),
      cause: 'exception',
    });
    expect(openingAt(calendar, at('2027-01-02T12:30'))).toMatchObject({
      closesAt: at('2027-01-02T18:00'),
      cause: 'holiday',
    });
  });

  test('without hours nothing is said, and with no day of opening none is promised', () => {
    expect(openingAt({ ...store(week([])), hours: null }, START).state).toBe('unknown');
    expect(openingAt(store(week([])), START)).toMatchObject({ state: 'shut', opensAt: null });
  });
});

describe('hours as a merchant writes them', () => {
  test('what is written is read back as it was', () => {
    fc.assert(
      fc.property(hours, fc.array(days, { maxLength: 3 }), (some, spans) => {
        const exceptions = spans.map((day, n) => ({ date: addDays('2026-12-24', n), spans: day, note: null }));
        expect(readHours(hoursText({ hours: some, exceptions }))).toEqual({ hours: some, exceptions });
      }),
    );
  });

  test.each([
    ['09:00-22:00', 'Mo-Su 09:00-22:00'],
    ['每天 9:00–22:00', 'Mo-Su 09:00-22:00'],
    ['24/7', 'Mo-Su 00:00-24:00'],
    ['24小时', 'Mo-Su 00:00-24:00'],
    ['周一至周五 09:00-21:30；周六、周日 10:00-次日2:00；节假日 休息', 'Mo-Fr 09:00-21:30; Sa-Su 10:00-02:00; PH off'],
    ['星期一到星期日 10:00~22:00', 'Mo-Su 10:00-22:00'],
    ['工作日 08:30-12:00，14:00-18:00；周末 休息', 'Mo-Fr 08:30-12:00,14:00-18:00; Sa-Su off'],
    ['Fr-Mo 22:00-02:00', 'Mo 22:00-02:00; Tu-Th off; Fr-Su 22:00-02:00'],
    [
      'Mo-Su 10:00-22:00; We off; 2026-12-25 12:00-15:00',
      'Mo-Tu 10:00-22:00; We off; Th-Su 10:00-22:00; 2026-12-25 12:00-15:00',
    ],
  ])('%s', (written, meant) => {
    const read = readHours(written);
    expect('hours' in read && hoursText(read)).toBe(meant);
  });

  test.each([
    '',
    ';',
    '9-22',
    '25:70-26:00',
    'Mo-Xx 09:00-22:00',
    '09:00',
    '随时',
    '10:00-14:00,12:00-18:00',
    'Mo 2026-13-01 off',
  ])('what cannot be read is told: %s', (written) => {
    expect(readHours(written)).toHaveProperty('fault');
  });

  test('a day keeps spans that are in order, apart and at most a day long', () => {
    expect(isDay([[0, 1_440]])).toBe(true);
    expect(isDay([[1_320, 1_560]])).toBe(true);
    expect(isDay([[600, 600]])).toBe(false);
    expect(
      isDay([
        [600, 700],
        [650, 800],
      ]),
    ).toBe(false);
    expect(isDay([[0, 1_441]])).toBe(false);
    expect(isDay([[1_440, 1_500]])).toBe(false);
    expect(
      isDay([
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ]),
    ).toBe(false);
  });
});
