import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { AddressesPage } from '../../../components/identity/addresses-page.tsx';
import { identityMessages } from '../../../lib/messages/identity.ts';

const words = identityMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/addresses',
  title: words.addressesTitle,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="tabs">
      <AddressesPage />
    </ShopFrame>
  );
}
