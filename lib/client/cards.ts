'use client';

import { useEffect, useState } from 'react';
import type { CardRow } from '../domain/catalog/card-row.ts';
import { type Locale, pathInLocale } from '../messages/define.ts';

let loading: Promise<readonly CardRow[]> | undefined;

/** @throws when the file cannot be fetched. */
async function load(locale: Locale): Promise<readonly CardRow[]> {
  const response = await fetch(pathInLocale('/cards.json', locale));
  if (!response.ok) throw new Error(`The cards answered ${response.status}`);
  return (await response.json()) as readonly CardRow[];
}

/**
 * The cards of the whole shop as of the publish, fetched once a page when `isWanted`; null until they are there. When
 * the network fails they are asked for again as it comes back.
 */
export function useAllCards(isWanted: boolean, locale: Locale): readonly CardRow[] | null {
  const [rows, setRows] = useState<readonly CardRow[] | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    const fetchRows = () => {
      loading ??= load(locale);
      loading.then(
        (cards) => !isOver && setRows(cards),
        () => {
          loading = undefined;
        },
      );
    };
    fetchRows();
    addEventListener('online', fetchRows);
    return () => {
      isOver = true;
      removeEventListener('online', fetchRows);
    };
  }, [isWanted, locale]);
  return rows;
}
