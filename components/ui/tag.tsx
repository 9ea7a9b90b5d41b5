import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const tones = {
  act: 'bg-lacquer-soft text-on-lacquer-soft',
  won: 'bg-gold-soft text-gold',
  ready: 'bg-jade-soft text-jade',
  quiet: 'bg-line/60 text-ink-2',
} as const;

/** A small word about a thing: its tier, its state. Not a button. */
export function Tag({
  tone = 'quiet',
  children,
  className,
}: {
  tone?: keyof typeof tones;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cx(
        'inline-flex max-w-full items-center gap-1 rounded-chip px-1.5 py-0.5 text-12 font-medium',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** A choice among a few, as a pill: one of a radio group, or a filter (`aria-pressed`). */
export function chipClass(chosen: boolean): string {
  return cx(
    'pressable inline-flex min-h-11 items-center justify-center gap-1.5 rounded-full border px-4 text-14',
    chosen ? 'border-lacquer bg-lacquer-soft font-semibold text-on-lacquer-soft' : 'border-line bg-card text-ink',
  );
}
