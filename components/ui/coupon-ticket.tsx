'use client';

import type { ReactNode } from 'react';
import { cx } from './cx.ts';

type CouponTicketProps = {
  kind: 'coupon' | 'packet';
  /** Nothing can be done with it any more. */
  isOver?: boolean;
  /** The one loud thing: how much. */
  figure: ReactNode;
  /** From which amount on, up to how much: a line each, for the stub is narrow. */
  threshold: readonly string[];
  name: string;
  /** What it is for, until when: a line each. */
  facts: readonly ReactNode[];
  /** Below the facts. */
  below?: ReactNode;
  /** At the bottom, left and right. */
  note?: ReactNode;
  action?: ReactNode;
  /** What went wrong with the last tap. */
  alert?: string | null;
};

/** A paper ticket with its stub. With large text the stub stands above the rest, so that nothing is cut. */
export function CouponTicket({
  kind,
  isOver,
  figure,
  threshold,
  name,
  facts,
  below,
  note,
  action,
  alert,
}: CouponTicketProps) {
  return (
    <div className="flex flex-wrap overflow-hidden rounded-card bg-card shadow-card">
      <p
        className={cx(
          'flex flex-[1_0_6.5rem] flex-col items-center justify-center px-2 py-3 text-center',
          isOver
            ? 'bg-line/60 text-ink-2'
            : kind === 'packet'
              ? 'bg-plate text-on-plate'
              : 'bg-lacquer-soft text-on-lacquer-soft',
        )}
      >
        <span className="figures text-28 font-semibold">{figure}</span>
        {threshold.map((part) => (
          <span key={part} className="mt-0.5 text-balance text-12">
            {part}
          </span>
        ))}
      </p>
      <div className="relative flex min-w-0 flex-[999_1_11rem] flex-col border-line border-l border-dashed px-3 py-2.5">
        <span aria-hidden="true" className="absolute -top-1.5 -left-1.5 size-3 rounded-full bg-paper" />
        <span aria-hidden="true" className="absolute -bottom-1.5 -left-1.5 size-3 rounded-full bg-paper" />
        <p className={cx('text-16 font-semibold leading-snug', isOver && 'text-ink-2')}>{name}</p>
        {facts.map((fact, index) => (
          <p key={index} className="text-12 text-ink-2">
            {fact}
          </p>
        ))}
        {below}
        {(note !== undefined || action !== undefined) && (
          <div className="mt-auto flex flex-wrap items-center justify-between gap-x-2 gap-y-1 pt-2">
            <p className="min-w-0 flex-1 basis-[5rem] text-12 text-ink-2">{note}</p>
            {action}
          </div>
        )}
        {alert && (
          <p role="alert" className="mt-2 rounded-chip bg-lacquer-soft px-2 py-1 text-14 text-on-lacquer-soft">
            {alert}
          </p>
        )}
      </div>
    </div>
  );
}

/** Three tickets in their final boxes. */
export function CouponTicketsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      {[0, 1, 2].map((index) => (
        <span key={index} aria-hidden="true" className="skeleton block h-30 rounded-card" />
      ))}
    </div>
  );
}
