'use client';

import { useSearchParams } from 'next/navigation';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useSession } from '../../lib/client/session.ts';
import { useTeamRoom } from '../../lib/client/team-room.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { mechanicAllowed } from '../../lib/domain/sharing/mechanic-allowed.ts';
import { codeIn } from '../../lib/domain/sharing/team-link.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import type { LoginOver } from '../sharing/login-over.ts';
import type { CategoryName } from '../sharing/rule-facts.tsx';
import { useChannel } from '../sharing/use-channel.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late, surely } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { UnknownTeam } from './room-notice.tsx';
import { TeamRoomSkeleton } from './team-skeleton.tsx';
import { useNewcomers } from './use-newcomers.ts';
import { useRoomTasks } from './use-room-tasks.ts';

const InApp = late(() => import('../sharing/in-app.tsx').then((module) => module.InApp));
const RoomFailed = late(() => import('./room-failed.tsx').then((module) => module.RoomFailed));
const loadGathering = () => surely(() => import('./room-gathering.tsx'));
const RoomGathering = late(() => loadGathering().then((module) => module.RoomGathering));
const RoomResult = late(() => import('./room-result.tsx').then((module) => module.RoomResult));
const RulesSheet = late(() => import('./rules-sheet.tsx').then((module) => module.RulesSheet));

type TeamRoomPageProps = { login: LoginOver; categories: readonly CategoryName[] };

/** One team, for whoever holds its link: a stranger who may join, a member, its leader; until it is shared out or over. */
export function TeamRoomPage({ login: Login, categories }: TeamRoomPageProps) {
  const locale = useLocale();
  const words = teamRoomMessages[locale];
  const channel = useChannel();
  const isOnline = useOnline();
  const { person } = useSession();
  const given = useSearchParams().get('c') ?? '';
  const code = codeIn(given);
  const { view, failure, refresh, take, isNobody, isUnknown, isPacketCode } = useTeamRoom(code);
  const hasGathered = useNewcomers(view);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const [isReading, setIsReading] = useState<boolean | null>(null);
  const signIn = useCallback(() => setIsSigningIn(true), []);
  const { join, open, giveUp, isBusy, refused } = useRoomTasks({ code: code ?? '', take, refresh, signIn });
  const [meantName, setMeantName] = useState(false);

  // Most who come find it gathering: its part is fetched while the team is asked for.
  useEffect(() => {
    void loadGathering();
  }, []);

  const isInviting = channel !== null && mechanicAllowed('team_invite', channel);
  const hasWon = view !== null && view.own !== null && (view.room.state === 'split' || view.room.state === 'over');

  const content = () => {
    if (channel === null) return <TeamRoomSkeleton label={words.loading} />;
    if (!isInviting && !hasWon && (view !== null || failure !== null || code === null)) {
      return (
        <Suspense fallback={<TeamRoomSkeleton label={words.loading} />}>
          <InApp />
        </Suspense>
      );
    }
    if (code === null || isUnknown || isPacketCode) return <UnknownTeam packetCode={isPacketCode ? code : null} />;
    if (view === null && failure !== null) {
      return (
        <EmptyState
          emblem="cloud"
          title={isOnline ? words.failedLoad : words.offline}
          text={isOnline ? refusalText(failure, locale) : words.offlineText}
          action={<Button onClick={refresh}>{phoneMessages[locale].tryAgain}</Button>}
        />
      );
    }
    if (view === null) return <TeamRoomSkeleton label={words.loading} />;
    const tasks = { view, isBusy, isStill: !isOnline, refused };
    return (
      <Suspense fallback={<TeamRoomSkeleton label={words.loading} />}>
        {view.room.state === 'failed' ? (
          <RoomFailed view={view} />
        ) : view.room.state === 'gathering' ? (
          <RoomGathering
            {...tasks}
            displayName={isNobody ? '' : (person?.displayName ?? '')}
            onEnd={refresh}
            onRules={() => setIsReading(true)}
            onJoin={(showName) => {
              setMeantName(showName);
              if (isNobody) signIn();
              else void join(showName);
            }}
          />
        ) : (
          <RoomResult key={view.room.code} {...tasks} isNews={hasGathered} isInviting={isInviting} onOpen={open} />
        )}
      </Suspense>
    );
  };

  return (
    <>
      <TopBar
        title={channel === null ? words.neutralTitle : isInviting || hasWon ? words.title : words.venueTitle}
        backTo="/"
        actions={
          view !== null && (isInviting || hasWon) ? (
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => setIsReading(true)}
              className="inline-flex min-h-11 items-center px-1 text-14 text-ink-2"
            >
              {words.rules}
            </button>
          ) : undefined
        }
      />
      {view !== null && (failure !== null || !isOnline) && (
        <p role="status" className="gutter bg-gold-soft py-2 text-14">
          {isOnline && failure ? refusalText(failure, locale) : words.offline}
        </p>
      )}
      {content()}
      {view !== null && isReading !== null && (
        <Suspense>
          <RulesSheet
            open={isReading}
            campaign={view.campaign}
            hash={view.hash}
            raisedFen={view.raisedFen}
            seedHash={view.room.seedHash}
            categories={categories}
            onClose={() => setIsReading(false)}
          />
        </Suspense>
      )}
      <Login
        open={isSigningIn}
        onClose={() => {
          setIsSigningIn(false);
          giveUp();
        }}
        onDone={() => {
          setIsSigningIn(false);
          void join(meantName);
        }}
      />
    </>
  );
}
