'use client';

import { useEffect, useState } from 'react';
import { leaveRisk, type RiskRefusal, useRiskMet } from '../../lib/client/risk/met.ts';
import { learnWire } from '../../lib/client/wire.ts';
import { RISK_WIRE } from '../../lib/client/wire-risk.ts';
import { AppealSheet } from './appeal-sheet.tsx';
import { BlockedSheet } from './blocked-sheet.tsx';
import { ChallengeSheet } from './challenge-sheet.tsx';

learnWire(RISK_WIRE);

/** The sheet of what stands in the person's way now. */
export function RiskSheets() {
  const refusal = useRiskMet((met) => met.refusal);
  const [appealing, setAppealing] = useState<RiskRefusal | null>(null);
  // Leaving the page while it is asked is a no.
  useEffect(() => () => leaveRisk(false), []);
  if (refusal === null) return null;
  if (appealing !== null) return <AppealSheet decisionId={appealing.decisionId} onClose={() => leaveRisk(false)} />;
  if (refusal.code === 'risk_challenge') {
    return (
      <ChallengeSheet reasons={refusal.reasons} onClose={() => leaveRisk(false)} onProven={() => leaveRisk(true)} />
    );
  }
  return (
    <BlockedSheet
      reasons={refusal.reasons}
      mayAppeal={refusal.mayAppeal}
      onAppeal={() => setAppealing(refusal)}
      onClose={() => leaveRisk(false)}
    />
  );
}
