'use client';

import { type FormEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useAllCards } from '../../lib/client/cards.ts';
import { forgetSearches, recentSearches, rememberSearch } from '../../lib/client/search-history.ts';
import { useVenueNews } from '../../lib/client/venue.ts';
import { readCard, type SessionSpan } from '../../lib/domain/catalog/card-row.ts';
import { catalogMessages } from '../../lib/messages/catalog.ts';
import { searchMessages } from '../../lib/messages/search.ts';
import { LateShare } from '../sharing/late-share.tsx';
import { useKoling } from '../sharing/use-koling.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { chipClass } from '../ui/tag.tsx';
import { BackButton } from '../ui/top-bar.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';
import { ProductGrid } from './product-grid.tsx';
import { useMoment } from './use-moment.ts';
import { useSearch } from './use-search.ts';

type SearchScreenProps = { publishedAt: number; sessions: readonly SessionSpan[]; hotWords: readonly string[] };

const SUGGESTIONS_MAX = 8;
const STEP = 24;

/** Search with the query in the address: suggestions while typing, a grid once it is sent, hot words when there is nothing. */
export function SearchScreen({ publishedAt, sessions: published, hotWords }: SearchScreenProps) {
  const locale = useLocale();
  const words = searchMessages[locale];
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  /** What was sent and is in the address; null while typing. */
  const [sent, setSent] = useState<string | null>(null);
  const [recent, setRecent] = useState<readonly string[]>([]);
  const [shown, setShown] = useState(STEP);
  const query = useDeferredValue(sent ?? typed).trim();
  const { state, find, retry } = useSearch(locale);
  const rows = useAllCards(true, locale);
  const koling = useKoling();
  const meant = koling?.meantBy(typed) ?? null;
  const news = useVenueNews();
  const sessions = news?.sessions ?? published;
  const now = useMoment(publishedAt, sessions);

  useEffect(() => {
    const fromAddress = () => {
      const asked = new URLSearchParams(location.search).get('q')?.trim() ?? '';
      setTyped(asked);
      setSent(asked === '' ? null : asked);
      if (asked === '') input.current?.focus();
    };
    fromAddress();
    setRecent(recentSearches());
    addEventListener('popstate', fromAddress);
    return () => removeEventListener('popstate', fromAddress);
  }, []);

  const submit = (text: string) => {
    const asked = text.trim();
    if (asked === '') return;
    setTyped(asked);
    setSent(asked);
    setShown(STEP);
    setRecent(rememberSearch(asked));
    const address = new URL(location.href);
    address.searchParams.set('q', asked);
    history.replaceState(history.state, '', address);
    input.current?.blur();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // A friend's text is no search: what it leads to stands below, and is not remembered.
    if (meant === null) submit(typed);
    else input.current?.blur();
  };

  const byHandle = useMemo(() => new Map(rows?.map((row) => [row[0], row])), [rows]);
  const hits = useMemo(() => (query === '' || !find ? [] : find(query)), [query, find]);
  const cards = useMemo(() => {
    if (sent === null) return [];
    return hits.slice(0, shown).flatMap((handle) => {
      const row = byHandle.get(handle);
      return row ? [readCard(row, sessions, news?.skus)] : [];
    });
  }, [sent, hits, shown, byHandle, sessions, news]);
  const isLoading = state === 'loading' || rows === null;

  return (
    <>
      <header className="sticky top-0 z-30 flex min-h-[3.25rem] items-center gap-1 bg-paper gutter pt-[env(safe-area-inset-top)]">
        <h1 className="sr-only">{words.search}</h1>
        <BackButton to="/" />
        <search className="min-w-0 flex-1">
          <form onSubmit={onSubmit} className="flex items-center gap-2">
            <div className="relative min-w-0 flex-1">
              <input
                ref={input}
                type="search"
                name="q"
                enterKeyHint="search"
                autoComplete="off"
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setSent(null);
                }}
                aria-label={words.searchLabel}
                placeholder={words.searchHint}
                className="min-h-11 w-full rounded-full border border-line bg-card pr-11 pl-4 text-16 placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
              />
              {typed !== '' && (
                <button
                  type="button"
                  aria-label={words.clear}
                  onClick={() => {
                    setTyped('');
                    setSent(null);
                    input.current?.focus();
                  }}
                  className="absolute inset-y-0 right-0 grid w-11 place-items-center text-ink-2"
                >
                  <Icon name="close" className="size-4.5" />
                </button>
              )}
            </div>
            <Button type="submit" size="s">
              {words.search}
            </Button>
          </form>
        </search>
      </header>

      {koling && meant ? (
        <koling.KolingOffer meant={meant} />
      ) : state === 'failed' && query !== '' ? (
        <EmptyState
          emblem="cloud"
          title={words.offlineTitle}
          text={words.searchOffline}
          action={<Button onClick={retry}>{words.retry}</Button>}
        />
      ) : query === '' ? (
        <>
          {koling && <koling.KolingPaste onText={setTyped} />}
          <Idle recent={recent} hotWords={hotWords} onPick={submit} onForget={() => setRecent(forgetSearches())} />
        </>
      ) : isLoading ? (
        <GridSkeleton />
      ) : hits.length === 0 ? (
        <EmptyState
          emblem="search"
          title={words.nothingFound(query)}
          text={words.nothingFoundText}
          action={<WordChips list={hotWords} onPick={submit} />}
        />
      ) : sent === null ? (
        <ul aria-label={words.suggestions} className="divide-y divide-line gutter">
          {hits.slice(0, SUGGESTIONS_MAX).map((handle) => (
            <li key={handle}>
              <ShopLink
                href={`/p/${handle}`}
                className="flex min-h-12 items-center gap-3 py-2 text-16"
                onClick={() => rememberSearch(typed)}
              >
                <Icon name="search" className="size-4 text-ink-2" />
                <span className="line-clamp-1">{byHandle.get(handle)?.[1] ?? handle}</span>
              </ShopLink>
            </li>
          ))}
        </ul>
      ) : (
        <>
          <div className="flex items-center justify-between gutter">
            <p className="py-2 text-14 text-ink-2" role="status">
              {words.found(hits.length)}
            </p>
            <LateShare
              path={`/search?q=${encodeURIComponent(query)}`}
              title={words.sharedTitle(query)}
              poster={{ kind: 'search', query }}
              look="bar"
            />
          </div>
          <ProductGrid cards={cards} now={now} isFirst />
          {hits.length > shown && (
            <div className="flex justify-center pt-4">
              <Button look="quiet" onClick={() => setShown(shown + STEP)}>
                {catalogMessages[locale].showMore}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

type IdleProps = {
  recent: readonly string[];
  hotWords: readonly string[];
  onPick: (word: string) => void;
  onForget: () => void;
};

/** Before a word is typed: what this phone has looked for, and what is worth looking for. */
function Idle({ recent, hotWords, onPick, onForget }: IdleProps) {
  const words = searchMessages[useLocale()];
  return (
    <>
      {recent.length > 0 && (
        <section className="gutter pt-4">
          <div className="flex items-center justify-between">
            <h2 className="text-16 font-semibold">{words.history}</h2>
            <button
              type="button"
              onClick={onForget}
              aria-label={words.clearHistory}
              className="-mr-2 grid size-11 place-items-center text-ink-2"
            >
              <Icon name="trash" className="size-5" />
            </button>
          </div>
          <WordChips list={recent} onPick={onPick} />
        </section>
      )}
      {hotWords.length > 0 && (
        <section className="gutter pt-4">
          <h2 className="pb-2 text-16 font-semibold">{words.hotWords}</h2>
          <WordChips list={hotWords} onPick={onPick} />
        </section>
      )}
    </>
  );
}

function WordChips({ list, onPick }: { list: readonly string[]; onPick: (word: string) => void }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {list.map((word) => (
        <li key={word} className="max-w-full">
          <button type="button" onClick={() => onPick(word)} className={`${chipClass(false)} max-w-full`}>
            <span className="truncate">{word}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
