'use client';

import { useCart } from '../../lib/client/cart-store.ts';
import { TabBar } from './tab-bar.tsx';

/** The tab bar with the units that are in this phone's cart. */
export function ShopTabBar() {
  return <TabBar unitsInCart={useCart().count} />;
}
