'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { hearServerTime, serverNow } from './answer-clock.ts';
import { call } from './api.ts';
import { onOrderNews } from './live/order-news.ts';
import { keepPersonal, readPersonal } from './personal-store.ts';
import { tellWorker } from './tell-worker.ts';
import { type AnswerNamed, learnWire } from './wire.ts';
import { PICKUP_WIRE } from './wire-pickup.ts';

learnWire(PICKUP_WIRE);

/** A code whose clock was compared longer ago than this may be off by more than the counter allows. */
const CLOCK_GOOD_MS = 24 * 60 * 60_000;
const AGAIN_MS = 15_000;
const CLOCK_KEPT_AS = 'pickup-clock';

type Value<N extends 'pickup.code' | 'pickup.friend'> = Extract<AnswerNamed<N>, { ok: true }>['value'];
export type OwnCode = Value<'pickup.code'>;
export type FriendsCode = Value<'pickup.friend'>;
export type Failure = { readonly code: string; readonly message?: string };

/** Server's minus phone's time at the last answer, ms; `heardAt` by the phone's own clock. */
type KeptClock = { readonly offsetMs: number; readonly heardAt: number };

/** Whether the moving code can be right: the clock was compared a day ago at the longest. */
export type ClockTrust = 'good' | 'old' | 'unknown';

function hear(now: number): Promise<void> {
  hearServerTime(now);
  return keepPersonal(CLOCK_KEPT_AS, { offsetMs: now - Date.now(), heardAt: Date.now() } satisfies KeptClock);
}

/**
 * The server's time from what this phone last heard, also across restarts and without a network.
 * @param heard changes when the server has answered: the clock is better then
 */
export function useKeptClock(heard: unknown): { now: () => number; trust: ClockTrust } | null {
  const [clock, setClock] = useState<{ kept: KeptClock | undefined } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again once something was heard
  useEffect(() => {
    void readPersonal<KeptClock>(CLOCK_KEPT_AS).then((kept) => setClock({ kept }));
  }, [heard]);
  return useMemo(() => clock && clockOf(clock.kept), [clock]);
}

function clockOf(kept: KeptClock | undefined): { now: () => number; trust: ClockTrust } {
  if (kept === undefined) return { now: serverNow, trust: 'unknown' };
  const age = Math.abs(Date.now() - kept.heardAt);
  return { now: () => Date.now() + kept.offsetMs, trust: age > CLOCK_GOOD_MS ? 'old' : 'good' };
}

/** `/pickup` with its scripts comes onto the phone, so that it opens in a basement that was never visited before. */
export async function keepPage(path: string): Promise<void> {
  if (!navigator.serviceWorker?.controller) return;
  const response = await fetch(path).catch(() => null);
  if (!response?.ok) return;
  const files = (await response.text()).match(/\/_next\/static\/(?:chunks|media)\/[^"'\\?\s<>]+\.(?:js|css)/g) ?? [];
  tellWorker({ type: 'KEEP', urls: [path, ...new Set(files)] });
}

const keyOf = (orderId: string) => `pickup:${orderId}`;

async function askOwn(orderId: string): Promise<AnswerNamed<'pickup.code'>> {
  const answer = await call('pickup.code', { orderId });
  if (answer.ok) await Promise.all([hear(answer.value.now), keepPersonal(keyOf(orderId), answer.value)]);
  return answer;
}

/** Puts a code and its page onto the phone while there is a network; for pages that show that an order is ready. */
export function useKeepsCode(orderId: string, path: string, isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return;
    void askOwn(orderId);
    void keepPage(path);
  }, [orderId, path, isReady]);
}

type Shown<V> = {
  readonly value: V | null;
  /** Why the newest is not shown. */
  readonly failure: Failure | null;
  readonly isLoaded: boolean;
  readonly refresh: () => Promise<void>;
};

/** What was kept at once, then what the server says, again when the order moves and when the page is looked at. */
function useKept<V>(
  key: string | null,
  ask: () => Promise<{ ok: true; value: V } | { ok: false; refusal: Failure }>,
): Shown<V> {
  const [value, setValue] = useState<V | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isLoaded, setIsLoaded] = useState(false);
  const refresh = useCallback(async () => {
    if (key === null) return;
    const answer = await ask();
    setFailure(answer.ok ? null : answer.refusal);
    if (answer.ok) setValue(answer.value);
    setIsLoaded(true);
  }, [key, ask]);
  useEffect(() => {
    if (key === null) return setIsLoaded(true);
    void readPersonal<V>(key).then((kept) => kept !== undefined && setValue((newer) => newer ?? kept));
    void refresh();
    const onSeen = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(onSeen, AGAIN_MS);
    document.addEventListener('visibilitychange', onSeen);
    addEventListener('online', onSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onSeen);
      removeEventListener('online', onSeen);
    };
  }, [key, refresh]);
  return { value, failure, isLoaded, refresh };
}

/** The code of one's own order. */
export function useOwnCode(orderId: string | null): Shown<OwnCode> {
  const ask = useCallback(() => askOwn(orderId ?? ''), [orderId]);
  const shown = useKept<OwnCode>(orderId === null ? null : keyOf(orderId), ask);
  const { refresh } = shown;
  useEffect(() => onOrderNews((moved) => (moved === null || moved === orderId) && void refresh()), [orderId, refresh]);
  return shown;
}

/** What a friend shows, by the code of the link that he was sent. */
export function useFriendsCode(code: string | null): Shown<FriendsCode> {
  const ask = useCallback(async () => {
    const answer = await call('pickup.friend', { code: code ?? '' });
    if (answer.ok) await Promise.all([hear(answer.value.now), keepPersonal(`pickup-friend:${code}`, answer.value)]);
    return answer;
  }, [code]);
  return useKept<FriendsCode>(code === null ? null : `pickup-friend:${code}`, ask);
}
