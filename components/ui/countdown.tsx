'use client';

import { useEffect, useRef, useState } from 'react';
import { serverNow, useServerClock } from '../../lib/client/clock.ts';
import {
  type CountdownPrecision,
  countdownParts,
  formatCountdown,
  spokenLeftMs,
} from '../../lib/domain/clock/format.ts';
import { clockMessages } from '../../lib/messages/clock.ts';
import { figureCanvas } from './countdown-canvas.ts';
import { addDrawing } from './countdown-loop.ts';
import { cx } from './cx.ts';
import { useLocale } from './locale.tsx';

type CountdownProps = {
  /** Epoch ms on the server's clock. */
  until: number;
  /** What it counts down to; said before the time. */
  label: string;
  className?: string;
  /** Once, when the server's clock has reached `until`. */
  onEnd?: () => void;
};

const DAY_MS = 86_400_000;
const asks = (query: string) => window.matchMedia(query).matches;

/** As fine as this person and this connection want it. */
function finest(): CountdownPrecision {
  if (asks('(prefers-reduced-motion: reduce)')) return 'seconds';
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData || asks('(prefers-reduced-data: reduce)') ? 'hundredths' : 'milliseconds';
}

/**
 * Counts down to the millisecond on the server's clock. The figures are drawn on a canvas of a fixed box, so nothing
 * moves and React draws nothing while it runs; dashes until the clock is known. Beside it stands a text for screen
 * readers, which changes once a minute and each 10 s in the last minute.
 */
export function Countdown({ until, label, className, onEnd }: CountdownProps) {
  const locale = useLocale();
  const words = clockMessages[locale];
  const isKnown = useServerClock() !== null;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [spoken, setSpoken] = useState<number | null>(null);
  const ended = useRef(onEnd);
  useEffect(() => {
    ended.current = onEnd;
  });

  useEffect(() => {
    if (!canvas.current) return;
    const figures = figureCanvas(canvas.current);
    const finestNow = finest();
    let hasEnded = false;
    let said: number | null = null;
    return addDrawing(() => {
      const now = serverNow();
      const leftMs = now === null ? null : Math.max(0, until - now);
      const precision = leftMs !== null && leftMs >= DAY_MS ? 'seconds' : finestNow;
      figures.draw(formatCountdown(leftMs, precision, words.dayMark));
      if (leftMs === null) return false;
      const toSay = spokenLeftMs(leftMs);
      if (toSay !== said) setSpoken(toSay);
      said = toSay;
      if (leftMs === 0 && !hasEnded) {
        hasEnded = true;
        ended.current?.();
      }
      return leftMs > 0 && precision !== 'seconds';
    });
  }, [until, words]);

  return (
    <span className={cx('relative inline-block whitespace-nowrap tabular-nums', className)}>
      <span aria-hidden="true">
        <span className="invisible">00:00:00.000</span>
        {!isKnown && <span className="absolute inset-0 text-right">--:--:--.---</span>}
        <canvas ref={canvas} className={cx('absolute inset-0 size-full', !isKnown && 'invisible')} />
      </span>
      <span role="timer" aria-live="off" className="sr-only">
        {label} {spoken === null ? words.unknown : words.left(countdownParts(spoken))}
      </span>
    </span>
  );
}
