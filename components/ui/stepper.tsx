'use client';

import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { useMessages } from './locale.tsx';

type StepperProps = {
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max: number;
  /** What is counted, for the screen reader. */
  label: string;
  /** For a counter, where it is used standing and with one hand: 56 px each. */
  isLarge?: boolean;
};

/** One less, the number, one more; 44 px each. */
export function Stepper({ value, onChange, min = 1, max, label, isLarge }: StepperProps) {
  const words = useMessages(appShellMessages);
  const button = cx(
    'grid place-items-center text-ink aria-disabled:text-ink-3 aria-disabled:opacity-50',
    isLarge ? 'size-14' : 'size-11',
  );
  const step = (by: number) => {
    const next = value + by;
    if (next >= min && next <= max) onChange(next);
  };
  return (
    <fieldset className="inline-flex items-center rounded-full border border-line bg-card">
      <legend className="sr-only">{label}</legend>
      <button
        type="button"
        className={button}
        aria-label={words.less}
        aria-disabled={value <= min || undefined}
        onClick={() => step(-1)}
      >
        <Icon name="minus" className="size-5" />
      </button>
      <output className={cx('figures text-center font-semibold', isLarge ? 'min-w-12 text-28' : 'min-w-8 text-16')}>
        {value}
      </output>
      <button
        type="button"
        className={button}
        aria-label={words.more}
        aria-disabled={value >= max || undefined}
        onClick={() => step(1)}
      >
        <Icon name="plus" className="size-5" />
      </button>
    </fieldset>
  );
}
