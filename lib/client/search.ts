import type { Locale } from '../contracts/contract.ts';
import type { SearchIndex, SearchRow } from '../domain/catalog/search-terms.ts';

/** Handles of the products that fit what was typed, best first; every product's handle for an empty query. */
export type Search = (query: string) => readonly string[];

/** The publisher writes the file and tells the build its name; the name changes with its content. */
const INDEX_URL = process.env.NEXT_PUBLIC_SEARCH_INDEX ?? '/search-index.json';

/** Builds the engine over the rows, in slices that leave the page responsive. */
export async function searchOver(rows: readonly SearchRow[]): Promise<Search> {
  const [{ default: MiniSearch }, terms] = await Promise.all([
    import('minisearch'),
    import('../domain/catalog/search-terms.ts'),
  ]);
  const handles = rows.map(([handle]) => handle);
  const engine = new MiniSearch<{ id: string; title: string; more: string; pinyin: string }>({
    fields: ['title', 'more', 'pinyin'],
    tokenize: (text, field) => (field === 'pinyin' ? terms.pinyinTermsOf(text) : terms.termsOf(text)),
    processTerm: (term) => term,
    searchOptions: {
      tokenize: terms.queryTermsOf,
      combineWith: 'AND',
      prefix: terms.isPrefixTerm,
      fuzzy: terms.fuzzOf,
      boost: { title: 4, pinyin: 2 },
    },
  });
  await engine.addAllAsync(
    rows.map(([id, title, more, pinyin]) => ({ id, title, more, pinyin })),
    { chunkSize: 100 },
  );
  return (query) => (query.trim() === '' ? handles : engine.search(query).map((hit) => String(hit.id)));
}

async function load(): Promise<Search> {
  const response = await fetch(INDEX_URL);
  if (!response.ok) throw new Error(`The search index answered ${response.status}`);
  return searchOver(((await response.json()) as SearchIndex).rows);
}

let loading: Promise<Search> | undefined;

/**
 * Fetches the index and the search engine, once per page; call it when the search page opens.
 *
 * One index serves both trees, because people search in the words that they know; `locale` is part of the signature
 * so that a larger shop can part it by language without a change of pages.
 *
 * @throws when the index cannot be fetched (offline before the first search); a later call tries again.
 */
export function loadSearch(_locale: Locale): Promise<Search> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}
