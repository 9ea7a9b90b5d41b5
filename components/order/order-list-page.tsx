'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { type OrderTab, useOrders } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useMe } from '../../lib/client/session.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { orderListMessages } from '../../lib/messages/order-list.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { clockText } from '../../lib/messages/time.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { OrderCard } from './order-card.tsx';
import { OrderListSkeleton } from './order-skeleton.tsx';

const TABS: readonly OrderTab[] = ['all', 'to_pay', 'to_ship', 'to_receive', 'done', 'refunds'];

export function OrderListPage() {
  const words = useMessages(orderListMessages);
  const router = useRouter();
  const pathname = usePathname();
  const wanted = useSearchParams().get('tab');
  const tab = TABS.find((known) => known === wanted) ?? 'all';
  return (
    <>
      <TopBar title={words.listTitle} />
      <Tabs
        label={words.tabs}
        tabs={TABS.map((id) => ({ id, label: words[`tab_${id}`] }))}
        chosen={tab}
        onChoose={(id) => router.replace(id === 'all' ? pathname : `${pathname}?tab=${id}`, { scroll: false })}
      >
        <div className="gutter py-3">
          <OrdersOf key={tab} tab={tab} />
        </div>
      </Tabs>
    </>
  );
}

function OrdersOf({ tab }: { tab: OrderTab }) {
  const words = useMessages(orderMessages);
  const listWords = useMessages(orderListMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const { person, isKnown } = useMe();
  const { seen, isLoaded, isFresh, failure, nextBefore, load } = useOrders(tab);

  if (isKnown && person === null && seen.length === 0) {
    return (
      <EmptyState
        emblem="parcel"
        title={words.loginTitle}
        text={words.loginText}
        action={
          <ShopLink href="/login?next=/orders" className={buttonClass()}>
            {words.login}
          </ShopLink>
        }
      />
    );
  }
  if (seen.length === 0 && !isFresh && failure === null) return <OrderListSkeleton label={words.loading} />;
  if (seen.length === 0 && failure !== null && isLoaded) {
    const isOffline = failure.code === 'offline';
    return (
      <EmptyState
        emblem="cloud"
        title={isOffline ? words.offlineTitle : words.failedTitle}
        text={isOffline ? listWords.offlineListText : refusalText(failure, locale)}
        action={<Button onClick={() => load()}>{phoneWords.tryAgain}</Button>}
      />
    );
  }
  if (seen.length === 0) {
    return (
      <EmptyState
        emblem="parcel"
        title={listWords.emptyTitle}
        text={listWords.emptyText}
        action={
          <ShopLink href="/" className={buttonClass()}>
            {listWords.goShopping}
          </ShopLink>
        }
      />
    );
  }
  const latestSeenAt = Math.max(...seen.map(({ seenAt }) => seenAt));
  return (
    <>
      {failure !== null && (
        <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14">
          {phoneWords.asOf(clockText(Math.min(latestSeenAt, serverNow())))} · {refusalText(failure, locale)}
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {seen.map(({ order }) => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
      <div className="mt-4 text-center">
        {nextBefore === null ? (
          <p className="text-14 text-ink-2">{isFresh && listWords.noMore}</p>
        ) : (
          <Button look="quiet" onClick={() => load(nextBefore)}>
            {listWords.more}
          </Button>
        )}
      </div>
    </>
  );
}
