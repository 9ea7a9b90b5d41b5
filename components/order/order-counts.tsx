'use client';

import { useEffect, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OrderTab } from '../../lib/client/orders-store.ts';
import { useMe } from '../../lib/client/session.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const STATES = [
  { tab: 'to_pay', icon: 'wallet', word: 'toPay' },
  { tab: 'to_ship', icon: 'box', word: 'toShip' },
  { tab: 'to_receive', icon: 'truck', word: 'toReceive' },
  { tab: 'refunds', icon: 'orders', word: 'refunds' },
] as const satisfies readonly { tab: OrderTab; icon: IconName; word: string }[];

/** The four states that ask something of the shopper, each with how many orders are in it. */
export function OrderCounts() {
  const words = useMessages(identityMessages);
  const { person } = useMe();
  const shopperId = person?.isVerified ? person.id : null;
  const [counts, setCounts] = useState<Partial<Record<OrderTab, number>>>({});

  useEffect(() => {
    setCounts({});
    if (shopperId === null) return;
    const leaving = new AbortController();
    for (const { tab } of STATES) {
      call('order.list', { tab }, { signal: leaving.signal }).then(
        (answer) => answer.ok && setCounts((before) => ({ ...before, [tab]: answer.value.orders.length })),
        () => {},
      );
    }
    return () => leaving.abort();
  }, [shopperId]);

  return (
    <section className="rounded-card bg-card px-2 pt-3 pb-2 shadow-card">
      <div className="flex items-center justify-between px-2">
        <h2 className="text-16 font-semibold">{words.myOrders}</h2>
        <ShopLink href="/orders" className="inline-flex min-h-11 items-center gap-0.5 text-14 text-ink-2">
          {words.allOrders}
          <Icon name="forward" className="size-3.5" />
        </ShopLink>
      </div>
      <ul className="grid grid-cols-4">
        {STATES.map(({ tab, icon, word }) => {
          const count = counts[tab] ?? 0;
          return (
            <li key={tab}>
              <ShopLink
                href={`/orders?tab=${tab}`}
                className="pressable flex min-h-16 flex-col items-center justify-center gap-1 text-center text-12"
              >
                <span className="relative">
                  <Icon name={icon} className="size-6 text-ink" />
                  {count > 0 && (
                    <span
                      aria-hidden="true"
                      className="figures absolute -top-1.5 left-4 min-w-4.5 rounded-full bg-lacquer px-1 text-center text-12 font-semibold text-on-lacquer"
                    >
                      {count}
                    </span>
                  )}
                </span>
                <span aria-hidden={count > 0 || undefined}>{words[word]}</span>
                {count > 0 && <span className="sr-only">{words.withCount(words[word], count)}</span>}
              </ShopLink>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
