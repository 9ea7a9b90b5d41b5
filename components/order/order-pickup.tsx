'use client';

import { Suspense, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import { seeOrders } from '../../lib/client/orders-store.ts';
import { useKeepsCode } from '../../lib/client/pickup.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Order } from '../../lib/contracts/order.ts';
import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { pickupMessages } from '../../lib/messages/pickup.ts';
import { momentText } from '../../lib/messages/time.ts';
import { NoticeOffer } from '../outreach/notice-offer.tsx';
import { StoreFacts } from '../store/store-facts.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const StoreChooser = late(() => import('../store/store-chooser.tsx').then((module) => module.StoreChooser));

type OrderPickupProps = { order: Order; pickup: PickupBrief };

/** Where and until when an order is fetched, with what can be done about it in its state. */
export function OrderPickup({ order, pickup }: OrderPickupProps) {
  const words = useMessages(pickupMessages);
  const locale = useLocale();
  const isReady = pickup.state === 'ready';
  const isMovable = pickup.state === 'preparing' && order.state === 'paid';
  const [isChoosing, setIsChoosing] = useState(false);
  const [hasChosen, setHasChosen] = useState(false);
  const [said, setSaid] = useState<{ text: string; isFault: boolean } | null>(null);
  useKeepsCode(order.id, pathInLocale('/pickup', locale), isReady);

  const change = async (storeId: string) => {
    setIsChoosing(false);
    setSaid(null);
    const answer = await call('pickup.changeStore', { orderId: order.id, storeId });
    if (answer.ok) seeOrders([answer.value.order]);
    setSaid(
      answer.ok
        ? { text: words.changed, isFault: false }
        : { text: refusalText(answer.refusal, locale), isFault: true },
    );
  };

  const handed = pickup.lines.reduce((sum, line) => sum + line.handed, 0);
  return (
    <StoreFacts store={pickup.store}>
      <p className="mt-2 ml-8 text-14 text-ink-2">{words.fetcher(order.address.name, order.address.phoneMasked)}</p>
      {isReady && pickup.fetchBefore !== null && (
        <div className="mt-3 rounded-card bg-gold-soft px-3 py-3">
          <p className="text-16 font-semibold">{words.before(momentText(pickup.fetchBefore, serverNow(), locale))}</p>
          <p className="text-12 text-ink-2">
            {pickup.isExtended && `${words.extended} · `}
            {words.grace}
          </p>
          {handed > 0 && <p className="text-14 text-ink-2">{words.someHanded(handed)}</p>}
          <ShopLink href={`/pickup?id=${order.id}`} className={`${buttonClass('act', 'l', true)} mt-3`}>
            {words.showCode}
          </ShopLink>
        </div>
      )}
      {isMovable && (
        <Button
          look="quiet"
          size="s"
          className="mt-3 ml-8"
          onClick={() => {
            setHasChosen(true);
            setIsChoosing(true);
          }}
        >
          {words.change}
        </Button>
      )}
      {(pickup.state === 'preparing' || isReady) && <NoticeOffer isReady={isReady} />}
      <p role="status" className={said?.isFault ? 'mt-2 text-14 text-on-lacquer-soft' : 'mt-2 text-14 text-jade'}>
        {said?.text}
      </p>
      {hasChosen && (
        <Suspense>
          <StoreChooser
            open={isChoosing}
            title={words.changeTitle}
            lines={order.lines.map(({ skuId, quantity }) => ({ skuId, quantity }))}
            onChoose={(store) => change(store.id)}
            onClose={() => setIsChoosing(false)}
          />
        </Suspense>
      )}
    </StoreFacts>
  );
}
