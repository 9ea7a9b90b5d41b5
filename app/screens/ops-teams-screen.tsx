'use client';

import { lazy } from 'react';
import { TeamsDesk } from '../../components/ops/teams-desk.tsx';

const RulesSheet = lazy(() =>
  import('../../components/team/rules-sheet.tsx').then((module) => ({ default: module.RulesSheet })),
);

/** The operators' desk of team packets, with the rules as the shoppers' pages draw them. */
export function OpsTeamsScreen() {
  return <TeamsDesk rules={(given) => <RulesSheet open seedHash={null} {...given} />} />;
}
