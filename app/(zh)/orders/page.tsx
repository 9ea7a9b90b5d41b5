import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { OrderListPage } from '../../../components/order/order-list-page.tsx';
import { OrderListSkeleton } from '../../../components/order/order-skeleton.tsx';
import { orderMessages } from '../../../lib/messages/order.ts';
import { orderListMessages } from '../../../lib/messages/order-list.ts';

const words = orderMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/orders',
  title: orderListMessages['zh-CN'].listTitle,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="tabs">
      <Suspense fallback={<OrderListSkeleton label={words.loading} />}>
        <OrderListPage />
      </Suspense>
    </ShopFrame>
  );
}
