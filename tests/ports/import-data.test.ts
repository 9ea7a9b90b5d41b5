import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { catalogueShape, productRead } from '../../lib/contracts/catalog.ts';
import { orderQuote, orderRead, orderSubmit } from '../../lib/contracts/order.ts';
import { paymentStart, sandboxPay } from '../../lib/contracts/payment.ts';
import { readCatalogue } from '../../server/catalog/catalog-store.ts';
import { isArt } from '../../server/publish/images.ts';
import { readPictureRows } from '../../server/publish/picture-rows.ts';
import { accepted } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { asGoogleText, asGoogleXml, asJsonArray, asShopify, catalogue } from '../support/import-catalogues.ts';
import { importText } from '../support/import-files.ts';
import { violations } from '../support/invariants.ts';
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

async function realCatalogue() {
  const lines = (await readFile(goodsFile, 'utf8')).trim().split('\n');
  const goods = lines.map((line) => JSON.parse(line) as LitemallGoods);
  const categories = broadCategories(await readFile(join(folder, 'litemall-categories.csv'), 'utf8'));
  const text = asRecords(goods, categories)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
  return { goods, text };
}

describe.skipIf(!isThere)(
  `239 real Chinese products${isThere ? '' : ' (not run: FESTA_DATA has no catalogue)'}`,
  () => {
    let edge: Edge;
    let goods: LitemallGoods[];
    let text: string;
    beforeAll(async () => {
      edge = await openEdge({ jobs: true });
      ({ goods, text } = await realCatalogue());
    });
    afterAll(() => edge?.close());

    test('come in with every SKU, price and count exact, and once more without a change', async () => {
      const report = await importText(edge.db, text);
      expect(report.problems).toEqual([]);
      expect(report.changes).toMatchObject({ products: { new: 239 }, skus: { new: 244 } });
      const rows = await edge.db.query<{ title: string; fen: number; on_hand: number; labels: string[] }>(
        `select p.title ->> 'zh' as title, s.price_fen as fen, l.on_hand,
              array(select v ->> 'label' from jsonb_array_elements(p.options) with ordinality o(option, n),
                      jsonb_path_query(option, '$.values[*]') v where v ->> 'id' = s.choice ->> (n::integer - 1)) as labels
         from product p join sku s on s.product_handle = p.handle join stock_level l on l.sku_id = s.id
        order by p.sort, s.sort`,
      );
      expect(rows.map(({ title, fen, on_hand, labels }) => [title, fen, on_hand, labels.length])).toEqual(
        goods.flatMap(({ name, specifications, skus }) =>
          skus.map(({ price, stock }) => [
            name,
            Number(price.replace('.', '')),
            stock,
            specifications.length > 1 ? 2 : 0,
          ]),
        ),
      );
      const again = await importText(edge.db, text);
      expect(again.changes).toEqual({
        products: { new: 0, updated: 0, unchanged: 239 },
        skus: { new: 0, updated: 0, unchanged: 244, unlisted: 0 },
        stock: { intakeUnits: 0, adjustedSkus: 0 },
        categories: { new: 0 },
      });
    });

    test('are all in what the pages are built from, each with a picture', async () => {
      const rows = await readPictureRows(edge.db);
      expect(rows.every(({ source }) => 'art' in source && isArt(source.art))).toBe(true);
      const pictures = new Map(rows.map(({ key }) => [key, { path: `/img/${key}`, color: '#FFFFFF' }]));
      const catalogue = catalogueShape.parse(await readCatalogue(edge.db, pictures));
      expect(catalogue.products.map(({ handle }) => handle).toSorted()).toEqual(
        goods.map(({ id }) => `litemall-${id}`).toSorted(),
      );
      expect(catalogue.products.every((product) => product.pictures.length > 0)).toBe(true);
      // A "compare at" price is told with the merchant's basis and crosses nothing out.
      const skus = catalogue.products.flatMap((product) => product.skus);
      expect(skus.every(({ offers }) => offers.length === 0)).toBe(true);
      expect(
        skus.filter(({ listPriceFen }) => listPriceFen !== null).every(({ listPriceBasis }) => listPriceBasis !== null),
      ).toBe(true);
    });

    test('can be bought: one with options, through the public API, at its price', async () => {
      const handle = `litemall-${goods.find(({ specifications }) => specifications.length > 1)?.id}`;
      const { browser, addressId } = await shopperAt(edge, '13900001111');
      const { product } = accepted(await browser.call(productRead, { handle }));
      const sku = product.skus[1]!;
      const lines = [{ skuId: sku.id, quantity: 2 }];
      const { quote } = accepted(await browser.call(orderQuote, { lines }));
      expect(quote.goodsFen).toBe(2 * sku.priceFen);
      const order = accepted(
        await browser.call(orderSubmit, { key: randomUUID(), lines, quoteVersion: quote.version, addressId }),
      );
      const { payUrl } = accepted(
        await browser.call(paymentStart, { key: randomUUID(), orderId: order.orderId, channel: 'sandbox' }),
      );
      const trade = new URL(payUrl, edge.origin).searchParams.get('trade');
      accepted(await browser.call(sandboxPay, { id: trade }));
      await vi.waitFor(
        async () => {
          const seen = accepted(await browser.call(orderRead, { id: order.orderId }));
          expect(seen.order).toMatchObject({ state: 'paid', paidFen: quote.totalFen });
        },
        { timeout: 15_000, interval: 100 },
      );
      // What was sold is not brought back by the same file.
      const again = await importText(edge.db, text);
      expect(again.changes?.stock).toEqual({ intakeUnits: 0, adjustedSkus: 0 });
      expect(await violations(edge.db)).toEqual([]);
    }, 40_000);
  },
);
