import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../server/publish/import/assemble.ts';
import { decodeText, detectEncoding } from '../../server/publish/import/bytes.ts';
import type { Fragment } from '../../server/publish/import/fragment.ts';
import { readRecords } from '../../server/publish/import/records.ts';
import {
  asGoogleText,
  asGoogleXml,
  asJsonArray,
  asJsonLines,
  asShopify,
  catalogue,
  type Goods,
} from '../support/import-catalogues.ts';
import { openerOf } from '../support/import-files.ts';

/** What a file comes to, without a database: products in order, and everything that was refused. */
async function read(content: string | Uint8Array, cut?: readonly number[]) {
  const open = openerOf(content, cut);
  const encoding = await detectEncoding(open());
  const fragments = new Map<string, Fragment[]>();
  const problems = [];
  for await (const readings of readRecords(decodeText(open(), encoding))) {
    for (const { fragment, problems: found } of readings) {
      problems.push(...found);
      if (fragment) fragments.set(fragment.handle, [...(fragments.get(fragment.handle) ?? []), fragment]);
    }
  }
  const made = [...fragments.values()].map(assemble);
  return {
    products: made.map(({ product }) => product),
    problems: [...problems, ...made.flatMap((one) => one.problems)],
  };
}

/** The parts of a product that every format says, in the words of the test. */
function plain(products: Awaited<ReturnType<typeof read>>['products']) {
  return products.map((product) => ({
    handle: product?.handle,
    title: product?.title.zh,
    description: product?.description?.zh ?? '',
    brand: product?.attributes?.find(({ name }) => name.en === 'Brand')?.value.zh,
    options: product?.options.map(({ name, values }) => ({ ...name, values: values.map(({ label }) => label.zh) })),
    skus: product?.skus.map(({ code, choice, priceFen, listPriceFen, stock }) => ({
      code,
      choice: choice.map((id, n) => product.options[n]?.values.find((value) => value.id === id)?.label.zh),
      priceFen,
      listFen: listPriceFen,
      stock,
    })),
  }));
}

const said = (all: readonly Goods[]) => all.map(({ category: _, ...goods }) => goods);

const FORMATS: [string, (all: readonly Goods[]) => string | Uint8Array][] = [
  ['a Shopify CSV', (all) => asShopify(all)],
  ['a Shopify CSV with CRLF and a byte order mark', (all) => `\uFEFF${asShopify(all, '\r\n')}`],
  ['a Shopify CSV in UTF-16', (all) => Buffer.from(`\uFEFF${asShopify(all)}`, 'utf16le')],
  ['a Google feed as text', asGoogleText],
  ['a Google feed as RSS', (all) => asGoogleXml(all, 'rss')],
  ['a Google feed as Atom', (all) => asGoogleXml(all, 'atom')],
  ['JSON Lines', asJsonLines],
  ['a JSON array', asJsonArray],
];

describe.each(FORMATS)('%s', (_name, write) => {
  test('says of any catalogue what was put into it', async () => {
    await fc.assert(
      fc.asyncProperty(catalogue, async (all) => {
        const { products, problems } = await read(write(all));
        expect(problems).toEqual([]);
        expect(plain(products)).toEqual(said(all));
      }),
      { numRuns: 60 },
    );
  });

  test('says the same however its bytes are cut', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(catalogue, sizes, async (all, cut) => {
        const content = write(all);
        expect(await read(content, cut)).toEqual(await read(content));
      }),
      { numRuns: 30 },
    );
  });
});
