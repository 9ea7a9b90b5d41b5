'use client';

import { Suspense, useEffect } from 'react';
import { mechanicAllowed } from '../../lib/domain/sharing/mechanic-allowed.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { useChannel } from '../sharing/use-channel.ts';
import { late, surely } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import type { PacketHomeProps } from './packet-home.tsx';
import { PacketHomeSkeleton } from './packet-skeleton.tsx';

const InApp = late(() => import('../sharing/in-app.tsx').then((module) => module.InApp));
const loadHome = () => surely(() => import('./packet-home.tsx'));
const PacketHome = late(() => loadHome().then((module) => module.PacketHome));

/** 会长大的红包: one's own that live, what can be taken, the way in by a code, earlier ones, and those of friends. */
export function PacketHomePage(props: PacketHomeProps) {
  const words = packetHomeMessages[useLocale()];
  const channel = useChannel();
  const isSharing = channel !== null && mechanicAllowed('packet_share', channel);
  // Fetched while the app is found out.
  useEffect(() => {
    void loadHome();
  }, []);
  const skeleton = (
    <div className="gutter py-3">
      <PacketHomeSkeleton label={words.loading} />
    </div>
  );
  return (
    <>
      <TopBar
        title={isSharing ? words.title : words.neutralTitle}
        backTo="/me"
        actions={
          <ShopLink href="/wallet" className="inline-flex min-h-11 items-center text-14 text-ink-2">
            {words.wallet}
          </ShopLink>
        }
      />
      <Suspense fallback={skeleton}>
        {channel === null ? skeleton : <PacketHome {...props} isSharing={isSharing} />}
        {channel !== null && !isSharing && <InApp />}
      </Suspense>
    </>
  );
}
