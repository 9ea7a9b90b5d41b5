import { categoryOf, optionNameOf } from './categories.ts';
import type { DelimitedRow } from './csv.ts';
import {
  both,
  fieldChecks,
  isBroken,
  LIST_PRICE_BASIS,
  OPTIONS_MAX,
  oneLine,
  type Reading,
  type SkuFragment,
  TEXT_CHARS_MAX,
  TITLE_CHARS_MAX,
} from './fragment.ts';
import { htmlToText } from './html.ts';
import { parsePriceFen, parseUnits } from './price.ts';
import { type Problem, problem, shown, UnusableFile } from './problem.ts';

/** Column names of Shopify's product CSV: the long-standing export and the newer template beside it, in lower case. */
const COLUMNS = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'description'],
  vendor: ['vendor'],
  category: ['product category', 'standardized product type'],
  type: ['type', 'custom product type'],
  published: ['published', 'published on online store'],
  status: ['status'],
  sku: ['variant sku', 'sku'],
  stock: ['variant inventory qty', 'inventory quantity'],
  price: ['variant price', 'price'],
  compareAt: ['variant compare at price', 'compare-at price'],
  image: ['image src', 'product image url'],
} as const;
type Column = keyof typeof COLUMNS;

/** Where each column stands in this file. @throws UnusableFile when a necessary one is missing or one stands twice. */
function layoutOf(header: DelimitedRow) {
  const names = header.fields.map((name) => oneLine(name));
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    if (name === '') continue;
    if (places.has(name.toLowerCase())) throw new UnusableFile(header.line, 'column_repeated', { column: name });
    places.set(name.toLowerCase(), index);
  }
  const place = (column: Column) => COLUMNS[column].map((name) => places.get(name)).find((at) => at !== undefined);
  for (const column of ['handle', 'title', 'price'] as const) {
    if (place(column) === undefined) {
      throw new UnusableFile(header.line, 'column_missing', { column: column === 'price' ? 'Variant Price' : column });
    }
  }
  return { names, places, place };
}

/** A file name without its folder and query: addresses in a file are never fetched, only local files of that name. */
export function pictureNameOf(address: string): string {
  const path = address.trim().split(/[?#]/)[0] ?? '';
  const name = path.split(/[/\\]/).at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Reads rows of a Shopify product CSV: the first row of a handle carries the product, each row one variant or picture. */
export function shopifyRows(header: DelimitedRow) {
  const { names, places, place } = layoutOf(header);

  return (row: DelimitedRow): Reading => {
    const problems: Problem[] = [];
    const check = fieldChecks(row.line, problems);
    const at = (column: Column) => row.fields[place(column) ?? -1]?.trim() ?? '';
    const nameOf = (column: Column) => names[place(column) ?? -1] ?? COLUMNS[column][0];
    const option = (n: number, what: 'name' | 'value') =>
      oneLine(row.fields[places.get(`option${n} ${what}`) ?? -1] ?? '');

    const handle = check.handle(at('handle'), nameOf('handle'));
    if (row.stray) problems.push(problem(row.stray.line, names[row.stray.field] ?? null, 'quote_stray'));
    else if (row.fields.slice(names.length).some((value) => value.trim() !== '')) {
      problems.push(problem(row.line, null, 'columns_too_many', { found: row.fields.length, expected: names.length }));
    }
    for (const [index, value] of row.fields.entries()) {
      if (isBroken(value)) problems.push(problem(row.line, names[index] ?? null, 'broken_bytes'));
    }
    if (problems.length > 0) return { handle, fragment: null, problems, notes: [] };

    const title = oneLine(check.text(at('title'), nameOf('title'), TITLE_CHARS_MAX));
    const description = htmlToText(check.text(at('body'), nameOf('body'), TEXT_CHARS_MAX * 2));
    const category = at('type') || at('category');
    const vendor = oneLine(at('vendor'));
    const picture = pictureNameOf(at('image'));
    const status = at('status').toLowerCase();
    const saysListed = at('published') !== '' || status !== '';
    const isListed = !/^(false|no|0)$/i.test(at('published')) && (status === '' || status === 'active');

    const choice: { name: ReturnType<typeof optionNameOf> | null; value: string }[] = [];
    for (let n = 1; places.has(`option${n} value`); n++) {
      const [name, value] = [option(n, 'name'), option(n, 'value')];
      if (value === '' && (name === '' || n > 1)) continue;
      if (n > OPTIONS_MAX) {
        problems.push(
          problem(row.line, names[places.get(`option${n} value`) ?? -1] ?? null, 'too_many_options', {
            handle: at('handle'),
            max: OPTIONS_MAX,
          }),
        );
        break;
      }
      if (value.length > TITLE_CHARS_MAX) {
        problems.push(
          problem(row.line, names[places.get(`option${n} value`)!] ?? null, 'text_too_long', { max: TITLE_CHARS_MAX }),
        );
      }
      // Shopify's way to say "no options".
      if (/^default title$/i.test(value) && (name === '' || /^title$/i.test(name))) continue;
      choice.push({ name: name === '' ? null : optionNameOf(name), value });
    }

    const saysVariant = [at('sku'), at('price'), at('stock'), option(1, 'value')].some((value) => value !== '');
    const isVariant = saysVariant || (title !== '' && picture === '');
    let sku: SkuFragment | null = null;
    if (isVariant) {
      const price = parsePriceFen(at('price'));
      if (!price.ok)
        problems.push(problem(row.line, nameOf('price'), price.refusal.code, { value: shown(at('price')) }));
      // Shopify writes 0 where there is no such price.
      const compareAt = /^0*(\.0*)?$/.test(at('compareAt')) ? null : parsePriceFen(at('compareAt'));
      if (compareAt && !compareAt.ok) {
        problems.push(
          problem(row.line, nameOf('compareAt'), compareAt.refusal.code, { value: shown(at('compareAt')) }),
        );
      }
      // Shopify counts oversold variants below zero; nothing is there to sell.
      const stock = /^-\d+$/.test(at('stock')) ? 0 : parseUnits(at('stock'));
      if (stock === null && at('stock') !== '') {
        problems.push(problem(row.line, nameOf('stock'), 'stock_not_whole', { value: shown(at('stock')) }));
      }
      const code = check.code(at('sku').replace(/^'/, ''), nameOf('sku'));
      if (price.ok) {
        const listFen = compareAt?.ok && compareAt.value > price.value ? compareAt.value : null;
        sku = {
          code,
          choice,
          priceFen: price.value,
          listPriceFen: listFen,
          listPriceBasis: listFen === null ? null : LIST_PRICE_BASIS,
          stock,
          limitPerPerson: null,
          isListed: true,
          columns: { code: nameOf('sku'), choice: 'Option1 Value' },
        };
      }
    }
    if (problems.length > 0 || handle === null) return { handle, fragment: null, problems, notes: [] };
    return {
      handle,
      problems,
      notes: [],
      fragment: {
        line: row.line,
        handle,
        ...(title !== '' && { title: both(title) }),
        ...(description !== '' && { description: both(description) }),
        ...((title !== '' || category !== '') && { category: categoryOf(category) }),
        ...(vendor !== '' && { attributes: [{ name: optionNameOf('Vendor'), value: both(vendor) }] }),
        ...(picture !== '' && { pictures: [picture] }),
        ...(title !== '' && saysListed && { isListed }),
        skus: sku ? [sku] : [],
      },
    };
  };
}
