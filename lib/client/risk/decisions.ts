'use client';
import { useCallback, useEffect, useState } from 'react';
import type { ValueNamed } from '../../contracts/named.ts';
import { hearServerTime } from '../answer-clock.ts';
import { call } from '../api.ts';
import { useMe } from '../session.ts';
import { learnWire } from '../wire.ts';
import { RISK_WIRE } from '../wire-risk.ts';

learnWire(RISK_WIRE);

export type Decisions = ValueNamed<'risk.mine'>;
type Failure = { readonly code: string; readonly message?: string };

/** What was decided about this shopper; null until an answer came. */
export function useDecisions() {
  const { person, isKnown } = useMe();
  const shopperId = person?.id ?? null;
  const [value, setValue] = useState<Decisions | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const take = useCallback((decisions: Decisions) => {
    hearServerTime(decisions.now);
    setValue(decisions);
    setFailure(null);
  }, []);
  const refresh = useCallback(async () => {
    if (shopperId === null) return;
    const answer = await call('risk.mine', {});
    if (answer.ok) take(answer.value);
    else setFailure(answer.refusal);
  }, [shopperId, take]);

  useEffect(() => {
    void refresh();
    const look = () => document.visibilityState === 'visible' && void refresh();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [refresh]);
  return { value, failure, refresh, take, isNobody: isKnown && shopperId === null };
}
