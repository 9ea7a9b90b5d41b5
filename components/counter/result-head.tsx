'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from '../ui/cx.ts';
import { CounterIcon } from './counter-icon.tsx';
import type { Look, ResultTone } from './result-looks.ts';

const TONES: Readonly<Record<ResultTone, string>> = {
  go: 'bg-jade text-card',
  stop: 'bg-lacquer text-on-lacquer',
  later: 'bg-gold-shape text-on-gold',
  elsewhere: 'bg-ink text-paper',
  again: 'bg-ink-2 text-paper',
};

type ResultHeadProps = {
  look: Look;
  title: string;
  /** Under the large word. */
  children?: ReactNode;
  /** Fills the screen of a phone: nothing else is to be read. */
  isLarge?: boolean;
};

/** The colour and the large word of a result, to be read at arm's length; takes the focus, so that it is heard. */
export function ResultHead({ look, title, children, isLarge }: ResultHeadProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  return (
    <div
      className={cx(
        'animate-rise flex flex-col items-center rounded-sheet px-4 text-center',
        isLarge ? 'min-h-[46dvh] justify-center gap-3 py-8' : 'gap-1 py-4',
        TONES[look.tone],
      )}
    >
      <CounterIcon name={look.icon} className={isLarge ? 'size-24' : 'size-12'} />
      <h2 ref={head} tabIndex={-1} className="text-40 font-bold outline-none">
        {title}
      </h2>
      {children}
    </div>
  );
}
