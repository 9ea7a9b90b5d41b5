'use client';

import { useEffect, useState } from 'react';
import { type InstallOffer, isInstalled, isIosSafari, isWeChat } from '../../lib/client/app-worker.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { appMessages } from '../../lib/messages/app.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { Button } from '../ui/button.tsx';
import { AppNote } from './app-note.tsx';

const VISITS = 'festa-visits';
const ASKED_AT = 'festa-install-asked';
/** Asked at the second visit, and after a no not again for a month. */
const VISITS_MIN = 2;
const ASK_AGAIN_MS = 30 * DAY_MS;

/** Counts this visit (a tab, not a page) and says whether the shopper may be asked. */
function mayAsk(): boolean {
  try {
    let visits = Number(localStorage.getItem(VISITS) ?? 0);
    if (!sessionStorage.getItem(VISITS)) {
      sessionStorage.setItem(VISITS, '1');
      localStorage.setItem(VISITS, String(++visits));
    }
    return visits >= VISITS_MIN && Date.now() - Number(localStorage.getItem(ASKED_AT) ?? 0) > ASK_AGAIN_MS;
  } catch {
    return false; // Storage is closed (private mode): nobody is asked at every visit.
  }
}

function rememberAsked(): void {
  try {
    localStorage.setItem(ASKED_AT, String(Date.now()));
  } catch {
    // Nothing to remember it in.
  }
}

/** Offers a place on the home screen: by the browser's own prompt, on iPhones by a guide, in WeChat never. */
export function InstallPrompt({ locale, offer }: { locale: Locale; offer: InstallOffer | null }) {
  const words = appMessages[locale];
  const [asks, setAsks] = useState(false);

  useEffect(() => setAsks(mayAsk() && !isInstalled() && !isWeChat()), []);

  if (!asks) return null;
  const close = () => {
    rememberAsked();
    setAsks(false);
  };
  if (offer) {
    return (
      <AppNote
        testId="app-install"
        title={words.installTitle}
        text={words.installText}
        actions={
          <>
            <Button look="quiet" size="s" onClick={close}>
              {words.later}
            </Button>
            <Button size="s" onClick={() => offer.prompt().then(close, close)}>
              {words.install}
            </Button>
          </>
        }
      />
    );
  }
  if (!isIosSafari()) return null;
  return (
    <AppNote
      testId="app-install"
      title={words.iosTitle}
      actions={
        <Button look="quiet" size="s" onClick={close}>
          {words.gotIt}
        </Button>
      }
    >
      <ol className="mt-1 list-decimal pl-5 text-14 text-ink-2">
        <li>{words.iosStepShare}</li>
        <li>{words.iosStepAdd}</li>
        <li>{words.iosStepDone}</li>
      </ol>
    </AppNote>
  );
}
