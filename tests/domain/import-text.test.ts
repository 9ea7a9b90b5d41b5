import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, detectEncoding, type Encoding } from '../../server/publish/import/bytes.ts';
import { delimitedReader, delimiterOf } from '../../server/publish/import/csv.ts';
import { htmlToText } from '../../server/publish/import/html.ts';
import { parsePriceFen, parseUnits } from '../../server/publish/import/price.ts';
import { UnusableFile } from '../../server/publish/import/problem.ts';
import { jsonArrayReader } from '../../server/publish/import/splitter.ts';
import { delimited, openerOf } from '../support/import-files.ts';

async function decoded(bytes: Uint8Array, sizes: readonly number[]): Promise<{ encoding: Encoding; text: string }> {
  const open = openerOf(bytes, sizes);
  const encoding = await detectEncoding(open());
  let text = '';
  for await (const piece of decodeText(open(), encoding)) text += piece;
  return { encoding, text };
}

const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
/** As GB18030 writes it, with one character of four bytes; Node decodes this encoding and has no encoder for it. */
const GB18030 = Buffer.from('cbabcaaed2bb0ab4bfc3decbc4bcfeccd7a3ac323939d4aa95328236', 'hex');

describe('the encoding of a file', () => {
  test('UTF-8 is read with and without a byte order mark, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.boolean(), sizes, async (text, mark, cut) => {
        fc.pre(!text.includes('\uFEFF') && !text.includes('\u0000'));
        const bytes = Buffer.concat([
          mark ? Buffer.from([0xef, 0xbb, 0xbf]) : Buffer.alloc(0),
          Buffer.from(text, 'utf8'),
        ]);
        expect(await decoded(bytes, cut)).toEqual({ encoding: 'utf-8', text });
      }),
    );
  });

  test('UTF-16LE is known by its mark, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), sizes, async (text, cut) => {
        fc.pre(!text.startsWith('\uFEFF'));
        const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
        expect(await decoded(bytes, cut)).toEqual({ encoding: 'utf-16le', text });
      }),
    );
  });

  test('GB18030 is what is not UTF-8, however the file is cut', async () => {
    const expected = { encoding: 'gb18030', text: '双十一\n纯棉四件套，299元𠀀' };
    for (let size = 1; size <= GB18030.length; size++) expect(await decoded(GB18030, [size])).toEqual(expected);
  });

  test('a few broken bytes do not make a UTF-8 file another encoding', async () => {
    const text = Buffer.from('纯棉四件套，水洗，刺绣\n第二行的文字也在这里', 'utf8');
    const broken = Buffer.concat([text, Buffer.from([0xff, 0x0a]), text]);
    const read = await decoded(broken, [5]);
    expect(read.encoding).toBe('utf-8');
    expect(read.text.split('\uFFFD')).toHaveLength(2);
  });
});

function rowsOf(text: string, cut: readonly number[], delimiter: ',' | '\t' = ',') {
  const reader = delimitedReader(delimiter);
  const rows = [];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = cut[turn % cut.length] ?? 1;
    rows.push(...reader.push(text.slice(at, at + size)));
    at += size;
  }
  return [...rows, ...reader.end()];
}

describe('delimited text', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\t', '\n', ' ', '1'), maxLength: 8 });
  const newline = fc.constantFrom('\n', '\r\n', '\r');

  test('what is written is read back, with the line of each row, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        newline,
        sizes,
        (table, end, cut) => {
          const wanted = table.filter((row) => row.some((value) => value.trim() !== ''));
          const text = delimited(table, ',', end);
          const rows = rowsOf(text, cut);
          expect(rows.map(({ fields }) => fields)).toEqual(wanted);
          let line = 1;
          const lines = [];
          for (const row of table) {
            if (row.some((value) => value.trim() !== '')) lines.push(line);
            line += 1 + row.join('').split('\n').length - 1;
          }
          expect(rows.map((row) => row.line)).toEqual(lines);
        },
      ),
    );
  });

  test('characters after a closing quote spoil their row only, and the row says which field', () => {
    const rows = rowsOf('a,b\n1,"two" x,3\n4,"5"\n', [3]);
    expect(rows.map(({ line, stray }) => [line, stray])).toEqual([
      [1, null],
      [2, { line: 2, field: 1 }],
      [3, null],
    ]);
  });

  test('a quote that is never closed is reported with the line where it began', () => {
    const text = 'a,b\n"x\ny",2\n3,"open\n4,5\n6,7\n';
    for (const size of [1, 2, 5, 100]) {
      expect(() => rowsOf(text, [size])).toThrow(UnusableFile);
      try {
        rowsOf(text, [size]);
      } catch (error) {
        expect((error as UnusableFile).problem).toMatchObject({ line: 4, code: 'quote_unterminated' });
      }
    }
  });

  test('the separator is told from the header', () => {
    expect(delimiterOf('Handle,Title,"a;b;c;d;e"')).toBe(',');
    expect(delimiterOf('id\ttitle\tprice, in yuan')).toBe('\t');
    expect(delimiterOf('Handle;Title;Variant Price')).toBe(';');
  });
});

describe('a JSON array', () => {
  test('is split into its elements with their lines, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 }),
        fc.boolean(),
        sizes,
        (values, pretty, cut) => {
          const text = JSON.stringify(values, null, pretty ? 2 : 0);
          const reader = jsonArrayReader();
          const read = [];
          for (let at = 0, turn = 0; at < text.length; turn++) {
            const size = cut[turn % cut.length] ?? 1;
            read.push(...reader.push(text.slice(at, at + size)));
            at += size;
          }
          read.push(...reader.end());
          expect(read.map((one) => JSON.parse(one.text))).toEqual(JSON.parse(text));
          if (!pretty) expect(read.every((one) => one.line === 1)).toBe(true);
        },
      ),
    );
  });

  test('an element that never ends gives up the file with its line', () => {
    const reader = jsonArrayReader();
    reader.push('[\n{"a":1},\n{"b":"');
    expect(() => reader.end()).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ line: 3, code: 'json_unfinished' }) }),
    );
  });
});

describe('a price', () => {
  test.each([
    ['1299', 129900],
    ['1,299.00', 129900],
    ['¥1299', 129900],
    ['￥ 1,299.5', 129950],
    ['1299.00 CNY', 129900],
    ['CNY 0.01', 1],
    ['１２９９元', 129900],
    ['99999999.99', 9999999999],
  ])('%s is %d fen', (written, fen) => {
    expect(parsePriceFen(written)).toEqual({ ok: true, value: fen });
  });

  test.each([
    ['', 'price_missing'],
    ['12.345', 'price_precision'],
    ['-5', 'price_not_positive'],
    ['0', 'price_not_positive'],
    ['0.00', 'price_not_positive'],
    ['1,29', 'price_not_a_number'],
    ['1.299,00', 'price_not_a_number'],
    ['1 299', 'price_not_a_number'],
    ['abc', 'price_not_a_number'],
    ['1e3', 'price_not_a_number'],
    ['12.00 USD', 'currency_not_cny'],
    ['$12', 'currency_not_cny'],
    ['100000000', 'price_too_large'],
    ['9'.repeat(40), 'price_too_large'],
  ])('“%s” is refused: %s', (written, code) => {
    expect(parsePriceFen(written)).toEqual({ ok: false, refusal: { code } });
  });

  test('every whole number of fen is read back from the way it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.boolean(), (fen, grouped) => {
        const yuan = Math.floor(fen / 100);
        const written = `${grouped ? yuan.toLocaleString('en-US') : yuan}.${String(fen % 100).padStart(2, '0')}`;
        expect(parsePriceFen(written)).toEqual({ ok: true, value: fen });
      }),
    );
  });

  test('a count of units is whole and not negative', () => {
    expect(['12', '1,200', '0', '3.0', '-1', '1.5', 'many', ''].map(parseUnits)).toEqual([
      12,
      1200,
      0,
      3,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('HTML in a text', () => {
  test.each([
    ['<p>第一段</p><p>第二段</p>', '第一段\n\n第二段'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<ul><li>一</li><li>二</li></ul>', '· 一\n\n· 二'],
    ['5 &lt; 6 &amp;&nbsp;7 &#65; &#x4e2d;', '5 < 6 & 7 A 中'],
    ['<script>alert("x")</script>好<style>p{}</style>', '好'],
    ['<img src=x onerror="alert(1)">图', '图'],
    ['<a title="a>b" href="javascript:x">字</a>', '字'],
    ['小于 < 5 的', '小于 < 5 的'],
    ['好<!-- 注释 --> 的', '好 的'],
    ['开头<!-- 没有结束', '开头'],
    ['&lt;script&gt;', '<script>'],
    ['纯文本\n两行', '纯文本\n两行'],
  ])('%s reads as text', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test('never leaves a tag standing, and takes time in proportion to the length', () => {
    const tag = fc.constantFrom(
      '<b>',
      '</b>',
      '<script>',
      '</script>',
      '<',
      '>',
      '"',
      "'",
      '<!--',
      '-->',
      'x',
      '<p class="',
      '&lt',
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 40 }), (parts) => {
        expect(htmlToText(parts.join(''))).not.toMatch(/<\/?(script|b|p)\b[^<]*>/);
      }),
    );
    const started = performance.now();
    htmlToText('<script>'.repeat(20_000));
    htmlToText('<p "'.repeat(20_000));
    htmlToText('<!--'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
