'use client';

import { type ReactNode, useState } from 'react';
import type { CounterOrder } from '../../lib/contracts/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { Button } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { useMessages } from '../ui/locale.tsx';
import { type CounterOrders, type ListName, useCounterOrders } from './use-counter-orders.ts';

type OrderListProps = {
  list: ListName;
  /** Changes when something may have changed in the store. */
  version: string;
  title: string;
  empty: { title: string; text: string };
  /** Above the orders, once there are some. */
  head?: (orders: readonly CounterOrder[]) => ReactNode;
  row: (order: CounterOrder, change: CounterOrders['change']) => ReactNode;
};

/** One of the store's lists, found by the last four of a phone. */
export function OrderList({ list, version, title, empty, head, row }: OrderListProps) {
  const words = useMessages(counterListsMessages);
  const common = useMessages(staffMessages);
  const [typed, setTyped] = useState('');
  const lastFour = typed.length === 4 ? typed : '';
  const orders = useCounterOrders(list, lastFour, version);
  const shown = orders.value?.orders ?? [];
  return (
    <section aria-labelledby={`${list}-title`} className="mx-auto w-full max-w-[760px]">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h1 id={`${list}-title`} className="text-22 font-semibold">
          {title}
        </h1>
        <input
          type="search"
          inputMode="numeric"
          maxLength={4}
          aria-label={words.searchLastFour}
          placeholder={words.searchLastFour}
          value={typed}
          onChange={(event) => setTyped(event.target.value.replace(/\D/g, ''))}
          className={`${inputClass} figures max-w-56`}
        />
      </div>
      <StaffState
        read={orders}
        isEmpty={shown.length === 0}
        empty={lastFour === '' ? empty : { title: words.foundNone, text: '' }}
      >
        {head?.(shown)}
        <ul aria-busy={orders.isLoading} className="flex flex-col gap-3">
          {shown.map((order) => (
            <li key={order.orderId} className="rounded-card bg-card px-4 py-3 shadow-card">
              {row(order, orders.change)}
            </li>
          ))}
        </ul>
        {orders.value?.nextAfter && (
          <Button look="quiet" wide className="mt-3 min-h-12" busy={orders.isLoading} onClick={orders.more}>
            {common.more}
          </Button>
        )}
      </StaffState>
    </section>
  );
}
