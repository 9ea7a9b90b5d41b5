'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { seeOrders } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { chipClass } from '../ui/tag.tsx';

type RefundSheetProps = { open: boolean; order: Order; refresh: () => Promise<void>; onClose: () => void };

/** Asks for the money back, with a reason that is chosen and not typed. */
export function RefundSheet({ open, order, refresh, onClose }: RefundSheetProps) {
  const words = useMessages(orderMessages);
  const locale = useLocale();
  const reasons = words.refundReasons.split('|');
  const [reason, setReason] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  const send = async () => {
    if (isBusy || reason === null) return;
    setIsBusy(true);
    setRefused(null);
    const answer = await call('order.askRefund', { id: order.id, reason });
    setIsBusy(false);
    if (answer.ok) {
      seeOrders([answer.value.order]);
      return onClose();
    }
    setRefused(refusalText(answer.refusal, locale));
    await refresh();
  };

  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={words.refundTitle}
      foot={
        <Button size="l" wide busy={isBusy} disabled={reason === null} onClick={send}>
          {words.refundSend}
        </Button>
      }
    >
      <p className="text-16 text-ink-2">{words.refundText(yuanText(order.paidFen - order.refundedFen))}</p>
      <fieldset className="mt-4">
        <legend className="mb-2 text-14 text-ink-2">{words.refundReason}</legend>
        <div className="flex flex-wrap gap-2">
          {reasons.map((name) => (
            <label key={name} className={`${chipClass(reason === name)} has-focus-visible:outline-2`}>
              <input
                type="radio"
                name="reason"
                className="sr-only"
                checked={reason === name}
                onChange={() => setReason(name)}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      {refused !== null && (
        <p role="alert" className="mt-3 text-14 text-on-lacquer-soft">
          {refused}
        </p>
      )}
    </Sheet>
  );
}
