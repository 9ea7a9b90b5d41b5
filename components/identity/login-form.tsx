'use client';

import { type FormEvent, useId, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { setPerson } from '../../lib/client/session.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

const PHONE = /^1[3-9]\d{9}$/;

type Sent = ValueNamed<'identity.sendCode'> & { phone: string; resendAt: number };

/** Signs in by phone and one-time code, in two steps on one form. `onDone` is called once, signed in. */
export function LoginForm({ onDone }: { onDone: () => void }) {
  const words = useMessages(identityMessages);
  const locale = useLocale();
  const id = useId();
  const [phone, setPhone] = useState('');
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const resendIn = useSecondsLeft(sent?.resendAt ?? null);

  const send = async () => {
    if (isBusy) return;
    if (!PHONE.test(phone)) return setError(words.phoneWrong);
    setIsBusy(true);
    setError(null);
    const answer = await call('identity.sendCode', { phone });
    setIsBusy(false);
    if (!answer.ok) return setError(refusalText(answer.refusal, locale));
    setSent({ ...answer.value, phone, resendAt: Date.now() + answer.value.resendAfterMs });
  };

  const verify = async (code: string) => {
    if (isBusy || sent === null) return;
    setIsBusy(true);
    setError(null);
    const answer = await call('identity.verifyCode', { phone: sent.phone, code });
    setIsBusy(false);
    if (!answer.ok) return setError(refusalText(answer.refusal, locale));
    setPerson(answer.value.person);
    onDone();
  };

  const submitPhone = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  if (sent !== null) {
    return (
      <div className="flex flex-col gap-4">
        <p className="text-14 text-ink-2">
          {words.codeSentTo(sent.phone)}{' '}
          <button
            type="button"
            className="min-h-11 px-1 text-on-lacquer-soft underline underline-offset-4"
            onClick={() => {
              setSent(null);
              setError(null);
            }}
          >
            {words.changePhone}
          </button>
        </p>
        <CodeField
          label={words.code}
          submitLabel={isBusy ? words.loggingIn : words.login}
          sandboxCode={sent.sandboxCode}
          error={error}
          isBusy={isBusy}
          onCode={verify}
        />
        <Button look="quiet" wide disabled={isBusy || (resendIn ?? 0) > 0} onClick={send}>
          {resendIn ? words.resendIn(resendIn) : words.resend}
        </Button>
      </div>
    );
  }

  return (
    <form noValidate onSubmit={submitPhone} className="flex flex-col gap-4">
      <p className="text-14 text-ink-2">{words.loginText}</p>
      <Field id={id} label={words.phone} error={error}>
        <Input
          id={id}
          type="tel"
          inputMode="numeric"
          autoComplete="tel-national"
          placeholder={words.phonePlaceholder}
          value={phone}
          invalid={error !== null}
          onChange={(event) => {
            // A pasted number may bring +86, spaces and dashes.
            setPhone(
              event.target.value
                .replace(/\D/g, '')
                .replace(/^86(?=1\d{10})/, '')
                .slice(0, 11),
            );
            setError(null);
          }}
        />
      </Field>
      <Button type="submit" size="l" wide busy={isBusy}>
        {isBusy ? words.sending : words.sendCode}
      </Button>
    </form>
  );
}
