'use client';

import { useEffect } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import { minutesText } from '../../lib/messages/moment.ts';

type TimeLeftProps = {
  /** On the server's clock, epoch ms. */
  until: number;
  /** The same for a screen reader, which is not told of every second. */
  aloud: (minutes: number, seconds: number) => string;
  onOver?: () => void;
  className?: string;
};

/** `4:05`, counted down to the second on the server's clock. */
export function TimeLeft({ until, aloud, onOver, className }: TimeLeftProps) {
  const left = useSecondsLeft(until, serverNow);
  const isOver = left === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the last second is gone
  useEffect(() => {
    if (isOver) onOver?.();
  }, [isOver]);
  return (
    <span role="timer" aria-live="off" className={className}>
      <span aria-hidden="true" className="figures">
        {left === null ? '--:--' : minutesText(left)}
      </span>
      {left !== null && <span className="sr-only">{aloud(Math.floor(left / 60), left % 60)}</span>}
    </span>
  );
}
