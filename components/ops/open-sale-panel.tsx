'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsChecksMessages } from '../../lib/messages/ops-checks.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import type { Stop } from './checks-desk.tsx';

type OpenSalePanelProps = {
  stop: Stop;
  onClose: () => void;
  onOpened: (checks: ValueNamed<'ops.checks'>) => void;
  onStale: () => void;
};

/** Opening a sale again takes a reason in words; it goes into the audit log. */
export function OpenSalePanel({ stop, onClose, onOpened, onStale }: OpenSalePanelProps) {
  const words = useMessages(opsChecksMessages);
  const locale = useLocale();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function open(event: FormEvent) {
    event.preventDefault();
    const isMissing = reason.trim() === '';
    setWrong(isMissing ? words.openReasonWrong : null);
    if (isMissing) return;
    setBusy(true);
    const answer = await call('ops.openSale', { skuId: stop.skuId, reason: reason.trim() });
    setBusy(false);
    if (answer.ok) {
      toast(words.opened(inLocale(stop.title, locale)));
      onOpened(answer.value);
      return;
    }
    setRefused(refusedText(answer.refusal, locale));
    if (answer.refusal.code === 'not_stopped') onStale();
  }

  return (
    <StaffPanel title={words.open} onClose={onClose}>
      <p className="text-16 font-semibold">{inLocale(stop.title, locale)}</p>
      <p className="mb-4 text-14 text-ink-2">
        {[inLocale(stop.choice, locale), stop.code].filter(Boolean).join(' · ')}
      </p>
      <StaffRefused text={refused} />
      <form onSubmit={open} noValidate className="flex flex-col gap-3">
        <p className="text-14 text-ink-2">{words.openText}</p>
        <Field id="open-reason" label={words.openReason} error={wrong}>
          <Input
            id="open-reason"
            list="open-reasons"
            maxLength={200}
            value={reason}
            invalid={wrong !== null}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <datalist id="open-reasons">
          {words.openReasons.split('|').map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <Button type="submit" wide busy={isBusy}>
          {words.open}
        </Button>
      </form>
    </StaffPanel>
  );
}
