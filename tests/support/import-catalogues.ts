import fc from 'fast-check';
import { oneLine } from '../../server/publish/import/fragment.ts';
import { tidyText } from '../../server/publish/import/html.ts';
import { delimited, table } from './import-files.ts';

/** A catalogue as every format can say it. */
export type Goods = {
  handle: string;
  title: string;
  description: string;
  brand: string;
  category: string;
  options: { zh: string; en: string; values: string[] }[];
  skus: { code: string; choice: string[]; priceFen: number; listFen: number | null; stock: number }[];
};

const CHARS = [
  '纯',
  '棉',
  '套',
  'a',
  'Z',
  '7',
  ' ',
  '，',
  ',',
  '"',
  "'",
  '&',
  '<',
  '>',
  ';',
  '\t',
  '℃',
  '🧧',
  '𠀀',
  'é',
];
const words = (max: number) => fc.string({ unit: fc.constantFrom(...CHARS), minLength: 1, maxLength: max });
const line = (max: number) =>
  words(max)
    .map(oneLine)
    .filter((text) => text !== '' && !text.startsWith("'"));
const paragraphs = fc.array(words(20), { maxLength: 4 }).map((lines) => tidyText(lines.join('\n')));
const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** One product; options differ over its SKUs, for a feed cannot say an option that does not. */
function goods(index: number): fc.Arbitrary<Goods> {
  const values = fc.uniqueArray(line(8), { minLength: 2, maxLength: 3, selector: (value) => value.toLowerCase() });
  return fc
    .record({
      title: line(30),
      description: paragraphs,
      brand: line(10),
      category: fc.constantFrom('服饰', '家居', 'Electronics', '小众好物'),
      colours: fc.option(values),
      sizes: fc.option(values),
      prices: fc.array(fc.tuple(fc.integer({ min: 1, max: 500_000 }), fc.nat(1000), fc.nat(50)), {
        minLength: 9,
        maxLength: 9,
      }),
    })
    .map(({ colours, sizes, prices, ...said }) => {
      const options = [
        ...(colours ? [{ zh: '颜色', en: 'Color', values: colours }] : []),
        ...(sizes ? [{ zh: '尺码', en: 'Size', values: sizes }] : []),
      ];
      const choices = options.reduce<string[][]>(
        (all, { values: more }) => all.flatMap((one) => more.map((value) => [...one, value])),
        [[]],
      );
      return {
        ...said,
        handle: `goods-${index}`,
        options,
        skus: choices.map((choice, at) => {
          const [priceFen, above, stock] = prices[at]!;
          return { code: `G${index}-${at}`, choice, priceFen, listFen: above > 500 ? priceFen + above : null, stock };
        }),
      };
    });
}

export const catalogue = fc
  .integer({ min: 1, max: 4 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, index) => goods(index))));

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const html = (text: string) => escaped(text).replaceAll('\n', '<br>');

export function asShopify(all: readonly Goods[], newline = '\n'): string {
  const records = all.flatMap(({ handle, title, description, brand, category, options, skus }) =>
    skus.map((sku, at) => ({
      Handle: handle,
      ...(at === 0 && {
        Title: title,
        'Body (HTML)': html(description),
        Vendor: brand,
        Type: category,
        Published: 'TRUE',
        Status: 'active',
      }),
      ...Object.fromEntries(
        options.length === 0
          ? [
              ['Option1 Name', at === 0 ? 'Title' : ''],
              ['Option1 Value', 'Default Title'],
            ]
          : options.flatMap(({ en }, n) => [
              [`Option${n + 1} Name`, at === 0 ? en : ''],
              [`Option${n + 1} Value`, sku.choice[n] ?? ''],
            ]),
      ),
      'Variant SKU': sku.code,
      'Variant Price': yuan(sku.priceFen),
      'Variant Compare At Price': sku.listFen === null ? '' : yuan(sku.listFen),
      'Variant Inventory Qty': String(sku.stock),
    })),
  );
  const header = [
    'Handle',
    'Title',
    'Body (HTML)',
    'Vendor',
    'Type',
    'Published',
    'Option1 Name',
    'Option1 Value',
    'Option2 Name',
    'Option2 Value',
    'Variant SKU',
    'Variant Inventory Qty',
    'Variant Price',
    'Variant Compare At Price',
    'Status',
  ];
  return delimited(table(header, records), ',', newline);
}

function items(all: readonly Goods[]) {
  return all.flatMap(({ handle, title, description, brand, category, options, skus }) =>
    skus.map((sku) => ({
      id: sku.code,
      item_group_id: handle,
      title,
      description: html(description),
      brand,
      product_type: category,
      price: `${yuan(sku.listFen ?? sku.priceFen)} CNY`,
      ...(sku.listFen !== null && { sale_price: `${yuan(sku.priceFen)} CNY` }),
      availability: sku.stock > 0 ? 'in stock' : 'out of stock',
      quantity: String(sku.stock),
      ...Object.fromEntries(options.map(({ en }, n) => [en.toLowerCase(), sku.choice[n] ?? ''])),
    })),
  );
}

export function asGoogleText(all: readonly Goods[]): string {
  const header = [
    'id',
    'item group id',
    'title',
    'description',
    'brand',
    'product type',
    'price',
    'sale price',
    'availability',
    'quantity',
    'color',
    'size',
  ];
  const records = items(all).map((item) =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [name.replaceAll('_', ' '), value])),
  );
  return delimited(table(header, records), '\t');
}

/** RSS and Atom say the same of each item. */
export function asGoogleXml(all: readonly Goods[], kind: 'rss' | 'atom'): string {
  const tag = kind === 'rss' ? 'item' : 'entry';
  const body = items(all).map((item) => {
    const fields = Object.entries(item).map(([name, value]) =>
      name === 'title'
        ? `<title>${escaped(value)}</title>`
        : name === 'description'
          ? `<g:description><![CDATA[${value}]]></g:description>`
          : `<g:${name}>${escaped(value)}</g:${name}>`,
    );
    return `<${tag}>\n${fields.join('\n')}\n</${tag}>`;
  });
  const inside = body.join('\n');
  return kind === 'rss'
    ? `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>shop</title>${inside}</channel></rss>`
    : `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>shop</title>${inside}</feed>`;
}

function records(all: readonly Goods[]) {
  return all.map(({ handle, title, description, brand, category, options, skus }) => ({
    handle,
    title,
    ...(description !== '' && { description }),
    category,
    attributes: [{ name: { zh: '品牌', en: 'Brand' }, value: brand }],
    options: options.map(({ zh, en }) => ({ name: { zh, en } })),
    skus: skus.map(({ code, choice, priceFen, listFen, stock }) => ({
      code,
      choice,
      price: { fen: priceFen },
      ...(listFen !== null && { listPrice: yuan(listFen) }),
      stock,
    })),
  }));
}

export function asJsonLines(all: readonly Goods[]): string {
  return records(all)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
}

export function asJsonArray(all: readonly Goods[]): string {
  return JSON.stringify(records(all), null, 2);
}
