import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { PacketRoomSkeleton } from '../../components/packet/packet-skeleton.tsx';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { catalogue } from '../catalogue.ts';
import { PacketRoomScreen } from '../screens/packet-room-screen.tsx';

/** `/g?c=…`: one growing packet for whoever holds its link; a shell without a word that some apps forbid. */
export function OnePacketPage({ locale }: { locale: Locale }) {
  // What a campaign is for is named by id; the names travel with the page.
  const categories = catalogue().categories.map(({ id, name }) => [id, inLocale(name, locale)] as const);
  return (
    <ShopFrame foot="bar">
      <Suspense fallback={<PacketRoomSkeleton label={packetRoomMessages[locale].neutralTitle} />}>
        <PacketRoomScreen categories={categories} />
      </Suspense>
    </ShopFrame>
  );
}
