'use client';

import type { Order } from '../../lib/contracts/order.ts';
import { orderStoryMessages } from '../../lib/messages/order-story.ts';
import { useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';

/** Order number, carrier and note: what is read out to customer service. */
export function OrderFacts({ order }: { order: Order }) {
  const words = useMessages(orderStoryMessages);
  return (
    <section className="rounded-card bg-card px-4 py-2 text-14 shadow-card">
      <Fact name={words.number} value={order.id} />
      {order.trackingNumber !== null && <Fact name={order.carrier ?? words.carrier} value={order.trackingNumber} />}
      {order.note !== '' && (
        <p className="flex gap-3 py-2">
          <span className="shrink-0 text-ink-2">{words.note}</span>
          <span className="min-w-0 flex-1 text-right">{order.note}</span>
        </p>
      )}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  const words = useMessages(orderStoryMessages);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => toast(words.copied),
      // Without a secure context there is no clipboard; the number can be selected by hand.
      () => {},
    );
  return (
    <p className="flex items-center gap-2">
      <span className="shrink-0 text-ink-2">{name}</span>
      <span className="figures min-w-0 flex-1 select-all text-right break-all">{value}</span>
      <button type="button" onClick={copy} className="min-h-11 px-2 text-on-lacquer-soft">
        {words.copy}
      </button>
    </p>
  );
}
