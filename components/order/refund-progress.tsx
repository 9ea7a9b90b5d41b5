'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { seeOrders } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Order } from '../../lib/contracts/order.ts';
import type { RefundRequest } from '../../lib/contracts/refund-request.ts';
import { pastMomentText } from '../../lib/messages/moment.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { reasonText, refundMessages } from '../../lib/messages/refund.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Tag } from '../ui/tag.tsx';

type ProgressProps = { order: Order; refresh: () => Promise<void> };

/** What was asked to be given back, newest first: how far it is, what the shop said, and what the shopper can do. */
export function RefundProgress({ order, refresh }: ProgressProps) {
  const words = useMessages(refundMessages);
  return (
    <section className="rounded-card bg-card px-4 pt-3 pb-1 shadow-card">
      <h2 className="text-16 font-semibold">{words.progress}</h2>
      <ul className="divide-y divide-line">
        {order.requests.toReversed().map((request) => (
          <RequestRow key={request.id} order={order} request={request} refresh={refresh} />
        ))}
      </ul>
    </section>
  );
}

const TONES = { done: 'ready', refused: 'act', withdrawn: 'quiet' } as const;

function RequestRow({ order, request, refresh }: ProgressProps & { request: RefundRequest }) {
  const words = useMessages(refundMessages);
  const locale = useLocale();
  const units = request.lines.reduce((sum, line) => sum + line.quantity, 0);
  const goodsFen = request.lines.reduce((sum, { lineNumber, quantity }) => {
    const line = order.lines.find((one) => one.lineNumber === lineNumber);
    return sum + (line?.unitFen ?? 0) * quantity;
  }, 0);
  const shareFen = goodsFen - request.lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const tone = TONES[request.state as keyof typeof TONES] ?? 'won';
  return (
    <li className="py-3 text-14">
      <p className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">
          {request.kind === 'refund' ? words.kind_refund : words.kind_return} · {words.units(units)}
        </span>
        <Price fen={request.amountFen} className="text-16 font-semibold" />
      </p>
      {shareFen > 0 && (
        <p className="mt-1 text-12 text-ink-2">{words.lessShare(yuanText(goodsFen), yuanText(shareFen))}</p>
      )}
      <p className="mt-1">
        <Tag tone={tone}>{words[`state_${request.state}`]}</Tag>
      </p>
      <p className="mt-1 text-12 text-ink-2">
        {reasonText(request.reason, locale)} · {words.askedOn(pastMomentText(request.askedAt, locale))}
      </p>
      {request.answer !== null && <p className="mt-1">{words.answer(reasonText(request.answer, locale))}</p>}
      {request.trackingNumber !== null && (
        <p className="figures mt-1 text-ink-2">
          {request.carrier} {request.trackingNumber}
        </p>
      )}
      {request.state === 'awaiting_goods' && <SendBack order={order} request={request} refresh={refresh} />}
      {(request.state === 'requested' || request.state === 'awaiting_goods') && (
        <Withdraw order={order} request={request} refresh={refresh} />
      )}
    </li>
  );
}

/** Sends one command of a request once at a time; what is true afterwards is shown, whatever the answer. */
function useRequestCommand(refresh: () => Promise<void>) {
  const locale = useLocale();
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  async function send(ask: () => ReturnType<typeof call<'order.withdrawRequest' | 'order.sendBack'>>) {
    if (isBusy) return;
    setIsBusy(true);
    setRefused(null);
    const answer = await ask();
    setIsBusy(false);
    if (answer.ok) return seeOrders([answer.value.order]);
    setRefused(refusalText(answer.refusal, locale));
    await refresh();
  }
  return { isBusy, refused, send };
}

type RequestProps = ProgressProps & { request: RefundRequest };

function Refused({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <p role="alert" className="mt-2 text-14 text-on-lacquer-soft">
      {text}
    </p>
  );
}

function Withdraw({ order, request, refresh }: RequestProps) {
  const words = useMessages(refundMessages);
  const { isBusy, refused, send } = useRequestCommand(refresh);
  const [isAsked, setIsAsked] = useState(false);
  const withdraw = () => send(() => call('order.withdrawRequest', { id: order.id, requestId: request.id }));
  return (
    <div className="mt-2">
      {isAsked ? (
        <>
          <p className="text-ink-2">{words.withdrawSure}</p>
          <p className="mt-2 flex gap-2">
            <Button look="quiet" size="s" onClick={() => setIsAsked(false)}>
              {words.keep}
            </Button>
            <Button look="soft" size="s" busy={isBusy} onClick={withdraw}>
              {words.withdraw}
            </Button>
          </p>
        </>
      ) : (
        <Button look="quiet" size="s" onClick={() => setIsAsked(true)}>
          {words.withdraw}
        </Button>
      )}
      <Refused text={refused} />
    </div>
  );
}

const TRACKING = /^[A-Za-z0-9-]{6,40}$/;

function SendBack({ order, request, refresh }: RequestProps) {
  const words = useMessages(refundMessages);
  const { isBusy, refused, send } = useRequestCommand(refresh);
  const [wrong, setWrong] = useState({ carrier: false, tracking: false });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const carrier = String(form.get('carrier')).trim();
    const trackingNumber = String(form.get('tracking')).trim();
    const faults = { carrier: carrier === '', tracking: !TRACKING.test(trackingNumber) };
    setWrong(faults);
    if (faults.carrier || faults.tracking) return;
    void send(() => call('order.sendBack', { id: order.id, requestId: request.id, carrier, trackingNumber }));
  }

  return (
    <form onSubmit={submit} noValidate className="mt-2 flex flex-col gap-2">
      <p className="text-ink-2">{words.sendBackText}</p>
      <Field id="back-carrier" label={words.carrier} error={wrong.carrier ? words.carrierWrong : null}>
        <Input id="back-carrier" name="carrier" maxLength={40} invalid={wrong.carrier} />
      </Field>
      <Field id="back-tracking" label={words.tracking} error={wrong.tracking ? words.trackingWrong : null}>
        <Input id="back-tracking" name="tracking" maxLength={40} autoComplete="off" invalid={wrong.tracking} />
      </Field>
      <Button type="submit" wide busy={isBusy}>
        {words.sentBack}
      </Button>
      <Refused text={refused} />
    </form>
  );
}
