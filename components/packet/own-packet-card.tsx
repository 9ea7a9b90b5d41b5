'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import type { OwnPacket } from '../../lib/contracts/packet.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { expiryText } from '../../lib/messages/coupon.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { momentText } from '../../lib/messages/time.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { growthOf } from './growth.ts';
import { GrowthBar } from './growth-bar.tsx';
import { moreText } from './packet-face.tsx';

/** It can still be used, or come back. */
export function isAlive({ packet }: OwnPacket): boolean {
  return packet.state === 'growing' || packet.state === 'full' || packet.state === 'locked';
}

type OwnPacketCardProps = {
  own: OwnPacket;
  /** Growing may be spoken of in this app. */
  isGrowthShown: boolean;
};

/** One packet of the shopper: how much, how far it can go, until when; and the way to its page. */
export function OwnPacketCard({ own, isGrowthShown }: OwnPacketCardProps) {
  const locale = useLocale();
  const { packet } = own;
  const isOpen = isAlive(own);
  return (
    <ShopLink
      href={packetPath(packet.code)}
      className="flex min-h-16 items-center gap-3 rounded-card bg-card px-3 py-3 shadow-card"
    >
      <span className="flex min-w-0 flex-1 flex-col gap-2">
        <span className="flex flex-wrap items-baseline justify-between gap-x-3">
          <Price
            fen={packet.valueFen}
            className={cx('text-22 font-semibold', isOpen ? 'text-lacquer' : 'text-ink-2')}
          />
          <span className={cx('text-14', isOpen ? 'font-semibold' : 'text-ink-2')}>
            {stateText(own, isGrowthShown, locale)}
          </span>
        </span>
        {isOpen && isGrowthShown && (
          <GrowthBar
            baseFen={packet.baseFen}
            valueFen={packet.valueFen}
            capFen={packet.capFen}
            pendingFen={growthOf(packet).pendingFen}
          />
        )}
        <span className="flex flex-wrap justify-between gap-x-3 text-12 text-ink-2">
          <span>{inLocale(own.name, locale)}</span>
          <span>
            {isOpen
              ? expiryText(packet.expiresAt, serverNow(), locale)
              : momentText(packet.endedAt ?? packet.expiresAt, serverNow(), locale)}
          </span>
        </span>
      </span>
      <Icon name="forward" className="size-4 text-ink-3" />
    </ShopLink>
  );
}

/** What has become of it, or what it waits for. */
function stateText({ packet, coupon }: OwnPacket, isGrowthShown: boolean, locale: Locale): string | null {
  const words = packetGrowthMessages[locale];
  const { state } = packet;
  if (state === 'used') {
    return coupon.cutFen === null ? words.used : packetHomeMessages[locale].took(yuanText(coupon.cutFen));
  }
  if (state === 'expired' || state === 'withdrawn') return words[state];
  if (!isGrowthShown) return null;
  if (state === 'locked' || state === 'full') return words[state];
  return moreText(packet, locale) ?? words.pending(packet.pendingCount, yuanText(growthOf(packet).pendingFen));
}
