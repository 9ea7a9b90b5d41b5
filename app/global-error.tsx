'use client';

import { EarlyTap } from '../components/app-shell/early-tap.tsx';
import { faultMessages } from '../lib/messages/fault.ts';

/**
 * Stands in for a page of which a part has failed, in the language of its tree; most often a script did not come. Every
 * page carries it, so it is as small as it can be: its one button loads the page anew.
 */
export default function GlobalError() {
  // Prerendered once, where there is no address.
  const isEnglish = typeof location !== 'undefined' && /^\/en(\/|$)/.test(location.pathname);
  const words = faultMessages[isEnglish ? 'en-US' : 'zh-CN'];
  return (
    <html lang={isEnglish ? 'en' : 'zh-CN'}>
      <body>
        <EarlyTap />
        <main className="gutter py-12 text-center text-14">
          <h1 className="text-18 font-semibold">{words.title}</h1>
          <p>{words.text}</p>
          <button type="button" className="min-h-11 px-4 text-lacquer" onClick={() => location.reload()}>
            {words.tryAgain}
          </button>
        </main>
      </body>
    </html>
  );
}
