'use client';

import { type FormEvent, useRef, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { setPerson } from '../../lib/client/session.ts';
import { staffSignInMessages } from '../../lib/messages/staff-sign-in.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { StaffRefused } from './staff-state.tsx';
import { refusedText } from './staff-words.ts';

type Asked = { sandboxCode: string | null };

/** How the place that somebody signs in to calls it. */
export type SignInWords = { readonly signInTitle: string; readonly notAllowed: string; readonly enter: string };

/** Both factors, one after the other. `isOther`: somebody of the staff is signed in here who has nothing to do here. */
export function StaffSignIn({ isOther, place }: { isOther: boolean; place: SignInWords }) {
  const words = useMessages(staffSignInMessages);
  return (
    <main id="content" className="mx-auto w-full max-w-[400px] flex-1 gutter py-10">
      <div className="rounded-card bg-card p-5 shadow-card">
        <h1 className="text-22 font-semibold">{place.signInTitle}</h1>
        <p className="mt-1 mb-4 text-14 text-ink-2">{isOther ? place.notAllowed : words.signInText}</p>
        <StaffFactors enter={place.enter} />
      </div>
    </main>
  );
}

/** The two factors alone, where somebody signs in within a page. `enter`: what the last button says. */
export function StaffFactors({ enter }: { enter: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  return asked ? (
    <SecondFactor sandboxCode={asked.sandboxCode} enter={enter} onBack={() => setAsked(null)} />
  ) : (
    <FirstFactor onAsked={setAsked} />
  );
}

function FirstFactor({ onAsked }: { onAsked: (asked: Asked) => void }) {
  const words = useMessages(staffSignInMessages);
  const locale = useLocale();
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const answer = await call('identity.staffSignIn', {
      email: String(form.get('email')).trim(),
      password: String(form.get('password')),
    });
    setBusy(false);
    if (answer.ok) onAsked(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field id="email" label={words.email}>
        <Input id="email" name="email" type="email" autoComplete="username" required />
      </Field>
      <Field id="password" label={words.password}>
        <Input id="password" name="password" type="password" autoComplete="current-password" required minLength={8} />
      </Field>
      <StaffRefused text={refused} />
      <Button type="submit" wide busy={isBusy}>
        {words.next}
      </Button>
    </form>
  );
}

function SecondFactor({ sandboxCode, enter, onBack }: Asked & { enter: string; onBack: () => void }) {
  const words = useMessages(staffSignInMessages);
  const locale = useLocale();
  const [code, setCode] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!/^\d{6}$/.test(code)) {
      setRefused(words.codeWrong);
      box.current?.focus();
      return;
    }
    setBusy(true);
    const answer = await call('identity.staffVerify', { code });
    setBusy(false);
    if (answer.ok) setPerson(answer.value.person);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field id="code" label={words.code} hint={words.codeText}>
        <input
          ref={box}
          id="code"
          // biome-ignore lint/a11y/noAutofocus: the page has just asked for this and for nothing else
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          aria-describedby="code-hint"
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          className="min-h-12 w-full rounded-card border border-line bg-card px-3 text-22 tracking-[0.3em] figures"
        />
      </Field>
      {sandboxCode && (
        <p className="flex items-center gap-2 rounded-card bg-gold-soft px-3 py-2 text-14 text-gold">
          <span className="flex-1">{words.sandboxCode(sandboxCode)}</span>
          <Button look="quiet" size="s" onClick={() => setCode(sandboxCode)}>
            {words.fill}
          </Button>
        </p>
      )}
      <StaffRefused text={refused} />
      <Button type="submit" wide busy={isBusy}>
        {enter}
      </Button>
      <button type="button" onClick={onBack} className="min-h-11 text-14 text-ink-2 underline underline-offset-4">
        {words.again}
      </button>
    </form>
  );
}
