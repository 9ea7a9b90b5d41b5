import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { delimited, importText, table } from '../support/import-files.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';

type Fixture = Awaited<ReturnType<typeof testDatabase>>;
let fixture: Fixture;
beforeEach(async () => {
  fixture = await testDatabase();
});
afterEach(() => fixture.drop());

const SHOPIFY = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Product Category',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option1 Linked To',
  'Option2 Name',
  'Option2 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Image Src',
  'Image Position',
  'Status',
];
const shopify = (records: readonly Record<string, string>[], newline = '\n') =>
  delimited(table(SHOPIFY, records), ',', newline);

const TEE: Record<string, string>[] = [
  {
    Handle: 'red-tee',
    Title: '纯棉T恤',
    'Body (HTML)': '<p>柔软 &amp; 透气</p><ul><li>机洗</li></ul><script>alert(1)</script>',
    Vendor: '小店',
    'Product Category': 'Apparel & Accessories > Clothing',
    Published: 'TRUE',
    'Option1 Name': 'Color',
    'Option1 Value': '红',
    'Option2 Name': 'Size',
    'Option2 Value': 'M',
    'Variant SKU': 'TEE-R-M',
    'Variant Inventory Qty': '10',
    'Variant Price': '¥1,299.00',
    'Variant Compare At Price': '1599',
    'Image Src': 'https://cdn.example/a.jpg?v=1',
    Status: 'active',
  },
  {
    Handle: 'red-tee',
    'Option1 Value': '红',
    'Option2 Value': 'L',
    'Variant SKU': 'TEE-R-L',
    'Variant Inventory Qty': '5',
    'Variant Price': '1299.5',
  },
  { Handle: 'red-tee', 'Image Src': 'https://cdn.example/b.jpg', 'Image Position': '2' },
];

async function stockOf(code: string) {
  const [row] = await fixture.db.query<{ on_hand: number; reserved: number; sold: number; version: number }>(
    'select l.on_hand, l.reserved, l.sold, l.version from stock_level l join sku s on s.id = l.sku_id where s.code = $1',
    [code],
  );
  return row;
}

describe('a Shopify export', () => {
  test('comes in as one product with its variants, plain text, prices in fen and stock with a move', async () => {
    const report = await importText(fixture.db, shopify(TEE));
    expect(report.problems).toEqual([]);
    expect(report.outcome).toBe('applied');
    expect(report.changes).toMatchObject({ products: { new: 1 }, skus: { new: 2 }, stock: { intakeUnits: 15 } });
    const [product] = await fixture.db.query<Record<string, unknown>>('select * from product');
    expect(product).toMatchObject({
      handle: 'red-tee',
      category_id: 'apparel',
      title: { zh: '纯棉T恤', en: '纯棉T恤' },
      description: { zh: '柔软 & 透气\n\n· 机洗' },
      attributes: [{ name: { zh: '品牌', en: 'Brand' }, value: { zh: '小店', en: '小店' } }],
      pictures: [],
      is_listed: true,
    });
    expect(product?.options).toMatchObject([
      { name: { zh: '颜色', en: 'Color' } },
      { name: { zh: '尺码', en: 'Size' } },
    ]);
    const skus = await fixture.db.query(
      'select code, price_fen, list_price_fen, list_price_basis, shelf, slot from sku order by sort',
    );
    expect(skus).toEqual([
      {
        code: 'TEE-R-M',
        price_fen: 129900,
        list_price_fen: 159900,
        list_price_basis: '商家填写的参考价，非成交价',
        shelf: 'apparel-1',
        slot: 0,
      },
      { code: 'TEE-R-L', price_fen: 129950, list_price_fen: null, list_price_basis: null, shelf: 'apparel-1', slot: 1 },
    ]);
    expect(await stockOf('TEE-R-M')).toMatchObject({ on_hand: 10, reserved: 0, sold: 0 });
    expect(await violations(fixture.db)).toEqual([]);
  });

  test('[IMP2] imported twice changes nothing, whatever was sold in between', async () => {
    await importText(fixture.db, shopify(TEE));
    await fixture.db.query(
      `update stock_level set on_hand = 6, reserved = 2, sold = 4 where sku_id = (select id from sku where code = 'TEE-R-M')`,
    );
    const before = await fixture.db.query('select * from sku order by id');
    const report = await importText(fixture.db, shopify(TEE));
    expect(report.changes).toMatchObject({
      products: { new: 0, updated: 0, unchanged: 1 },
      skus: { new: 0, updated: 0, unchanged: 2, unlisted: 0 },
      stock: { intakeUnits: 0, adjustedSkus: 0 },
    });
    expect(await stockOf('TEE-R-M')).toMatchObject({ on_hand: 6, reserved: 2, sold: 4 });
    expect(await fixture.db.query('select * from sku order by id')).toEqual(before);
    expect(await fixture.db.query('select * from price_history')).toHaveLength(2);
  });

  test('[IMP2] with a new price and count writes history and an adjustment, and never goes below what orders hold', async () => {
    await importText(fixture.db, shopify(TEE));
    await fixture.db.query(
      `with held as (
         insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, expires_at)
         select 'rsv_1', 'ord_1', id, 'central', 'somebody', 7, now() + interval '5 minutes' from sku where code = 'TEE-R-M'
         returning sku_id)
       , moved as (
         insert into stock_move (sku_id, location_id, kind, quantity, reference)
         select sku_id, 'central', 'reserve', 7, 'rsv_1' from held)
       update stock_level set reserved = 7 where sku_id in (select sku_id from held)`,
    );
    const changed = [
      { ...TEE[0], Title: '纯棉短袖', 'Variant Price': '999', 'Variant Inventory Qty': '2' },
      { ...TEE[1], 'Variant Inventory Qty': '50' },
    ];
    const report = await importText(fixture.db, shopify(changed));
    expect(report.changes).toMatchObject({
      products: { updated: 1 },
      skus: { updated: 1, unchanged: 1 },
      stock: { adjustedSkus: 2 },
    });
    expect(report.notes).toEqual([
      { line: 2, column: null, code: 'stock_clamped', facts: { code: 'TEE-R-M', wanted: 2, reserved: 7 } },
    ]);
    expect(await stockOf('TEE-R-M')).toMatchObject({ on_hand: 7, reserved: 7, version: 1 });
    expect(await stockOf('TEE-R-L')).toMatchObject({ on_hand: 50 });
    expect(await violations(fixture.db)).toEqual([]);
    const history = await fixture.db.query<{ price_fen: number; open: boolean }>(
      `select h.price_fen, valid_to is null as open from price_history h join sku s on s.id = h.sku_id
        where s.code = 'TEE-R-M' order by valid_from`,
    );
    expect(history).toEqual([
      { price_fen: 129900, open: false },
      { price_fen: 99900, open: true },
    ]);
  });

  test('in its newer columns, with CRLF, gives the same shop', async () => {
    await importText(fixture.db, shopify(TEE));
    const rename: Record<string, string> = {
      Handle: 'URL handle',
      'Body (HTML)': 'Description',
      Published: 'Published on online store',
      'Option1 Name': 'Option1 name',
      'Option1 Value': 'Option1 value',
      'Option2 Name': 'Option2 name',
      'Option2 Value': 'Option2 value',
      'Variant SKU': 'SKU',
      'Variant Inventory Qty': 'Inventory quantity',
      'Variant Price': 'Price',
      'Variant Compare At Price': 'Compare-at price',
      'Image Src': 'Product image URL',
      'Product Category': 'Product category',
    };
    const header = SHOPIFY.map((name) => rename[name] ?? name);
    const text = delimited([header, ...table(SHOPIFY, TEE).slice(1)], ',', '\r\n');
    const report = await importText(fixture.db, text);
    expect(report.problems).toEqual([]);
    expect(report.changes).toMatchObject({ products: { unchanged: 1 }, skus: { unchanged: 2 } });
  });

  test('whose product lost a variant takes it off the shop and keeps its row', async () => {
    await importText(fixture.db, shopify(TEE));
    const report = await importText(fixture.db, shopify([TEE[0]!]));
    expect(report.changes?.skus).toEqual({ new: 0, updated: 0, unchanged: 1, unlisted: 1 });
    expect(report.notes).toMatchObject([{ code: 'sku_unlisted', facts: { code: 'TEE-R-L' } }]);
    expect(await fixture.db.query('select code, is_listed from sku order by code')).toEqual([
      { code: 'TEE-R-L', is_listed: false },
      { code: 'TEE-R-M', is_listed: true },
    ]);
  });
});

test('[IMP1] a dry run says what would change and changes nothing', async () => {
  const report = await importText(fixture.db, shopify(TEE), { isDryRun: true });
  expect(report.outcome).toBe('dry');
  expect(report.changes).toMatchObject({ products: { new: 1 }, skus: { new: 2 } });
  for (const name of ['product', 'sku', 'category', 'stock_level', 'stock_move', 'price_history']) {
    expect(await fixture.db.query(`select * from ${name}`), name).toEqual([]);
  }
});
