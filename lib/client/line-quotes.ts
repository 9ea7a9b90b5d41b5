'use client';
import { useEffect, useState } from 'react';
import type { LineProblem, PricedLine, WantedLine } from '../contracts/order.ts';
import { call } from './api.ts';

/** As many lines as one quote takes. */
const LINES_A_QUOTE = 50;
/** A stepper is tapped more than once; the quote waits for the last tap. */
const SETTLE_MS = 250;

export type LineQuotes = {
  /** Units by SKU, at one or two prices. */
  readonly priced: ReadonlyMap<string, readonly PricedLine[]>;
  readonly problems: ReadonlyMap<string, LineProblem>;
  readonly isCurrent: boolean;
};

const NONE: LineQuotes = { priced: new Map(), problems: new Map(), isCurrent: false };

/**
 * What each line of the cart costs now, by the same rules and the same server as the order. `round` asks again. Until
 * the answer for new lines is there the last one stays, with `isCurrent` false.
 */
export function useLineQuotes(lines: readonly WantedLine[], round: number): LineQuotes {
  const [quotes, setQuotes] = useState<LineQuotes>(NONE);
  const wanted = JSON.stringify(lines);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is asked for by its number
  useEffect(() => {
    const all = JSON.parse(wanted) as WantedLine[];
    setQuotes((before) => ({ ...before, isCurrent: false }));
    if (all.length === 0) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      quoteAll(all, leaving.signal).then(
        (answer) => answer !== null && setQuotes(answer),
        () => {
          // The lines have changed meanwhile; the next answer is the one that counts.
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [wanted, round]);
  return quotes;
}

async function quoteAll(lines: readonly WantedLine[], signal: AbortSignal): Promise<LineQuotes | null> {
  const asked = [];
  for (let at = 0; at < lines.length; at += LINES_A_QUOTE) {
    asked.push(call('order.quote', { lines: lines.slice(at, at + LINES_A_QUOTE) }, { signal }));
  }
  const priced = new Map<string, PricedLine[]>();
  const problems = new Map<string, LineProblem>();
  for (const answer of await Promise.all(asked)) {
    if (answer.ok) {
      for (const line of answer.value.quote.lines) priced.set(line.skuId, [...(priced.get(line.skuId) ?? []), line]);
      for (const problem of answer.value.problems) problems.set(problem.skuId, problem);
    } else if (answer.refusal.code === 'nothing_to_quote') {
      for (const problem of answer.refusal.problems) problems.set(problem.skuId, problem);
    } else {
      return null;
    }
  }
  return { priced, problems, isCurrent: true };
}
