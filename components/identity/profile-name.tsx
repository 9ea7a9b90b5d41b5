'use client';

import { type FormEvent, useId, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { setPerson } from '../../lib/client/session.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Tag } from '../ui/tag.tsx';

const NAME_MAX = 20;

/** The shopper's name and masked number; the name can be changed on the spot. */
export function ProfileName({ person }: { person: Person }) {
  const words = useMessages(identityMessages);
  const locale = useLocale();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (name.trim() === '') return setError(words.displayNameHint);
    setIsBusy(true);
    const answer = await call('identity.saveProfile', { displayName: name.trim() });
    setIsBusy(false);
    if (!answer.ok) return setError(refusalText(answer.refusal, locale));
    setPerson(answer.value.person);
    setIsOpen(false);
  };

  return (
    <div className="min-w-0 flex-1">
      <button
        type="button"
        onClick={() => {
          setName(person.displayName);
          setError(null);
          setIsOpen(true);
        }}
        className="flex min-h-11 max-w-full items-center gap-1 text-left"
      >
        <span className="truncate text-22 font-semibold">{person.displayName || words.nameless}</span>
        <Icon name="edit" className="size-4 text-ink-2" />
        <span className="sr-only">{words.editName}</span>
      </button>
      <p className="flex items-center gap-2 text-14 text-ink-2">
        <span className="figures">{person.phoneMasked}</span>
        {person.isDemo && <Tag tone="won">{words.demoAccount}</Tag>}
      </p>
      <Sheet open={isOpen} onClose={() => setIsOpen(false)} title={words.editName}>
        <form noValidate onSubmit={save} className="flex flex-col gap-4">
          <Field id={id} label={words.displayName} hint={words.displayNameHint} error={error}>
            <Input
              id={id}
              autoComplete="nickname"
              maxLength={NAME_MAX}
              value={name}
              invalid={error !== null}
              onChange={(event) => {
                setName(event.target.value);
                setError(null);
              }}
            />
          </Field>
          <Button type="submit" size="l" wide busy={isBusy}>
            {isBusy ? words.saving : words.save}
          </Button>
        </form>
      </Sheet>
    </div>
  );
}
