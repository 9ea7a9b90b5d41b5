'use client';

import { Suspense, useState } from 'react';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { mechanicAllowed } from '../../lib/domain/sharing/mechanic-allowed.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { useChannel } from '../sharing/use-channel.ts';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { GrowthBar } from './growth-bar.tsx';

const SharePacket = late(() => import('./share-packet.tsx').then((module) => module.SharePacket));

/** A packet in the wallet: how far it has grown, the way to its page, and how it is handed on. */
export function WalletGrowth({ coupon }: { coupon: OwnCoupon }) {
  const words = useMessages(packetGrowthMessages);
  const channel = useChannel();
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const { growth, rule, state } = coupon;
  if (growth === null || rule.kind !== 'red_packet') return null;
  if (channel === null || !mechanicAllowed('packet_share', channel)) return null;
  const { packetCode, baseFen, stepFen, capFen } = growth;
  const isFull = rule.cutFen >= capFen;
  return (
    <div className="mt-2">
      <GrowthBar baseFen={baseFen} valueFen={rule.cutFen} capFen={capFen} />
      <span className="mt-1 flex items-center justify-between gap-x-2">
        <ShopLink
          href={packetPath(packetCode)}
          className="inline-flex min-h-11 min-w-0 flex-1 items-center text-12 underline underline-offset-4"
        >
          {state === 'locked' ? words.locked : isFull ? words.full : words.stepMore(yuanText(stepFen))}
        </ShopLink>
        {state !== 'locked' && (
          <Button look="quiet" size="s" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
            {words.share}
          </Button>
        )}
      </span>
      {isOpen !== null && (
        <Suspense>
          <SharePacket
            open={isOpen}
            code={packetCode}
            stepFen={stepFen}
            guestFen={null}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
