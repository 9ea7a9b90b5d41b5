import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../lib/domain/csv.ts';
import { bulkDate, bulkHeader, bulkRow } from '../../lib/domain/sharing/bulk-links.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import { toEpochMs } from '../../lib/domain/time.ts';
import { delimitedReader } from '../../server/publish/import/csv.ts';

const fieldsOf = (text: string) => {
  const reader = delimitedReader(',');
  return [...reader.push(text.replace(/^\uFEFF/, '')), ...reader.end()].map(({ fields }) => fields);
};

test('what was written as CSV is read as it was, but that nothing in it is a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('=1+1', '"', ',', '\r\n', ' a ', '-5'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.integer()), { minLength: 1 }), (rows) => {
      const safe = rows.map(([a, b, n]) => [`x${a}`, `y${b}`, n] as const);
      const lines = fieldsOf(csvText(['a', 'b', 'n'], safe));
      // Line ends inside a field are kept as they are, except that the reader writes CR and CRLF as LF.
      const same = (text: string) => text.replaceAll(/\r\n?/g, '\n');
      expect(lines.slice(1).map(([a, b]) => [same(a ?? ''), same(b ?? '')])).toEqual(
        safe.map(([a, b]) => [same(a), same(b)]),
      );
      expect(lines.slice(1).map(([, , n]) => Number(n))).toEqual(safe.map(([, , n]) => n));
      for (const fields of fieldsOf(csvText(['a', 'b', 'n'], rows)).slice(1)) {
        for (const text of fields.slice(0, 2)) expect(text.trimStart()).not.toMatch(/^[=+\-@|%\t\r]/);
      }
    }),
  );
});

test.each(["=cmd|'/c calc'!A1", '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00A0=1', '＝1+1', '|x', '%0A=1'])(
  'a cell that says %j is text in every spreadsheet',
  (given) => {
    expect(fieldsOf(csvText(['a'], [[given]]))[1]?.[0]).toMatch(/^'/);
  },
);

test('numbers of ours stay numbers, also below zero, and nothing is an empty cell', () => {
  expect(csvText(['a', 'b', 'c'], [[-5, 1.5, null]])).toBe('\uFEFFa,b,c\r\n-5,1.5,\r\n');
});

test('[T-16] a name is shown without what turns, hides or piles up, and never when it is a number to call', () => {
  expect(shownName('小明')).toBe('小明');
  expect(shownName("  Ann-Marie  O'Neil ")).toBe("Ann-Marie O'Neil");
  expect(shownName('\u202Eevil\u202C')).toBe('evil');
  expect(shownName('小\u200B明\u2060\uFEFF')).toBe('小明');
  expect(shownName('\u200B\u200D\u3164')).toBeNull();
  expect(shownName('<img src=x>')).toBe('img srcx');
  expect(shownName(`z${'\u0301'.repeat(40)}`)).toBe('z\u0301'.normalize('NFKC') + '\u0301\u0301'.slice(0, 2));
  expect(shownName('\u02D8\u2F00')).toBe('一');
  expect(shownName('加我 １３８-0013-8000')).toBeNull();
  expect(shownName('名'.repeat(80))).toBe('名'.repeat(20));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
      const name = shownName(given);
      if (name === null) return;
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}<>"&=@]/u);
      expect(shownName(name)).toBe(name);
    }),
    { numRuns: 2_000 },
  );
});

const NOW = toEpochMs(Date.UTC(2026, 10, 1));
const row = (header: string[], fields: string[]) => bulkRow(bulkHeader(header).columns, fields, NOW);
const faultsOf = (judged: ReturnType<typeof row>) =>
  'faults' in judged ? judged.faults.map(({ fault }) => fault) : [];

test('a header is understood in both languages and in any order; what it lacks or has twice is said', () => {
  expect(bulkHeader(['\uFEFF渠道', 'UTM Source', '落地页', ''])).toEqual({
    columns: ['channel', 'utm_source', 'landing', null],
    faults: [],
  });
  expect(bulkHeader(['landing', 'page', 'colour']).faults.map(({ column, fault }) => [column, fault])).toEqual([
    ['page', 'double_column'],
    ['colour', 'unknown_column'],
  ]);
  expect(bulkHeader(['channel']).faults.map(({ fault }) => fault)).toEqual(['no_landing_column']);
});

test('[T-25] a row is a link of ours with clean tags, or all of its faults', () => {
  expect(
    row(
      ['landing', 'channel', 'utm_source', 'note', 'expires_at'],
      ['/p/p-tea', '小红书', 'KOL <b>', '第一批', '2026-11-11'],
    ),
  ).toEqual({
    link: {
      landing: '/p/p-tea',
      channel: '小红书',
      utmSource: 'kol b',
      utmMedium: null,
      utmCampaign: null,
      utmTerm: null,
      utmContent: null,
      note: '第一批',
      expiresAt: Date.UTC(2026, 10, 11, 16),
    },
  });
  for (const landing of [
    'javascript:alert(1)',
    '//evil.example',
    'https://evil.example/',
    '/ops',
    '/s/a1B2c3D4e5F6g7H8i',
    '/\\evil',
  ]) {
    expect(faultsOf(row(['landing'], [landing]))).toEqual(['not_our_page']);
  }
  expect(
    faultsOf(
      row(
        ['landing', 'utm_source', 'utm_medium', 'note', 'expires_at'],
        ['', '\u202E<>', 'x'.repeat(2_048), 'n'.repeat(201), '11/11', 'more'],
      ),
    ),
  ).toEqual(['too_many_fields', 'missing', 'tag_unusable', 'tag_unusable', 'note_too_long', 'not_a_date']);
  expect(faultsOf(row(['landing', 'expires_at'], ['/', '2026-10-01']))).toEqual(['date_is_past']);
});

test('dates are read as people in China write them, and days that there are not are none', () => {
  expect(bulkDate('2026-11-11')).toBe(Date.UTC(2026, 10, 11, 16));
  expect(bulkDate('2026/11/11 20:00')).toBe(Date.UTC(2026, 10, 11, 12));
  expect(bulkDate('2026-11-11T20:00:00Z')).toBe(Date.UTC(2026, 10, 11, 20));
  expect(bulkDate('2026-11-11T20:00:00+09:30')).toBe(Date.UTC(2026, 10, 11, 10, 30));
  for (const none of ['2026-02-30', '2026-13-01', '2026-11-11 25:00', '11-11', '明天', '1970-01-01', '9999-12-31']) {
    expect([none, bulkDate(none)]).toEqual([none, null]);
  }
});
