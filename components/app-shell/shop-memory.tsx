'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rememberedLocale, rememberedTheme, rememberLocale, showTheme } from '../../lib/client/preferences.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/**
 * Brings back what the shopper has chosen on this phone: the theme at once, the language as an offer.
 *
 * A link that a friend sent may be in the other language; the page never leaves by itself.
 */
export function ShopMemory() {
  const locale = useLocale();
  const pathname = usePathname();
  const moves = useRef(0);
  const [offered, setOffered] = useState<{ locale: Locale; href: string } | null>(null);

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

  if (!offered) return null;
  const words = appShellMessages[offered.locale];
  return (
    <aside
      lang={offered.locale}
      className="fixed inset-x-3 bottom-[calc(var(--tab-bar)+12px)] z-40 mx-auto flex max-w-[480px] animate-rise flex-wrap items-center gap-2 rounded-card bg-card p-3 shadow-float"
    >
      <p className="min-w-40 flex-1 text-14">{words.offerLanguage}</p>
      <Button
        look="quiet"
        size="s"
        onClick={() => {
          rememberLocale(locale);
          setOffered(null);
        }}
      >
        {appShellMessages[locale].stay}
      </Button>
      <ShopLink href={offered.href} locale={offered.locale} className={buttonClass('act', 's')}>
        {words.switchLanguage}
      </ShopLink>
    </aside>
  );
}
