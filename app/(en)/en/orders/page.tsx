import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../../components/app-shell/shop-frame.tsx';
import { OrderListPage } from '../../../../components/order/order-list-page.tsx';
import { OrderListSkeleton } from '../../../../components/order/order-skeleton.tsx';
import { orderMessages } from '../../../../lib/messages/order.ts';
import { orderListMessages } from '../../../../lib/messages/order-list.ts';

const words = orderMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/orders',
  title: orderListMessages['en-US'].listTitle,
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
