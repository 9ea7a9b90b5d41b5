'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { forgetRequest } from '../../lib/client/kept-requests.ts';
import { issuePacket } from '../../lib/client/packet-commands.ts';
import { useOwnPackets, usePacketCampaigns } from '../../lib/client/packets.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useSession } from '../../lib/client/session.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { packetVisitorMessages } from '../../lib/messages/packet-visitor.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { CodeForm } from '../sharing/code-form.tsx';
import type { LoginOver } from '../sharing/login-over.ts';
import type { CategoryName } from '../sharing/rule-facts.tsx';
import { useTap } from '../sharing/use-tap.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { CampaignCard } from './campaign-card.tsx';
import { HelpedRow } from './helped-row.tsx';
import { isAlive, OwnPacketCard } from './own-packet-card.tsx';
import { PacketHomeSkeleton } from './packet-skeleton.tsx';

export type PacketHomeProps = { login: LoginOver; categories: readonly CategoryName[] };
type Taken = { readonly campaignId: string; readonly showName: boolean };

/** What the page of growing packets shows; `isSharing`: growing and sharing may be spoken of in this app. */
export function PacketHome({ login: Login, categories, isSharing }: PacketHomeProps & { isSharing: boolean }) {
  const locale = useLocale();
  const words = packetHomeMessages[locale];
  const router = useRouter();
  const own = useOwnPackets();
  const taking = useTap(own.isNobody, {
    send: ({ campaignId, showName }: Taken) => issuePacket(campaignId, showName),
    onDone: ({ packet }) => router.push(pathInLocale(packetPath(packet.code), locale)),
    nextOf: (refusal) =>
      refusal.code === 'has_packet'
        ? { path: packetPath(refusal.packetCode), word: words.toOwn }
        : refusal.code === 'risk_blocked'
          ? { path: '/decisions', word: packetRoomMessages[locale].seeDecision }
          : refusal.code === 'packet_budget_gone' || refusal.code.startsWith('packet_campaign')
            ? { path: '/coupons', word: packetVisitorMessages[locale].toCentre }
            : null,
    forget: ({ campaignId }) => forgetRequest('packet.issue', campaignId),
    refresh: own.refresh,
  });
  const packets = own.mine?.packets ?? [];
  const alive = packets.filter(isAlive);
  const earlier = packets.filter((packet) => !isAlive(packet));
  const helped = isSharing ? (own.mine?.helped ?? []) : [];

  return (
    <div className="flex flex-col gap-3 gutter py-3">
      <List title={words.mine}>
        {alive.map((packet) => (
          <OwnPacketCard key={packet.packet.code} own={packet} isGrowthShown={isSharing} />
        ))}
      </List>
      {isSharing && (
        <>
          <Campaigns categories={categories} own={own} taking={taking} />
          <CodeForm pathOf={packetPath} />
        </>
      )}
      <List title={words.history}>
        {earlier.map((packet) => (
          <OwnPacketCard key={packet.packet.code} own={packet} isGrowthShown={isSharing} />
        ))}
      </List>
      <List title={words.helped}>
        {helped.map((one) => (
          <HelpedRow key={one.code} helped={one} />
        ))}
      </List>
      {isSharing && own.isNobody && (
        <p className="flex flex-wrap items-center justify-center gap-x-2 text-14 text-ink-2">
          {words.loginFirst}
          <ShopLink
            href="/login?next=/packet"
            className="inline-flex min-h-11 min-w-11 items-center justify-center underline underline-offset-4"
          >
            {words.login}
          </ShopLink>
        </p>
      )}
      <Login open={taking.isSigningIn} onClose={taking.giveUp} onDone={taking.signedIn} />
    </div>
  );
}

function List({ title, children }: { title: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-16 font-semibold">{title}</h2>
      <ul className="flex flex-col gap-2">
        {children.map((child, index) => (
          <li key={index}>{child}</li>
        ))}
      </ul>
    </section>
  );
}

type Taking = Pick<
  ReturnType<typeof useTap<Taken, unknown, { code: string; message?: string }>>,
  'tap' | 'busy' | 'refused'
>;
type CampaignsProps = {
  categories: readonly CategoryName[];
  own: ReturnType<typeof useOwnPackets>;
  taking: Taking;
};

function Campaigns({ categories, own, taking }: CampaignsProps) {
  const locale = useLocale();
  const words = packetHomeMessages[locale];
  const isOnline = useOnline();
  const { person } = useSession();
  const { campaigns, failure, refresh } = usePacketCampaigns();
  if (campaigns === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={isOnline ? words.failedLoad : words.offline}
        text={isOnline ? refusalText(failure, locale) : words.offlineText}
        action={<Button onClick={refresh}>{phoneMessages[locale].tryAgain}</Button>}
      />
    );
  }
  if (campaigns === null) return <PacketHomeSkeleton label={words.loading} />;
  if (campaigns.length === 0) {
    return (
      <EmptyState
        emblem="lantern"
        title={words.none}
        text={words.noneText}
        action={
          <ShopLink href="/" className={buttonClass()}>
            {words.goShopping}
          </ShopLink>
        }
      />
    );
  }
  const now = serverNow();
  return (
    <>
      {(failure !== null || !isOnline) && (
        <p role="status" className="rounded-card bg-gold-soft px-3 py-2 text-14">
          {isOnline && failure ? refusalText(failure, locale) : words.offline}
        </p>
      )}
      {campaigns.map((running) => {
        const { id } = running.campaign;
        return (
          <CampaignCard
            key={id}
            running={running}
            categories={categories}
            now={now}
            ownCode={own.mine?.packets.find(({ campaignId }) => campaignId === id)?.packet.code ?? null}
            displayName={own.isNobody ? '' : (person?.displayName ?? '')}
            isBusy={taking.busy?.campaignId === id}
            isStill={!isOnline}
            refused={taking.refused?.meant.campaignId === id ? taking.refused : null}
            onTake={(showName) => taking.tap({ campaignId: id, showName })}
          />
        );
      })}
    </>
  );
}
