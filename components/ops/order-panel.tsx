'use client';

import type { ReactNode } from 'react';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { reasonText } from '../../lib/messages/refund.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { timeText } from '../staff/staff-words.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Tag } from '../ui/tag.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderReviewTag, OrderStateTag } from './order-state-tag.tsx';
import type { OpsOrder } from './orders-desk.tsx';

type OrderPanelProps = {
  order: OpsOrder;
  onChanged: (order: OpsOrder) => void;
  onClose: () => void;
  /** The order has moved under our hands: ask again. */
  onStale: () => void;
};

/** One order: goods, money, where it goes, what happened, what can be done now. */
export function OrderPanel({ order, onChanged, onClose, onStale }: OrderPanelProps) {
  const words = useMessages(opsOrdersMessages);
  const locale = useLocale();
  return (
    <StaffPanel
      onClose={onClose}
      title={
        <span className="flex flex-wrap items-center gap-2">
          <span className="figures text-16">{order.id}</span>
          <OrderStateTag order={order} />
          <OrderReviewTag review={order.review} />
        </span>
      }
      foot={
        <OrderActions key={`${order.id}-${order.sequence}`} order={order} onChanged={onChanged} onStale={onStale} />
      }
    >
      <Goods order={order} />
      <Facts order={order} />
      <h3 className="mt-5 mb-2 text-14 font-semibold">{words.log}</h3>
      <ol className="border-line border-l-2 pl-4 text-14">
        {order.log.map((step, index) => (
          <li
            key={index}
            className="relative pb-3 before:absolute before:top-2 before:-left-[21px] before:size-2 before:rounded-full before:bg-ink-3"
          >
            <span className="font-medium">{stateWord(step.to, locale)}</span>
            <span className="text-ink-2"> · {actorWord(step.by, locale)}</span>
            <p className="text-12 text-ink-2">
              <time dateTime={new Date(step.at).toISOString()}>{timeText(step.at, locale, true)}</time>
              {step.reason && ` · ${stepReason(step.reason, locale)}`}
            </p>
          </li>
        ))}
      </ol>
    </StaffPanel>
  );
}

function stateWord(state: string, locale: Locale): string {
  const words: Record<string, unknown> = opsOrdersMessages[locale];
  return String(words[`state_${state}`] ?? state);
}

/** What moved it, as words; what a person wrote stays as it is. */
function stepReason(reason: string, locale: Locale): string {
  const words: Record<string, unknown> = opsOrdersMessages[locale];
  return String(words[`reason_${reason}`] ?? reasonText(reason, locale));
}

function actorWord(actor: string, locale: Locale): string {
  const words: Record<string, unknown> = opsOrdersMessages[locale];
  return String(words[`by_${actor}`] ?? actor);
}

function Goods({ order }: { order: OpsOrder }) {
  const words = useMessages(opsOrdersMessages);
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line border-line border-b text-14">
      {order.lines.map((line, index) => (
        <li key={index} className="flex items-start gap-3 py-2">
          <div className="min-w-0 flex-1">
            <p>{inLocale(line.title, locale)}</p>
            <p className="flex flex-wrap items-center gap-1 text-12 text-ink-2">
              {inLocale(line.choice, locale)}
              {line.tierUpTo !== null && <Tag tone="won">{words.tierLine(line.tierUpTo)}</Tag>}
              {line.rank !== null && <Tag tone="won">{words.rank(line.rank)}</Tag>}
            </p>
          </div>
          <p className="text-right">
            <Price fen={line.unitFen} />
            <span className="block text-12 text-ink-2">×{line.quantity}</span>
            {line.discountFen > 0 && <span className="block text-12 text-jade">−¥{yuanText(line.discountFen)}</span>}
            {line.refundedQuantity > 0 && (
              <span className="block text-12 text-ink-2">{words.lineRefunded(line.refundedQuantity)}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Facts({ order }: { order: OpsOrder }) {
  const words = useMessages(opsOrdersMessages);
  const locale = useLocale();
  const facts: [string, ReactNode][] = [
    [words.total, <Price key="total" fen={order.totalFen} className="font-semibold" />],
    [words.freight, <Price key="freight" fen={order.freightFen} />],
    [words.paidAmount, <Price key="paid" fen={order.paidFen} />],
  ];
  for (const { name, cutFen } of order.cuts) facts.push([inLocale(name, locale), `−¥${yuanText(cutFen)}`]);
  if (order.refundedFen > 0) facts.push([words.refundedAmount, <Price key="refunded" fen={order.refundedFen} />]);
  facts.push([words.shopper, `${order.shopperName}${order.isDemo ? ` (${words.demo})` : ''}`]);
  if (order.pickup === null) {
    const { name, phoneMasked, region, street } = order.address;
    facts.push([words.receiver, `${name} ${phoneMasked} ${region} ${street}`]);
  } else {
    const { store, fetchBefore } = order.pickup;
    facts.push(
      [words.fetcher, `${order.address.name} ${order.address.phoneMasked}`],
      [words.store, `${inLocale(store.name, locale)} · ${inLocale(store.address, locale)}`],
    );
    if (fetchBefore !== null) facts.push([words.fetchBefore, timeText(fetchBefore, locale, true)]);
  }
  if (order.note) facts.push([words.note, order.note]);
  if (order.carrier) facts.push([words.parcel, `${order.carrier} ${order.trackingNumber ?? ''}`]);
  facts.push([words.placed, timeText(order.placedAt, locale, true)]);
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-14">
      {facts.map(([term, fact]) => (
        <div key={term} className="contents">
          <dt className="text-ink-2">{term}</dt>
          <dd className="min-w-0 break-words">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
