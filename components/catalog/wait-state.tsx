'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { WaitEntry } from '../../lib/contracts/waitlist.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { clockText } from '../../lib/messages/time.ts';
import { waitlistMessages } from '../../lib/messages/waitlist.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { useLocale } from '../ui/locale.tsx';
import { TimeLeft } from '../ui/time-left.tsx';

type WaitStateProps = {
  /** A live entry: `waiting` or `offered`. */
  entry: WaitEntry;
  onBuy: (quantity: number) => void;
  /** Something has changed: the entry is to be read again. */
  onMoved: () => void;
};

/** What a live entry is now, and what can be done with it: the place in the line, or the held units and their time. */
export function WaitState({ entry, onBuy, onMoved }: WaitStateProps) {
  const locale = useLocale();
  const words = waitlistMessages[locale];
  const [isLeaving, setIsLeaving] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const isOffer = entry.state === 'offered';
  const units = entry.offeredQuantity ?? entry.quantity;

  const leave = async () => {
    if (isBusy) return;
    setIsBusy(true);
    const answer = await call('waitlist.leave', { id: entry.id });
    setIsBusy(false);
    setRefused(answer.ok ? null : refusalText(answer.refusal, locale));
    if (!answer.ok) return;
    setIsLeaving(false);
    onMoved();
  };

  return (
    <>
      {isOffer ? (
        <div className="rounded-card bg-gold-soft px-3 py-2.5">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="text-16 font-semibold">{words.heldFor(units)}</span>
            {entry.offerEndsAt !== null && (
              <span className="flex items-baseline gap-1.5 text-14">
                {words.left}
                <TimeLeft
                  until={entry.offerEndsAt}
                  aloud={words.leftAloud}
                  onOver={onMoved}
                  className="text-18 font-semibold text-lacquer"
                />
              </span>
            )}
          </p>
          {units < entry.quantity && <p className="text-14 text-ink-2">{words.fewer(entry.quantity)}</p>}
          {entry.tierFen !== null && entry.tierUpTo !== null && (
            <p className="text-14">{words.tier(entry.tierUpTo, yuanText(entry.tierFen))}</p>
          )}
        </div>
      ) : (
        <div className="rounded-card bg-lacquer-soft px-3 py-2.5">
          <p className="flex items-baseline justify-between gap-3">
            <span className="text-16 font-semibold">
              {words.waiting}
              {entry.position !== null && (
                <span className="figures pl-2 text-lacquer">{words.position(entry.position)}</span>
              )}
            </span>
            <span className="text-14 text-ink-2">{words.wish(entry.quantity)}</span>
          </p>
          {entry.position !== null && <p className="text-14 text-ink-2">{words.positionText(entry.position)}</p>}
        </div>
      )}
      <div className="flex gap-2 pt-3">
        <Button look="quiet" className={isOffer ? 'flex-1' : 'w-full'} onClick={() => setIsLeaving(true)}>
          {isOffer ? words.pass : words.leave}
        </Button>
        {isOffer && (
          <Button className="flex-[1.6]" disabled={entry.opensAt !== null} onClick={() => onBuy(units)}>
            {entry.opensAt === null ? words.buy : words.opensAt(clockText(entry.opensAt))}
          </Button>
        )}
      </div>
      <ConfirmSheet
        open={isLeaving}
        title={isOffer ? words.passTitle : words.leaveTitle}
        text={isOffer ? words.passText : words.leaveText}
        yes={isOffer ? words.pass : words.leave}
        no={isOffer ? words.passKeep : words.keep}
        error={refused}
        isBusy={isBusy}
        onYes={leave}
        onClose={() => setIsLeaving(false)}
      />
    </>
  );
}
