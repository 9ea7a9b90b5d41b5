'use client';

import { useEffect } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import { minutesText } from '../../lib/messages/moment.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { useMessages } from '../ui/locale.tsx';

type PayCountdownProps = {
  payBefore: number;
  /** Time is up: the order is about to be closed. */
  onOver?: () => void;
  className?: string;
};

/** How long the units are still held, to the second. */
export function PayCountdown({ payBefore, onOver, className }: PayCountdownProps) {
  const words = useMessages(orderMessages);
  const left = useSecondsLeft(payBefore, serverNow);
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
      {left !== null && <span className="sr-only">{words.payLeft(Math.floor(left / 60), left % 60)}</span>}
    </span>
  );
}
