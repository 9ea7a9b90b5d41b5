import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kolingIn, kolingOf } from '../../lib/domain/sharing/koling.ts';
import { kolingMessages } from '../../lib/messages/koling.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const sign = fc.constantFrom(...ALPHABET);
const codes = fc.string({ unit: sign, minLength: 17, maxLength: 17 });
const titles = fc.constantFrom('「朝阳」大闸蟹 6只装 ¥199起', 'Wool coat [M], $99 off £5', '月饼🥮礼盒', '');

const wide = (text: string) =>
  text
    .replaceAll(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
    .replaceAll('¥', '￥');
/** What chat apps, keyboards and screens have been seen to do to a text. */
const MANGLES: Readonly<Record<string, (text: string) => string>> = {
  nothing: (text) => text,
  'full-width letters': wide,
  'a space after every sign': (text) => [...text].join(' '),
  'line breaks': (text) => text.replaceAll(/(.{12})/gsu, '$1\r\n'),
  'emoji in between': (text) => text.replaceAll(/([A-Za-z0-9]{5})/g, '$1😀'),
  'emoji as words': (text) => text.replaceAll(/([A-Za-z0-9]{6})/g, '$1[微笑]'),
  'signs that nobody sees': (text) => [...text].join('\u200b'),
  'direction marks': (text) => `\u202b${text}\u202c`,
  'other currencies': (text) => text.replaceAll('¥', '€'),
  'no yuan signs': (text) => text.replaceAll('¥', ' '),
  'quoted by another': (text) => `「王小明：${text}」\n- - - - -\n看看这个`,
};

describe('kolingIn', () => {
  test('A koling comes through whatever chat apps do to its sentence, in both languages', () => {
    fc.assert(
      fc.property(codes, titles, fc.constantFrom(...Object.keys(MANGLES)), (code, title, mangle) => {
        for (const words of Object.values(kolingMessages)) {
          const text = words.text('Festa', title, kolingOf(code), 'festa.example');
          expect(kolingIn(MANGLES[mangle]?.(text) ?? ''), mangle).toEqual({ kind: 'code', code });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('A link of a share is as good as a koling', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(kolingIn(`快看 https://festa.example/s/${code}?utm_source=wechat 很好`)).toEqual({ kind: 'code', code });
        expect(kolingIn(`https://festa.example/s/${code}x`)).toBeNull();
      }),
    );
  });

  test('One wrong sign, two that changed places, and one that is missing are never another link', () => {
    fc.assert(
      fc.property(codes, fc.nat(18), sign, (code, at, other) => {
        const signs = [...kolingOf(code).slice(1, -1)];
        const sentence = (given: readonly string[]) => `Festa ¥${given.join('')}¥`;
        const missing = signs.filter((_, index) => index !== at);
        expect(kolingIn(sentence(missing))).toEqual({ kind: 'broken' });
        if (signs[at] !== other) expect(kolingIn(sentence(signs.with(at, other)))).toEqual({ kind: 'broken' });
        const [here = '', next = ''] = [signs[at], signs[at + 1]];
        if (next !== '' && here !== next) {
          expect(kolingIn(sentence(signs.with(at, next).with(at + 1, here)))).toEqual({ kind: 'broken' });
        }
      }),
    );
  });

  test('What people search for is no koling', () => {
    const searches = [
      '',
      'erji',
      '羊毛大衣',
      'Festa ¥99 到 ¥199 的礼物',
      'Festa: ¥99 for two, ¥199 for three',
      'iPhone15ProMax256GB',
      'ABCDEFGHIJKLMNOPQRS',
      '¥abcdefghijklmnopqrs¥',
      '13800138000',
      '?'.repeat(5_000),
    ];
    for (const text of searches) expect(kolingIn(text), text).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => kolingIn(text)?.kind !== 'code'));
  });
});
