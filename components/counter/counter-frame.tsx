'use client';

import { Suspense, useEffect, useState } from 'react';
import { recallMuted } from '../../lib/client/counter-device.ts';
import { recallLease } from '../../lib/client/counter-lease.ts';
import { rememberedLocale, rememberedTheme, rememberLocale, showTheme } from '../../lib/client/preferences.ts';
import { useMe } from '../../lib/client/session.ts';
import { learnWire } from '../../lib/client/wire.ts';
import { STAFF_WIRE } from '../../lib/client/wire-staff.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffSignIn } from '../staff/staff-sign-in.tsx';
import { late, surely } from '../ui/late.ts';
import { LocaleProvider } from '../ui/locale.tsx';
import { Toasts } from '../ui/toast.tsx';
import { wakeSounds } from './counter-sounds.ts';

learnWire(STAFF_WIRE);

const loadDesk = () => surely(() => import('./counter-desk.tsx'));
/** What only who has signed in needs; on its way while the page asks who that is. */
const CounterDesk = late(() => loadDesk().then((module) => module.CounterDesk));

/** Who is at the counter, and in which language; one tree, as all rooms of the staff. */
export function CounterFrame() {
  const { person, isKnown } = useMe();
  const [locale, setLocale] = useState<Locale>('zh-CN');
  const words = counterMessages[locale];
  const common = staffMessages[locale];

  useEffect(() => {
    showTheme(rememberedTheme());
    const remembered = rememberedLocale();
    if (remembered) setLocale(remembered);
    void loadDesk();
    recallMuted();
    void recallLease();
    for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, wakeSounds, { once: true });
  }, []);
  useEffect(() => {
    // The wire and screen readers read the language from the document.
    document.documentElement.lang = locale === 'zh-CN' ? 'zh-CN' : 'en';
    document.title = words.brand;
  }, [locale, words]);

  function otherLanguage() {
    const other = locale === 'zh-CN' ? 'en-US' : 'zh-CN';
    rememberLocale(other);
    setLocale(other);
  }

  return (
    <LocaleProvider locale={locale}>
      <div className="flex min-h-dvh flex-col bg-paper [--counter-bar:calc(4.25rem+var(--safe-bottom))] studio:[--counter-bar:0px]">
        {person?.role === 'clerk' ? (
          <Suspense
            fallback={
              <p role="status" className="gutter py-10 text-center text-16 text-ink-2">
                {common.asking}
              </p>
            }
          >
            <CounterDesk person={person} onOtherLanguage={otherLanguage} />
          </Suspense>
        ) : (
          <>
            <header className="flex items-center justify-between border-line border-b bg-card gutter">
              <p className="min-h-14 content-center text-18 font-semibold text-lacquer">{words.brand}</p>
              <button type="button" onClick={otherLanguage} className="min-h-12 px-2 text-16 text-ink-2">
                {common.otherLanguage}
              </button>
            </header>
            {isKnown ? (
              <StaffSignIn isOther={person !== null && person.role !== 'shopper'} place={words} />
            ) : (
              <p role="status" className="gutter py-10 text-center text-16 text-ink-2">
                {common.asking}
              </p>
            )}
          </>
        )}
        <Toasts />
      </div>
    </LocaleProvider>
  );
}
