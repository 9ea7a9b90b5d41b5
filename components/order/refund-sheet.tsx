'use client';

import { useMemo, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { seeOrders } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Order } from '../../lib/contracts/order.ts';
import {
  REFUND_REASONS,
  RETURN_REASONS,
  type RequestKind,
  sumRefund,
  unitsLeft,
} from '../../lib/domain/order/refund-request.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { reasonText, refundMessages } from '../../lib/messages/refund.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { chipClass } from '../ui/tag.tsx';

type RefundSheetProps = {
  open: boolean;
  kind: RequestKind;
  order: Order;
  refresh: () => Promise<void>;
  onClose: () => void;
};

/** Which units go back, why, and how much that is: by the same rule by which the server pays. */
export function RefundSheet({ open, kind, order, refresh, onClose }: RefundSheetProps) {
  const words = useMessages(refundMessages);
  const locale = useLocale();
  const left = unitsLeft(order.lines);
  const [chosen, setChosen] = useState<Readonly<Record<number, number>>>({});
  const [reason, setReason] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  // Before shipping most take everything back; after receipt they name what.
  const units = (line: { lineNumber: number; quantity: number }) =>
    chosen[line.lineNumber] ?? (kind === 'refund' || left.length === 1 ? line.quantity : 0);
  const lines = left.map((line) => ({ ...line, quantity: units(line) })).filter(({ quantity }) => quantity > 0);
  const sum = sumRefund(order, lines, { kind, reason: reason ?? '' });
  // Another choice is another request; the same one, sent again after a lost answer, is not.
  const wanted = JSON.stringify([lines, reason]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a key belongs to what is asked
  const key = useMemo(() => crypto.randomUUID(), [wanted]);

  const send = async () => {
    if (isBusy || reason === null || lines.length === 0) return;
    setIsBusy(true);
    setRefused(null);
    const request = { id: order.id, key, lines, reason };
    const answer = await (kind === 'refund' ? call('order.askRefund', request) : call('order.askReturn', request));
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
      title={kind === 'refund' ? words.refundTitle : words.returnTitle}
      foot={
        <>
          <p className="mb-2 flex items-baseline justify-between" aria-live="polite">
            <span className="text-14 text-ink-2">{words.amount}</span>
            <span className="text-right">
              <Price fen={sum.ok ? sum.value.amountFen : 0} className="text-22 font-semibold text-lacquer" />
              {sum.ok && sum.value.freightFen > 0 && (
                <span className="block text-12 text-ink-2">{words.withFreight(yuanText(sum.value.freightFen))}</span>
              )}
            </span>
          </p>
          <Button size="l" wide busy={isBusy} disabled={reason === null || lines.length === 0} onClick={send}>
            {words.send}
          </Button>
        </>
      }
    >
      <h3 className="text-14 text-ink-2">{words.which}</h3>
      <ul className="divide-y divide-line">
        {left.map((line) => {
          const sold = order.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
          if (!sold) return null;
          const title = inLocale(sold.title, locale);
          return (
            <li key={line.lineNumber} className="flex items-center gap-3 py-2">
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2 text-14">{title}</span>
                <span className="block truncate text-12 text-ink-2">
                  {[inLocale(sold.choice, locale), words.leftUnits(line.quantity)].filter(Boolean).join(' · ')}
                </span>
              </span>
              <Stepper
                min={0}
                max={line.quantity}
                value={units(line)}
                label={words.unitsOf(title)}
                onChange={(quantity) => setChosen((before) => ({ ...before, [line.lineNumber]: quantity }))}
              />
            </li>
          );
        })}
      </ul>
      <fieldset className="mt-3">
        <legend className="mb-2 text-14 text-ink-2">{words.why}</legend>
        <div className="flex flex-wrap gap-2">
          {(kind === 'refund' ? REFUND_REASONS : RETURN_REASONS).map((code) => (
            <label key={code} className={`${chipClass(reason === code)} has-focus-visible:outline-2`}>
              <input
                type="radio"
                name="reason"
                className="sr-only"
                checked={reason === code}
                onChange={() => setReason(code)}
              />
              {reasonText(code, locale)}
            </label>
          ))}
        </div>
      </fieldset>
      <p className="mt-3 text-14 text-ink-2">{kind === 'refund' ? words.refundText : words.returnText}</p>
      {refused !== null && (
        <p role="alert" className="mt-3 text-14 text-on-lacquer-soft">
          {refused}
        </p>
      )}
    </Sheet>
  );
}
