'use client';

import { yuanText } from '../../../lib/messages/money.ts';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { useMessages } from '../../ui/locale.tsx';
import { countText } from '../figure-words.ts';
import { generationColours, REVENUE_STEPS_FEN, revenueColours } from './colours.ts';
import type { SpreadModel } from './spread-model.ts';
import { useScheme } from './use-scheme.ts';

/** What the colours of the picture mean, with how many there are of each generation. */
export function Legend({ model, isByRevenue }: { model: SpreadModel; isByRevenue: boolean }) {
  const words = useMessages(studioGraphMessages);
  const scheme = useScheme();
  const { generations } = model.spread;
  const colours = generationColours(scheme);
  const last = colours.length - 1;
  const { none, steps } = revenueColours(scheme);
  const rows = isByRevenue
    ? [
        [none, words.noRevenue] as const,
        ...REVENUE_STEPS_FEN.map((fen, step) => [steps[step], words.revenueUpTo(yuanText(fen))] as const),
        [steps.at(-1), words.revenueOver(yuanText(REVENUE_STEPS_FEN.at(-1) ?? 0))] as const,
      ]
    : generations.slice(0, last + 1).map((count, depth) => {
        const isLast = depth === last && generations.length > last + 1;
        const all = isLast ? generations.slice(last).reduce((sum, one) => sum + one, 0) : count;
        const text = isLast ? words.generationsFrom : words.generationOf;
        return [colours[depth], text(depth, countText(all))] as const;
      });
  return (
    <ul aria-label={words.colour} className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-12 text-ink-2">
      {rows.map(([colour, text]) => (
        <li key={text} className="flex items-center gap-1">
          <span aria-hidden="true" className="size-2 rounded-full" style={{ backgroundColor: colour }} />
          {text}
        </li>
      ))}
    </ul>
  );
}
