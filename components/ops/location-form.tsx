'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { transferMessages } from '../../lib/messages/transfers.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';

/** A new place for units, or another name for one. */
export function LocationForm({ onClose }: { onClose: (isDone: boolean) => void }) {
  const locale = useLocale();
  const words = transferMessages[locale];
  const [id, setId] = useState('');
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const answer = await call('ops.saveLocation', { id, name: { zh: zh.trim(), en: en.trim() } });
    setBusy(false);
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (!answer.ok) return;
    toast(words.saved);
    onClose(true);
  }

  return (
    <StaffPanel title={words.newLocation} onClose={() => onClose(false)}>
      <StaffRefused text={refused} />
      <form onSubmit={save} className="flex flex-col gap-3">
        <Field id="location-id" label={words.id} error={null}>
          <Input
            id="location-id"
            required
            pattern="[a-z][a-z0-9\-]{1,30}"
            title={words.idHint}
            maxLength={31}
            autoCapitalize="none"
            autoComplete="off"
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </Field>
        <p className="text-12 text-ink-2">{words.idHint}</p>
        <Field id="location-zh" label={words.nameZh} error={null}>
          <Input id="location-zh" required maxLength={40} value={zh} onChange={(event) => setZh(event.target.value)} />
        </Field>
        <Field id="location-en" label={words.nameEn} error={null}>
          <Input id="location-en" required maxLength={40} value={en} onChange={(event) => setEn(event.target.value)} />
        </Field>
        <Button type="submit" wide busy={isBusy}>
          {words.save}
        </Button>
      </form>
    </StaffPanel>
  );
}
