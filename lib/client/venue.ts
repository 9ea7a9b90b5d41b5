'use client';

import { startTransition, useEffect, useState } from 'react';
import type { Offer, Session } from '../contracts/catalog.ts';
import { nextChangeAt } from '../domain/catalog/sku-view.ts';
import { call } from './api.ts';
import { serverNow } from './clock.ts';

export type VenueNews = {
  readonly sessions: readonly Session[];
  readonly skus: Readonly<Record<string, { readonly priceFen: number; readonly offers: readonly Offer[] }>>;
};

/** Answers are kept for 2 s by the CDN; a page asks again when it is looked at after this long. */
const OLD_AFTER_MS = 30_000;
/** All phones look at the same boundary: their questions are spread over this long. */
const SPREAD_MS = 2_000;
const WAIT_MS_MAX = 2_147_000_000;

let known: VenueNews | null = null;
let askedAt = Number.NEGATIVE_INFINITY;
const listeners = new Set<(news: VenueNews) => void>();

/** Asks for sessions and prices as they are now. Without an answer the page keeps what it shows. */
async function refresh(): Promise<void> {
  askedAt = performance.now();
  const answer = await call('public.venue', {});
  if (!answer.ok) {
    // Not heard: the next look asks again at once.
    askedAt = Number.NEGATIVE_INFINITY;
    return;
  }
  known = answer.value;
  for (const listener of listeners) listener(answer.value);
}

/**
 * Sessions and prices after the publish: asked when the page opens, when it is looked at again, and after each start
 * or end of a session. Null until the first answer: then what was published stands.
 */
export function useVenueNews(): VenueNews | null {
  const [news, setNews] = useState<VenueNews | null>(null);

  useEffect(() => {
    const hear = (heard: VenueNews) => startTransition(() => setNews(heard));
    if (known) hear(known);
    listeners.add(hear);
    const lookAgain = () => {
      if (document.visibilityState === 'visible' && performance.now() - askedAt > OLD_AFTER_MS) void refresh();
    };
    lookAgain();
    document.addEventListener('visibilitychange', lookAgain);
    addEventListener('online', lookAgain);
    return () => {
      listeners.delete(hear);
      document.removeEventListener('visibilitychange', lookAgain);
      removeEventListener('online', lookAgain);
    };
  }, []);

  useEffect(() => {
    const now = serverNow();
    const next = news && now !== null ? nextChangeAt(news.sessions, now) : null;
    if (next === null || now === null) return;
    const timer = setTimeout(() => void refresh(), Math.min(next - now + Math.random() * SPREAD_MS, WAIT_MS_MAX));
    return () => clearTimeout(timer);
  }, [news]);

  return news;
}
