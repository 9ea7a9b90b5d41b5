'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { AnswerNamed } from '../../lib/client/wire.ts';
import type { RefundRequest } from '../../lib/contracts/refund-request.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { opsRefundMessages } from '../../lib/messages/ops-refunds.ts';
import { reasonText } from '../../lib/messages/refund.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { OpsOrder } from './orders-desk.tsx';

type RefundMove = 'ops.decideRefund' | 'ops.goodsBack' | 'ops.settleReturn';
type RefundFormsProps = {
  order: OpsOrder;
  isBusy: boolean;
  move: (asked: Promise<AnswerNamed<RefundMove>>, said: string) => Promise<void>;
};

/** The open request of an order: what is asked, and the one decision that it waits for. */
export function RefundForms({ order, isBusy, move }: RefundFormsProps) {
  const words = useMessages(opsRefundMessages);
  const request = order.requests.find(({ state }) => !['done', 'refused', 'withdrawn'].includes(state));
  if (!request) return null;
  const ids = { id: order.id, requestId: request.id };
  const decide = (approve: boolean, reason: string) =>
    void move(call('ops.decideRefund', { ...ids, approve, reason }), approve ? words.approved : words.declined);
  const settle = (approve: boolean, reason: string, restock: boolean) =>
    void move(
      call('ops.settleReturn', { ...ids, approve, restock, reason }),
      approve ? words.approved : words.declined,
    );
  return (
    <section aria-label={request.kind === 'refund' ? words.refund : words.return} className="flex flex-col gap-2">
      <Asked order={order} request={request} />
      {request.state === 'requested' && <Decision isBusy={isBusy} request={request} onDecide={decide} />}
      {(request.state === 'awaiting_goods' || request.state === 'goods_sent') && (
        <>
          <p className="text-14 text-ink-2">{request.state === 'goods_sent' ? words.onItsWay : words.notSent}</p>
          <Button wide busy={isBusy} onClick={() => void move(call('ops.goodsBack', ids), words.arrived)}>
            {words.goodsBack}
          </Button>
        </>
      )}
      {request.state === 'goods_back' && <Decision isBusy={isBusy} request={request} withStock onDecide={settle} />}
    </section>
  );
}

/** Which goods, for how much, and why, in the shopper's words. */
function Asked({ order, request }: { order: OpsOrder; request: RefundRequest }) {
  const words = useMessages(opsRefundMessages);
  const locale = useLocale();
  return (
    <div className="rounded-card bg-gold-soft px-3 py-2 text-14">
      <p className="font-medium">
        {request.kind === 'refund' ? words.refund : words.return} · ¥{yuanText(request.amountFen)}
        {request.freightFen > 0 && ` (${words.withFreight(yuanText(request.freightFen))})`}
      </p>
      <ul>
        {request.lines.map((line) => {
          const sold = order.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
          return (
            <li key={line.lineNumber} className="figures">
              {sold ? [inLocale(sold.title, locale), inLocale(sold.choice, locale)].filter(Boolean).join(' · ') : ''} ×
              {line.quantity} · ¥{yuanText(line.amountFen)}
            </li>
          );
        })}
      </ul>
      <p>{words.asked(reasonText(request.reason, locale))}</p>
      {request.trackingNumber !== null && (
        <p className="figures">
          {request.carrier} {request.trackingNumber}
        </p>
      )}
    </div>
  );
}

type DecisionProps = {
  request: RefundRequest;
  isBusy: boolean;
  /** Goods are in hand: are they on sale again? */
  withStock?: boolean;
  onDecide: (approve: boolean, reason: string, restock: boolean) => void;
};

function Decision({ request, isBusy, withStock, onDecide }: DecisionProps) {
  const words = useMessages(opsOrdersMessages);
  const own = useMessages(opsRefundMessages);
  const [reason, setReason] = useState('');
  const [restock, setRestock] = useState(true);
  const [isWrong, setWrong] = useState(false);

  function decide(approve: boolean) {
    const isMissing = reason.trim() === '';
    setWrong(isMissing);
    if (!isMissing) onDecide(approve, reason.trim(), restock);
  }

  return (
    <>
      <Field
        id="refund-reason"
        label={own.answer}
        error={isWrong ? words.refundReasonWrong : null}
        hint={words.approveText(yuanText(request.amountFen))}
      >
        <Input
          id="refund-reason"
          value={reason}
          maxLength={200}
          invalid={isWrong}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {withStock && (
        <label className="flex min-h-11 items-center gap-2 text-14">
          <input
            type="checkbox"
            checked={restock}
            onChange={(event) => setRestock(event.target.checked)}
            className="size-5 accent-[var(--lacquer)]"
          />
          {own.restock}
        </label>
      )}
      <div className="flex gap-2">
        <Button look="quiet" busy={isBusy} onClick={() => decide(false)}>
          {words.decline}
        </Button>
        <Button className="flex-1" busy={isBusy} onClick={() => decide(true)}>
          {words.approve}
        </Button>
      </div>
    </>
  );
}
