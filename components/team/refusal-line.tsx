'use client';

import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { buttonClass } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import type { RoomRefusal } from './use-room-tasks.ts';

/** What went wrong with the last tap, and the way on where there is one. */
export function RefusalLine({ refused }: { refused: RoomRefusal }) {
  const words = useMessages(teamPartsMessages);
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-2 rounded-card bg-gold-soft px-3 py-2">
      <p className="min-w-0 flex-1 basis-[12rem] text-14">{refused.text}</p>
      {refused.nextPath !== null && (
        <ShopLink href={refused.nextPath} className={buttonClass('soft', 's')}>
          {refused.nextPath === '/team' ? words.again : words.seeOwnTeam}
        </ShopLink>
      )}
    </div>
  );
}
