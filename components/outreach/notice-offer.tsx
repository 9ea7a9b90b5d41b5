'use client';

import { useEffect, useState } from 'react';
import { agreeToPush, canPush, isPushBlocked, type PushEnd, readPush } from '../../lib/client/push.ts';
import { noticesMessages } from '../../lib/messages/notices.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

/**
 * Offers notices where somebody waits for his order: what they are for, and a button. Nothing is asked before the tap, and
 * nothing is shown where the device cannot, may not, or is told already. `isReady`: what is left to be told are reminders.
 */
export function NoticeOffer({ isReady = false }: { isReady?: boolean }) {
  const words = useMessages(noticesMessages);
  const [isOffered, setIsOffered] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [end, setEnd] = useState<PushEnd | null>(null);
  useEffect(() => {
    if (!canPush() || isPushBlocked()) return;
    let isOver = false;
    readPush().then(
      (state) => !isOver && state !== null && setIsOffered(!state.purposes.includes('orders')),
      () => {
        // Without an answer nothing is offered.
      },
    );
    return () => {
      isOver = true;
    };
  }, []);
  if (!isOffered) return null;

  const ask = async () => {
    setIsBusy(true);
    setEnd(await agreeToPush(['orders']));
    setIsBusy(false);
  };
  return (
    <section className="mt-3 rounded-card bg-gold-soft p-3">
      <h3 className="flex items-center gap-2 text-16 font-semibold">
        <Icon name="bell" className="size-5 text-gold" />
        {isReady ? words.remindTitle : words.askTitle}
      </h3>
      {end !== 'done' && (
        <>
          <p className="mt-1 text-14 text-ink-2">{words.askText}</p>
          <Button look="quiet" size="m" className="mt-3" busy={isBusy} onClick={() => void ask()}>
            {isBusy ? words.asking : words.ask}
          </Button>
        </>
      )}
      <p role="status" className="mt-1 text-14 empty:hidden">
        {end === null ? '' : end === 'done' ? (isReady ? words.onReminded : words.on) : words[end]}
      </p>
    </section>
  );
}
