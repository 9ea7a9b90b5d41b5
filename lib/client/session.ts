'use client';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Person } from '../contracts/identity.ts';
import { call } from './api.ts';
import { wipePersonal } from './personal-store.ts';
import { forgetQueuedEdits } from './tell-worker.ts';

const KEPT_AS = 'festa.me';

type SessionState = {
  readonly person: Person | null;
  /** False until the server, or what the phone kept of its last answer, has said who this is. */
  readonly isKnown: boolean;
};

/** Who this browser is. Starts empty, because the page's HTML is the same for everybody. */
export const useSession = create<SessionState>(() => ({ person: null, isKnown: false }));

let isAsked = false;

/** Who is here, asked of the server once per page load; `isKnown` is false meanwhile. */
export function useMe(): SessionState {
  useEffect(() => {
    showKept();
    if (isAsked) return;
    isAsked = true;
    void refreshMe();
  }, []);
  return useSession();
}

/** Asks the server again. Without an answer the phone goes on with what it knew. */
async function refreshMe(): Promise<void> {
  const answer = await call('identity.me', {});
  if (answer.ok) return setPerson(answer.value.person);
  useSession.setState({ isKnown: true });
}

/** After signing in, or after the profile was changed: the answer of that command. */
export function setPerson(person: Person | null): void {
  if (person === null) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, JSON.stringify(person));
  useSession.setState({ person, isKnown: true });
}

/**
 * Ends the session and wipes what this phone keeps of the shopper, also when the server cannot be reached: a
 * handed-on phone must hold nothing.
 */
export async function signOut(): Promise<void> {
  const answer = await call('identity.signOut', {});
  if (!answer.ok && answer.refusal.code === 'offline') return;
  await wipePersonal();
  forgetQueuedEdits();
  setPerson(null);
}

function showKept(): void {
  if (useSession.getState().isKnown) return;
  const kept = localStorage.getItem(KEPT_AS);
  if (kept !== null) useSession.setState({ person: JSON.parse(kept) as Person, isKnown: true });
}

// Another tab signed in or out.
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key !== KEPT_AS) return;
  useSession.setState({ person: event.newValue === null ? null : (JSON.parse(event.newValue) as Person) });
});
