'use client';

import { PacketRoomPage } from '../../components/packet/packet-room-page.tsx';
import type { CategoryName } from '../../components/sharing/rule-facts.tsx';
import { LateLogin } from './late-login.tsx';

/** The page of one growing packet, with the sheet of the identity room. */
export function PacketRoomScreen({ categories }: { categories: readonly CategoryName[] }) {
  return <PacketRoomPage login={LateLogin} categories={categories} />;
}
