'use client';

import { PacketsDesk } from '../../components/ops/packets-desk.tsx';
import { late } from '../../components/ui/late.ts';

const RulesSheet = late(() => import('../../components/packet/rules-sheet.tsx').then((module) => module.RulesSheet));

/** The operators' desk of growing packets, with the rules as the shoppers' pages draw them. */
export function OpsPacketsScreen() {
  return <PacketsDesk rules={(given) => <RulesSheet open {...given} />} />;
}
