import { categoryOf, optionNameOf } from './categories.ts';
import {
  both,
  fieldChecks,
  isBroken,
  LIST_PRICE_BASIS,
  oneLine,
  type Reading,
  TEXT_CHARS_MAX,
  TITLE_CHARS_MAX,
} from './fragment.ts';
import { htmlToText } from './html.ts';
import { parsePriceFen, parseUnits } from './price.ts';
import { type Note, type Problem, problem, shown, UnusableFile } from './problem.ts';
import { pictureNameOf } from './shopify.ts';

/** Attributes that tell the variants of one item group apart; option names in the shop. */
const VARIANT_ATTRIBUTES = ['color', 'size', 'material', 'pattern', 'gender', 'age_group'] as const;

/** Units on sale by `availability`; null: there are some, the feed does not say how many. */
const AVAILABILITY: Readonly<Record<string, number | null>> = {
  in_stock: null,
  limited_availability: null,
  out_of_stock: 0,
  preorder: 0,
  backorder: 0,
};

/** `g:image_link`, `Image link` and `image_link` are one column. */
export function googleColumn(name: string): string {
  return oneLine(name)
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');
}

/** @throws UnusableFile when the header lacks what every item needs. */
export function googleColumns(line: number, header: readonly string[]): string[] {
  const columns = header.map(googleColumn);
  for (const [index, column] of columns.entries()) {
    if (column !== '' && columns.indexOf(column) !== index && !REPEATED.has(column)) {
      throw new UnusableFile(line, 'column_repeated', { column });
    }
  }
  for (const column of ['id', 'title', 'price']) {
    if (!columns.includes(column)) throw new UnusableFile(line, 'column_missing', { column });
  }
  return columns;
}
const REPEATED = new Set([
  'additional_image_link',
  'product_type',
  'shipping',
  'tax',
  'product_detail',
  'product_highlight',
]);

/** Reads one item of a Google product feed; each item is one SKU, items of one `item_group_id` are one product. */
export function readGoogleItem(line: number, fields: ReadonlyMap<string, readonly string[]>): Reading {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const check = fieldChecks(line, problems);
  const at = (column: string) => fields.get(column)?.[0]?.trim() ?? '';

  for (const [column, values] of fields) {
    if (values.some(isBroken)) problems.push(problem(line, column, 'broken_bytes'));
  }
  const handleColumn = at('item_group_id') === '' ? 'id' : 'item_group_id';
  const handle = check.handle(at(handleColumn), handleColumn);
  const code = check.code(at('id'), 'id');
  if (code === null && handleColumn !== 'id') problems.push(problem(line, 'id', 'handle_missing'));

  const title = oneLine(check.text(at('item_group_title') || at('title'), 'title', TITLE_CHARS_MAX));
  const description = htmlToText(
    check.text(at('description') || at('summary') || at('content'), 'description', TEXT_CHARS_MAX * 2),
  );

  const price = parsePriceFen(at('price'));
  if (!price.ok) problems.push(problem(line, 'price', price.refusal.code, { value: shown(at('price')) }));
  let priceFen: number = price.ok ? price.value : 0;
  let listPriceFen: number | null = null;
  if (at('sale_price') !== '') {
    const sale = parsePriceFen(at('sale_price'));
    if (!sale.ok) problems.push(problem(line, 'sale_price', sale.refusal.code, { value: shown(at('sale_price')) }));
    else if (price.ok && sale.value > price.value) {
      problems.push(problem(line, 'sale_price', 'sale_price_not_lower', { value: shown(at('sale_price')) }));
    } else if (at('sale_price_effective_date') !== '') {
      // An ordinary price has no end; a price for a time is a session, which an operator makes.
      notes.push({ line, column: 'sale_price', code: 'sale_price_dated', facts: {} });
    } else if (price.ok && sale.value < price.value) {
      listPriceFen = price.value;
      priceFen = sale.value;
    }
  }

  const availability = at('availability')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (availability !== '' && !(availability in AVAILABILITY)) {
    problems.push(problem(line, 'availability', 'availability_unknown', { value: shown(at('availability')) }));
  }
  const countColumn = ['quantity', 'quantity_to_sell_on_facebook', 'inventory', 'sell_on_google_quantity'].find(
    (name) => at(name) !== '',
  );
  const counted = countColumn ? parseUnits(at(countColumn)) : null;
  if (countColumn && counted === null) {
    problems.push(problem(line, countColumn, 'stock_not_whole', { value: shown(at(countColumn)) }));
  }
  const stock = AVAILABILITY[availability] === 0 ? 0 : counted;

  if (problems.length > 0 || handle === null) return { handle, fragment: null, problems, notes: [] };
  const brand = oneLine(at('brand'));
  const pictures = [
    ...(fields.get('image_link') ?? []),
    ...(fields.get('additional_image_link') ?? []).flatMap((list) => list.split(',')),
  ]
    .map(pictureNameOf)
    .filter((name) => name !== '');
  return {
    handle,
    problems,
    notes,
    fragment: {
      line,
      handle,
      ...(title !== '' && { title: both(title) }),
      ...(description !== '' && { description: both(description) }),
      category: categoryOf(at('product_type') || at('google_product_category')),
      ...(brand !== '' && { attributes: [{ name: optionNameOf('Brand'), value: both(brand) }] }),
      ...(pictures.length > 0 && { pictures }),
      foldsConstantOptions: true,
      skus: [
        {
          code,
          choice: VARIANT_ATTRIBUTES.filter((name) => at(name) !== '').map((name) => ({
            name: optionNameOf(name.replace('_', ' ')),
            value: oneLine(at(name)).slice(0, TITLE_CHARS_MAX),
          })),
          priceFen,
          listPriceFen,
          listPriceBasis: listPriceFen === null ? null : LIST_PRICE_BASIS,
          stock,
          limitPerPerson: null,
          isListed: true,
          columns: { code: 'id', choice: 'item_group_id' },
        },
      ],
    },
  };
}
