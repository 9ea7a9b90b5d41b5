'use client';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ValueNamed } from '../contracts/named.ts';
import { askCounter } from './counter-ask.ts';
import { keep, readKept } from './counter-kept.ts';

export type Home = ValueNamed<'counter.home'>;

const EVERY_MS = 15_000;
const KEPT_AS = 'home';

type HomeState = {
  readonly home: Home | null;
  /** The last look brought no answer. */
  readonly isUnreached: boolean;
};

/** Where this clerk stands and what waits there. */
export const useHome = create<HomeState>(() => ({ home: null, isUnreached: false }));

/** Looks now: after something was done here, and when the network is back. */
export async function refreshHome(): Promise<void> {
  const answer = await askCounter('counter.home', {}, { attemptsMax: 1 });
  if (answer.ok) {
    useHome.setState({ home: answer.value, isUnreached: false });
    await keep(KEPT_AS, answer.value).catch(() => {});
    return;
  }
  useHome.setState({ isUnreached: true });
}

/** Looks every 15 s while the page is seen; without network a reload shows what was last known of this clerk. */
export function useHomeNews(clerkId: string): void {
  useEffect(() => {
    let isOver = false;
    void readKept<Home>(KEPT_AS).then((kept) => {
      if (!isOver && kept?.clerk.id === clerkId && useHome.getState().home === null) useHome.setState({ home: kept });
    });
    const look = () => {
      if (!document.hidden) void refreshHome();
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    addEventListener('online', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      isOver = true;
      clearInterval(timer);
      removeEventListener('online', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [clerkId]);
  // Not with each clerk: one may sign in for another in the middle of something.
  useEffect(() => () => useHome.setState({ home: null, isUnreached: false }), []);
}
