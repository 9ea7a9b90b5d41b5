'use client';

import { useEffect, useId, useState } from 'react';
import { useAllCards } from '../../lib/client/cards.ts';
import { loadSearch, type Search } from '../../lib/client/search.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { Category } from './campaign-page.tsx';

export type Landing = { readonly path: string; readonly name: string };

/** The pages that are the same in every shop of ours. */
const PAGES = [
  ['/', 'page_home'],
  ['/coupons', 'page_coupons'],
  ['/team', 'page_team'],
  ['/packet', 'page_packet'],
] as const;
const SHOWN_MAX = 30;

type LandingPickerProps = {
  categories: readonly Category[];
  chosen: Landing | null;
  error: string | null;
  onChoose: (landing: Landing | null) => void;
};

/** A page of the shop by its name: the fixed ones, categories, and products by what one would search. */
export function LandingPicker({ categories, chosen, error, onChoose }: LandingPickerProps) {
  const words = useMessages(studioLinksMessages);
  const locale = useLocale();
  const id = useId();
  const [text, setText] = useState('');
  const cards = useAllCards(chosen === null, locale);
  const search = useSearch();
  if (chosen) {
    return (
      <div className="flex items-center gap-3 rounded-card border border-line p-3 text-14">
        <Icon name="check" className="text-jade" />
        <p className="min-w-0 flex-1">
          <span className="sr-only">{words.pageChosen(chosen.name)}</span>
          <span aria-hidden="true" className="font-medium">
            {chosen.name}
          </span>
          <span className="block text-12 break-all text-ink-2">{chosen.path}</span>
        </p>
        <Button look="quiet" size="s" onClick={() => onChoose(null)}>
          {words.pageOther}
        </Button>
      </div>
    );
  }
  const typed = text.trim().toLowerCase();
  const pages = [
    ...PAGES.map(([path, word]) => ({ path, name: words[word] })),
    ...categories.map((one) => ({ path: `/c/${one.id}`, name: words.page_category(inLocale(one.name, locale)) })),
  ].filter(({ path, name }) => typed === '' || name.toLowerCase().includes(typed) || path.includes(typed));
  const titles = new Map((cards ?? []).map(([handle, title]) => [handle, title]));
  const products = (search?.(text) ?? []).flatMap((handle) => {
    const title = titles.get(handle);
    return title === undefined ? [] : [{ path: `/p/${handle}`, name: title }];
  });
  const found = [...(typed === '' ? pages : []), ...products, ...(typed === '' ? [] : pages)].slice(0, SHOWN_MAX);
  const isLoading = search === null || cards === null;
  return (
    <Field id={id} label={words.page} error={error}>
      <Input
        id={id}
        type="search"
        placeholder={words.pageFind}
        maxLength={60}
        value={text}
        invalid={error !== null}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="max-h-56 overflow-y-auto rounded-card border border-line">
        <ul className="divide-y divide-line">
          {found.map(({ path, name }) => (
            <li key={path}>
              <button
                type="button"
                onClick={() => onChoose({ path, name })}
                className="flex min-h-11 w-full flex-col justify-center px-3 py-1 text-left text-14"
              >
                {name}
                <span className="text-12 break-all text-ink-2">{path}</span>
              </button>
            </li>
          ))}
        </ul>
        {isLoading && <p className="p-3 text-14 text-ink-2">{words.pageLoading}</p>}
        {!isLoading && found.length === 0 && <p className="p-3 text-14 text-ink-2">{words.pageNone}</p>}
      </div>
    </Field>
  );
}

/** The shop's own search; null until it is there. */
function useSearch(): Search | null {
  const locale = useLocale();
  const [search, setSearch] = useState<{ find: Search } | null>(null);
  useEffect(() => {
    let isOver = false;
    const load = () =>
      loadSearch(locale).then(
        (find) => !isOver && setSearch({ find }),
        () => {}, // asked for again as the network comes back
      );
    void load();
    addEventListener('online', load);
    return () => {
      isOver = true;
      removeEventListener('online', load);
    };
  }, [locale]);
  return search?.find ?? null;
}
