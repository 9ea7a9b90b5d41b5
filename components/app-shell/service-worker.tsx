'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { InstallOffer } from '../../lib/client/app-worker.ts';
import type { Locale } from '../../lib/messages/define.ts';

export type AppPromptsProps = {
  locale: Locale;
  /** Starts of the published sessions, epoch ms: around them nobody is disturbed. */
  sessionStarts: readonly number[];
  installOffer: InstallOffer | null;
};

type AppUpdatesProps = Pick<AppPromptsProps, 'locale'> & { sessionStarts?: readonly number[] };

const NO_SESSIONS: readonly number[] = [];

/**
 * Makes the shop an app: registers its worker, offers new versions and a place on the home screen.
 *
 * What it needs is loaded after the page, so that a first visit pays nothing for it; only the browser's offer to
 * install comes early and has to be caught here.
 */
export function AppUpdates({ locale, sessionStarts = NO_SESSIONS }: AppUpdatesProps) {
  const [Prompts, setPrompts] = useState<ComponentType<AppPromptsProps> | null>(null);
  const [installOffer, setInstallOffer] = useState<InstallOffer | null>(null);

  useEffect(() => {
    if (process.env.NODE_ENV !== 'production') return;
    const onOffer = (event: Event) => {
      event.preventDefault();
      setInstallOffer(event as InstallOffer);
    };
    const load = () => {
      import('./app-prompts.tsx').then(
        ({ AppPrompts }) => setPrompts(() => AppPrompts),
        () => {}, // Offline on a first visit: the next page tries again.
      );
    };
    addEventListener('beforeinstallprompt', onOffer);
    if (document.readyState === 'complete') load();
    else addEventListener('load', load, { once: true });
    return () => {
      removeEventListener('beforeinstallprompt', onOffer);
      removeEventListener('load', load);
    };
  }, []);

  return Prompts && <Prompts locale={locale} sessionStarts={sessionStarts} installOffer={installOffer} />;
}
