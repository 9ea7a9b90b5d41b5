'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { opsPaymentsMessages } from '../../lib/messages/ops-payments.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import type { StrangeNotice } from './quarantine-list.tsx';

type SettleNoticePanelProps = {
  notice: StrangeNotice;
  title: string;
  onClose: () => void;
  onSettled: () => void;
  onStale: () => void;
};

/** Settling by hand takes words; they go into the audit log and move nothing. */
export function SettleNoticePanel({ notice, title, onClose, onSettled, onStale }: SettleNoticePanelProps) {
  const words = useMessages(opsPaymentsMessages);
  const locale = useLocale();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function settle(event: FormEvent) {
    event.preventDefault();
    const isMissing = reason.trim() === '';
    setWrong(isMissing ? words.settleReasonWrong : null);
    if (isMissing) return;
    setBusy(true);
    const { channel, noticeId } = notice;
    const answer = await call('ops.settleNotice', { channel, noticeId, reason: reason.trim() });
    setBusy(false);
    if (answer.ok) {
      toast(words.done);
      return onSettled();
    }
    setRefused(refusedText(answer.refusal, locale));
    if (answer.refusal.code === 'already_settled') onStale();
  }

  return (
    <StaffPanel title={words.settle} onClose={onClose}>
      <p className="text-16 font-semibold">{title}</p>
      <p className="figures mb-4 break-all text-14 text-ink-2">{notice.noticeId}</p>
      <StaffRefused text={refused} />
      <form onSubmit={settle} noValidate className="flex flex-col gap-3">
        <p className="text-14 text-ink-2">{words.settleText}</p>
        <Field id="settle-reason" label={words.settleReason} error={wrong}>
          <Input
            id="settle-reason"
            list="settle-reasons"
            maxLength={200}
            value={reason}
            invalid={wrong !== null}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <datalist id="settle-reasons">
          {words.settleReasons.split('|').map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <Button type="submit" wide busy={isBusy}>
          {words.settle}
        </Button>
      </form>
    </StaffPanel>
  );
}
