'use client';
import { useCallback, useEffect, useState } from 'react';
import type { WaitEntry } from '../contracts/waitlist.ts';
import { hearServerTime } from './answer-clock.ts';
import { call } from './api.ts';
import { onLive, startLive } from './live/socket.ts';
import { useMe } from './session.ts';

type Failure = { readonly code: string; readonly message?: string };

/** Places move when others leave or are served, which nobody tells each of them. */
const ASK_EVERY_MS = 5_000;

/**
 * This shopper's entries of the waitlist, of one SKU or all, newest first; null until an answer came. Asked again when
 * the server says that one has moved, when the page is looked at again, and every 5 s while it is seen.
 */
export function useWaitlist(skuId: string | null) {
  const { person, isKnown } = useMe();
  const shopperId = person?.isVerified ? person.id : null;
  const [entries, setEntries] = useState<readonly WaitEntry[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const refresh = useCallback(async () => {
    if (shopperId === null) return;
    const answer = await call('waitlist.list', skuId === null ? {} : { skuId });
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    setEntries(answer.value.entries);
  }, [shopperId, skuId]);

  useEffect(() => {
    setEntries(null);
    if (shopperId === null) return;
    void refresh();
    const look = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(look, ASK_EVERY_MS);
    const ends = [onLive('waitlist:moved', look), onLive('open', look)];
    document.addEventListener('visibilitychange', look);
    startLive();
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
      document.removeEventListener('visibilitychange', look);
    };
  }, [refresh, shopperId]);

  return { entries, failure, refresh, isKnown, isNobody: isKnown && shopperId === null };
}

/** The live entry of a SKU; null when there is none. */
export function liveEntry(entries: readonly WaitEntry[] | null): WaitEntry | null {
  return entries?.find(({ state }) => state === 'waiting' || state === 'offered') ?? null;
}
