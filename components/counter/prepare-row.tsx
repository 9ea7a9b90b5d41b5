'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import { askCounter } from '../../lib/client/counter-ask.ts';
import type { CounterOrder } from '../../lib/contracts/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { momentText } from '../../lib/messages/time.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { GoodsLines } from './goods-lines.tsx';
import { useAct } from './use-act.ts';
import type { CounterOrders } from './use-counter-orders.ts';

type PrepareRowProps = { order: CounterOrder; change: CounterOrders['change'] };

/** An order to be put aside: what to fetch from the shelf, and the button that tells its owner. */
export function PrepareRow({ order, change }: PrepareRowProps) {
  const words = useMessages(counterListsMessages);
  const locale = useLocale();
  const { isBusy, refused, act } = useAct();
  const { orderId } = order;
  const isAwaited = order.lines.some((line) => line.isAwaited);
  const isLate = serverNow() > order.promisedAt;

  async function markReady() {
    const answer = await act(() => askCounter('counter.ready', { orderId }));
    if (!answer.ok) return;
    toast(words.madeReady(order.phoneMasked));
    change(orderId, null);
  }
  async function markArrived() {
    const answer = await act(() => askCounter('counter.arrive', { orderId }));
    if (!answer.ok) return;
    toast(words.madeArrived);
    change(orderId, answer.value.order);
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <p className="figures text-18 font-semibold">{order.phoneMasked}</p>
        <p className={`figures ml-auto text-16 ${isLate ? 'font-semibold text-lacquer' : 'text-ink-2'}`}>
          {words.promised(momentText(order.promisedAt, serverNow(), locale))}
          {isLate && ` · ${words.late}`}
        </p>
      </div>
      <GoodsLines lines={order.lines} />
      {order.note && <p className="mb-2 rounded-card bg-gold-soft px-3 py-2 text-16 text-gold">{order.note}</p>}
      {order.isRefunding && (
        <Tag tone="act" className="mb-2 text-14">
          {words.refunding}
        </Tag>
      )}
      <StaffRefused text={refused} />
      <Button
        look={isAwaited ? 'quiet' : 'act'}
        wide
        className="min-h-14 text-18"
        busy={isBusy}
        disabled={order.isRefunding}
        onClick={() => void (isAwaited ? markArrived() : markReady())}
      >
        {isAwaited ? words.arrived : words.markReady}
      </Button>
      <p className="figures mt-2 text-12 text-ink-2">{orderId}</p>
    </>
  );
}

/** All that is to be fetched from the shelf, one way through the store. */
export function PickList({ orders }: { orders: readonly CounterOrder[] }) {
  const words = useMessages(counterListsMessages);
  const sums = new Map<string, CounterOrder['lines'][number]>();
  for (const line of orders.flatMap(({ lines }) => lines)) {
    if (line.isAwaited) continue;
    const before = sums.get(line.skuId)?.quantity ?? 0;
    sums.set(line.skuId, { ...line, quantity: before + line.quantity - line.refunded, refunded: 0 });
  }
  if (orders.length < 2 || sums.size === 0) return null;
  return (
    <details className="mb-3 rounded-card bg-card px-4 shadow-card">
      <summary className="min-h-14 content-center text-18 font-semibold">
        {words.pickList} <span className="figures text-ink-2">({sums.size})</span>
      </summary>
      <GoodsLines lines={[...sums.values()].map((line, at) => ({ ...line, lineNumber: at }))} />
    </details>
  );
}
