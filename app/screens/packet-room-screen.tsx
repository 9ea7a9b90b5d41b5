'use client';

import { PacketRoomPage } from '../../components/packet/packet-room-page.tsx';
import { RiskHost } from '../../components/risk/risk-host.tsx';
import type { CategoryName } from '../../components/sharing/rule-facts.tsx';
import { LateLogin } from './late-login.tsx';

/** The page of one growing packet, with the sheets of the identity and the risk room. */
export function PacketRoomScreen({ categories }: { categories: readonly CategoryName[] }) {
  return (
    <>
      <PacketRoomPage login={LateLogin} categories={categories} />
      <RiskHost />
    </>
  );
}
