import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { CheckoutSkeleton } from '../../../components/checkout/checkout-skeleton.tsx';
import { checkoutMessages } from '../../../lib/messages/checkout.ts';
import { CheckoutScreen } from '../../screens/checkout-screen.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/checkout',
  title: checkoutMessages['zh-CN'].title,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="bar">
      <Suspense fallback={<CheckoutSkeleton />}>
        <CheckoutScreen />
      </Suspense>
    </ShopFrame>
  );
}
