'use client';

import type { ReactNode } from 'react';
import type { CounterOrder } from '../../lib/contracts/counter.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Tag } from '../ui/tag.tsx';

export type GoodsLine = Pick<CounterOrder['lines'][number], 'lineNumber' | 'title' | 'choice' | 'quantity'> &
  Partial<Pick<CounterOrder['lines'][number], 'picturePath' | 'handed' | 'refunded' | 'isAwaited'>>;

/** What is in an order, to be told apart on a shelf: picture, name, choice and a large number. */
export function GoodsLines({ lines, extra }: { lines: readonly GoodsLine[]; extra?: (line: GoodsLine) => ReactNode }) {
  const words = useMessages(counterScanMessages);
  const locale = useLocale();
  return (
    <ul className="flex flex-col divide-y divide-line">
      {lines.map((line) => {
        const { lineNumber, title, choice, picturePath, quantity, handed = 0, refunded = 0, isAwaited } = line;
        return (
          <li key={lineNumber} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
            {picturePath !== undefined && (
              <div className="w-16 shrink-0 overflow-hidden rounded-card">
                <Picture path={picturePath} alt="" sizes="64px" />
              </div>
            )}
            <div className="min-w-0 flex-1">
              <p className="text-18 font-semibold">{inLocale(title, locale)}</p>
              <p className="text-16 text-ink-2">{inLocale(choice, locale)}</p>
              <p className="mt-1 flex flex-wrap gap-1.5 empty:hidden">
                {handed > 0 && (
                  <Tag tone="ready" className="text-14">
                    {words.lineHanded(handed)}
                  </Tag>
                )}
                {refunded > 0 && <Tag className="text-14">{words.lineRefunded(refunded)}</Tag>}
                {isAwaited && (
                  <Tag tone="won" className="text-14">
                    {words.lineAwaited}
                  </Tag>
                )}
              </p>
            </div>
            {quantity > 0 && <p className="figures text-28 font-bold">{words.line(quantity)}</p>}
            {extra?.(line)}
          </li>
        );
      })}
    </ul>
  );
}
