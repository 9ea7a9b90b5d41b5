'use client';

import { usePathname } from 'next/navigation';
import { Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rememberedLocale, rememberedTheme, showTheme } from '../../lib/client/preferences.ts';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import type { Offered } from './language-offer.tsx';

const LanguageOffer = late(() => import('./language-offer.tsx').then((module) => module.LanguageOffer));

/**
 * Brings back what the shopper has chosen on this phone: the theme at once, the language as an offer.
 *
 * A link that a friend sent may be in the other language; the page never leaves by itself.
 */
export function ShopMemory() {
  const locale = useLocale();
  const pathname = usePathname();
  const moves = useRef(0);
  const [offered, setOffered] = useState<Offered | null>(null);

  useLayoutEffect(() => showTheme(rememberedTheme()), []);
  useEffect(() => {
    const remembered = rememberedLocale();
    if (!remembered || remembered === locale) return setOffered(null);
    const path = pathname.replace(/^\/en(?=\/|$)/, '') || '/';
    setOffered({ locale: remembered, href: path + location.search });
  }, [locale, pathname]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address is a move, so that Back knows whether it stays in the shop
  useEffect(() => {
    if (moves.current++ > 0) sessionStorage.setItem('festa-moved', '1');
  }, [pathname]);

  return (
    offered && (
      <Suspense>
        <LanguageOffer offered={offered} onStay={() => setOffered(null)} />
      </Suspense>
    )
  );
}
