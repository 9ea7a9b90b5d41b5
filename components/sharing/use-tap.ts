'use client';

import { useEffect, useRef, useState } from 'react';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useLocale } from '../ui/locale.tsx';
import type { Refused } from './refusal-line.tsx';

type Answer<Value, Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

type Tapped<Meant, Value, Refusal> = {
  readonly send: (meant: Meant) => Promise<Answer<Value, Refusal>>;
  readonly onDone: (value: Value) => void;
  /** The way on from a refusal. */
  readonly nextOf: (refusal: Refusal) => Refused['next'];
  /** What is true now says everything: the page shows it, and no sentence beside it. */
  readonly isTold?: (refusal: Refusal) => boolean;
  /** The person thought better of it. */
  readonly forget: (meant: Meant) => void;
  /** The page asks what is true now. */
  readonly refresh: () => void;
};

/** Something that is asked for by a tap: sent once, signing in on the way if need be, with what was refused. */
export function useTap<Meant, Value, Refusal extends { readonly code: string; readonly message?: string }>(
  isNobody: boolean,
  what: Tapped<Meant, Value, Refusal>,
) {
  const locale = useLocale();
  const latest = useRef(what);
  useEffect(() => {
    latest.current = what;
  });
  const isRunning = useRef(false);
  const meant = useRef<Meant | null>(null);
  const [busy, setBusy] = useState<Meant | null>(null);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const [refused, setRefused] = useState<(Refused & { readonly meant: Meant }) | null>(null);

  async function send(wanted: Meant) {
    // Two taps in one frame come before React has drawn the first: a flag, not a state.
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(wanted);
    setRefused(null);
    const answer = await latest.current.send(wanted);
    isRunning.current = false;
    setBusy(null);
    const now = latest.current;
    if (answer.ok) return now.onDone(answer.value);
    const { refusal } = answer;
    if (refusal.code === 'login_required' || refusal.code === 'phone_required') return setIsSigningIn(true);
    if (now.isTold?.(refusal) !== true) {
      setRefused({ meant: wanted, text: refusalText(refusal, locale), next: now.nextOf(refusal) });
    }
    if (refusal.code !== 'offline') now.refresh();
  }

  return {
    tap: (wanted: Meant) => {
      meant.current = wanted;
      if (isNobody) setIsSigningIn(true);
      else void send(wanted);
    },
    /** Signing in was what stood between: on it goes. */
    signedIn: () => {
      setIsSigningIn(false);
      if (meant.current !== null) void send(meant.current);
    },
    giveUp: () => {
      setIsSigningIn(false);
      if (meant.current !== null) what.forget(meant.current);
    },
    isSigningIn,
    busy,
    refused,
  };
}
