'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { riskSheetsMessages } from '../../lib/messages/risk-sheets.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Field, inputClass } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { toast } from '../ui/toast.tsx';

type AppealSheetProps = {
  decisionId: string;
  onClose: () => void;
  onSent?: (value: ValueNamed<'risk.appeal'>) => void;
};

/** The person's own words about a decision; somebody reads and answers them. */
export function AppealSheet({ decisionId, onClose, onSent }: AppealSheetProps) {
  const locale = useLocale();
  const words = riskSheetsMessages[locale];
  // One key for the sheet's life: a second tap or a lost answer is the same appeal.
  const [key] = useState(() => crypto.randomUUID());
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const send = async () => {
    if (isBusy) return;
    if (text.trim() === '') return setError(words.appealMissing);
    setIsBusy(true);
    setError(null);
    const answer = await call('risk.appeal', { key, decisionId, text: text.trim() });
    setIsBusy(false);
    if (!answer.ok) return setError(refusalText(answer.refusal, locale));
    toast(words.appealSent);
    onSent?.(answer.value);
    onClose();
  };

  return (
    <Sheet
      open
      onClose={onClose}
      title={words.appealTitle}
      foot={
        <Button size="l" wide busy={isBusy} onClick={send}>
          {isBusy ? words.sendingAppeal : words.sendAppeal}
        </Button>
      }
    >
      <p className="mb-4 text-14 text-ink-2">{words.appealText}</p>
      <Field id="appeal" label={words.appealLabel} error={error}>
        <textarea
          id="appeal"
          rows={5}
          maxLength={500}
          value={text}
          aria-invalid={error !== null || undefined}
          aria-describedby="appeal-error"
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
          className={cx(inputClass, 'py-2')}
        />
      </Field>
    </Sheet>
  );
}
