import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asGoogleText, asGoogleXml, asJsonArray, asShopify, catalogue } from '../support/import-catalogues.ts';
import { importText } from '../support/import-files.ts';
import { asRecords, broadCategories, type LitemallGoods } from '../support/litemall.ts';
import { testDatabase } from '../support/postgres.ts';

const folder = join(process.env.FESTA_DATA ?? '../shared/data', 'catalogue');
const goodsFile = join(folder, 'litemall-goods.jsonl');
const isThere = existsSync(goodsFile);

test('one catalogue brought in by one format is unchanged when it comes by any other', async () => {
  const { db, drop } = await testDatabase();
  let round = 0;
  await fc.assert(
    fc.asyncProperty(catalogue, async (all) => {
      const prefix = `r${round++}-`;
      const own = all.map((goods) => ({
        ...goods,
        handle: prefix + goods.handle,
        skus: goods.skus.map((sku) => ({ ...sku, code: prefix + sku.code })),
      }));
      const skuCount = own.reduce((sum, { skus }) => sum + skus.length, 0);
      const first = await importText(db, asShopify(own));
      expect([first.problems, first.changes?.skus.new]).toEqual([[], skuCount]);
      for (const text of [asGoogleText(own), asGoogleXml(own, 'rss'), asJsonArray(own), asShopify(own)]) {
        const again = await importText(db, text);
        expect([again.problems, again.notes]).toEqual([[], []]);
        expect(again.changes).toEqual({
          products: { new: 0, updated: 0, unchanged: own.length },
          skus: { new: 0, updated: 0, unchanged: skuCount, unlisted: 0 },
          stock: { intakeUnits: 0, adjustedSkus: 0 },
          categories: { new: 0 },
        });
      }
    }),
    { numRuns: 15 },
  );
  await drop();
}, 60_000);

test.skipIf(!isThere)(
  `239 real Chinese products come in with every SKU and price exact, and once more without a change${isThere ? '' : ' (not run: FESTA_DATA has no catalogue)'}`,
  async () => {
    const { db, drop } = await testDatabase();
    const goods = (await readFile(goodsFile, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LitemallGoods);
    const categories = broadCategories(await readFile(join(folder, 'litemall-categories.csv'), 'utf8'));
    const text = asRecords(goods, categories)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('');
    const report = await importText(db, text);
    expect(report.problems).toEqual([]);
    expect(report.changes).toMatchObject({ products: { new: 239 }, skus: { new: 244 } });

    const rows = await db.query<{ title: string; fen: number; on_hand: number; labels: string[] }>(
      `select p.title ->> 'zh' as title, s.price_fen as fen, l.on_hand,
              array(select v ->> 'label' from jsonb_array_elements(p.options) with ordinality o(option, n),
                      jsonb_path_query(option, '$.values[*]') v where v ->> 'id' = s.choice ->> (n::integer - 1)) as labels
         from product p join sku s on s.product_handle = p.handle join stock_level l on l.sku_id = s.id
        order by p.sort, s.sort`,
    );
    expect(rows.map(({ title, fen, on_hand }) => [title, fen, on_hand])).toEqual(
      goods.flatMap(({ name, skus }) => skus.map(({ price, stock }) => [name, Number(price.replace('.', '')), stock])),
    );

    const again = await importText(db, text);
    expect(again.changes).toEqual({
      products: { new: 0, updated: 0, unchanged: 239 },
      skus: { new: 0, updated: 0, unchanged: 244, unlisted: 0 },
      stock: { intakeUnits: 0, adjustedSkus: 0 },
      categories: { new: 0 },
    });
    await drop();
  },
);
