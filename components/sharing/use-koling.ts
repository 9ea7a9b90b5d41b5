'use client';

import { useEffect, useState } from 'react';

type Koling = typeof import('./koling-offer.tsx');

/** What knows friends' texts: fetched behind the page that has a search field; null until then, and without the network. */
export function useKoling(): Koling | null {
  const [koling, setKoling] = useState<Koling | null>(null);
  useEffect(() => {
    let isOver = false;
    const load = () => {
      import('./koling-offer.tsx').then(
        (module) => !isOver && setKoling(module),
        () => {}, // The search goes on without it.
      );
    };
    load();
    addEventListener('online', load);
    return () => {
      isOver = true;
      removeEventListener('online', load);
    };
  }, []);
  return koling;
}
