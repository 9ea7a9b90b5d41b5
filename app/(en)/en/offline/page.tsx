import type { Metadata } from 'next';
import { OfflinePage } from '../../../../components/app-shell/offline-page.tsx';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../../components/app-shell/shop-frame.tsx';
import { appMessages } from '../../../../lib/messages/app.ts';

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/offline',
  title: appMessages['en-US'].offlineTitle,
  isPersonal: true,
});

export default function Offline() {
  return (
    <ShopFrame>
      <OfflinePage locale="en-US" />
    </ShopFrame>
  );
}
