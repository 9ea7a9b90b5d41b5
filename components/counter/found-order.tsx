'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { counterUntil } from '../../lib/domain/pickup/deadlines.ts';
import { type LineUnits, unitsWaiting } from '../../lib/domain/pickup/pickup.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { momentText } from '../../lib/messages/time.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { CounterIcon } from './counter-icon.tsx';
import { HandSome } from './hand-some.tsx';
import { ResultHead } from './result-head.tsx';
import { FOUND } from './result-looks.ts';
import type { Scan } from './use-desk.ts';

type FoundOrderProps = {
  scan: Scan;
  isHanding: boolean;
  onHand: (lines: LineUnits[] | null) => void;
  onCancel: () => void;
};

/** An order whose code was shown here: what it is, whose, and the one button that gives it away. */
export function FoundOrder({ scan, isHanding, onHand, onCancel }: FoundOrderProps) {
  const words = useMessages(counterScanMessages);
  const locale = useLocale();
  const { order, isFriend } = scan;
  const [openedAt] = useState(serverNow);
  const waiting = unitsWaiting(order.lines);
  const isRest = order.lines.some(({ handed }) => handed > 0);
  const isInGrace = order.fetchBefore !== null && openedAt >= order.fetchBefore;
  const left = new Map(waiting.map(({ lineNumber, quantity }) => [lineNumber, quantity]));
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={FOUND} title={isRest ? words.foundPart : words.found}>
        <p className="figures text-22">
          {words.phone} <span className="font-semibold">{order.phoneMasked}</span>
        </p>
      </ResultHead>
      {isFriend && (
        <p className="flex items-center gap-3 rounded-card bg-gold-soft px-4 py-3 text-16 text-gold">
          <CounterIcon name="friend" className="size-8" />
          <span>
            <b className="block text-18">{words.friend}</b>
            {words.friendText}
          </span>
        </p>
      )}
      {isInGrace && order.fetchBefore !== null && (
        <p className="rounded-card bg-gold-soft px-4 py-3 text-16 font-semibold text-gold">
          {words.grace(momentText(counterUntil(order.fetchBefore), openedAt, locale))}
        </p>
      )}
      <HandSome
        lines={order.lines
          .map((line) => ({ ...line, quantity: left.get(line.lineNumber) ?? 0 }))
          .filter(({ quantity, handed, refunded }) => quantity + handed + refunded > 0)}
        waiting={waiting}
        isBusy={isHanding}
        onHand={onHand}
        onCancel={onCancel}
      />
      <dl className="flex flex-wrap gap-x-6 gap-y-1 px-1 text-16 text-ink-2">
        <div className="flex gap-2">
          <dt>{words.paid}</dt>
          <dd className="font-semibold text-ink">
            <Price fen={order.paidFen} />
          </dd>
        </div>
        <div className="flex gap-2">
          <dt>{words.order}</dt>
          <dd className="figures self-center text-ink">{order.orderId}</dd>
        </div>
        {order.note && (
          <div className="flex w-full gap-2">
            <dt className="shrink-0">{words.note}</dt>
            <dd className="text-ink">{order.note}</dd>
          </div>
        )}
      </dl>
    </article>
  );
}
