'use client';

import { orderMessages } from '../../lib/messages/order.ts';
import { useMessages } from '../ui/locale.tsx';
import { TimeLeft } from '../ui/time-left.tsx';

type PayCountdownProps = {
  payBefore: number;
  /** Time is up: the order is about to be closed. */
  onOver?: () => void;
  className?: string;
};

/** How long the units are still held, to the second. */
export function PayCountdown({ payBefore, ...rest }: PayCountdownProps) {
  const words = useMessages(orderMessages);
  return <TimeLeft until={payBefore} aloud={words.payLeft} {...rest} />;
}
