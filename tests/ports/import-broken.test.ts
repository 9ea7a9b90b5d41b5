import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportOptions } from '../../server/publish/import/import.ts';
import { describe as sentence } from '../../server/publish/import/problem.ts';
import { importText } from '../support/import-files.ts';
import { testDatabase } from '../support/postgres.ts';

let fixture: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  fixture = await testDatabase();
  await importText(fixture.db, '{"handle":"taken","title":"已有商品","skus":[{"code":"TAKEN-1","price":"10"}]}');
});
afterAll(() => fixture.drop());

const CSV =
  'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price';
const TSV = 'id\ttitle\tprice\tavailability\titem_group_id\tcolor\tsale_price';
const XML = '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>';

async function shopIs() {
  const rows = await fixture.db.query<{ code: string }>('select code from sku order by code');
  return rows.map(({ code }) => code);
}

/** Imports a broken file, looks that nothing came in, and gives line, column and code of each problem. */
async function refusals(content: string | Uint8Array, options?: ImportOptions) {
  const report = await importText(fixture.db, content, options);
  expect(await shopIs()).toEqual(['TAKEN-1']);
  expect(report.changes).toBeNull();
  return report.problems.map(({ line, column, code }) => [line, column, code]);
}

describe('[IMP1] a broken row is refused with its line, its column and the reason', () => {
  test.each<[string, string[], [number, string | null, string][]]>([
    ['no handle', ['a,A,,,,,A1,1,10', ',B,,,,,B1,1,10'], [[3, 'Handle', 'handle_missing']]],
    ['no title', ['a,,,,,,A1,1,10'], [[2, null, 'title_missing']]],
    ['no price', ['a,A,,,,,A1,1,'], [[2, 'Variant Price', 'price_missing']]],
    ['a price of three decimals', ['a,A,,,,,A1,1,12.345'], [[2, 'Variant Price', 'price_precision']]],
    ['a negative price', ['a,A,,,,,A1,1,-5'], [[2, 'Variant Price', 'price_not_positive']]],
    ['a price in another currency', ['a,A,,,,,A1,1,$5'], [[2, 'Variant Price', 'currency_not_cny']]],
    ['half a unit', ['a,A,,,,,A1,1.5,10'], [[2, 'Variant Inventory Qty', 'stock_not_whole']]],
    ['a code used twice', ['a,A,,,,,A1,1,10', 'b,B,,,,,A1,1,10'], [[3, 'Variant SKU', 'duplicate_sku']]],
    ['a code of another product', ['a,A,,,,,TAKEN-1,1,10'], [[2, 'Variant SKU', 'sku_of_other_product']]],
    [
      'another option in a later row',
      ['a,A,颜色,红,,,A1,1,10', 'a,,尺码,蓝,,,A2,1,10'],
      [[3, 'Option1 Value', 'option_mismatch']],
    ],
    [
      'an option without a value',
      ['a,A,颜色,红,尺码,M,A1,1,10', 'a,,,蓝,,,A2,1,10'],
      [[3, 'Option1 Value', 'option_missing']],
    ],
    ['a value without an option', ['a,A,颜色,红,,大,A1,1,10'], [[2, 'Option1 Value', 'option_unnamed']]],
    [
      'the same combination twice',
      ['a,A,颜色,红,,,A1,1,10', 'a,,,红,,,A2,1,10'],
      [[3, 'Option1 Value', 'duplicate_choice']],
    ],
    ['more columns than the header', ['a,A,,,,,A1,1,10,x'], [[2, null, 'columns_too_many']]],
    [
      'text after a closing quote',
      ['a,"A"x,,,,,A1,1,10', 'b,B,,,,,B1,1,-1'],
      [
        [2, 'Title', 'quote_stray'],
        [3, 'Variant Price', 'price_not_positive'],
      ],
    ],
    [
      'rows after one with a line break in quotes',
      ['a,"A\nB",,,,,A1,1,10', 'b,B,,,,,B1,1,-1'],
      [[4, 'Variant Price', 'price_not_positive']],
    ],
    [
      'several faults in one row',
      ['a,A,,,,,A1,x,-1'],
      [
        [2, 'Variant Price', 'price_not_positive'],
        [2, 'Variant Inventory Qty', 'stock_not_whole'],
      ],
    ],
    [
      'pictures only',
      ['a,A,,,,,A1,1,10', 'b,,,,,,,,'],
      [
        [3, null, 'title_missing'],
        [3, null, 'sku_missing'],
      ],
    ],
  ])('%s', async (_what, rows, expected) => {
    expect(await refusals([CSV, ...rows].join('\r\n').replaceAll('A\r\nB', 'A\nB'))).toEqual(expected);
  });

  test('a fourth option', async () => {
    const header = `${CSV},Option3 Name,Option3 Value,Option4 Name,Option4 Value`;
    expect(await refusals(`${header}\na,A,a,1,b,2,A1,1,10,c,3,d,4`)).toEqual([
      [2, 'Option4 Value', 'too_many_options'],
    ]);
  });

  test.each<[string, string[], [number, string | null, string][]]>([
    ['no id', ['\tA\t10.00 CNY\tin stock\t\t\t'], [[2, 'id', 'handle_missing']]],
    ['another currency', ['a\tA\t10.00 USD\tin stock\t\t\t'], [[2, 'price', 'currency_not_cny']]],
    ['an availability that nobody knows', ['a\tA\t10 CNY\tsoon\t\t\t'], [[2, 'availability', 'availability_unknown']]],
    [
      'a sale price above the price',
      ['a\tA\t10 CNY\tin stock\t\t\t11 CNY'],
      [[2, 'sale_price', 'sale_price_not_lower']],
    ],
    [
      'two items of a group with nothing to tell them apart',
      ['a\tA\t10 CNY\tin stock\tg\tred\t', 'b\tA\t10 CNY\tin stock\tg\tred\t'],
      [[3, 'item_group_id', 'duplicate_choice']],
    ],
    [
      'an item of a group without the colour that the others have',
      ['a\tA\t10 CNY\tin stock\tg\tred\t', 'b\tA\t10 CNY\tin stock\tg\tblue\t', 'c\tA\t10 CNY\tin stock\tg\t\t'],
      [[4, 'item_group_id', 'option_missing']],
    ],
  ])('in a Google feed: %s', async (_what, rows, expected) => {
    expect(await refusals([TSV, ...rows].join('\n'))).toEqual(expected);
  });

  test('in JSON: the path inside the record is the column', async () => {
    const lines = [
      '{"title":"A","skus":[{"code":"A","price":"1"}]}',
      '{"handle":"b","title":"B","skus":[{"code":"B","price":12.5}]}',
      '{"handle":"c","title":"C","skus":[{"code":"C","price":"12.345"}],"colour":"red"}',
      '{"handle":"d","title":"D",',
      '{"handle":"e","title":"E","skus":[]}',
      '{"handle":"f","title":"F","skus":[{"code":"F","price":"1"}]}',
      '{"handle":"f","title":"F","skus":[{"code":"F2","price":"1"}]}',
      '{"handle":"g","title":"G","options":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}],"skus":[{"code":"G","price":"1"}]}',
    ];
    expect(await refusals(lines.join('\n'))).toEqual([
      [1, 'handle', 'handle_missing'],
      [2, 'skus[0].price', 'price_not_a_number'],
      [3, 'skus[0].price', 'price_precision'],
      [3, null, 'field_invalid'],
      [4, null, 'json_broken'],
      [5, 'skus', 'field_invalid'],
      [7, 'handle', 'duplicate_handle'],
      [8, 'options', 'too_many_options'],
    ]);
  });

  test('bytes that cannot be read are reported where they stand, in UTF-8 and in GB18030', async () => {
    const utf8 = Buffer.concat([
      Buffer.from(`${CSV}\na,纯棉四件套,,,,,A1,1,10\nb,水洗`),
      Buffer.from([0xe4, 0x22, 0x2c]),
      Buffer.from(',,,,B1,1,10\n'),
    ]);
    expect(await refusals(utf8)).toEqual([[3, 'Title', 'broken_bytes']]);
    // 双十一 in GB18030, then a lead byte before a comma.
    const gb = Buffer.concat([
      Buffer.from(`${CSV}\na,`),
      Buffer.from('cbabcaaed2bb', 'hex'),
      Buffer.from(',,,,,A1,1,10\nb,x'),
      Buffer.from([0xff]),
      Buffer.from(',,,,,B1,1,10\n'),
    ]);
    expect(await refusals(gb)).toEqual([[3, 'Title', 'broken_bytes']]);
  });
});

describe('[IMP1] a file that cannot be read on is given up with the line', () => {
  test.each<[string, string, [number, string | null, string]]>([
    ['an open quote', `${CSV}\na,A,,,,,A1,1,10\nb,"B,,,,,B1,1,10\nc,C,,,,,C1,1,10\n`, [3, null, 'quote_unterminated']],
    ['no rows', `${CSV}\n`, [1, null, 'file_empty']],
    ['nothing at all', '', [1, null, 'file_empty']],
    ['columns of something else', 'name,cost\nx,1\n', [1, null, 'format_unknown']],
    ['a header without prices', 'Handle,Title\na,A\n', [1, null, 'column_missing']],
    ['a header with a column twice', 'Handle,Title,Title,Variant Price\na,A,A,1\n', [1, null, 'column_repeated']],
    ['XML that is not closed', `${XML}\n<item><g:id>1</g:id>`, [2, null, 'xml_broken']],
    [
      'XML with an entity of its own',
      `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${XML}\n<item><title>&x;</title></item></channel></rss>`,
      [3, null, 'xml_broken'],
    ],
    ['a JSON array that ends in the middle', '[\n{"handle":"a"},\n{"handle":"b"', [3, null, 'json_unfinished']],
  ])('%s', async (_what, content, expected) => {
    for (const skipsBad of [false, true]) {
      const report = await importText(fixture.db, content, { skipsBad });
      expect(report.outcome).toBe('unusable');
      expect(await shopIs()).toEqual(['TAKEN-1']);
      expect(report.problems.map(({ line, column, code }) => [line, column, code]).at(-1)).toEqual(expected);
    }
  });
});

test('with --skip-bad the products without fault come in, and a product with one bad row stays out whole', async () => {
  const own = await testDatabase();
  const rows = [
    'a,A,颜色,红,,,A1,1,10',
    'a,,,蓝,,,A2,1,-1',
    'b,B,,,,,B1,1,10',
    ',C,,,,,C1,1,10',
    'd,D,,,,,B1,1,10',
    'e,E,,,,,E1,2,10',
  ];
  const report = await importText(own.db, [CSV, ...rows].join('\n'), { skipsBad: true });
  expect(report.outcome).toBe('applied');
  expect(report.problems.map(({ line, code }) => [line, code])).toEqual([
    [3, 'price_not_positive'],
    [5, 'handle_missing'],
    [6, 'duplicate_sku'],
  ]);
  expect(await own.db.query('select handle from product order by handle')).toEqual([{ handle: 'b' }, { handle: 'e' }]);
  expect(report.changes?.products).toEqual({ new: 2, updated: 0, unchanged: 0 });
  await own.drop();
});

test('a refusal is said in Chinese and in English, with its code', async () => {
  const report = await importText(fixture.db, `${CSV}\na,A,,,,,A1,1,12.345\n`);
  expect(report.problems.map(sentence)).toEqual([
    '第 2 行 line 2 · Variant Price · price_precision · “12.345”的小数超过两位，价格精确到分 / "12.345" has more than two decimals; prices are exact to the fen',
  ]);
});

test('addresses in a file are never fetched and markup never reaches the shop', async () => {
  const own = await testDatabase();
  const record = {
    handle: '../../etc/passwd',
    title: '<img src=x onerror=alert(1)>',
    description: '<script>alert(1)</script>',
    pictures: ['http://127.0.0.1:1/x.jpg', '../../secret.png'],
    skus: [{ code: '../x', price: '1' }],
  };
  const report = await importText(own.db, JSON.stringify(record));
  expect(report.outcome).toBe('applied');
  const [product] = await own.db.query<{ handle: string; pictures: unknown[] }>('select handle, pictures from product');
  expect(product?.handle).toMatch(/^etc-passwd-[0-9a-f]{10}$/);
  expect(product?.pictures).toEqual([]);
  await own.drop();
});
