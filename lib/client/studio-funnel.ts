'use client';
import { useEffect, useState } from 'react';
import type { ValueNamed } from '../contracts/named.ts';
import { call } from './api.ts';
import { askLive, isLiveOpen, onLive, startLive } from './live/socket.ts';

export type FunnelPicture = ValueNamed<'studio.funnel'>;
type Failure = { readonly code: string; readonly message?: string };

/** Where the socket does not tell, the funnel is asked for so often; where it does, every sixth time. */
const ASK_EVERY_MS = 5_000;
const TURNS_WITH_SOCKET = 6;

/**
 * A campaign's funnel, live: read at once, then told by the socket; asked every 5 s where there is none. A picture that
 * comes late changes nothing. `isTold` says that the socket tells it.
 */
export function useLiveFunnel(campaignId: string) {
  const [funnel, setFunnel] = useState<FunnelPicture | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isTold, setTold] = useState(false);

  useEffect(() => {
    const stop = new AbortController();
    let watching = false;
    const take = (picture: FunnelPicture) =>
      setFunnel((before) => (before !== null && before.version >= picture.version ? before : picture));
    const read = async () => {
      const answer = await call('studio.funnel', { campaignId }, { signal: stop.signal }).catch(() => null);
      if (answer === null) return;
      setFailure(answer.ok ? null : answer.refusal);
      if (answer.ok) take(answer.value);
    };
    const tell = (now: boolean) => {
      watching = now;
      if (!stop.signal.aborted) setTold(now);
    };
    /** The room is for marketers: HTTP knows who asks, the socket takes what it gave. */
    const watch = async () => {
      const answer = await call('studio.live', { campaignId }, { signal: stop.signal, attemptsMax: 1 }).catch(
        () => null,
      );
      const reply = answer?.ok ? await askLive('studio:watch', { room: answer.value.room }) : null;
      tell(reply?.watching === true);
      if (!stop.signal.aborted) await read();
    };
    const look = () => document.visibilityState === 'visible' && void read();
    let turn = 0;
    const timer = setInterval(() => {
      turn += 1;
      if (!watching || !isLiveOpen() || turn % TURNS_WITH_SOCKET === 0) look();
    }, ASK_EVERY_MS);
    const ends = [
      onLive('open', () => void watch()),
      onLive('closed', () => tell(false)),
      onLive('studio:changed', ({ campaignId: changed, ...picture }) => {
        if (changed === campaignId) take(picture);
      }),
    ];
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    void read();
    startLive();
    if (isLiveOpen()) void watch();
    return () => {
      stop.abort();
      clearInterval(timer);
      for (const end of ends) end();
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
      void askLive('studio:watch', { room: null });
    };
  }, [campaignId]);

  return { funnel, failure, isTold };
}
