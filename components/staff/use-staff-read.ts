'use client';

import { useCallback, useEffect, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { setPerson } from '../../lib/client/session.ts';
import type { ContractNamed, RequestNamed, ValueNamed, WireName } from '../../lib/contracts/named.ts';
import { useLocale } from '../ui/locale.tsx';
import { refusedText } from './staff-words.ts';

/** What somebody behind the counter may ask without changing anything. */
type ReadName = {
  [N in WireName]: N extends `ops.${string}` | `studio.${string}` | 'counter.day'
    ? ContractNamed<N>['method'] extends 'GET'
      ? N
      : never
    : never;
}[WireName];

type StaffRead<Value> = {
  /** The last answer; kept on the screen while the next one is fetched. */
  value: Value | null;
  /** Why there is no newer answer. */
  error: string | null;
  isLoading: boolean;
  reload: () => void;
  /** Puts what a command has answered in place without asking again. */
  change: (change: (value: Value) => Value) => void;
};

/** Reads as one of the staff; a session that has ended brings the sign-in back. */
export function useStaffRead<N extends ReadName>(name: N, request: RequestNamed<N>): StaffRead<ValueNamed<N>> {
  const locale = useLocale();
  const asked = JSON.stringify(request);
  const [value, setValue] = useState<ValueNamed<N> | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same thing again
  useEffect(() => {
    const stop = new AbortController();
    setLoading(true);
    call(name, JSON.parse(asked) as RequestNamed<N>, { signal: stop.signal }).then(
      (answer) => {
        setLoading(false);
        if (answer.ok) {
          setValue(answer.value);
          setError(null);
          return;
        }
        const refusal: { code: string; message?: string } = answer.refusal as { code: string };
        setError(refusedText(refusal, locale));
        if (refusal.code === 'login_required' || refusal.code === 'forbidden') setPerson(null);
      },
      () => {}, // the page asked for something else meanwhile
    );
    return () => stop.abort();
  }, [name, asked, locale, round]);

  return {
    value,
    error,
    isLoading,
    reload: useCallback(() => setRound((last) => last + 1), []),
    change: useCallback((make) => setValue((last) => (last === null ? last : make(last))), []),
  };
}
