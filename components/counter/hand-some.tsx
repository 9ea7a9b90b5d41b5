'use client';

import { useState } from 'react';
import type { LineUnits } from '../../lib/domain/pickup/pickup.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { type GoodsLine, GoodsLines } from './goods-lines.tsx';

type HandSomeProps = {
  /** `quantity`: units that wait. */
  lines: readonly GoodsLine[];
  waiting: readonly LineUnits[];
  isBusy: boolean;
  /** Null: all that waits. */
  onHand: (lines: LineUnits[] | null) => void;
  onCancel: () => void;
};

const sum = (lines: readonly LineUnits[]) => lines.reduce((units, { quantity }) => units + quantity, 0);

/** The goods, and the buttons that give all or some of them away: in thumb's reach, whatever the list is long. */
export function HandSome({ lines, waiting, isBusy, onHand, onCancel }: HandSomeProps) {
  const words = useMessages(counterScanMessages);
  const locale = useLocale();
  const [chosen, setChosen] = useState<readonly LineUnits[] | null>(null);
  const all = sum(waiting);
  const some = chosen === null ? all : sum(chosen);
  const most = (line: number) => waiting.find(({ lineNumber }) => lineNumber === line)?.quantity ?? 0;
  const change = (line: number, quantity: number) =>
    setChosen((before) => (before ?? []).map((one) => (one.lineNumber === line ? { ...one, quantity } : one)));
  return (
    <>
      <div className="rounded-card bg-card px-4 shadow-card">
        <GoodsLines
          lines={lines}
          extra={({ lineNumber, title }) =>
            chosen !== null &&
            most(lineNumber) > 0 && (
              <div className="flex w-full justify-end">
                <Stepper
                  isLarge
                  min={0}
                  label={inLocale(title, locale)}
                  value={chosen.find((one) => one.lineNumber === lineNumber)?.quantity ?? 0}
                  max={most(lineNumber)}
                  onChange={(quantity) => change(lineNumber, quantity)}
                />
              </div>
            )
          }
        />
      </div>
      <div className="sticky bottom-[calc(var(--counter-bar)+8px)] z-10 flex flex-col gap-2 rounded-card bg-paper py-2">
        <Button
          wide
          className="min-h-16 bg-jade! text-22 text-card! aria-disabled:bg-line! aria-disabled:text-ink-2!"
          busy={isBusy}
          disabled={some === 0}
          onClick={() => onHand(some === all ? null : (chosen ?? []).filter(({ quantity }) => quantity > 0))}
        >
          {isBusy
            ? words.handing
            : some === 0
              ? words.handNone
              : chosen === null
                ? words.handAll(all)
                : words.handThese(some)}
        </Button>
        <div className="flex gap-2">
          {all > 1 && (
            <Button
              look="quiet"
              className="min-h-12 flex-1"
              disabled={isBusy}
              onClick={() => setChosen(chosen === null ? waiting.map((one) => ({ ...one })) : null)}
            >
              {chosen === null ? words.handSome : words.allAgain}
            </Button>
          )}
          <Button look="quiet" className="min-h-12 flex-1" disabled={isBusy} onClick={onCancel}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </>
  );
}
