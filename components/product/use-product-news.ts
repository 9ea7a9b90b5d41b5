'use client';

import { useEffect, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { serverNow } from '../../lib/client/clock.ts';
import { nextChangeAt } from '../../lib/domain/catalog/sku-view.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { type ProductData, productData } from './product-data.ts';

export type ProductNews =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly product: ProductData }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreachable' };

const OLD_AFTER_MS = 30_000;
const SPREAD_MS = 2_000;
const WAIT_MS_MAX = 2_147_000_000;

/**
 * The product as it is now, after the publish: asked when the page opens, when it is looked at again, when the network
 * is back, and after each start or end of one of its sessions.
 */
export function useProductNews(handle: string | null, locale: Locale): ProductNews {
  const [news, setNews] = useState<ProductNews>({ kind: 'asking' });
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` counts the questions; a new one asks again
  useEffect(() => {
    if (handle === null) return;
    const ending = new AbortController();
    const askedAt = performance.now();
    call('public.product', { handle }, { signal: ending.signal }).then(
      (answer) => {
        if (answer.ok) setNews({ kind: 'known', product: productData(answer.value.product, locale) });
        else if (answer.refusal.code === 'not_found') setNews({ kind: 'gone' });
        else setNews((before) => (before.kind === 'known' ? before : { kind: 'unreachable' }));
      },
      () => undefined,
    );
    const onLook = () => {
      if (document.visibilityState === 'visible' && performance.now() - askedAt > OLD_AFTER_MS)
        setAsked((count) => count + 1);
    };
    const onOnline = () => setAsked((count) => count + 1);
    document.addEventListener('visibilitychange', onLook);
    addEventListener('online', onOnline);
    return () => {
      ending.abort();
      document.removeEventListener('visibilitychange', onLook);
      removeEventListener('online', onOnline);
    };
  }, [handle, locale, asked]);

  useEffect(() => {
    const now = serverNow();
    if (news.kind !== 'known' || now === null) return;
    const next = nextChangeAt(
      news.product.skus.flatMap(({ offers }) => offers),
      now,
    );
    if (next === null) return;
    const waitMs = Math.min(next - now + Math.random() * SPREAD_MS, WAIT_MS_MAX);
    const timer = setTimeout(() => setAsked((count) => count + 1), waitMs);
    return () => clearTimeout(timer);
  }, [news]);

  return news;
}
