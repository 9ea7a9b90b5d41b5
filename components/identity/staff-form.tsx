'use client';

import { type FormEvent, useId, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { setPerson } from '../../lib/client/session.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** Operators, marketers and clerks: a password, then a code that was sent to them. */
export function StaffForm({ onDone }: { onDone: (person: Person) => void }) {
  const words = useMessages(identityMessages);
  const locale = useLocale();
  const id = useId();
  const [first, setFirst] = useState<{ sandboxCode: string | null } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    setError(null);
    const answer = await call('identity.staffSignIn', {
      email: String(form.get('email')).trim(),
      password: String(form.get('password')),
    });
    setIsBusy(false);
    if (answer.ok) setFirst(answer.value);
    else setError(refusalText(answer.refusal, locale));
  };

  const verify = async (code: string) => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const answer = await call('identity.staffVerify', { code });
    setIsBusy(false);
    if (!answer.ok) return setError(refusalText(answer.refusal, locale));
    setPerson(answer.value.person);
    onDone(answer.value.person);
  };

  if (first !== null) {
    return (
      <CodeField
        label={words.secondFactorText}
        submitLabel={isBusy ? words.loggingIn : words.login}
        sandboxCode={first.sandboxCode}
        error={error}
        isBusy={isBusy}
        onCode={verify}
      />
    );
  }
  return (
    <form noValidate onSubmit={signIn} className="flex flex-col gap-4">
      <p className="text-14 text-ink-2">{words.staffText}</p>
      <Field id={`${id}-email`} label={words.email}>
        <Input id={`${id}-email`} name="email" type="email" autoComplete="username" inputMode="email" required />
      </Field>
      <Field id={`${id}-password`} label={words.password} error={error}>
        <Input
          id={`${id}-password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          invalid={error !== null}
        />
      </Field>
      <Button type="submit" size="l" wide busy={isBusy}>
        {isBusy ? words.loggingIn : words.next}
      </Button>
    </form>
  );
}
