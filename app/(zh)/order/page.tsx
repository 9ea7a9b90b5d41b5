import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { OrderPage } from '../../../components/order/order-page.tsx';
import { OrderSkeleton } from '../../../components/order/order-skeleton.tsx';
import { orderMessages } from '../../../lib/messages/order.ts';

const words = orderMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/order',
  title: words.title,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="bar">
      <Suspense fallback={<OrderSkeleton label={words.loading} />}>
        <OrderPage />
      </Suspense>
    </ShopFrame>
  );
}
