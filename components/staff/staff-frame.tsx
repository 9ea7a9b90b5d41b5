'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
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
import type { Person } from '../../lib/contracts/identity.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { cx } from '../ui/cx.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { LocaleProvider } from '../ui/locale.tsx';
import { Toasts } from '../ui/toast.tsx';
import { type SignInWords, StaffSignIn } from './staff-sign-in.tsx';

learnWire(STAFF_WIRE);

type FrameWords = SignInWords & { readonly brand: string; readonly nav: string };

type Place<Word> = {
  readonly href: string;
  readonly icon: IconName;
  readonly word: Word;
  readonly inside?: readonly string[];
};

type StaffFrameProps<Word extends string> = {
  words: Readonly<Record<Locale, FrameWords & Readonly<Record<Word, string>>>>;
  /** `inside`: pages that are come to from this place. */
  places: readonly Place<Word>[];
  /** Whoever has something to do here; others are asked to sign in. A constant: effects depend on it. */
  mayEnter: (role: Person['role']) => boolean;
  children: ReactNode;
};

/** The counter of one kind of staff: who is here, the places, language and theme. Unlike the shop it is one tree. */
export function StaffFrame<Word extends string>({ words: all, places, mayEnter, children }: StaffFrameProps<Word>) {
  const { person, isKnown } = useMe();
  const here = usePathname().replace(/\/$/, '');
  const [locale, setLocale] = useState<Locale>('zh-CN');
  const words = all[locale];
  const common = staffMessages[locale];
  const place = places.find(({ href, inside }) => href === here || inside?.includes(here));
  const isInside = person !== null && mayEnter(person.role);
  const row = useRef<HTMLElement>(null);

  useEffect(() => {
    showTheme(rememberedTheme());
    const remembered = rememberedLocale();
    if (remembered) setLocale(remembered);
  }, []);
  // The wire and screen readers read the language from the document; what the page asks for first is asked after this.
  useLayoutEffect(() => {
    document.documentElement.lang = locale === 'zh-CN' ? 'zh-CN' : 'en';
    document.title = place ? `${words[place.word]} · ${words.brand}` : words.brand;
  }, [locale, place, words]);

  // All places are wider than a phone: the one that is open is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is there once somebody is, in either language
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [here, isInside, locale]);

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
          {common.skip}
        </a>
        <header className="sticky top-0 z-20 border-line border-b bg-card">
          <div className="mx-auto flex w-full max-w-[1200px] flex-wrap items-center gap-x-4 gutter">
            <p className="min-h-12 content-center text-16 font-semibold text-lacquer">{words.brand}</p>
            <div className="ml-auto flex items-center gap-1 text-14 desk:order-last">
              {isInside && <span className="mr-1 hidden text-ink-2 studio:inline">{person.displayName}</span>}
              <button type="button" onClick={otherLanguage} className="min-h-11 px-2 text-ink-2">
                {common.otherLanguage}
              </button>
              <button
                type="button"
                aria-label={common.theme}
                onClick={otherTheme}
                className="grid size-11 place-items-center text-ink-2"
              >
                <Icon name="moon" />
              </button>
              {isInside && (
                <button type="button" onClick={() => void signOut()} className="min-h-11 px-2 text-ink-2">
                  {common.signOut}
                </button>
              )}
            </div>
            {isInside && (
              <nav ref={row} aria-label={words.nav} className="-mx-1 flex w-full gap-1 overflow-x-auto desk:w-auto">
                {places.map(({ href, icon, word }) => (
                  <Link
                    key={href}
                    href={href}
                    prefetch={false}
                    aria-current={href === here ? 'page' : href === place?.href ? 'true' : undefined}
                    className={cx(
                      'relative inline-flex min-h-11 grow items-center justify-center gap-1.5 px-2 text-14 whitespace-nowrap desk:min-h-12 desk:px-2.5',
                      href === place?.href
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
        {isInside ? (
          <main id="content" className="mx-auto w-full max-w-[1200px] flex-1 gutter py-4">
            {children}
          </main>
        ) : isKnown ? (
          <StaffSignIn isOther={person !== null && person.role !== 'shopper'} place={words} />
        ) : (
          <p role="status" className="gutter py-10 text-center text-14 text-ink-2">
            {common.asking}
          </p>
        )}
        <Toasts />
      </div>
    </LocaleProvider>
  );
}
