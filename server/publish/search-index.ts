import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';
import type { Catalogue, Product } from '../../lib/contracts/catalog.ts';
import type { SearchIndex, SearchRow } from '../../lib/domain/catalog/search-terms.ts';

/** Syllables of the Chinese runs of a text: "lian yi qun|t" has none for "t", which is found as it is. */
export function syllablesOf(text: string): string {
  return (text.match(/\p{Script=Han}+/gu) ?? [])
    .map((run) => pinyin(run, { toneType: 'none', type: 'array', v: true }).join(' '))
    .join('|');
}

function rowOf(product: Product, category: { zh: string; en: string } | undefined): SearchRow {
  const title = `${product.title.zh} ${product.title.en}`;
  const values = product.options.flatMap((option) =>
    option.values.map((value) => `${value.label.zh} ${value.label.en}`),
  );
  const more = [product.subtitle.zh, product.subtitle.en, category?.zh, category?.en, ...values]
    .filter(Boolean)
    .join(' ');
  return [product.handle, title, more, syllablesOf(`${product.title.zh} ${category?.zh ?? ''}`)];
}

/** What the search page loads; rows in the order of the catalogue. */
export function searchIndexOf(catalogue: Catalogue): SearchIndex {
  const categories = new Map(catalogue.categories.map((category) => [category.id, category.name]));
  return { version: 1, rows: catalogue.products.map((product) => rowOf(product, categories.get(product.categoryId))) };
}

/**
 * Writes the index under a name that changes with its content and removes those of earlier publishes.
 * @returns its path in the shop, for the build to put into the search page.
 */
export async function writeSearchIndex(catalogue: Catalogue, publicFolder: string): Promise<string> {
  const text = JSON.stringify(searchIndexOf(catalogue));
  const name = `search-index.${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
  await mkdir(publicFolder, { recursive: true });
  for (const file of await readdir(publicFolder)) {
    if (file.startsWith('search-index.') && file !== name) await rm(join(publicFolder, file));
  }
  await writeFile(join(publicFolder, name), text);
  return `/${name}`;
}
