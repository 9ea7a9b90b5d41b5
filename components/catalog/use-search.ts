'use client';

import { useEffect, useState } from 'react';
import type { Search } from '../../lib/client/search.ts';
import type { Locale } from '../../lib/messages/define.ts';

type SearchState = { readonly state: 'loading' | 'ready' | 'failed'; readonly find: Search | null };

/** The search engine and its index, fetched when the page opens and again when the network is back. */
export function useSearch(locale: Locale): SearchState & { readonly retry: () => void } {
  const [search, setSearch] = useState<SearchState>({ state: 'loading', find: null });
  const [tries, setTries] = useState(0);
  const retry = () => setTries((count) => count + 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try is the point
  useEffect(() => {
    let isOver = false;
    import('../../lib/client/search.ts')
      .then(({ loadSearch }) => loadSearch(locale))
      .then(
        (find) => !isOver && setSearch({ state: 'ready', find }),
        () => !isOver && setSearch({ state: 'failed', find: null }),
      );
    addEventListener('online', retry);
    return () => {
      isOver = true;
      removeEventListener('online', retry);
    };
  }, [locale, tries]);
  return { ...search, retry };
}
