'use client';

import { PacketHomePage } from '../../components/packet/packet-home-page.tsx';
import { RiskHost } from '../../components/risk/risk-host.tsx';
import type { CategoryName } from '../../components/sharing/rule-facts.tsx';
import { LateLogin } from './late-login.tsx';

/** The page of growing packets, with the sheets of the identity and the risk room. */
export function PacketHomeScreen({ categories }: { categories: readonly CategoryName[] }) {
  return (
    <>
      <PacketHomePage login={LateLogin} categories={categories} />
      <RiskHost />
    </>
  );
}
