'use client';

import { Suspense } from 'react';
import { WalletPage } from '../../components/coupon/wallet-page.tsx';
import type { CategoryName } from '../../components/sharing/rule-facts.tsx';
import { late } from '../../components/ui/late.ts';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';

const WalletGrowth = late(() =>
  import('../../components/packet/wallet-growth.tsx').then((module) => module.WalletGrowth),
);

/** The room of a packet that grows; most wallets have none, and do not load it. */
function Growth({ coupon }: { coupon: OwnCoupon }) {
  return (
    <Suspense fallback={<span className="mt-2 block h-16" />}>
      <WalletGrowth coupon={coupon} />
    </Suspense>
  );
}

/** The wallet, with what the packet room says of a packet that grows. */
export function WalletScreen({ categories }: { categories: readonly CategoryName[] }) {
  return <WalletPage categories={categories} growth={Growth} />;
}
