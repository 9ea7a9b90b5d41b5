import type { Metadata } from 'next';
import { OfflinePage } from '../../../components/app-shell/offline-page.tsx';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { appMessages } from '../../../lib/messages/app.ts';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/offline',
  title: appMessages['zh-CN'].offlineTitle,
  isPersonal: true,
});

export default function Offline() {
  return (
    <ShopFrame>
      <OfflinePage locale="zh-CN" />
    </ShopFrame>
  );
}
