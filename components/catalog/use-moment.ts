'use client';

import { startTransition, useEffect, useState } from 'react';
import { serverNow, useServerClock } from '../../lib/client/clock.ts';
import { nextChangeAt } from '../../lib/domain/catalog/sku-view.ts';
import { daysUntil } from '../../lib/messages/time.ts';

/** A long wait is cut into pieces, so that a clock that was slewed meanwhile is heard. */
const PIECE_MS = 20_000;

type Spans = readonly { startsAt: number; endsAt: number }[];

/** Whether no word changes between two moments: no session starts or ends, and no "tomorrow" becomes today. */
function saysTheSame(before: number, now: number, spans: Spans): boolean {
  return nextChangeAt(spans, before) === nextChangeAt(spans, now) && daysUntil(now, before) === 0;
}

/**
 * The server's moment, as coarse as the words of a page need it: it moves on when a session starts or ends, so that
 * prices and buttons change by themselves, and does not draw the page each second.
 *
 * Before the clock is known it is the moment of the publish, which the HTML was drawn with.
 */
export function useMoment(publishedAt: number, spans: Spans): number {
  const clock = useServerClock();
  const [now, setNow] = useState(publishedAt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a corrected clock looks again at once
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const moment = serverNow();
      if (moment === null) return;
      const at = Math.floor(moment);
      // All cards change at once: in slices, so that a finger on the page is heard meanwhile.
      startTransition(() => {
        setNow((before) => (before !== publishedAt && saysTheSame(before, at, spans) ? before : at));
      });
      const next = nextChangeAt(spans, at);
      if (next !== null) timer = setTimeout(look, Math.min(next - at, PIECE_MS));
    };
    look();
    const onReturn = () => {
      clearTimeout(timer);
      look();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [clock, spans, publishedAt]);
  return now;
}
