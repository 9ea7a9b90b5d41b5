'use client';

import { paymentMessages } from '../../lib/messages/payment.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** The same box as the result, before it is there. */
export function ResultWaiting() {
  const words = useMessages(paymentMessages);
  return (
    <div className="gutter py-5">
      <div
        role="status"
        className="flex min-h-56 flex-col items-center justify-center gap-3 rounded-sheet bg-card p-6 text-center shadow-card"
      >
        <Skeleton className="h-10 w-40" />
        <p className="text-18 font-semibold">{words.confirming}</p>
        <p className="text-14 text-ink-2">{words.confirmingText}</p>
      </div>
    </div>
  );
}
