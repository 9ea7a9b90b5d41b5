'use client';

import './cashier.css';
import type { ReactNode } from 'react';
import { paymentMessages } from '../../lib/messages/payment.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Square where the shop is round. */
export function cashierButton(look: 'main' | 'quiet'): string {
  return cx(
    'flex min-h-12 w-full items-center justify-center rounded-chip px-4 text-center text-16 font-semibold',
    look === 'main' ? 'bg-lacquer text-on-lacquer aria-disabled:opacity-60' : 'text-on-lacquer-soft',
  );
}

type CashierFrameProps = {
  /** A state that is said; without one the children are the page. */
  title?: string;
  text?: string;
  isLoading?: boolean;
  children?: ReactNode;
};

export function CashierFrame({ title, text, isLoading, children }: CashierFrameProps) {
  const words = useMessages(paymentMessages);
  return (
    <div className="cashier min-h-dvh bg-paper">
      <header className="bg-lacquer px-4 pt-[calc(12px+env(safe-area-inset-top))] pb-3 text-on-lacquer">
        <div className="mx-auto flex max-w-[480px] items-center gap-2">
          <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6">
            <path
              d="M4 8.5 12 4l8 4.5M5 10v7M10 10v7M14 10v7M19 10v7M3.5 20h17"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.8"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          <p className="flex-1 text-16 font-semibold">{words.cashierCompany}</p>
        </div>
      </header>
      <main id="content" className="mx-auto flex max-w-[480px] flex-col gap-4 px-4 py-5">
        <h1 className="text-18 font-semibold">{words.cashierTitle}</h1>
        <p className="rounded-chip bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">{words.cashierNote}</p>
        {isLoading && (
          <div
            role="status"
            aria-label={words.cashierTitle}
            className="flex flex-col gap-4 rounded-chip bg-card p-5 shadow-card"
          >
            <Skeleton className="mx-auto h-11 w-40" />
            <Skeleton className="h-24 w-full" />
            <Skeleton className="h-12 w-full" />
          </div>
        )}
        {title !== undefined && (
          <section className="flex flex-col gap-3 rounded-chip bg-card p-5 text-center shadow-card">
            <div role="status">
              <h2 className="text-22 font-semibold">{title}</h2>
              <p className="mt-2 text-14 text-ink-2">{text}</p>
            </div>
            {children}
          </section>
        )}
        {title === undefined && !isLoading && children}
      </main>
    </div>
  );
}
