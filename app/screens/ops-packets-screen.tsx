'use client';

import { lazy } from 'react';
import { PacketsDesk } from '../../components/ops/packets-desk.tsx';

const RulesSheet = lazy(() =>
  import('../../components/packet/rules-sheet.tsx').then((module) => ({ default: module.RulesSheet })),
);

/** The operators' desk of growing packets, with the rules as the shoppers' pages draw them. */
export function OpsPacketsScreen() {
  return <PacketsDesk rules={(given) => <RulesSheet open {...given} />} />;
}
