'use client';

import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** There is no team of this code: said plainly, with a way to enter another one and a way to a new packet. */
export function UnknownTeam() {
  const words = useMessages(teamRoomMessages);
  const parts = useMessages(teamPartsMessages);
  return (
    <EmptyState
      emblem="search"
      title={words.unknown}
      text={words.unknownText}
      action={
        <span className="flex flex-col items-center gap-2">
          <ShopLink href="/team" className={buttonClass()}>
            {parts.again}
          </ShopLink>
          <ShopLink href="/team?code" className={buttonClass('quiet')}>
            {words.enterCode}
          </ShopLink>
        </span>
      }
    />
  );
}
