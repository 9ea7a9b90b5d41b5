'use client';

import { useEffect } from 'react';
import { HOUR_MS } from '../../lib/domain/time.ts';

/** After a moment at which the clock alone changes a state; further ones are not waited for on this page. */
const ASK_AFTER_MS = 500;
const WAIT_MS_MAX = HOUR_MS;

/**
 * A campaign starts, ends, or gets its raise by the clock: the page asks again when the next of these has come. `now` is
 * the server's clock when it was asked last; epoch ms.
 */
export function useAskAtNextChange(
  now: number | null,
  moments: readonly (number | null | undefined)[],
  reload: () => void,
): void {
  const ahead = moments.filter((at): at is number => typeof at === 'number' && now !== null && at >= now);
  const nextAt = Math.min(...ahead);
  useEffect(() => {
    if (now === null || nextAt - now > WAIT_MS_MAX) return;
    const timer = setTimeout(reload, nextAt - now + ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [now, nextAt, reload]);
}
