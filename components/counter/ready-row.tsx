'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { askCounter } from '../../lib/client/counter-ask.ts';
import type { CounterOrder } from '../../lib/contracts/counter.ts';
import { counterUntil, EXTENSION_MS } from '../../lib/domain/pickup/deadlines.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { GoodsLines } from './goods-lines.tsx';
import { useAct } from './use-act.ts';
import type { CounterOrders } from './use-counter-orders.ts';

/** An order that waits for its shopper: until when, and three days more. */
export function ReadyRow({ order, change }: { order: CounterOrder; change: CounterOrders['change'] }) {
  const words = useMessages(counterListsMessages);
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const [isAsking, setAsking] = useState(false);
  const { isBusy, refused, act } = useAct();
  const { orderId, fetchBefore } = order;
  const now = serverNow();
  const isOver = fetchBefore !== null && now >= fetchBefore;

  async function extend() {
    const answer = await act(() => askCounter('counter.extend', { orderId }));
    if (!answer.ok) return;
    setAsking(false);
    change(orderId, answer.value.order);
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <p className="figures text-18 font-semibold">{order.phoneMasked}</p>
        {order.isRefunding && (
          <Tag tone="act" className="text-14">
            {words.refunding}
          </Tag>
        )}
        {order.isExtended && <Tag className="text-14">{words.extended}</Tag>}
        {fetchBefore !== null && (
          <p className={`figures ml-auto text-16 ${isOver ? 'font-semibold text-lacquer' : 'text-ink-2'}`}>
            {isOver
              ? words.inGrace(momentText(counterUntil(fetchBefore), now, locale))
              : words.fetchBefore(momentText(fetchBefore, now, locale))}
          </p>
        )}
      </div>
      <GoodsLines
        lines={order.lines.map((line) => ({ ...line, quantity: line.quantity - line.handed - line.refunded }))}
      />
      <div className="flex items-center gap-3">
        <p className="figures flex-1 text-12 text-ink-2">{orderId}</p>
        {!order.isExtended && fetchBefore !== null && (
          <Button look="quiet" className="min-h-12" onClick={() => setAsking(true)}>
            {words.extend}
          </Button>
        )}
      </div>
      {fetchBefore !== null && (
        <ConfirmSheet
          open={isAsking}
          title={words.extendTitle}
          text={words.extendText(momentText(fetchBefore + EXTENSION_MS, now, locale))}
          yes={words.extendYes}
          no={common.cancel}
          error={refused}
          isBusy={isBusy}
          onYes={() => void extend()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
