'use client';

import type { ReactNode } from 'react';
import { checkoutMessages } from '../../lib/messages/checkout.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';

type SubmitBarProps = {
  totalFen: number | null;
  units: number;
  label: string;
  isBusy: boolean;
  isStill: boolean;
  /** What stands in the way, or what has changed; with its next step. */
  notice: ReactNode;
  onSubmit: () => void;
};

/** What is paid, said next to the button that says yes to it. */
export function SubmitBar({ totalFen, units, label, isBusy, isStill, notice, onSubmit }: SubmitBarProps) {
  const words = useMessages(checkoutMessages);
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 mx-auto max-w-[520px] border-line border-t bg-card gutter pt-2 pb-[calc(8px+var(--safe-bottom))]">
      {notice}
      <div className="flex min-h-12 items-center gap-3">
        <p className="min-w-0 flex-1 leading-tight">
          <span className="block text-12 text-ink-2">{words.units(units)}</span>
          <span className="text-14">{words.toPay} </span>
          {totalFen !== null && <Price fen={totalFen} className="text-22 font-semibold text-lacquer" />}
        </p>
        <Button size="l" busy={isBusy} disabled={isStill} onClick={onSubmit} className="max-w-[62%]">
          {label}
        </Button>
      </div>
    </div>
  );
}
