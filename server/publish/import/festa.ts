import * as z from 'zod/mini';
import { toFen } from '../../../lib/domain/money/fen.ts';
import { accept, type Result } from '../../../lib/domain/result.ts';
import { categoryOf, optionNameOf } from './categories.ts';
import {
  both,
  type CategoryWish,
  fieldChecks,
  idOf,
  isBroken,
  LIST_PRICE_BASIS,
  OPTIONS_MAX,
  oneLine,
  type Reading,
  type SkuFragment,
} from './fragment.ts';
import { tidyText } from './html.ts';
import { type PriceRefused, parsePriceFen } from './price.ts';
import { type Problem, type ProblemCode, problem, shown } from './problem.ts';
import type { JsonText } from './splitter.ts';

/** Text for both languages, or one text for both. */
const text = (max: number) =>
  z.union([
    z.string().check(z.minLength(1), z.maxLength(max)),
    z.strictObject({
      zh: z.string().check(z.minLength(1), z.maxLength(max)),
      en: z.string().check(z.minLength(1), z.maxLength(max)),
    }),
  ]);

/** Yuan as text with at most two decimals, or whole fen: never a JSON number of yuan, which cannot hold 0.10 exactly. */
const yuan = z
  .string()
  .check(z.regex(/^(?![¥￥]?\s?[0,]*(\.0*)?$)[¥￥]?\s?(\d{1,3}(,\d{3})?|\d{1,2}(,\d{3}){2}|\d{1,8})(\.\d{1,2})?$/));
const fen = z.int().check(z.minimum(1), z.maximum(9_999_999_999));
const money = z.union([yuan, z.strictObject({ fen })]);

const skuRecord = z.strictObject({
  code: z.string().check(z.regex(/\S/), z.maxLength(100)),
  choice: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(OPTIONS_MAX))),
  price: money,
  listPrice: z.optional(money),
  listPriceBasis: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  stock: z.optional(z.int().check(z.minimum(0), z.maximum(100_000_000))),
  limitPerPerson: z.optional(z.int().check(z.minimum(1), z.maximum(99))),
  listed: z.optional(z.boolean()),
});

/** One product of our own format; docs/import.schema.json is written from this. */
export const productRecord = z.strictObject({
  handle: z.string().check(z.regex(/\S/), z.maxLength(255)),
  title: text(200),
  subtitle: z.optional(text(200)),
  description: z.optional(text(20_000)),
  category: z.optional(
    z.union([
      z.string().check(z.minLength(1), z.maxLength(200)),
      z.strictObject({
        id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,51}$/)),
        name: text(40),
        art: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,60}$/))),
      }),
    ]),
  ),
  attributes: z.optional(z.array(z.strictObject({ name: text(100), value: text(2_000) })).check(z.maxLength(100))),
  options: z.optional(
    z
      .array(
        z.strictObject({
          name: text(100),
          values: z.optional(
            z
              .array(
                z.union([
                  z.string().check(z.minLength(1), z.maxLength(200)),
                  z.strictObject({
                    label: text(200),
                    swatch: z.optional(z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/))),
                  }),
                ]),
              )
              .check(z.maxLength(200)),
          ),
        }),
      )
      .check(z.maxLength(OPTIONS_MAX)),
  ),
  pictures: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(255))).check(z.maxLength(20))),
  listed: z.optional(z.boolean()),
  skus: z.array(skuRecord).check(z.minLength(1), z.maxLength(1_000)),
});
export type ProductRecord = z.output<typeof productRecord>;

/** The JSON Schema of one record. */
export function productRecordSchema(): object {
  return {
    title: 'Festa catalogue record',
    description:
      'One product. A file holds one JSON array of these, or one on each line (JSON Lines). Prices are text in yuan with at most two decimals, or {"fen": whole fen}.',
    ...z.toJSONSchema(productRecord, { target: 'draft-2020-12', io: 'input' }),
  };
}

type Text = string | { zh: string; en: string };
const localized = (written: Text, tidy = oneLine) =>
  typeof written === 'string' ? both(tidy(written)) : { zh: tidy(written.zh), en: tidy(written.en) };

function fenOf(written: z.output<typeof money>): Result<number, PriceRefused> {
  return typeof written === 'string' ? parsePriceFen(written) : accept(toFen(written.fen));
}

function categoryWish(written: ProductRecord['category']): CategoryWish {
  if (written === undefined || typeof written === 'string') return categoryOf(written ?? '');
  return { id: written.id, name: localized(written.name), art: written.art ?? null };
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    value,
  );
}

/** The schema's complaint in the words of the other formats, where they have one. */
function problemOf(
  line: number,
  value: unknown,
  issue: { path: readonly PropertyKey[]; code: string; message: string },
): Problem {
  const column = pathOf(issue.path);
  const given = valueAt(value, issue.path);
  const last = issue.path.at(-1);
  const write = (code: ProblemCode, facts = {}) => problem(line, column || null, code, facts);
  if (last === 'handle' && (given === undefined || given === '' || (typeof given === 'string' && given.trim() === '')))
    return write('handle_missing');
  if (last === 'title' && (given === undefined || given === ''))
    return write('title_missing', { handle: String(valueAt(value, ['handle']) ?? '') });
  if (last === 'price' || last === 'listPrice') {
    if (given === undefined) return write('price_missing');
    if (typeof given === 'string') {
      const read = parsePriceFen(given);
      if (!read.ok) return write(read.refusal.code, { value: shown(given) });
    }
    return write('price_not_a_number', { value: shown(JSON.stringify(given) ?? '') });
  }
  if (last === 'stock') return write('stock_not_whole', { value: shown(JSON.stringify(given) ?? '') });
  if (issue.code === 'too_big' && (last === 'options' || last === 'choice')) {
    return write('too_many_options', { handle: String(valueAt(value, ['handle']) ?? ''), max: OPTIONS_MAX });
  }
  return write('field_invalid', { reason: shown(issue.message) });
}

/** Every text inside a value, with its path; to find characters that cannot be read or stored. */
function* texts(value: unknown, path: PropertyKey[] = []): Generator<[PropertyKey[], string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      yield* texts(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** Reads one record of our own format. */
export function readFestaRecord({ line, text: json }: JsonText): Reading {
  const refused = (handle: string | null, problems: readonly Problem[]): Reading => ({
    handle,
    fragment: null,
    problems,
    notes: [],
  });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (isBroken(json)) return refused(null, [problem(line, null, 'broken_bytes')]);
    return refused(null, [problem(line, null, 'json_broken', { reason: shown((error as Error).message) })]);
  }
  const named = valueAt(value, ['handle']);
  const handle = typeof named === 'string' && named.trim() !== '' ? idOf(oneLine(named), 'p') : null;
  const problems: Problem[] = [];
  for (const [path, found] of texts(value))
    if (isBroken(found)) problems.push(problem(line, pathOf(path), 'broken_bytes'));
  if (problems.length > 0) return refused(handle, problems);
  const parsed = productRecord.safeParse(value, { jitless: true });
  if (!parsed.success)
    return refused(
      handle,
      parsed.error.issues.map((issue) => problemOf(line, value, issue)),
    );

  const record = parsed.data;
  const check = fieldChecks(line, problems);
  check.handle(record.handle, 'handle');
  const skus: SkuFragment[] = [];
  for (const [index, sku] of record.skus.entries()) {
    const price = fenOf(sku.price);
    if (!price.ok) {
      problems.push(problem(line, `skus[${index}].price`, price.refusal.code, { value: shown(String(sku.price)) }));
      continue;
    }
    const list = sku.listPrice === undefined ? null : fenOf(sku.listPrice);
    if (list && !list.ok) {
      problems.push(
        problem(line, `skus[${index}].listPrice`, list.refusal.code, { value: shown(String(sku.listPrice)) }),
      );
    }
    const listPriceFen = list?.ok && list.value > price.value ? list.value : null;
    skus.push({
      code: check.code(sku.code, `skus[${index}].code`),
      choice: (sku.choice ?? []).map((label) => ({ name: null, value: oneLine(label) })),
      priceFen: price.value,
      listPriceFen,
      listPriceBasis: listPriceFen === null ? null : (sku.listPriceBasis ?? LIST_PRICE_BASIS),
      stock: sku.stock ?? null,
      limitPerPerson: sku.limitPerPerson ?? null,
      isListed: sku.listed ?? true,
      columns: { code: `skus[${index}].code`, choice: `skus[${index}].choice` },
    });
  }
  if (problems.length > 0 || handle === null) return refused(handle, problems);
  return {
    handle,
    problems: [],
    notes: [],
    fragment: {
      line,
      handle,
      title: localized(record.title),
      ...(record.subtitle !== undefined && { subtitle: localized(record.subtitle) }),
      ...(record.description !== undefined && { description: localized(record.description, tidyText) }),
      category: categoryWish(record.category),
      ...(record.attributes && {
        attributes: record.attributes.map(({ name, value: said }) => ({
          name: localized(name),
          value: localized(said, tidyText),
        })),
      }),
      options: (record.options ?? []).map(({ name, values }) => ({
        name: typeof name === 'string' ? optionNameOf(oneLine(name)) : localized(name),
        values: (values ?? []).map((one) =>
          typeof one === 'string'
            ? { label: both(oneLine(one)) }
            : { label: localized(one.label), ...(one.swatch && { swatch: one.swatch }) },
        ),
      })),
      ...(record.pictures && { pictures: record.pictures }),
      isListed: record.listed ?? true,
      isWhole: true,
      skus,
    },
  };
}
