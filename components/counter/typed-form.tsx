'use client';

import { type FormEvent, type RefObject, useRef, useState } from 'react';
import { readScanned } from '../../lib/domain/pickup/token.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { useMessages } from '../ui/locale.tsx';

type TypedFormProps = {
  box: RefObject<HTMLInputElement | null>;
  isBusy: boolean;
  onText: (text: string, lastFour?: string) => void;
};

const big =
  'min-h-14 w-full rounded-card border border-line bg-card px-3 text-22 figures tracking-[0.08em] placeholder:text-ink-3 aria-invalid:border-lacquer';

/** In groups of four as they are read out; what a scanner types into the box stays as it is. */
function grouped(text: string): string {
  const digits = text.replace(/\s/g, '');
  return /^\d{1,8}$/.test(digits) ? digits.replace(/^(\d{4})(?=\d)/, '$1 ') : text;
}

/** Eight digits and the last four of the phone, for whom no camera can help. */
export function TypedForm({ box, isBusy, onText }: TypedFormProps) {
  const words = useMessages(counterScanMessages);
  const [text, setText] = useState('');
  const [lastFour, setLastFour] = useState('');
  const [wrong, setWrong] = useState<'digits' | 'lastFour' | null>(null);
  const fourBox = useRef<HTMLInputElement>(null);
  const isToken = text.trim().startsWith('FP1.');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    const read = readScanned(text);
    if (read.kind === 'unreadable' && !isToken) {
      setWrong('digits');
      box.current?.focus();
      return;
    }
    if (read.kind !== 'token' && !isToken && !/^\d{4}$/.test(lastFour)) {
      setWrong('lastFour');
      fourBox.current?.focus();
      return;
    }
    setWrong(null);
    onText(text.trim(), isToken ? undefined : lastFour);
  }

  return (
    <form onSubmit={submit} noValidate aria-label={words.typedTitle} className="flex flex-col gap-3">
      <div className="grid grid-cols-[1.6fr_1fr] items-start gap-3">
        <Field id="counter-digits" label={words.digits} error={wrong === 'digits' ? words.digitsWrong : null}>
          <input
            ref={box}
            id="counter-digits"
            inputMode="numeric"
            autoComplete="off"
            maxLength={200}
            placeholder="1234 5678"
            value={text}
            aria-invalid={wrong === 'digits' || undefined}
            aria-describedby="counter-digits-error"
            onChange={(event) => {
              const next = grouped(event.target.value);
              setText(next);
              // One hand, no aiming: the last digit leads on.
              if (/^\d{4} \d{4}$/.test(next) && next.length > text.length) fourBox.current?.focus();
            }}
            className={big}
          />
        </Field>
        <Field id="counter-four" label={words.lastFour} error={wrong === 'lastFour' ? words.lastFourWrong : null}>
          <input
            ref={fourBox}
            id="counter-four"
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            placeholder="0000"
            value={lastFour}
            aria-invalid={wrong === 'lastFour' || undefined}
            aria-describedby="counter-four-error counter-four-hint"
            onChange={(event) => setLastFour(event.target.value.replace(/\D/g, ''))}
            className={big}
          />
        </Field>
      </div>
      <p id="counter-four-hint" className="text-14 text-ink-2">
        {words.lastFourHint}
      </p>
      <Button type="submit" look="quiet" wide className="min-h-14 text-18" busy={isBusy}>
        {isBusy ? words.asking : words.check}
      </Button>
    </form>
  );
}
