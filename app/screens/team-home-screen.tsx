'use client';

import { RiskHost } from '../../components/risk/risk-host.tsx';
import type { CategoryName } from '../../components/sharing/rule-facts.tsx';
import { TeamHomePage } from '../../components/team/team-home-page.tsx';
import { LateLogin } from './late-login.tsx';

/** The page of team packets, with the sheets of the identity and the risk room. */
export function TeamHomeScreen({ categories }: { categories: readonly CategoryName[] }) {
  return (
    <>
      <TeamHomePage login={LateLogin} categories={categories} />
      <RiskHost />
    </>
  );
}
