'use client';

import { useEffect, useState } from 'react';
import { hasWorkers, type InstallOffer, keepThisPage, startWorker, type Update } from '../../lib/client/app-worker.ts';

/** A page that is left sooner is not worth keeping. */
const KEEP_AFTER_MS = 1_500;

/** The counter as an app of its own: kept for offline, offered to be installed, renewed when the clerk says so. */
export function useCounterApp() {
  const [offer, setOffer] = useState<InstallOffer | null>(null);
  const [update, setUpdate] = useState<Update | null>(null);
  useEffect(() => {
    const onOffer = (event: Event) => {
      event.preventDefault();
      setOffer(event as InstallOffer);
    };
    addEventListener('beforeinstallprompt', onOffer);
    return () => removeEventListener('beforeinstallprompt', onOffer);
  }, []);
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !hasWorkers()) return;
    const timer = setTimeout(keepThisPage, KEEP_AFTER_MS);
    const stop = startWorker({ mayLook: () => true, onUpdate: setUpdate, onSent: () => {} });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return {
    offer,
    update,
    install: () => {
      void offer?.prompt();
      setOffer(null);
    },
  };
}

export type CounterApp = ReturnType<typeof useCounterApp>;
