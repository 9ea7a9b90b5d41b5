'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import type { CounterOrder, Handover } from '../../lib/contracts/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { clockText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { CounterIcon } from './counter-icon.tsx';
import { GoodsLines } from './goods-lines.tsx';
import { UndoPanel } from './undo-panel.tsx';
import type { CounterOrders } from './use-counter-orders.ts';

/** What was handed over of one order, newest first; the last minute's can be taken back. */
export function HandoverRow({ order, change }: { order: CounterOrder; change: CounterOrders['change'] }) {
  const newest = [...order.handovers].sort((a, b) => b.at - a.at);
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-2">
        <p className="figures text-18 font-semibold">{order.phoneMasked}</p>
        <p className="figures ml-auto text-12 text-ink-2">{order.orderId}</p>
      </div>
      <ul className="divide-y divide-line">
        {newest.map((handover) => (
          <li key={handover.id} className="py-2">
            <OneHandover order={order} handover={handover} change={change} />
          </li>
        ))}
      </ul>
    </>
  );
}

type OneHandoverProps = { order: CounterOrder; handover: Handover; change: CounterOrders['change'] };

function OneHandover({ order, handover, change }: OneHandoverProps) {
  const words = useMessages(counterListsMessages);
  const scan = useMessages(counterScanMessages);
  const [isUndoing, setUndoing] = useState(false);
  const { at, clerkName, isMine, undoneAt, undoneBy, shown, undoUntil } = handover;
  const secondsLeft = useSecondsLeft(undoneAt === null ? undoUntil : null, serverNow);
  const units = handover.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const lines = handover.lines.flatMap(({ lineNumber, quantity }) => {
    const line = order.lines.find((one) => one.lineNumber === lineNumber);
    return line
      ? [{ lineNumber, quantity, title: line.title, choice: line.choice, picturePath: line.picturePath }]
      : [];
  });
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-16">
        <span className="figures">{words.handedAt(clockText(at, true), isMine ? words.me : clerkName)}</span>
        <Tag tone={shown.endsWith('token') ? 'ready' : 'won'} className="text-14">
          {words[`shown_${shown}`]}
        </Tag>
        <span className="ml-auto font-semibold">{scan.units(units)}</span>
      </p>
      <GoodsLines lines={lines} />
      {undoneAt !== null && (
        <p className="figures text-16 font-semibold text-lacquer">
          {words.undone(clockText(undoneAt, true), undoneBy ?? '')}
        </p>
      )}
      {secondsLeft !== null && secondsLeft > 0 && (
        <div className="flex items-center gap-3">
          <p className="figures flex-1 text-16 text-ink-2">{words.undoLeft(secondsLeft)}</p>
          <Button look="quiet" className="min-h-12" onClick={() => setUndoing(true)}>
            <CounterIcon name="undo" className="size-5" />
            {isMine ? words.undoOther : words.undo}
          </Button>
        </div>
      )}
      {isUndoing && (
        <UndoPanel
          handover={handover}
          units={units}
          onDone={(after) => {
            setUndoing(false);
            change(order.orderId, after);
          }}
          onClose={() => setUndoing(false)}
        />
      )}
    </>
  );
}
