'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from './button.tsx';
import { Field, Input } from './field.tsx';
import { Icon } from './icon.tsx';
import { useMessages } from './locale.tsx';

const DIGITS = 6;

type CodeFieldProps = {
  label: string;
  submitLabel: string;
  /** Where no SMS is sent: the message itself, shown as what it is. */
  sandboxCode: string | null;
  error: string | null;
  isBusy: boolean;
  onCode: (code: string) => void;
};

/** Six digits, filled in by the phone from the message where it can, sent as soon as the sixth is there. */
export function CodeField({ label, submitLabel, sandboxCode, error, isBusy, onCode }: CodeFieldProps) {
  const words = useMessages(identityMessages);
  const id = useId();
  const [code, setCode] = useState('');
  const [isShort, setIsShort] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  const change = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, DIGITS);
    setCode(digits);
    setIsShort(false);
    if (digits.length === DIGITS && digits !== code) onCode(digits);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === DIGITS) onCode(code);
    else setIsShort(true);
  };

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {sandboxCode !== null && (
        <div className="flex items-center gap-3 rounded-card border border-line bg-gold-soft p-3">
          <Icon name="phone" className="size-6 text-gold" />
          <p className="min-w-0 flex-1 text-14">
            <span className="block text-12 font-semibold text-gold">{words.sandboxSms}</span>
            {words.sandboxSmsText(sandboxCode)}
          </p>
          <Button look="won" size="s" onClick={() => change(sandboxCode)}>
            {words.fillCode}
          </Button>
        </div>
      )}
      <Field id={id} label={label} error={isShort ? words.codeWrong : error}>
        <Input
          ref={input}
          id={id}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6}"
          value={code}
          invalid={isShort || error !== null}
          onChange={(event) => change(event.target.value)}
          className="figures text-center text-28 font-semibold tracking-[0.3em]"
        />
      </Field>
      <Button type="submit" size="l" wide busy={isBusy}>
        {submitLabel}
      </Button>
    </form>
  );
}
