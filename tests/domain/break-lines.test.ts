import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakLines } from '../../lib/domain/sharing/break-lines.ts';

/** Chinese is one wide, letters half: as fonts have it, roughly. */
const widthOf = (text: string) =>
  [...text].reduce((sum, sign) => sum + (/\p{M}/u.test(sign) ? 0 : (sign.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1), 0);
const FAMILY = '👨\u200d👩\u200d👧';
const lines = (text: string, widthMax: number, linesMax = 99) => breakLines(text, { widthMax, linesMax, widthOf });

describe('breakLines', () => {
  test('Chinese is parted between signs, and no line begins or ends with the wrong punctuation', () => {
    expect(lines('朝阳大闸蟹，六只装', 5)).toEqual(['朝阳大闸', '蟹，六只装']);
    expect(lines('买一送一（限今天）的蟹', 5)).toEqual(['买一送一', '（限今天）', '的蟹']);
    expect(lines('只要¥99.50一份', 4)).toEqual(['只要', '¥99.50一', '份']);
  });

  test('Words stay whole, a space is at no end, and a word that is wider than the line is parted', () => {
    expect(lines('Wool blend coat for winter', 5)).toEqual(['Wool blend', 'coat for', 'winter']);
    expect(lines('Festa 狂欢节大衣', 4)).toEqual(['Festa 狂', '欢节大衣']);
    expect(lines('abcdefghij', 2)).toEqual(['abcd', 'efgh', 'ij']);
    expect(lines('双\u200d 十', 2)).toEqual(['双\u200d', '十']);
  });

  test('What does not fit ends with an ellipsis within the width', () => {
    expect(lines('一二三四五六七八九十', 4, 2)).toEqual(['一二三四', '五六七…']);
    expect(lines('', 4, 2)).toEqual([]);
  });

  test('However long and mixed the text: every line fits, and nothing of it is lost before the ellipsis', () => {
    const texts = fc.string({
      unit: fc.constantFrom(...'双十一，。（）ab1 ¥%é', 'e\u0301', FAMILY),
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (text, widthMax, linesMax) => {
          const whole = lines(text, widthMax);
          const bare = (given: string) => given.replaceAll(/\s/g, '');
          expect(bare(whole.join(''))).toBe(bare(text));
          for (const line of whole) {
            expect(line).toBe(line.trim());
            // One sign may be wider than the line; the longest is a family.
            if ([...line].length > [...FAMILY].length) expect(widthOf(line)).toBeLessThanOrEqual(widthMax);
          }
          const cut = lines(text, widthMax, linesMax);
          expect(cut.length).toBeLessThanOrEqual(linesMax);
          if (whole.length > linesMax) {
            expect(cut.at(-1)).toMatch(/…$/);
            expect(bare(text).startsWith(bare(cut.join('')).slice(0, -1))).toBe(true);
          } else expect(cut).toEqual(whole);
        },
      ),
    );
  });
});
