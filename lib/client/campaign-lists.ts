'use client';
import { useCallback, useEffect, useState } from 'react';
import { hearServerTime } from './answer-clock.ts';
import { onLive, startLive } from './live/socket.ts';
import type { Failure } from './live-room.ts';
import { keepPersonal, readPersonal } from './personal-store.ts';
import { useMe } from './session.ts';

/* What runs of one mechanic, and what this shopper has of it: read, kept on the phone, and asked again while it is seen. */

type Read<Value> = Promise<
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Failure }
>;

/** A page that is looked at asks this often: packets fill and grow, and budgets go. */
const ASK_EVERY_MS = 15_000;

/** Campaigns that run or will; null until an answer came. `read` is a constant. */
export function useCampaigns<C>(read: () => Read<{ readonly now: number; readonly campaigns: readonly C[] }>) {
  const [campaigns, setCampaigns] = useState<readonly C[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    const answer = await read();
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    setCampaigns(answer.value.campaigns);
  }, [read]);
  useLooks(refresh);
  // By the time of the tap there is a socket to send it over.
  useEffect(startLive, []);
  return { campaigns, failure, refresh };
}

/**
 * What this shopper has: what the phone kept of it at once, then the server's answer; null until either is there. `read`
 * is a constant.
 */
export function useOwn<Mine extends { readonly now: number }>(keptAs: string, read: () => Read<Mine>) {
  const { person, isKnown } = useMe();
  const shopperId = person?.isVerified ? person.id : null;
  const [mine, setMine] = useState<Mine | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    if (shopperId === null) return;
    const answer = await read();
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    setMine(answer.value);
    void keepPersonal(keptAs, { shopperId, mine: answer.value });
  }, [read, keptAs, shopperId]);
  useEffect(() => {
    setMine(null);
    if (shopperId === null) return;
    void readPersonal<{ shopperId: string; mine: Mine }>(keptAs).then((kept) => {
      if (kept?.shopperId === shopperId) setMine((before) => before ?? kept.mine);
    });
  }, [keptAs, shopperId]);
  useLooks(refresh);
  return { mine, failure, refresh, isKnown, isNobody: isKnown && shopperId === null };
}

/** Asks now, when the page is looked at again, when the network or the socket is back, and every 15 s while it is seen. */
function useLooks(refresh: () => Promise<void>): void {
  useEffect(() => {
    void refresh();
    const look = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(look, ASK_EVERY_MS);
    const end = onLive('open', look);
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      end();
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [refresh]);
}
