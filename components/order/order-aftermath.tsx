'use client';

import type { Order } from '../../lib/contracts/order.ts';
import { OrderCoupons } from './order-coupons.tsx';
import { RefundProgress } from './refund-progress.tsx';

/** What follows an order that did not just go its way: what is given back, and what became of its coupons. */
export function OrderAftermath({ order, refresh }: { order: Order; refresh: () => Promise<void> }) {
  const hadCoupons = order.cuts.some(({ kind }) => kind === 'coupon' || kind === 'red_packet');
  return (
    <>
      {order.requests.length > 0 && <RefundProgress order={order} refresh={refresh} />}
      {order.closedBecause !== null && hadCoupons && <OrderCoupons order={order} />}
    </>
  );
}
