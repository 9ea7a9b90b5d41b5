import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { PacketHomeSkeleton } from '../../components/packet/packet-skeleton.tsx';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { catalogue } from '../catalogue.ts';
import { PacketHomeScreen } from '../screens/packet-home-screen.tsx';

/** `/packet`: a shell without a word that some apps forbid; what runs comes over the wire. */
export function OwnPacketsPage({ locale }: { locale: Locale }) {
  // What a campaign is for is named by id; the names travel with the page.
  const categories = catalogue().categories.map(({ id, name }) => [id, inLocale(name, locale)] as const);
  return (
    <ShopFrame foot="tabs">
      <Suspense fallback={<PacketHomeSkeleton label={packetHomeMessages[locale].neutralTitle} />}>
        <PacketHomeScreen categories={categories} />
      </Suspense>
    </ShopFrame>
  );
}
