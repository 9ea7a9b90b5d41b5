'use client';

import { useSearchParams } from 'next/navigation';
import { useOrder } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { OrderDetails } from './order-details.tsx';
import { OrderSkeleton } from './order-skeleton.tsx';

/** One order by `?id=`: what the phone kept at once, then the newest. */
export function OrderPage() {
  const words = useMessages(orderMessages);
  const id = useSearchParams().get('id');
  return (
    <>
      <TopBar title={words.title} backTo="/orders" />
      <OrderOf key={id} id={id} />
    </>
  );
}

function OrderOf({ id }: { id: string | null }) {
  const words = useMessages(orderMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const { seen, isLoaded, failure, isFresh, refresh } = useOrder(id);

  const isMissing = id === null || failure?.code === 'not_found' || failure?.code === 'invalid_input';
  if (isMissing) {
    return (
      <EmptyState
        emblem="search"
        title={words.missingTitle}
        text={words.missingText}
        action={
          <ShopLink href="/orders" className={buttonClass()}>
            {words.goOrders}
          </ShopLink>
        }
      />
    );
  }
  if (seen !== undefined) {
    return (
      <OrderDetails order={seen.order} seenAt={isFresh ? null : seen.seenAt} failure={failure} refresh={refresh} />
    );
  }
  if (failure === null || !isLoaded) return <OrderSkeleton label={words.loading} />;
  if (failure.code === 'login_required' || failure.code === 'phone_required') {
    return (
      <EmptyState
        emblem="parcel"
        title={words.loginTitle}
        text={words.loginText}
        action={
          <ShopLink href={`/login?next=${encodeURIComponent(`/order?id=${id}`)}`} className={buttonClass()}>
            {words.login}
          </ShopLink>
        }
      />
    );
  }
  const isOffline = failure.code === 'offline';
  return (
    <EmptyState
      emblem="cloud"
      title={isOffline ? words.offlineTitle : words.failedTitle}
      text={isOffline ? words.offlineText : refusalText(failure, locale)}
      action={<Button onClick={refresh}>{phoneWords.tryAgain}</Button>}
    />
  );
}
