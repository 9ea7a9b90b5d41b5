'use client';

import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

type UnitStepperProps = {
  value: number;
  max: number;
  /** What is counted, for the screen reader. */
  label: string;
  onChange: (value: number) => void;
};

/** How many of a line; down to none. Larger than the shop's: it is used standing, with one hand. */
export function UnitStepper({ value, max, label, onChange }: UnitStepperProps) {
  const words = useMessages(appShellMessages);
  const button =
    'pressable grid size-14 place-items-center rounded-full border border-line bg-card aria-disabled:text-ink-3';
  const step = (by: number) => {
    const next = value + by;
    if (next >= 0 && next <= max) onChange(next);
  };
  return (
    <fieldset className="flex items-center gap-1">
      <legend className="sr-only">{label}</legend>
      <button
        type="button"
        className={button}
        aria-label={words.less}
        aria-disabled={value <= 0 || undefined}
        onClick={() => step(-1)}
      >
        <Icon name="minus" />
      </button>
      <output className="figures min-w-12 text-center text-28 font-semibold">{value}</output>
      <button
        type="button"
        className={button}
        aria-label={words.more}
        aria-disabled={value >= max || undefined}
        onClick={() => step(1)}
      >
        <Icon name="plus" />
      </button>
    </fieldset>
  );
}
