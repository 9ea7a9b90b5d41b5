'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  chooseTheme,
  rememberedLocale,
  rememberedTheme,
  rememberLocale,
  showTheme,
} from '../../lib/client/preferences.ts';
import { signOut, useMe } from '../../lib/client/session.ts';
import { learnWire } from '../../lib/client/wire.ts';
import { STAFF_WIRE } from '../../lib/client/wire-staff.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { cx } from '../ui/cx.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { LocaleProvider } from '../ui/locale.tsx';
import { Toasts } from '../ui/toast.tsx';
import { OpsSignIn } from './ops-sign-in.tsx';

learnWire(STAFF_WIRE);

const places = [
  { href: '/ops', icon: 'orders', word: 'orders' },
  { href: '/ops/stock', icon: 'box', word: 'stock' },
  { href: '/ops/transfers', icon: 'truck', word: 'transfers' },
  { href: '/ops/sessions', icon: 'clock', word: 'sessions' },
  { href: '/ops/promotions', icon: 'gift', word: 'promotions' },
  { href: '/ops/coupons', icon: 'ticket', word: 'coupons' },
  { href: '/ops/teams', icon: 'person', word: 'teams' },
  { href: '/ops/packets', icon: 'flame', word: 'packets' },
  { href: '/ops/risk', icon: 'warning', word: 'risk' },
  { href: '/ops/messages', icon: 'bell', word: 'messages' },
  { href: '/ops/payments', icon: 'wallet', word: 'payments' },
  { href: '/ops/checks', icon: 'check', word: 'checks' },
] as const satisfies readonly { href: string; icon: IconName; word: keyof (typeof opsMessages)['zh-CN'] }[];

/** The counter of operators: who is here, the places, language and theme. Unlike the shop it is one tree. */
export function OpsFrame({ children }: { children: ReactNode }) {
  const { person, isKnown } = useMe();
  const here = usePathname().replace(/\/$/, '');
  const [locale, setLocale] = useState<Locale>('zh-CN');
  const words = opsMessages[locale];
  const place = places.find(({ href }) => href === here);
  const isOperator = person?.role === 'operator';
  const row = useRef<HTMLElement>(null);

  useEffect(() => {
    showTheme(rememberedTheme());
    const remembered = rememberedLocale();
    if (remembered) setLocale(remembered);
  }, []);
  useEffect(() => {
    // The wire and screen readers read the language from the document.
    document.documentElement.lang = locale === 'zh-CN' ? 'zh-CN' : 'en';
    document.title = place ? `${words[place.word]} · ${words.brand}` : words.brand;
  }, [locale, place, words]);

  // All places are wider than a phone: the one that is open is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is there once an operator is, in either language
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [here, isOperator, locale]);

  function otherLanguage() {
    const other = locale === 'zh-CN' ? 'en-US' : 'zh-CN';
    rememberLocale(other);
    setLocale(other);
  }
  function otherTheme() {
    const isDark =
      document.documentElement.dataset.theme === 'dark' ||
      (rememberedTheme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    chooseTheme(isDark ? 'light' : 'dark');
  }

  return (
    <LocaleProvider locale={locale}>
      <div className="flex min-h-dvh flex-col bg-paper">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-full focus:bg-ink focus:px-4 focus:py-2 focus:text-paper"
        >
          {words.skip}
        </a>
        <header className="sticky top-0 z-20 border-line border-b bg-card">
          <div className="mx-auto flex w-full max-w-[1200px] flex-wrap items-center gap-x-4 gutter">
            <p className="min-h-12 content-center text-16 font-semibold text-lacquer">{words.brand}</p>
            <div className="ml-auto flex items-center gap-1 text-14 desk:order-last">
              {isOperator && <span className="mr-1 hidden text-ink-2 studio:inline">{person.displayName}</span>}
              <button type="button" onClick={otherLanguage} className="min-h-11 px-2 text-ink-2">
                {words.otherLanguage}
              </button>
              <button
                type="button"
                aria-label={words.theme}
                onClick={otherTheme}
                className="grid size-11 place-items-center text-ink-2"
              >
                <Icon name="moon" />
              </button>
              {isOperator && (
                <button type="button" onClick={() => void signOut()} className="min-h-11 px-2 text-ink-2">
                  {words.signOut}
                </button>
              )}
            </div>
            {isOperator && (
              <nav ref={row} aria-label={words.nav} className="-mx-1 flex w-full gap-1 overflow-x-auto desk:w-auto">
                {places.map(({ href, icon, word }) => (
                  <Link
                    key={href}
                    href={href}
                    prefetch={false}
                    aria-current={href === here ? 'page' : undefined}
                    className={cx(
                      'relative inline-flex min-h-11 grow items-center justify-center gap-1.5 px-2 text-14 whitespace-nowrap desk:min-h-12 desk:px-2.5',
                      href === here
                        ? 'font-semibold text-lacquer after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.75 after:rounded-full after:bg-lacquer'
                        : 'text-ink-2',
                    )}
                  >
                    {/* English words alone fill the row. */}
                    {locale === 'zh-CN' && <Icon name={icon} className="size-[1.25em] max-desk:hidden" />}
                    {words[word]}
                  </Link>
                ))}
              </nav>
            )}
          </div>
        </header>
        {isOperator ? (
          <main id="content" className="mx-auto w-full max-w-[1200px] flex-1 gutter py-4">
            {children}
          </main>
        ) : isKnown ? (
          <OpsSignIn isOther={person !== null && person.role !== 'shopper'} />
        ) : (
          <p role="status" className="gutter py-10 text-center text-14 text-ink-2">
            {words.asking}
          </p>
        )}
        <Toasts />
      </div>
    </LocaleProvider>
  );
}
