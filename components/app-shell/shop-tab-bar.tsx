'use client';

import { TabBar } from './tab-bar.tsx';

/** The tab bar with the units that are in this phone's cart. */
export function ShopTabBar() {
  return <TabBar />;
}
