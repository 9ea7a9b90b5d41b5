'use client';

import { useEffect, useRef } from 'react';
import { useLiveFunnel } from '../../../lib/client/studio-funnel.ts';
import { useStaffRead } from '../../staff/use-staff-read.ts';

/** The whole spread is read anew, so not at each click on a link: at the most so often … */
const AGAIN_MS_MIN = 3_000;
/** … and one part in so many of the time may go to reading, however large the spread is. */
const PATIENCE = 20;

/**
 * A campaign's spread, live: read at once, and again some seconds after the funnel has changed. The funnel is what the
 * room of the campaign tells; a spread of fifty thousand links would be too much to tell each time.
 */
export function useLiveGraph(campaignId: string) {
  const read = useStaffRead('studio.graph', { campaignId });
  const { funnel, failure, isTold } = useLiveFunnel(campaignId);
  const { value: columns, isLoading, reload } = read;
  const told = funnel && JSON.stringify({ ...funnel, version: 0 });
  /** What the funnel said when the last reading began. */
  const seen = useRef<string | null>(null);
  const reading = useRef({ begunAt: performance.now(), notBefore: 0 });

  useEffect(() => {
    if (isLoading) {
      reading.current.begunAt = performance.now();
      return;
    }
    const now = performance.now();
    const tookMs = now - reading.current.begunAt;
    reading.current.notBefore = now + Math.max(AGAIN_MS_MIN, PATIENCE * tookMs);
  }, [isLoading]);

  useEffect(() => {
    if (told === null || funnel === null || columns === null || isLoading) return;
    // The first funnel comes beside the first reading: it is news when it counts other links.
    if (seen.current === null && funnel.links === columns.total) seen.current = told;
    if (seen.current === told) return;
    const again = () => {
      if (document.visibilityState !== 'visible') return;
      seen.current = told;
      reload();
    };
    const timer = setTimeout(again, Math.max(0, reading.current.notBefore - performance.now()));
    document.addEventListener('visibilitychange', again);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [told, funnel, columns, isLoading, reload]);

  return { read, isTold, isStale: columns !== null && failure !== null };
}
