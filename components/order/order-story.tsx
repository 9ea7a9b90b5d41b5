'use client';

import type { Order } from '../../lib/contracts/order.ts';
import { OrderFacts } from './order-facts.tsx';
import { OrderTimeline } from './order-timeline.tsx';

/** What is read last: the steps so far, and what is read out to customer service. */
export function OrderStory({ order }: { order: Order }) {
  return (
    <>
      <OrderTimeline order={order} />
      <OrderFacts order={order} />
    </>
  );
}
