'use client';

import { useEffect, useState } from 'react';
import type { ValueNamed } from '../contracts/named.ts';
import { call } from './api.ts';

export type Promotions = ValueNamed<'public.promotions'>['promotions'];

/** Promotions that are in force or will be, asked once each time a page of them opens; null before the answer. */
export function usePromotions(): Promotions | null {
  const [promotions, setPromotions] = useState<Promotions | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () =>
      call('public.promotions', {}, { signal: leaving.signal }).then(
        (answer) => answer.ok && setPromotions(answer.value.promotions),
        () => {
          // The page was left.
        },
      );
    void ask();
    addEventListener('online', ask);
    return () => {
      leaving.abort();
      removeEventListener('online', ask);
    };
  }, []);
  return promotions;
}
