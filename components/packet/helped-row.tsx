'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { packetOwnerMessages } from '../../lib/messages/packet-owner.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** A packet of a friend that this shopper has looked at, and what that did. */
export function HelpedRow({ helped }: { helped: ValueNamed<'packet.mine'>['helped'][number] }) {
  const locale = useLocale();
  const words = packetHomeMessages[locale];
  const { state, fen, lapsedBecause } = helped;
  const said =
    state === 'vested'
      ? words.madeGrow(yuanText(fen))
      : state === 'pending'
        ? words.notVerified
        : packetOwnerMessages[locale][lapsedBecause === null ? 'step_lapsed' : (`lapsed_${lapsedBecause}` as const)];
  return (
    <ShopLink
      href={packetPath(helped.code)}
      className="flex min-h-16 items-center gap-3 rounded-card bg-card px-3 py-2 shadow-card"
    >
      <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
        <span className="min-w-0 flex-[999_1_6rem]">
          <span className="block text-16">
            {words.packetOf(helped.ownerName ?? packetGrowthMessages[locale].giver)}
          </span>
          <span className="block text-12 text-ink-2">{momentText(helped.visitedAt, serverNow(), locale)}</span>
        </span>
        <span className="figures text-14 text-ink-2">{said}</span>
      </span>
      <Icon name="forward" className="size-4 text-ink-3" />
    </ShopLink>
  );
}
