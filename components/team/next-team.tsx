'use client';

import type { TeamView } from '../../lib/client/team-room.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { BottomBar } from '../sharing/bottom-bar.tsx';
import { RefusalLine, type Refused } from '../sharing/refusal-line.tsx';
import { buttonClass } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

type NextTeamProps = { campaignState: TeamView['campaignState']; refused?: Refused | null };

/** The way on from a team that is of no use here: to one of one's own, or where none can be opened, to other offers. */
export function NextTeam({ campaignState, refused = null }: NextTeamProps) {
  const words = useMessages(teamPartsMessages);
  const isOpen = campaignState === 'running';
  return (
    <BottomBar alert={refused && <RefusalLine refused={refused} />}>
      {!isOpen && <p className="mb-2 text-center text-14 text-ink-2">{words[`closed_${campaignState}`]}</p>}
      <ShopLink href={isOpen ? '/team' : '/coupons'} className={buttonClass('act', 'l', true)}>
        {isOpen ? words.again : words.toCentre}
      </ShopLink>
    </BottomBar>
  );
}
