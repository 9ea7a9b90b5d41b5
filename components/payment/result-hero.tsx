'use client';

import type { Order } from '../../lib/contracts/order.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { paymentMessages } from '../../lib/messages/payment.ts';
import { buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** The line that the rank is about: the one with the best rank. */
function rankedLine(order: Order): Order['lines'][number] | undefined {
  return order.lines.find((line) => line.rank !== null && line.rank === order.rank);
}

/** The end of a purchase: the rank is the one loud thing, then what happens next. */
export function ResultHero({ order }: { order: Order }) {
  const words = useMessages(paymentMessages);
  const wonBack = ['refunding', 'refunded', 'closed'].includes(order.state);
  if (wonBack) return <NoGoods order={order} />;
  const line = rankedLine(order);
  return (
    <div className="flex flex-col gap-4 gutter py-5">
      <section className="animate-[rise_200ms_var(--ease)] overflow-hidden rounded-sheet bg-card text-center shadow-card">
        <div className="paper-cut bg-lacquer px-4 pt-4 pb-5 text-on-lacquer">
          <p role="status" className="flex items-center justify-center gap-2 text-16 font-semibold">
            <Icon name="check" className="size-5" />
            {words.paidHero}
          </p>
        </div>
        <div className="flex flex-col items-center gap-2 px-4 pt-6 pb-7">
          {order.rank !== null && line !== undefined ? (
            <>
              <p className="text-16 text-ink-2">{words.youAre}</p>
              <p className="figures text-40 font-semibold text-gold">{words.rankHero(order.rank)}</p>
              <p className="flex flex-wrap items-baseline justify-center gap-x-2 text-22 font-semibold">
                <span>
                  {line.priceKind === 'tier' && line.tierUpTo ? words.tierOf(line.tierUpTo) : words.sessionWon}
                </span>
                <Price fen={line.unitFen} className="text-28 text-lacquer" />
              </p>
              <p className="text-14 text-ink-2">{words.rankHonest}</p>
            </>
          ) : (
            <Price fen={order.paidFen} className="text-40 font-semibold text-lacquer" />
          )}
        </div>
      </section>
      <p className="flex items-start gap-2 rounded-card bg-jade-soft px-4 py-3 text-14 text-jade">
        <Icon name="truck" className="size-5" />
        {words.nextShip}
      </p>
      <div className="grid grid-cols-2 gap-3">
        <ShopLink href="/" className={buttonClass('quiet', 'l')}>
          {words.goOn}
        </ShopLink>
        <ShopLink href={`/order?id=${order.id}`} replace eager className={buttonClass('act', 'l')}>
          {words.viewOrder}
        </ShopLink>
      </div>
    </div>
  );
}

/** Paid too late, refunded or closed: said plainly, with where the money is. */
function NoGoods({ order }: { order: Order }) {
  const words = useMessages(paymentMessages);
  const isLate = order.closedBecause === 'late_payment';
  const isBack = isLate && order.refundedFen >= order.paidFen;
  const title = isBack ? words.lateDoneTitle : isLate ? words.lateTitle : words.closedOrderTitle;
  const backText = words.lateDoneText(yuanText(order.refundedFen));
  const text = isBack ? backText : isLate ? words.lateText : words.closedText;
  return (
    <div className="flex flex-col gap-4 gutter py-5">
      <section className="rounded-sheet bg-card p-6 text-center shadow-card">
        <div role="status">
          <h2 className="text-22 font-semibold">{title}</h2>
          <p className="mt-2 text-14 text-ink-2">{text}</p>
        </div>
      </section>
      <ShopLink href={`/order?id=${order.id}`} replace className={buttonClass('act', 'l', true)}>
        {words.viewOrder}
      </ShopLink>
    </div>
  );
}
