import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { CartPage } from '../../../components/cart/cart-page.tsx';
import { cartMessages } from '../../../lib/messages/cart.ts';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/cart',
  title: cartMessages['zh-CN'].title,
});

export default function Page() {
  return (
    <ShopFrame>
      <CartPage />
    </ShopFrame>
  );
}
