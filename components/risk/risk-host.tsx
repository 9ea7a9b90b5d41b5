'use client';

import { Suspense, useEffect } from 'react';
import { useRiskMet } from '../../lib/client/risk/met.ts';
import { late } from '../ui/late.ts';

const RiskSheets = late(() => import('./risk-sheets.tsx').then((module) => module.RiskSheets));

/** The place of a page for what the rules against fraud may ask of a person; nothing is loaded before they do. */
export function RiskHost() {
  const isMet = useRiskMet(({ refusal }) => refusal !== null);
  useEffect(() => {
    const count = (by: number) => useRiskMet.setState(({ hosts }) => ({ hosts: hosts + by }));
    count(1);
    return () => count(-1);
  }, []);
  return isMet ? (
    <Suspense>
      <RiskSheets />
    </Suspense>
  ) : null;
}
