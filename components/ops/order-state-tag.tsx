'use client';

import type { OrderState } from '../../lib/domain/order/order-state.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
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

export function OrderStateTag({ state }: { state: OrderState }) {
  const words = useMessages(opsOrdersMessages);
  return <Tag tone={tones[state] ?? 'quiet'}>{words[`state_${state}`]}</Tag>;
}
