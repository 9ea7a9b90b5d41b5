'use client';
import { useEffect, useState } from 'react';

/**
 * Whole seconds until `untilMs`, counted down while the page is seen; never below 0, null while `untilMs` is null.
 * `now` is the clock that `untilMs` is on, ms.
 */
export function useSecondsLeft(untilMs: number | null, now: () => number = Date.now): number | null {
  const [nowMs, setNowMs] = useState<number | null>(null);
  const left = untilMs === null || nowMs === null ? null : Math.max(0, Math.ceil((untilMs - nowMs) / 1_000));
  const isOver = left === 0;
  useEffect(() => {
    if (untilMs === null || isOver) return;
    const tick = () => setNowMs(now());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [untilMs, isOver, now]);
  return left;
}
