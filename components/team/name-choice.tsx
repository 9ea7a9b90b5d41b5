'use client';

import { useId } from 'react';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { useMessages } from '../ui/locale.tsx';

type NameChoiceProps = { name: string; isShown: boolean; onChange: (isShown: boolean) => void };

/** Whether the others see the name; nobody's is shown unless he says so. */
export function NameChoice({ name, isShown, onChange }: NameChoiceProps) {
  const words = useMessages(teamPartsMessages);
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-11 items-center gap-2 text-14">
      <input
        id={id}
        type="checkbox"
        checked={isShown}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 accent-lacquer"
      />
      {words.showName(name)}
    </label>
  );
}
