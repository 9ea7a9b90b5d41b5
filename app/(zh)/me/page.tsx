import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { MePage } from '../../../components/identity/me-page.tsx';
import { OrderCounts } from '../../../components/order/order-counts.tsx';
import { identityMessages } from '../../../lib/messages/identity.ts';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/me',
  title: identityMessages['zh-CN'].meTitle,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame>
      <MePage orders={<OrderCounts />} />
    </ShopFrame>
  );
}
