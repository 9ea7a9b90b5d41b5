import type { Localized } from '../../../lib/contracts/contract.ts';
import {
  type Attribute,
  type CategoryWish,
  type Fragment,
  OPTIONS_MAX,
  type SkuFragment,
  skuIdOf,
  valueIdOf,
} from './fragment.ts';
import { type Problem, problem, shown } from './problem.ts';

export type AssembledSku = Omit<SkuFragment, 'choice' | 'columns' | 'code'> & {
  readonly id: string;
  readonly code: string;
  /** Ids of the chosen values, one per option. */
  readonly choice: readonly string[];
  readonly line: number;
  readonly column: string;
};

export type AssembledProduct = {
  readonly line: number;
  readonly handle: string;
  readonly category: CategoryWish;
  readonly title: Localized;
  /** Null here and below: the file says nothing, what the shop has stays. */
  readonly subtitle: Localized | null;
  readonly description: Localized | null;
  readonly attributes: readonly Attribute[] | null;
  readonly options: readonly { readonly name: Localized; readonly values: readonly OptionValue[] }[];
  readonly pictures: readonly string[];
  readonly isListed: boolean | null;
  readonly skus: readonly AssembledSku[];
};

type OptionValue = { id: string; label: Localized; swatch?: string };
type Row = { readonly line: number; readonly sku: SkuFragment };

/** More are a mistake in the file: a page and its shelves hold a few dozen. */
export const SKUS_MAX = 200;
const PICTURES_MAX = 20;

const same = (a: Localized, b: Localized) =>
  a.zh.toLowerCase() === b.zh.toLowerCase() || a.en.toLowerCase() === b.en.toLowerCase();

/** Names of the options by place, from the rows that say them; rows that name another option are refused. */
function namesByPlace(rows: readonly Row[], problems: Problem[]): Localized[] {
  const names: Localized[] = [];
  for (const { line, sku } of rows) {
    for (const [place, { name }] of sku.choice.entries()) {
      if (name === null) continue;
      const known = names[place];
      if (known === undefined) names[place] = name;
      else if (!same(known, name)) {
        problems.push(problem(line, sku.columns.choice, 'option_mismatch', { name: name.zh, expected: known.zh }));
      }
    }
  }
  return names;
}

/** A feed names its attributes in every item: options are those that differ, the others describe the product. */
function foldConstant(rows: readonly Row[], attributes: Attribute[]): Row[] {
  const values = new Map<string, { name: Localized; found: Set<string> }>();
  for (const { sku } of rows) {
    for (const { name, value } of sku.choice) {
      if (name === null) continue;
      const known = values.get(name.en) ?? { name, found: new Set<string>() };
      known.found.add(value);
      values.set(name.en, known);
    }
  }
  const varying = new Set<string>();
  for (const [key, { name, found }] of values) {
    const isEverywhere = rows.every(({ sku }) => sku.choice.some((one) => one.name?.en === key));
    const [only = ''] = found;
    if (found.size === 1 && (isEverywhere || rows.length === 1))
      attributes.push({ name, value: { zh: only, en: only } });
    else varying.add(key);
  }
  // In one order for all items, and with the gaps where an item lacks a value.
  const order = [...varying];
  return rows.map(({ line, sku }) => ({
    line,
    sku: {
      ...sku,
      choice: order.map((key) => {
        const said = sku.choice.find((one) => one.name?.en === key);
        return { name: values.get(key)!.name, value: said?.value ?? '' };
      }),
    },
  }));
}

/**
 * Makes one product of all fragments of its handle, in the order of the file; or says all that is wrong with it.
 * The first word on each field counts. Pure: nothing is looked up.
 */
export function assemble(fragments: readonly Fragment[]): { product: AssembledProduct | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const first = fragments[0]!;
  const handle = first.handle;
  for (const again of fragments.slice(1)) {
    if (again.isWhole) problems.push(problem(again.line, 'handle', 'duplicate_handle', { handle, first: first.line }));
  }
  // The rest would be consequences of this one.
  if (problems.length > 0) return { product: null, problems };
  const pick = <Key extends keyof Fragment>(key: Key): Fragment[Key] | undefined =>
    fragments.find((one) => one[key] !== undefined)?.[key];
  const title = pick('title');
  if (!title || title.zh === '') problems.push(problem(first.line, null, 'title_missing', { handle }));

  const attributes: Attribute[] = [...(pick('attributes') ?? [])];
  let rows: Row[] = fragments.flatMap((one) => one.skus.map((sku) => ({ line: one.line, sku })));
  if (rows.length === 0) problems.push(problem(first.line, null, 'sku_missing', { handle }));
  if (rows.length > SKUS_MAX) problems.push(problem(first.line, null, 'too_many_skus', { handle, max: SKUS_MAX }));
  if (first.foldsConstantOptions) rows = foldConstant(rows, attributes);

  const wished = pick('options');
  const names = wished?.length ? wished.map(({ name }) => name) : namesByPlace(rows, problems);
  const width = Math.max(names.length, ...rows.slice(0, SKUS_MAX).map(({ sku }) => sku.choice.length));
  if (width > OPTIONS_MAX) problems.push(problem(first.line, null, 'too_many_options', { handle, max: OPTIONS_MAX }));

  const values: OptionValue[][] = names.map((_, place) =>
    (wished?.[place]?.values ?? []).map(({ label, swatch }) => ({
      id: valueIdOf(label.zh),
      label,
      ...(swatch && { swatch }),
    })),
  );
  const byChoice = new Map<string, number>();
  const skus: AssembledSku[] = [];
  for (const { line, sku } of rows) {
    const { choice, columns, code, ...rest } = sku;
    let isWhole = true;
    for (const [place, { value }] of choice.entries()) {
      if (names[place] === undefined) {
        problems.push(problem(line, columns.choice, 'option_unnamed', { value: shown(value) }));
        isWhole = false;
      }
    }
    for (const [place, name] of names.entries()) {
      if (name !== undefined && (choice[place]?.value ?? '') === '') {
        problems.push(problem(line, columns.choice, 'option_missing', { name: name.zh }));
        isWhole = false;
      }
    }
    if (!isWhole) continue;
    const ids = choice.map(({ value }, place) => {
      const list = values[place]!;
      const known = list.find(({ id, label }) => label.zh === value || label.en === value || id === valueIdOf(value));
      if (known) return known.id;
      const made = { id: valueIdOf(value), label: { zh: value, en: value } };
      list.push(made);
      return made.id;
    });
    const key = ids.join('\n');
    const before = byChoice.get(key);
    if (before !== undefined) {
      const label = choice.map(({ value }) => value).join(' / ');
      problems.push(problem(line, columns.choice, 'duplicate_choice', { choice: label || handle, first: before }));
      continue;
    }
    byChoice.set(key, line);
    const named = code ?? [handle, ...ids].join(':');
    skus.push({ ...rest, id: skuIdOf(named), code: named, choice: ids, line, column: columns.code });
  }
  if (problems.length > 0 || !title) return { product: null, problems };
  return {
    problems,
    product: {
      line: first.line,
      handle,
      category: pick('category')!,
      title,
      subtitle: pick('subtitle') ?? null,
      description: pick('description') ?? null,
      attributes: attributes.length > 0 ? attributes : null,
      options: names.map((name, place) => ({ name, values: values[place]! })),
      pictures: [...new Set(fragments.flatMap((one) => one.pictures ?? []))].slice(0, PICTURES_MAX),
      isListed: pick('isListed') ?? null,
      skus,
    },
  };
}
