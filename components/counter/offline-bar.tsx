'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import { useHome } from '../../lib/client/counter-home.ts';
import { reconcile, useLease } from '../../lib/client/counter-lease.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterOfflineMessages } from '../../lib/messages/counter-offline.ts';
import { minutesText } from '../../lib/messages/moment.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

/** What the network and the offline turn of this device allow now; nothing while all is well. */
export function OfflineBar() {
  const words = useMessages(counterOfflineMessages);
  const frame = useMessages(counterMessages);
  const isOnline = useOnline();
  const isUnreached = useHome((state) => state.isUnreached);
  const { kept, isBusy } = useLease();
  const secondsLeft = useSecondsLeft(kept?.lease.until ?? null, serverNow);
  const isOver = secondsLeft === 0;
  if (isOnline && !isUnreached && kept === null) return null;
  return (
    <div role="status" className="border-line border-b bg-gold-soft text-gold">
      <div className="mx-auto flex w-full max-w-[1200px] flex-wrap items-center gap-x-3 gap-y-1 gutter py-2 text-16">
        {(!isOnline || isUnreached) && (
          <p className="flex w-full items-start gap-2">
            <Icon name="offline" className="mt-0.5 size-5" />
            <span className="flex-1">
              <b>{isOnline ? frame.unreached : frame.offlineTitle}</b>{' '}
              {!isOnline &&
                (kept === null ? `${frame.offlineText} ${words.noLease}` : isOver ? words.overText : words.howTo)}
            </span>
          </p>
        )}
        {kept && (
          <>
            <p className="figures flex-1 font-semibold">
              {isOver || secondsLeft === null
                ? isOver && words.over
                : words.running(minutesText(secondsLeft), kept.lease.orders.length)}
              {kept.queue.length > 0 && ` · ${words.queued(kept.queue.length)}`}
            </p>
            {isOnline && (kept.queue.length > 0 || isOver) && (
              <Button look="quiet" className="min-h-12" busy={isBusy} onClick={() => void reconcile()}>
                {isBusy ? words.sending : kept.queue.length > 0 ? words.send : words.end}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}
