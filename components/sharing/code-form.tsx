'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { invitePathIn } from '../../lib/domain/sharing/packet-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { inviteMessages } from '../../lib/messages/invite.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';

/**
 * The way in for who has a code, a link, or the sentence that was copied with it. `pathOf`: the page that a code alone
 * is meant for.
 */
export function CodeForm({ pathOf }: { pathOf: (code: string) => string }) {
  const locale = useLocale();
  const words = inviteMessages[locale];
  const router = useRouter();
  const id = useId();
  // Sent here because another code was no good.
  const isAsked = useSearchParams().has('code');
  const [text, setText] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const path = invitePathIn(text, pathOf);
    setIsWrong(path === null);
    if (path !== null) router.push(pathInLocale(path, locale));
  };
  return (
    <form noValidate onSubmit={go} className="rounded-card bg-card p-4 shadow-card">
      <h2 className="mb-2 text-16 font-semibold">{words.byCode}</h2>
      <Field id={id} label={words.codeLabel} error={isWrong ? words.codeWrong : null}>
        <span className="flex gap-2">
          <Input
            id={id}
            value={text}
            autoFocus={isAsked}
            invalid={isWrong}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            maxLength={400}
            className="min-w-0 flex-1"
            onChange={(event) => {
              setText(event.target.value);
              setIsWrong(false);
            }}
          />
          <Button type="submit" look="soft">
            {words.go}
          </Button>
        </span>
      </Field>
    </form>
  );
}
