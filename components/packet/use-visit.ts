'use client';

import { useEffect, useRef, useState } from 'react';
import { visitPacket } from '../../lib/client/packet-commands.ts';
import type { PacketAnswer, PacketView } from '../../lib/client/packet-room.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useLocale } from '../ui/locale.tsx';

/** How far a visit has come that does not count yet; `none`: there is nothing to count, or it has counted. */
export type VisitProgress =
  | { readonly phase: 'none' | 'touch' | 'sending' }
  | { readonly phase: 'waiting'; readonly secondsLeft: number }
  | { readonly phase: 'refused'; readonly text: string };

const LOOK_EVERY_MS = 250;
/** Where no answer came it is sent again, with its key, this much later. */
const AGAIN_MS = 4_000;

/** Refusals that the page itself tells, from what is true now. */
const MOVED_ON = new Set(['own_packet', 'already_visited', 'packet_full', 'packet_ended', 'unknown_packet']);

type Visit = {
  readonly view: PacketView | null;
  /** Visits may be asked for in this app, and it is known who looks. */
  readonly isReady: boolean;
  /** Not signed in. */
  readonly isNobody: boolean;
  readonly take: (answer: PacketAnswer) => void;
  readonly refresh: () => Promise<void>;
};

/**
 * Makes a visit effective: who is signed in has visited by coming; anybody else when the page has been seen for as long as
 * the campaign says and was touched, wherever. Sent once.
 */
export function useVisit({ view, isReady, isNobody, take, refresh }: Visit): VisitProgress {
  const locale = useLocale();
  const [progress, setProgress] = useState<VisitProgress>({ phase: 'none' });
  const code = view?.packet.code ?? null;
  const stayMs = view?.campaign.stayMs ?? 0;
  const isOpen =
    isReady &&
    view !== null &&
    !view.own.isOwner &&
    view.own.visit === null &&
    (view.packet.state === 'growing' || view.packet.state === 'locked');
  const latest = useRef({ take, refresh });
  useEffect(() => {
    latest.current = { take, refresh };
  });

  useEffect(() => {
    if (!isOpen || code === null) return setProgress({ phase: 'none' });
    let stayedMs = 0;
    let lookedAt = performance.now();
    let touched = false;
    let isOver = false;
    let ended = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    const send = async () => {
      isOver = true;
      setProgress({ phase: 'sending' });
      const answer = await visitPacket(code, Math.round(stayedMs), touched);
      if (ended) return;
      if (answer.ok) return latest.current.take(answer.value);
      const { refusal } = answer;
      if (MOVED_ON.has(refusal.code)) return void latest.current.refresh();
      setProgress({ phase: 'refused', text: refusalText(refusal, locale) });
      if (refusal.code === 'offline' || refusal.code === 'timeout') again = setTimeout(send, AGAIN_MS);
    };
    const look = () => {
      const now = performance.now();
      if (document.visibilityState === 'visible') stayedMs += now - lookedAt;
      lookedAt = now;
      if (isOver) return;
      if (!isNobody || (stayedMs >= stayMs && touched)) return void send();
      const secondsLeft = Math.ceil((stayMs - stayedMs) / 1000);
      setProgress((before) =>
        secondsLeft <= 0
          ? before.phase === 'touch'
            ? before
            : { phase: 'touch' }
          : before.phase === 'waiting' && before.secondsLeft === secondsLeft
            ? before
            : { phase: 'waiting', secondsLeft },
      );
    };
    const touch = () => {
      touched = true;
      look();
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    addEventListener('pointerdown', touch);
    addEventListener('keydown', touch);
    return () => {
      ended = true;
      clearInterval(timer);
      clearTimeout(again);
      removeEventListener('pointerdown', touch);
      removeEventListener('keydown', touch);
    };
  }, [isOpen, code, stayMs, isNobody, locale]);

  return progress;
}
