'use client';

import { useSyncExternalStore } from 'react';
import { useFreshness } from '../../lib/client/live/stock.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { clockText } from '../../lib/messages/time.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

function listenToNetwork(listener: () => void) {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/**
 * Says when the numbers on the screen may be old: no network, or nothing heard for 5 s; prices are grey meanwhile
 * (globals.css). Lies over the page, below its head and tabs, so that nothing moves when it comes and goes.
 */
export function FreshnessBar() {
  const words = useMessages(appShellMessages);
  const isOnline = useSyncExternalStore(
    listenToNetwork,
    () => navigator.onLine,
    () => true,
  );
  const { kind, asOf } = useFreshness();
  const isStale = kind === 'stale' && asOf !== null;
  const text = !isOnline ? words.offline : isStale ? words.asOf(clockText(asOf, true)) : null;
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-[calc(7rem+env(safe-area-inset-top))] z-40 mx-auto flex max-w-[520px] justify-center px-4"
    >
      {text && (
        <p className="figures as-of">
          <Icon name="offline" className="size-4" />
          {text}
        </p>
      )}
    </div>
  );
}
