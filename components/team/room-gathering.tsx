'use client';

import { Suspense, useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { prepareReward } from '../../lib/client/risk/ask-reward.ts';
import type { TeamView } from '../../lib/client/team-room.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { teamGatheringMessages } from '../../lib/messages/team-gathering.ts';
import { teamInviteMessages } from '../../lib/messages/team-invite.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { momentText } from '../../lib/messages/time.ts';
import { BottomBar } from '../sharing/bottom-bar.tsx';
import { NameChoice } from '../sharing/name-choice.tsx';
import { RedPacket } from '../sharing/red-packet.tsx';
import { RefusalLine, type Refused } from '../sharing/refusal-line.tsx';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Seats } from './seats.tsx';

const InviteSheet = late(() => import('../sharing/invite-sheet.tsx').then((module) => module.InviteSheet));

type RoomGatheringProps = {
  view: TeamView;
  /** The name of whoever looks, if he has one that he could show. */
  displayName: string;
  isBusy: boolean;
  /** No network: nothing can be joined. */
  isStill: boolean;
  refused: Refused | null;
  onJoin: (showName: boolean) => void;
  onRules: () => void;
  /** The time is up: what has become of it is asked. */
  onEnd: () => void;
};

/** A team that is not full: who is there, how many are missing, until when, and the one thing to do. */
export function RoomGathering({
  view,
  displayName,
  isBusy,
  isStill,
  refused,
  onJoin,
  onRules,
  onEnd,
}: RoomGatheringProps) {
  const locale = useLocale();
  const words = useMessages(teamGatheringMessages);
  const parts = useMessages(teamPartsMessages);
  const invite = useMessages(teamInviteMessages);
  const { room, own, campaign } = view;
  const amount = yuanText(room.potFen);
  const [isInviting, setIsInviting] = useState<boolean | null>(null);
  const [showName, setShowName] = useState(false);
  const leader = room.places[0]?.name ?? parts.friend;
  const isMember = own !== null;
  // What joining will have to show is done while the page is read.
  useEffect(() => {
    if (!isMember) prepareReward('team.join');
  }, [isMember]);
  return (
    <>
      <section className="bg-lacquer-soft gutter pt-5 pb-6 text-center">
        <h2 className="text-balance text-22 font-semibold">
          {isMember ? (own.isLeader ? words.ownPacket : words.joinedPacket) : words.invitedBy(leader)}
        </h2>
        <div className="mt-5">
          <Seats key={room.code} room={room} ownPlace={own?.place ?? null}>
            <RedPacket
              look="closed"
              face={
                <span className="leading-tight">
                  <Price fen={room.potFen} className="block text-[min(1.75rem,8vw)] font-bold" label={words.potIs} />
                </span>
              }
            />
          </Seats>
        </div>
        <p className="mt-5 text-18 font-semibold">{words.missing(room.placesLeft, amount)}</p>
        <p className="mt-1 text-ink-2">
          <Countdown
            until={room.gatherUntil}
            label={words.endsInLabel}
            onEnd={onEnd}
            className="figures text-22 font-bold text-on-lacquer-soft"
          />{' '}
          <span className="whitespace-nowrap text-14">{words.endsIn}</span>
        </p>
      </section>
      <GoodToKnow campaign={campaign} onRules={onRules} />
      <BottomBar alert={refused && <RefusalLine refused={refused} />}>
        {isMember ? (
          <Button size="l" wide aria-haspopup="dialog" onClick={() => setIsInviting(true)}>
            {words.invite}
          </Button>
        ) : (
          <>
            {displayName !== '' && (
              <NameChoice label={parts.showName(displayName)} isShown={showName} onChange={setShowName} />
            )}
            <Button size="l" wide busy={isBusy} disabled={isStill} onClick={() => onJoin(showName)}>
              {isBusy ? words.joining : words.join(amount)}
            </Button>
          </>
        )}
      </BottomBar>
      {isInviting !== null && (
        <Suspense>
          <InviteSheet
            open={isInviting}
            code={room.code}
            path={teamPath(room.code)}
            words={{
              ...invite,
              lead: invite.missing(room.placesLeft),
              shareTitle: invite.shareTitle(amount),
              text: (shop, url) => invite.text(shop, amount, url),
            }}
            poster={{
              kind: 'reward',
              mechanic: 'team_invite',
              hero: `¥${amount}`,
              title: invite.shareTitle(amount),
              lines: [invite.missing(room.placesLeft), invite.until(momentText(room.gatherUntil, serverNow(), locale))],
            }}
            onClose={() => setIsInviting(false)}
          />
        </Suspense>
      )}
    </>
  );
}

type GoodToKnowProps = { campaign: TeamView['campaign']; onRules: () => void };

/** What somebody wants to know before he joins, from the frozen rules. */
function GoodToKnow({ campaign: { leastFen, goodFor }, onRules }: GoodToKnowProps) {
  const locale = useLocale();
  const words = teamGatheringMessages[locale];
  const facts = [
    words.goodLuck(yuanText(leastFen)),
    goodFor.kind === 'days'
      ? words.goodUse(goodFor.days)
      : words.goodUntil(soonText(goodFor.until, serverNow(), locale)),
    words.goodFree,
  ];
  return (
    <section className="m-3 rounded-card bg-card p-4 shadow-card wide:mx-4">
      <h3 className="text-16 font-semibold">{words.good}</h3>
      <ul className="mt-2 flex flex-col gap-1.5 text-14 text-ink-2">
        {facts.map((fact) => (
          <li key={fact} className="flex gap-2">
            <Icon name="check" className="mt-0.5 size-4.5 text-jade" />
            <span className="min-w-0 flex-1">{fact}</span>
          </li>
        ))}
      </ul>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={onRules}
        className="mt-1 min-h-11 text-14 text-ink-2 underline underline-offset-4"
      >
        {words.allRules}
      </button>
    </section>
  );
}
