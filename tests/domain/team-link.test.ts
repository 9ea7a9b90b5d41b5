import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeIn, spokenCode, teamPath } from '../../lib/domain/sharing/team-link.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const codes = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 12, maxLength: 12 });

describe('codeIn', () => {
  test('A code comes back from its link, from the sentence that is copied, and as it is typed', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const link = `https://shop.example${teamPath(code)}`;
        expect(codeIn(link)).toBe(code);
        expect(codeIn(`https://shop.example/en/t/?from=singlemessage&c=${code}&isappinstalled=0#top`)).toBe(code);
        expect(codeIn(`【双11】¥20红包等你拆 复制打开 ${link} 快来`)).toBe(code);
        expect(codeIn(` ${spokenCode(code)} `)).toBe(code);
        expect(codeIn(`口令：${code}，快来`)).toBe(code);
      }),
    );
  });

  test('What is no code is none', () => {
    for (const text of ['', '红包', 'Ab12', 'https://shop.example/p/chaoyanghair', '?c=short', 'x'.repeat(13)]) {
      expect(codeIn(text), text).toBeNull();
    }
  });
});

test('A code is read out in groups of four', () => {
  expect(spokenCode('Ab12Cd34Ef56')).toBe('Ab12 Cd34 Ef56');
});
