import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYuan, yuanInput } from '../../lib/domain/money/parse-yuan.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';

test.each([
  ['99', 9_900],
  ['99.5', 9_950],
  [' ¥1,299.00 ', 129_900],
  ['0.01', 1],
  ['12,99', null],
  ['99.999', null],
  ['-1', null],
  ['0', null],
  ['1e3', null],
  ['', null],
])('%j is %s fen', (text, fen) => {
  expect(parseYuan(text)).toBe(fen);
});

test('what a text box shows is read back as the same amount', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (fen) => parseYuan(yuanInput(fen)) === fen));
});

test('a minute in Beijing is read back as the same moment', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 66_000_000 }), (minutes) => {
      return fromBeijingInput(toBeijingInput(minutes * 60_000)) === minutes * 60_000;
    }),
  );
  expect(toBeijingInput(Date.parse('2026-11-10T16:00:00Z'))).toBe('2026-11-11T00:00');
  expect(fromBeijingInput('soon')).toBeNull();
});
