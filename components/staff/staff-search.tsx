'use client';

import { type FormEvent, useState } from 'react';
import { staffMessages } from '../../lib/messages/staff.ts';
import { Button } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

/** A search that asks when it is told to: Enter or the button, not every key. */
export function StaffSearch({
  label,
  asked,
  onAsk,
  maxLength,
}: {
  label: string;
  asked: string;
  onAsk: (text: string) => void;
  maxLength: number;
}) {
  const words = useMessages(staffMessages);
  const [text, setText] = useState(asked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(text.trim());
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element <search> is too young for the phones that we serve
    <form role="search" onSubmit={submit} className="flex w-full max-w-[440px] items-center gap-2">
      <div className="relative flex-1">
        <input
          type="search"
          aria-label={label}
          placeholder={label}
          value={text}
          maxLength={maxLength}
          onChange={(event) => setText(event.target.value)}
          className={`${inputClass} [&::-webkit-search-cancel-button]:hidden`}
        />
        {asked && (
          <button
            type="button"
            aria-label={words.clear}
            onClick={() => {
              setText('');
              onAsk('');
            }}
            className="absolute inset-y-0 right-0 grid w-11 place-items-center text-ink-2"
          >
            <Icon name="close" className="size-[1.1em]" />
          </button>
        )}
      </div>
      <Button type="submit" look="quiet">
        {words.search}
      </Button>
    </form>
  );
}
