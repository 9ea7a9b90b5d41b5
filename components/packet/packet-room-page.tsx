'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { Suspense, useState } from 'react';
import { forgetRequest } from '../../lib/client/kept-requests.ts';
import { acceptPacket } from '../../lib/client/packet-commands.ts';
import { usePacketRoom } from '../../lib/client/packet-room.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useSession } from '../../lib/client/session.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { mechanicAllowed } from '../../lib/domain/sharing/mechanic-allowed.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { codeIn } from '../../lib/domain/sharing/team-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import type { LoginOver } from '../sharing/login-over.ts';
import type { CategoryName } from '../sharing/rule-facts.tsx';
import { useChannel } from '../sharing/use-channel.ts';
import { useTap } from '../sharing/use-tap.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { PacketRoomSkeleton } from './packet-skeleton.tsx';
import { UnknownPacket } from './unknown-packet.tsx';
import { useGrowthNews } from './use-growth-news.ts';
import { useVisit } from './use-visit.ts';

const InApp = late(() => import('../sharing/in-app.tsx').then((module) => module.InApp));
const OwnerView = late(() => import('./owner-view.tsx').then((module) => module.OwnerView));
const VisitorView = late(() => import('./visitor-view.tsx').then((module) => module.VisitorView));
const RulesSheet = late(() => import('./rules-sheet.tsx').then((module) => module.RulesSheet));

/** What is true now says it: the page shows the visitor's own packet, or that this one is over. */
const TOLD = new Set([
  'has_packet',
  'own_packet',
  'packet_ended',
  'last_generation',
  'packet_budget_gone',
  'unknown_packet',
  'team_code',
]);

type PacketRoomPageProps = { login: LoginOver; categories: readonly CategoryName[] };

/** One growing packet, for whoever holds its link: its owner, a stranger, a friend who has been here. */
export function PacketRoomPage({ login: Login, categories }: PacketRoomPageProps) {
  const locale = useLocale();
  const words = packetRoomMessages[locale];
  const router = useRouter();
  const channel = useChannel();
  const isOnline = useOnline();
  const { person } = useSession();
  const code = codeIn(useSearchParams().get('c') ?? '');
  const { view, failure, refresh, take, isNobody, isKnown, isUnknown, isTeamCode } = usePacketRoom(code);
  const [isReading, setIsReading] = useState<boolean | null>(null);
  const isSharing = channel !== null && mechanicAllowed('packet_share', channel);
  const isOwner = view?.own.isOwner === true;
  const progress = useVisit({ view, isReady: isSharing && isKnown, isNobody, take, refresh });
  useGrowthNews(view?.packet ?? null, isOwner);
  const accepting = useTap(isNobody, {
    send: (showName: boolean) => acceptPacket(code ?? '', showName),
    onDone: ({ packet }) => router.push(pathInLocale(packetPath(packet.code), locale)),
    nextOf: ({ code: refused }) =>
      refused === 'risk_blocked'
        ? { path: '/decisions', word: words.seeDecision }
        : refused.startsWith('packet_campaign')
          ? { path: '/packet', word: words.toAll }
          : null,
    isTold: ({ code: refused }) => TOLD.has(refused),
    forget: () => forgetRequest('packet.accept', code ?? ''),
    refresh,
  });

  const skeleton = <PacketRoomSkeleton label={words.loading} />;
  const content = () => {
    if (channel === null) return skeleton;
    if (!isSharing && !isOwner && (view !== null || failure !== null || code === null)) return <InApp />;
    if (code === null || isUnknown || isTeamCode) return <UnknownPacket teamCode={isTeamCode ? code : null} />;
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
    if (view === null) return skeleton;
    const common = { view, onRules: () => setIsReading(true), onEnd: refresh };
    return isOwner ? (
      <OwnerView key={view.packet.code} {...common} isSharing={isSharing} />
    ) : (
      <VisitorView
        key={view.packet.code}
        {...common}
        progress={progress}
        isNobody={isNobody}
        displayName={isNobody ? '' : (person?.displayName ?? '')}
        isBusy={accepting.busy !== null}
        isStill={!isOnline}
        refused={accepting.refused}
        onAccept={accepting.tap}
      />
    );
  };
  const title =
    channel === null
      ? words.neutralTitle
      : isSharing
        ? packetGrowthMessages[locale].title
        : isOwner
          ? packetHomeMessages[locale].won
          : words.venueTitle;

  return (
    <>
      <TopBar
        title={title}
        backTo={isOwner ? '/packet' : '/'}
        actions={
          view !== null && isSharing ? (
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
      <Suspense fallback={skeleton}>{content()}</Suspense>
      {view !== null && isReading !== null && (
        <Suspense>
          <RulesSheet
            open={isReading}
            campaign={view.campaign}
            hash={view.hash}
            raisedFen={view.raisedFen}
            categories={categories}
            onClose={() => setIsReading(false)}
          />
        </Suspense>
      )}
      <Login open={accepting.isSigningIn} onClose={accepting.giveUp} onDone={accepting.signedIn} />
    </>
  );
}
