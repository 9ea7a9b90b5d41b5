import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { LoginPage } from '../../../components/identity/login-page.tsx';
import { identityMessages } from '../../../lib/messages/identity.ts';

const words = identityMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/login',
  title: words.loginTitle,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="plain">
      <Suspense>
        <LoginPage />
      </Suspense>
    </ShopFrame>
  );
}
