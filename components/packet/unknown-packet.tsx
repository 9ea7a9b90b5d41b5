'use client';

import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** There is no packet of this code: said plainly, with the way to one's own and a way to enter another code. */
export function UnknownPacket() {
  const words = useMessages(packetRoomMessages);
  return (
    <EmptyState
      emblem="search"
      title={words.unknown}
      text={words.unknownText}
      action={
        <span className="flex flex-col items-center gap-2">
          <ShopLink href="/packet" className={buttonClass()}>
            {words.toAll}
          </ShopLink>
          <ShopLink href="/packet?code" className={buttonClass('quiet')}>
            {words.enterCode}
          </ShopLink>
        </span>
      }
    />
  );
}
