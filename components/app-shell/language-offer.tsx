'use client';

import { rememberLocale } from '../../lib/client/preferences.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** This page in another language; `href` is without its language. */
export type Offered = { readonly locale: Locale; readonly href: string };

type LanguageOfferProps = { offered: Offered; onStay: () => void };

/** The page in the language that this phone used last; apart from the page, because few phones ever see it. */
export function LanguageOffer({ offered, onStay }: LanguageOfferProps) {
  const locale = useLocale();
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
          onStay();
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
