'use client';

import { useEffect, useRef } from 'react';
import type { PacketPicture } from '../../lib/contracts/packet.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';

/** Says what happens to one's own packet while the page is looked at; shown and heard. */
export function useGrowthNews(packet: PacketPicture | null, isOwner: boolean): void {
  const words = useMessages(packetRoomMessages);
  const common = useMessages(packetGrowthMessages);
  const seen = useRef<PacketPicture | null>(null);
  useEffect(() => {
    const before = seen.current;
    seen.current = packet;
    if (packet === null || before?.code !== packet.code || !isOwner) return;
    const newest = packet.steps.at(-1);
    const wasLocked = before.state === 'locked';
    const isFree = packet.state === 'growing' || packet.state === 'full';
    if (packet.valueFen > before.valueFen) toast(words.grewNews(yuanText(packet.valueFen)));
    else if (packet.state === 'locked' && !wasLocked) toast(words.lockedNews);
    else if (wasLocked && isFree) toast(words.freeNews);
    else if (newest !== undefined && newest.place > (before.steps.at(-1)?.place ?? 0)) {
      toast(words.pendingNews(newest.name ?? common.friend));
    }
  }, [packet, isOwner, words, common]);
}
