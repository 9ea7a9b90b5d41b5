'use client';

import type { ReactNode } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { PacketPicture } from '../../lib/contracts/packet.ts';
import { expiryText } from '../../lib/messages/coupon.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { Countdown } from '../ui/countdown.tsx';
import { useLocale } from '../ui/locale.tsx';
import { GrowingPacket } from './growing-packet.tsx';
import { growthOf } from './growth.ts';
import { GrowthBar } from './growth-bar.tsx';

type PacketFaceProps = {
  packet: PacketPicture;
  title: string;
  /** Growing may be spoken of here. */
  isGrowthShown: boolean;
  /** Below the bar: what it means for whoever looks. */
  children?: ReactNode;
  /** Its time is up: what has become of it is asked. */
  onEnd: () => void;
};

/** The top of a packet's page, for its owner and for visitors: how large it is, how far it can go, until when. */
export function PacketFace({ packet, title, isGrowthShown, children, onEnd }: PacketFaceProps) {
  const locale = useLocale();
  const words = packetRoomMessages[locale];
  const { state, valueFen, baseFen, capFen, expiresAt } = packet;
  const isAlive = state === 'growing' || state === 'full' || state === 'locked';
  const { pendingFen } = growthOf(packet);
  return (
    <section className="overflow-hidden bg-lacquer-soft gutter pt-5 pb-6 text-center">
      <h2 className="text-balance text-22 font-semibold">{title}</h2>
      <div className="mt-3">
        <GrowingPacket packet={packet} />
      </div>
      {isGrowthShown && isAlive && (
        <div className="mx-auto mt-5 max-w-80">
          <GrowthBar baseFen={baseFen} valueFen={valueFen} capFen={capFen} pendingFen={pendingFen} />
        </div>
      )}
      {children}
      {isAlive && (
        <p className="mt-2 text-14 text-ink-2">
          {expiryText(expiresAt, serverNow(), locale)} ·{' '}
          <Countdown
            until={expiresAt}
            label={words.endsInLabel}
            onEnd={onEnd}
            className="figures font-semibold text-on-lacquer-soft"
          />{' '}
          <span className="whitespace-nowrap">{words.endsIn}</span>
        </p>
      )}
    </section>
  );
}

/** How many more friends make it how large; null when there is nothing to wait for. */
export function moreText(packet: PacketPicture, locale: 'zh-CN' | 'en-US'): string | null {
  const words = packetGrowthMessages[locale];
  const { friendsLeft } = growthOf(packet);
  const canGrow = packet.state === 'growing' || packet.state === 'locked';
  return canGrow && friendsLeft > 0 ? words.more(friendsLeft, yuanText(packet.capFen)) : null;
}
