'use client';

import { Fragment, Suspense } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { clockText } from '../../lib/messages/time.ts';
import { LateShare } from '../sharing/late-share.tsx';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderLine } from './order-line.tsx';
import { sumOf } from './order-sum.ts';
import { PayCountdown } from './pay-countdown.tsx';
import { pickupHead } from './pickup-head.ts';

const OrderStory = late(() => import('./order-story.tsx').then((module) => module.OrderStory));
const OrderPickup = late(() => import('./order-pickup.tsx').then((module) => module.OrderPickup));
const OrderReview = late(() => import('./order-review.tsx').then((module) => module.OrderReview));
const OrderAftermath = late(() => import('./order-aftermath.tsx').then((module) => module.OrderAftermath));

/** While an order for pickup is in one of these, how far the store is says more. */
const IN_STORE: readonly Order['state'][] = ['paid', 'received', 'completed'];

type OrderDetailsProps = {
  order: Order;
  /** The server's time of what is shown; null while it is the newest. */
  seenAt: number | null;
  failure: { readonly code: string; readonly message?: string } | null;
  refresh: () => Promise<void>;
};

export function OrderDetails({ order, seenAt, failure, refresh }: OrderDetailsProps) {
  const words = useMessages(orderMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const [first] = order.lines;
  const isBought = order.paidAt !== null && order.refundedFen === 0;
  return (
    <>
      {seenAt !== null && failure !== null && (
        <p role="status" className="flex items-center gap-2 bg-gold-soft gutter py-2 text-14">
          <Icon name="offline" className="size-4 text-gold" />
          {phoneWords.asOf(clockText(seenAt))} · {refusalText(failure, locale)}
        </p>
      )}
      <StateHead order={order} refresh={refresh} />
      <div className="flex flex-col gap-3 gutter pb-4">
        {order.review && (
          <Suspense fallback={<Skeleton className="h-28 rounded-card" />}>
            <OrderReview review={order.review} refresh={refresh} />
          </Suspense>
        )}
        {order.pickup === null ? (
          <AddressPart address={order.address} />
        ) : (
          <Suspense fallback={<Skeleton className="h-40 rounded-card" />}>
            <OrderPickup order={order} pickup={order.pickup} />
          </Suspense>
        )}
        <section className="rounded-card bg-card px-4 pt-3 pb-4 shadow-card">
          <h2 className="sr-only">{words.goods}</h2>
          {order.lines.map((line, index) => (
            <OrderLine key={index} line={line} isLink isOver={order.state === 'closed'} />
          ))}
          <Amounts order={order} />
        </section>
        {(order.requests.length > 0 || (order.closedBecause !== null && order.discountFen > 0)) && (
          <Suspense fallback={<Skeleton className="h-40 rounded-card" />}>
            <OrderAftermath order={order} refresh={refresh} />
          </Suspense>
        )}
        <Suspense fallback={<Skeleton className="h-40 rounded-card" />}>
          <OrderStory order={order} />
        </Suspense>
        {isBought && first && (
          <LateShare
            path={`/p/${first.productHandle}`}
            title={inLocale(first.title, locale)}
            poster={{ kind: 'goods', handle: first.productHandle }}
            look="wide"
          />
        )}
      </div>
      <OrderActions order={order} refresh={refresh} />
    </>
  );
}

function AddressPart({ address }: { address: Order['address'] }) {
  const words = useMessages(orderMessages);
  return (
    <section className="flex gap-3 rounded-card bg-card p-4 shadow-card">
      <Icon name="place" className="mt-0.5 size-5 text-lacquer" />
      <div className="min-w-0">
        <h2 className="sr-only">{words.address}</h2>
        <p className="text-16 font-semibold">
          {address.name} <span className="figures text-14 font-normal text-ink-2">{address.phoneMasked}</span>
        </p>
        <p className="text-14 text-ink-2">
          {address.region} {address.street}
        </p>
      </div>
    </section>
  );
}

function StateHead({ order, refresh }: { order: Order; refresh: () => Promise<void> }) {
  const words = useMessages(orderMessages);
  const locale = useLocale();
  const isUnpaid = order.state === 'pending_pay';
  // Refused in its review, its money goes back: some seconds before the order itself says so.
  const isGoingBack = order.state === 'paid' && order.review?.state === 'refused';
  const shown = isGoingBack ? ({ ...order, state: 'refunding' } as const) : order;
  const pickup = IN_STORE.includes(shown.state) ? order.pickup : null;
  const head = pickup && pickupHead(pickup, locale, serverNow());
  return (
    <header className="gutter pt-5 pb-4">
      <p className="text-28 font-semibold text-lacquer" role="status">
        {head?.state ?? words[`state_${shown.state}`]}
      </p>
      <p className="text-14 text-ink-2">{head?.hint ?? hintOf(shown, words)}</p>
      {isUnpaid && (
        <p className="mt-3 flex items-center justify-between rounded-card bg-lacquer-soft px-4 py-3 text-on-lacquer-soft">
          <span className="text-14">{words.payWithin}</span>
          <PayCountdown payBefore={order.payBefore} onOver={refresh} className="text-28 font-semibold" />
        </p>
      )}
      {order.rank !== null && order.state !== 'closed' && (
        <p className="mt-3 flex items-baseline gap-2 rounded-card bg-gold-soft px-4 py-3 text-gold">
          <Icon name="flame" className="size-5 self-center" />
          <span className="figures text-22 font-semibold">{words.rank(order.rank)}</span>
        </p>
      )}
    </header>
  );
}

type Words = ReturnType<typeof useMessages<(typeof orderMessages)['zh-CN']>>;

function hintOf(order: Order, words: Words): string {
  if (order.closedBecause === 'late_payment') {
    return order.refundedFen < order.paidFen ? words.closed_late_payment : words.closed_late_returned;
  }
  if (order.state === 'closed' && order.closedBecause === 'cancelled') return words.closed_cancelled;
  if (order.state === 'closed' && order.closedBecause === 'unpaid') return words.closed_unpaid;
  return words[`hint_${order.state}`];
}

/** What went back or is going back, by why: money that came too late or twice is not a refund that was asked for. */
function returnsOf(order: Order, words: Words): { name: string; fen: number }[] {
  const isLate = order.closedBecause === 'late_payment';
  const strayFen = isLate ? order.paidFen : Math.max(0, order.paidFen - order.totalFen);
  const strayBackFen = Math.min(order.refundedFen, strayFen);
  return [
    { name: isLate ? words.lateReturned : words.twiceReturned, fen: strayBackFen },
    { name: isLate ? words.lateReturning : words.twiceReturning, fen: strayFen - strayBackFen },
    { name: words.refunded, fen: order.refundedFen - strayBackFen },
  ].filter(({ fen }) => fen > 0);
}

function Amounts({ order }: { order: Order }) {
  const words = useMessages(orderMessages);
  const locale = useLocale();
  return (
    <dl className="mt-2 grid grid-cols-[1fr_auto] items-baseline gap-y-1.5 border-line border-t pt-3 text-14">
      <dt className="text-ink-2">{words.goodsTotal}</dt>
      <dd className="text-right">
        <Price fen={order.goodsFen} className="text-16" />
      </dd>
      {order.cuts.map((cut) => (
        <Fragment key={cut.source}>
          <dt className="text-ink-2">{inLocale(cut.name, locale)}</dt>
          <dd className="figures text-right text-16 text-jade">−¥{yuanText(cut.cutFen)}</dd>
        </Fragment>
      ))}
      <dt className="text-ink-2">{words.freight}</dt>
      <dd className="text-right">
        {order.freightFen === 0 ? words.freeFreight : <Price fen={order.freightFen} className="text-16" />}
      </dd>
      <dt className="font-semibold">{words[sumOf(order)]}</dt>
      <dd className={cx('text-right text-22 font-semibold', sumOf(order) !== 'total' && 'text-lacquer')}>
        <Price fen={order.paidFen || order.totalFen} />
      </dd>
      {returnsOf(order, words).map(({ name, fen }) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="text-right">
            <Price fen={fen} className="text-16" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
