'use client';

import { TeamsDesk } from '../../components/ops/teams-desk.tsx';
import { late } from '../../components/ui/late.ts';

const RulesSheet = late(() => import('../../components/team/rules-sheet.tsx').then((module) => module.RulesSheet));

/** The operators' desk of team packets, with the rules as the shoppers' pages draw them. */
export function OpsTeamsScreen() {
  return <TeamsDesk rules={(given) => <RulesSheet open seedHash={null} {...given} />} />;
}
