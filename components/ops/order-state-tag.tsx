'use client';

import type { Order } from '../../lib/contracts/order.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { pickupStateMessages } from '../../lib/messages/pickup-state.ts';
import { useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';

/** What waits for the people behind the counter is coloured; the rest is quiet. */
const tones: Partial<Record<OrderState, 'act' | 'won' | 'ready'>> = {
  paid: 'act',
  packed: 'act',
  refund_requested: 'won',
  returning: 'won',
  received: 'ready',
  completed: 'ready',
};

export function OrderStateTag({ order: { state, pickup } }: { order: Pick<Order, 'state' | 'pickup'> }) {
  const words = useMessages(opsOrdersMessages);
  const pickups = useMessages(pickupStateMessages);
  // Goods that are fetched are never packed: how far the store is says more.
  if (state === 'paid' && pickup?.state) {
    return <Tag tone={pickup.state === 'ready' ? 'ready' : 'quiet'}>{pickups[`state_${pickup.state}`]}</Tag>;
  }
  return <Tag tone={tones[state] ?? 'quiet'}>{words[`state_${state}`]}</Tag>;
}

/** Rewards of the order are looked at before it is packed, or were refused. */
export function OrderReviewTag({ review }: { review: Order['review'] }) {
  const words = useMessages(opsOrdersMessages);
  if (review === null) return null;
  return <Tag tone={review.state === 'held' ? 'won' : 'act'}>{words[`review_${review.state}`]}</Tag>;
}
