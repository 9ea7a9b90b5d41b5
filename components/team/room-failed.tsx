'use client';

import type { TeamView } from '../../lib/client/team-room.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { teamOverMessages } from '../../lib/messages/team-over.ts';
import { RedPacket } from '../sharing/red-packet.tsx';
import { buttonClass } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { NextTeam } from './next-team.tsx';
import { Seats } from './seats.tsx';

/** Not enough people came in time, or the shop took the campaign back: told plainly, with what is left of it. */
export function RoomFailed({ view: { room, own, campaign, campaignState } }: { view: TeamView }) {
  const words = useMessages(teamOverMessages);
  const { isWithdrawn } = room;
  const isConsoled = own?.isLeader === true && own.coupon !== null;
  return (
    <>
      <section className="gutter pt-5 pb-6 text-center">
        <h2 className="text-balance text-22 font-semibold">
          {isWithdrawn ? words.withdrawn : own === null ? words.expired : words.failed}
        </h2>
        <div className="mt-5">
          <Seats room={room} ownPlace={own?.place ?? null}>
            <RedPacket look="grey" />
          </Seats>
        </div>
        <p className="mx-auto mt-5 max-w-80 text-balance text-16 text-ink-2">
          {isWithdrawn ? words.withdrawnText : words.failedText(room.places.length, room.size)}
        </p>
        {isConsoled && (
          <p className="mt-4 flex flex-wrap items-center justify-center gap-2 rounded-card bg-gold-soft px-3 py-3 text-14">
            <span>{words.consolation(yuanText(campaign.consolationFen))}</span>
            <ShopLink href="/wallet" className={buttonClass('won', 's')}>
              {words.seeWallet}
            </ShopLink>
          </p>
        )}
      </section>
      <NextTeam campaignState={campaignState} />
    </>
  );
}
