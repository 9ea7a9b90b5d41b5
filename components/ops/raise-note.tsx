'use client';

import type { ReactNode } from 'react';
import { timeText } from '../staff/staff-words.ts';
import { useLocale } from '../ui/locale.tsx';

type RaiseNoteProps = {
  /** Who asks for how much. */
  asked: string;
  /** From when it counts where nobody else can agree; null: somebody must. */
  validFrom: number | null;
  words: { readonly raiseNeeds: string; readonly raiseFrom: (at: string) => string };
  actions: ReactNode;
};

/** A raise of a budget that is not in force yet. */
export function RaiseNote({ asked, validFrom, words, actions }: RaiseNoteProps) {
  const locale = useLocale();
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2 rounded-card bg-gold-soft px-3 py-2 text-14">
      <p className="min-w-0 flex-1 basis-[16rem]">
        {asked} · {validFrom === null ? words.raiseNeeds : words.raiseFrom(timeText(validFrom, locale))}
      </p>
      {actions}
    </div>
  );
}
