'use client';

import { RiskHost } from '../../components/risk/risk-host.tsx';
import type { CategoryName } from '../../components/sharing/rule-facts.tsx';
import { TeamRoomPage } from '../../components/team/team-room-page.tsx';
import { LateLogin } from './late-login.tsx';

/** The room of one team, with the sheets of the identity and the risk room. */
export function TeamRoomScreen({ categories }: { categories: readonly CategoryName[] }) {
  return (
    <>
      <TeamRoomPage login={LateLogin} categories={categories} />
      <RiskHost />
    </>
  );
}
