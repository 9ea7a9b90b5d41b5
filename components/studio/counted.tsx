'use client';

import { useId } from 'react';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCountedMessages } from '../../lib/messages/studio-counted.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

export type CountedWord = keyof (typeof studioCountedMessages)['zh-CN'];

/** How a number is counted, behind a small sign beside it. A native popover: Esc and a tap outside close it. */
export function Counted({ of, name }: { of: CountedWord; name: string }) {
  const words = useMessages(studioMessages);
  const counted = useMessages(studioCountedMessages);
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={words.countedOf(name)}
        className="tap inline-grid size-5 shrink-0 place-items-center align-middle text-ink-2"
      >
        <Icon name="info" className="size-[1.1em]" />
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-0 m-auto h-fit w-[calc(100%-32px)] max-w-[440px] rounded-card border border-line bg-card p-4 text-left text-14 text-ink shadow-float backdrop:bg-veil"
      >
        <p className="mb-1 font-semibold">{name}</p>
        <p className="text-ink-2">{counted[of]}</p>
      </div>
    </>
  );
}
