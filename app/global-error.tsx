'use client';

import './globals.css';
import { useEffect } from 'react';
import { buttonClass } from '../components/ui/button.tsx';
import { type Locale, pathInLocale } from '../lib/messages/define.ts';
import { faultMessages } from '../lib/messages/fault.ts';

/**
 * Stands in for a page of which a part has failed, in the language of its tree. Most such faults are a script that did
 * not come, so it loads the page anew when the network is back.
 */
export default function GlobalError() {
  // Prerendered once, where there is no address.
  const path = typeof location === 'undefined' ? '/' : location.pathname;
  const locale: Locale = /^\/en(\/|$)/.test(path) ? 'en-US' : 'zh-CN';
  const words = faultMessages[locale];
  useEffect(() => {
    const reload = () => location.reload();
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, []);
  return (
    <html lang={locale === 'zh-CN' ? 'zh-CN' : 'en'}>
      <body>
        <title>{words.title}</title>
        <main
          role="alert"
          className="mx-auto flex min-h-dvh max-w-[520px] flex-col items-center justify-center gap-3 bg-paper gutter text-center"
        >
          <h1 className="text-20 font-semibold">{words.title}</h1>
          <p className="text-14 text-ink-2">{navigator.onLine ? words.text : words.offline}</p>
          <button type="button" className={buttonClass('act')} onClick={() => location.reload()}>
            {words.tryAgain}
          </button>
          <a className={buttonClass('quiet')} href={pathInLocale('/', locale)}>
            {words.goHome}
          </a>
        </main>
      </body>
    </html>
  );
}
