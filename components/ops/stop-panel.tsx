'use client';

import { useState } from 'react';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly message?: string } };

export type StopPanelProps<Value> = {
  title: string;
  /** Of what is stopped. */
  name: string;
  /** What stopping does. */
  text: string;
  /** What the button says; stopping, where it is left out. */
  action?: string;
  reasonLabel?: string;
  /** What may become of what people have already; left out: it stays. */
  fates?: { readonly legend: string; readonly keep: Fate; readonly withdraw: Fate };
  stop: (given: { reason: string; withdraw: boolean }) => Promise<Answer<Value>>;
  onClose: () => void;
  onStopped: (value: Value) => void;
};
type Fate = { readonly name: string; readonly text: string };

/** Stops a campaign at once (or does what `action` says), with a reason that is written down. */
export function StopPanel<Value>({
  title,
  name,
  text,
  action,
  reasonLabel,
  fates,
  stop,
  onClose,
  onStopped,
}: StopPanelProps<Value>) {
  const words = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const [withdraw, setWithdraw] = useState(false);
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function send() {
    const isMissing = reason.trim() === '';
    setWrong(isMissing);
    if (isMissing || isBusy) return;
    setBusy(true);
    const answer = await stop({ reason: reason.trim(), withdraw });
    setBusy(false);
    if (answer.ok) onStopped(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <StaffPanel
      title={title}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={send}>
            {action ?? words.stopNow}
          </Button>
        </>
      }
    >
      <p className="text-16 font-semibold">{name}</p>
      <p className="mt-1 mb-4 text-14 text-ink-2">{text}</p>
      {fates && (
        <fieldset className="mb-4">
          <legend className="mb-1 text-14 text-ink-2">{fates.legend}</legend>
          {[fates.keep, fates.withdraw].map((fate) => (
            <label key={fate.name} className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
              <input
                type="radio"
                name="fate"
                checked={withdraw === (fate === fates.withdraw)}
                onChange={() => setWithdraw(fate === fates.withdraw)}
                className="mt-0.5 size-5 shrink-0 accent-lacquer"
              />
              <span>
                <span className="block text-16">{fate.name}</span>
                <span className="block text-14 text-ink-2">{fate.text}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <Field id="stop-reason" label={reasonLabel ?? words.reason} error={isWrong ? words.reasonWrong : null}>
        <Input
          id="stop-reason"
          maxLength={200}
          value={reason}
          invalid={isWrong}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </StaffPanel>
  );
}
