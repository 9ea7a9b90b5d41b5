'use client';

import { useEffect, useRef, useState } from 'react';

const ROLL_MS = 600;

/** An amount that rolls to what it has become by news, whole fen; at once where less motion is wanted. */
export function useRolled(fen: number): number {
  const [shown, setShown] = useState(fen);
  const from = useRef(fen);
  useEffect(() => {
    const start = from.current;
    if (start === fen) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      from.current = fen;
      return setShown(fen);
    }
    const since = performance.now();
    let frame = requestAnimationFrame(function roll(at) {
      const part = Math.min(1, Math.max(0, (at - since) / ROLL_MS));
      from.current = part === 1 ? fen : Math.round(start + (fen - start) * (1 - (1 - part) ** 3));
      setShown(from.current);
      if (part < 1) frame = requestAnimationFrame(roll);
    });
    return () => cancelAnimationFrame(frame);
  }, [fen]);
  return shown;
}
