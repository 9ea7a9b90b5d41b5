'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { OrderLine } from './order-line.tsx';
import { sumOf } from './order-sum.ts';
import { PayCountdown } from './pay-countdown.tsx';
import { pickupHead } from './pickup-head.ts';

const LINES_SHOWN = 2;

/** One order of the list; the whole card leads to it. */
export function OrderCard({ order }: { order: Order }) {
  const words = useMessages(orderMessages);
  const locale = useLocale();
  const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const isUnpaid = order.state === 'pending_pay';
  return (
    <li className="rounded-card bg-card shadow-card">
      <ShopLink href={`/order?id=${order.id}`} className="pressable block px-3 pt-3 pb-2">
        <span className="flex items-center justify-between gap-2">
          <span className={cx('text-14 font-semibold', isUnpaid ? 'text-lacquer' : 'text-ink')}>
            {(order.state === 'paid' && order.pickup && pickupHead(order.pickup, locale, serverNow())?.state) ||
              words[`state_${order.state}`]}
          </span>
          {isUnpaid && (
            <span className="flex items-center gap-1 text-14 text-on-lacquer-soft">
              <Icon name="clock" className="size-4" />
              <PayCountdown payBefore={order.payBefore} />
            </span>
          )}
        </span>
        {order.lines.slice(0, LINES_SHOWN).map((line, index) => (
          <OrderLine key={index} line={line} isOver={order.state === 'closed'} />
        ))}
        <span className="flex items-baseline justify-end gap-2 border-line border-t pt-2 text-14 text-ink-2">
          {words.units(units)}
          <span className="text-ink">
            {words[sumOf(order)]} <Price fen={order.paidFen || order.totalFen} className="text-18 font-semibold" />
          </span>
        </span>
      </ShopLink>
    </li>
  );
}
