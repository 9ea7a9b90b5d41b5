'use client';

import { unitsWaiting } from '../../lib/domain/pickup/pickup.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { clockText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ResultHead } from './result-head.tsx';
import { HANDED } from './result-looks.ts';
import type { Handed } from './use-desk.ts';

/** Goods have changed hands: green, large, and at once ready for the next. */
export function HandedResult({ handed, onNext }: { handed: Handed; onNext: () => void }) {
  const words = useMessages(counterScanMessages);
  const { order, handover, isReplay } = handed;
  const units = handover.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const rest = unitsWaiting(order.lines).reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={HANDED} title={words.handed} isLarge>
        <p className="text-28 font-semibold">{words.handedUnits(units)}</p>
        <p className="figures text-18">{order.phoneMasked}</p>
        {isReplay && <p className="text-18">{words.handedReplay(clockText(handover.at, true))}</p>}
        {rest > 0 && <p className="text-22 font-semibold">{words.handedRest(rest)}</p>}
      </ResultHead>
      <NextButton label={words.next} onNext={onNext} />
      <p className="text-center text-16 text-ink-2">{words.undoHint}</p>
    </article>
  );
}

/** What was handed over without network. */
export function NotedResult({ units, onNext }: { units: number; onNext: () => void }) {
  const words = useMessages(counterScanMessages);
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={HANDED} title={words.kept} isLarge>
        <p className="text-28 font-semibold">{words.handedUnits(units)}</p>
      </ResultHead>
      <NextButton label={words.next} onNext={onNext} />
      <p className="text-center text-16 text-ink-2">{words.keptText}</p>
    </article>
  );
}

export function NextButton({ label, onNext }: { label: string; onNext: () => void }) {
  return (
    <Button look="act" wide className="min-h-16 text-22" onClick={onNext}>
      {label}
    </Button>
  );
}
