'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { AnswerNamed } from '../../lib/client/wire.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import type { OpsOrder } from './orders-desk.tsx';
import { RefundForms } from './refund-forms.tsx';

type MoveName = 'ops.pack' | 'ops.ship' | 'ops.receive' | 'ops.decideRefund' | 'ops.goodsBack' | 'ops.settleReturn';
type ActionsProps = { order: OpsOrder; onChanged: (order: OpsOrder) => void; onStale: () => void };

/** What an operator can do with an order in its state: one thing, or a sentence that says why nothing. */
export function OrderActions({ order, onChanged, onStale }: ActionsProps) {
  const words = useMessages(opsOrdersMessages);
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  async function move(asked: Promise<AnswerNamed<MoveName>>, said: string) {
    setBusy(true);
    const answer = await asked;
    setBusy(false);
    if (answer.ok) {
      onChanged(answer.value.order);
      toast(said);
      return;
    }
    setRefused(refusedText(answer.refusal, locale));
    if (/_cannot_move$|^order_in_review$/.test(answer.refusal.code)) onStale();
  }

  const shared = { order, isBusy, move };
  return (
    <>
      <StaffRefused text={refused} />
      {order.state === 'paid' && order.review?.state === 'held' ? (
        <p className="py-1 text-14">
          {words.inReview(timeText(order.review.until, locale))}{' '}
          <a href="/ops/risk" className="inline-flex min-h-11 items-center font-medium text-lacquer underline">
            {words.toReview}
          </a>
        </p>
      ) : order.state === 'paid' && order.pickup !== null ? (
        <p className="py-1 text-14 text-ink-2">{words.atStore(inLocale(order.pickup.store.name, locale))}</p>
      ) : order.state === 'paid' ? (
        <Button wide busy={isBusy} onClick={() => move(call('ops.pack', { id: order.id }), words.done_pack)}>
          {words.pack}
        </Button>
      ) : order.state === 'packed' ? (
        <ShipForm {...shared} />
      ) : order.state === 'shipped' ? (
        <ReceiveButton {...shared} />
      ) : order.state === 'refund_requested' || order.state === 'returning' ? (
        <RefundForms {...shared} />
      ) : (
        <p className="py-1 text-14 text-ink-2">
          {order.state === 'pending_pay' || order.state === 'closing'
            ? words.waitsPay
            : order.state === 'refunding'
              ? words.waitsRefund
              : words.nothingToDo}
        </p>
      )}
    </>
  );
}

type FormProps = {
  order: OpsOrder;
  isBusy: boolean;
  move: (asked: Promise<AnswerNamed<MoveName>>, said: string) => Promise<void>;
};

function ShipForm({ order, isBusy, move }: FormProps) {
  const words = useMessages(opsOrdersMessages);
  const [wrong, setWrong] = useState<{ carrier?: boolean; tracking?: boolean }>({});

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const carrier = String(form.get('carrier')).trim();
    const trackingNumber = String(form.get('tracking')).trim();
    const faults = { carrier: carrier === '', tracking: !/^[A-Za-z0-9-]{6,40}$/.test(trackingNumber) };
    setWrong(faults);
    if (faults.carrier || faults.tracking) return;
    void move(call('ops.ship', { id: order.id, carrier, trackingNumber }), words.done_ship);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <div className="grid grid-cols-1 gap-2 desk:grid-cols-2">
        <Field id="carrier" label={words.carrier} error={wrong.carrier ? words.carrierWrong : null}>
          <Input id="carrier" name="carrier" maxLength={40} list="carriers" invalid={wrong.carrier} />
        </Field>
        <Field id="tracking" label={words.tracking} error={wrong.tracking ? words.trackingWrong : null}>
          <Input id="tracking" name="tracking" maxLength={40} autoComplete="off" invalid={wrong.tracking} />
        </Field>
      </div>
      <datalist id="carriers">
        {['顺丰速运', '京东物流', '中通快递', '圆通速递', '韵达快递', '申通快递', '极兔速递', 'EMS'].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button type="submit" wide busy={isBusy}>
        {words.shipNow}
      </Button>
    </form>
  );
}

function ReceiveButton({ order, isBusy, move }: FormProps) {
  const words = useMessages(opsOrdersMessages);
  const common = useMessages(staffMessages);
  const [isSure, setSure] = useState(false);
  if (!isSure) {
    return (
      <Button look="quiet" wide onClick={() => setSure(true)}>
        {words.receive}
      </Button>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-14 text-ink-2">{words.receiveSure}</p>
      <div className="flex gap-2">
        <Button look="quiet" onClick={() => setSure(false)}>
          {common.cancel}
        </Button>
        <Button
          className="flex-1"
          busy={isBusy}
          onClick={() => move(call('ops.receive', { id: order.id }), words.done_receive)}
        >
          {words.receiveNow}
        </Button>
      </div>
    </div>
  );
}
