'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { hasWorkers, keepThisPage, startWorker, type Update } from '../../lib/client/app-worker.ts';
import { tellTouch } from '../../lib/client/came-by.ts';
import { channelOf } from '../../lib/domain/sharing/mechanic-allowed.ts';
import { type EpochMs, MINUTE_MS, toEpochMs } from '../../lib/domain/time.ts';
import { isMoneyPath, isSaleWindow } from '../../lib/domain/venue/sale-window.ts';
import { appMessages } from '../../lib/messages/app.ts';
import { Button } from '../ui/button.tsx';
import { AppNote } from './app-note.tsx';
import { InstallPrompt } from './install-prompt.tsx';
import type { AppPromptsProps } from './service-worker.tsx';

/** A page that is left sooner was only passed through. */
const VISITED_MS = 1_500;

/** The phone's clock will do: the window is wide, and a wrong minute only moves a prompt. */
function isQuiet(pathname: string, starts: readonly number[]): boolean {
  return isMoneyPath(pathname) || isSaleWindow(toEpochMs(Date.now()), starts as readonly EpochMs[]);
}

/** The prompts of the app itself: a new version, the home screen. One at a time, and none while money is decided. */
export function AppPrompts({ locale, sessionStarts, installOffer }: AppPromptsProps) {
  const words = appMessages[locale];
  const pathname = usePathname();
  const [update, setUpdate] = useState<Update | null>(null);
  const [isTaking, setTaking] = useState(false);
  const [sent, setSent] = useState(0);
  const [quiet, setQuiet] = useState(() => isQuiet(pathname, sessionStarts));
  const place = useRef(pathname);
  place.current = pathname;

  useEffect(() => {
    if (!hasWorkers()) return;
    return startWorker({
      mayLook: () => !isQuiet(place.current, sessionStarts),
      onUpdate: setUpdate,
      onSent: setSent,
    });
  }, [sessionStarts]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address is a visit of its own
  useEffect(() => {
    const timer = setTimeout(keepThisPage, VISITED_MS);
    return () => clearTimeout(timer);
  }, [pathname]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address may have been come to by another link
  useEffect(() => tellTouch(), [pathname]);

  useEffect(() => {
    if (channelOf(navigator.userAgent) !== 'wechat') return;
    const menu = import('../../lib/client/wechat/share-menu.ts').then(
      ({ sharePageInWechat }) => sharePageInWechat(pathname, locale),
      () => () => {}, // Without the network WeChat shares what it would share anyhow.
    );
    return () => void menu.then((end) => end());
  }, [pathname, locale]);

  useEffect(() => {
    const look = () => setQuiet(isQuiet(pathname, sessionStarts));
    look();
    const timer = setInterval(look, MINUTE_MS);
    return () => clearInterval(timer);
  }, [pathname, sessionStarts]);

  return (
    <>
      <p role="status" className="sr-only">
        {sent > 0 && words.editsSent(sent)}
      </p>
      {!quiet && update && (
        <AppNote
          testId="app-update"
          title={words.updateTitle}
          text={words.updateText}
          actions={
            <>
              <Button look="quiet" size="s" disabled={isTaking} onClick={() => setUpdate(null)}>
                {words.later}
              </Button>
              <Button
                size="s"
                busy={isTaking}
                onClick={() => {
                  setTaking(true);
                  update.take();
                }}
              >
                {isTaking ? words.updating : words.updateNow}
              </Button>
            </>
          }
        />
      )}
      {!quiet && !update && <InstallPrompt locale={locale} offer={installOffer} />}
    </>
  );
}
