'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { askCounter } from '../../lib/client/counter-ask.ts';
import { refreshHome } from '../../lib/client/counter-home.ts';
import type { CounterOrder } from '../../lib/contracts/counter.ts';
import { refusedText } from '../staff/staff-words.ts';
import { useLocale } from '../ui/locale.tsx';

export type ListName = 'preparing' | 'ready' | 'today';

type Shown = { readonly orders: readonly CounterOrder[]; readonly nextAfter: string | null };

/**
 * A list of this store's orders, page after page; asked anew when `version` changes, with as much as is shown already
 * left on the screen meanwhile.
 */
export function useCounterOrders(list: ListName, lastFour: string, version: string) {
  const locale = useLocale();
  const [value, setValue] = useState<Shown | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const turn = useRef(0);

  const ask = useCallback(
    async (after: string | undefined) => {
      turn.current += 1;
      const own = turn.current;
      setLoading(true);
      const request = { list, after, lastFour: lastFour === '' ? undefined : lastFour };
      const answer = await askCounter('counter.orders', request);
      if (own !== turn.current) return;
      setLoading(false);
      if (!answer.ok) return setError(refusedText(answer.refusal, locale));
      setError(null);
      const { orders, nextAfter } = answer.value;
      setValue((before) => ({
        orders: after === undefined ? orders : [...(before?.orders ?? []), ...orders],
        nextAfter,
      }));
    },
    [list, lastFour, locale],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version or round asks the same thing again
  useEffect(() => {
    void ask(undefined);
  }, [ask, version, round]);

  return {
    value,
    error,
    isLoading,
    reload: useCallback(() => setRound((last) => last + 1), []),
    more: () => void ask(value?.nextAfter ?? undefined),
    /** What a command has answered takes the place of what was shown; null: it has left this list. */
    change: useCallback((orderId: string, order: CounterOrder | null) => {
      setValue(
        (before) =>
          before && {
            ...before,
            orders: before.orders.flatMap((one) => (one.orderId !== orderId ? [one] : order === null ? [] : [order])),
          },
      );
      void refreshHome();
    }, []),
  };
}

export type CounterOrders = ReturnType<typeof useCounterOrders>;
