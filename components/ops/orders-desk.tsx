'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffSearch } from '../staff/staff-search.tsx';
import { StaffRefused, StaffState } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { chipClass, Tag } from '../ui/tag.tsx';
import { OrderPanel } from './order-panel.tsx';
import { OrderReviewTag, OrderStateTag } from './order-state-tag.tsx';

export type OpsOrder = ValueNamed<'ops.orders'>['orders'][number];

/** In the order of work: what waits for us first. */
const filters: readonly OrderState[] = [
  'paid',
  'packed',
  'refund_requested',
  'returning',
  'shipped',
  'received',
  'completed',
  'pending_pay',
  'closing',
  'refunding',
  'refunded',
  'closed',
];

/** All orders: filter, search, open one. */
export function OrdersDesk() {
  const words = useMessages(opsOrdersMessages);
  const common = useMessages(opsMessages);
  const [state, setState] = useState<OrderState | null>(null);
  const [search, setSearch] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const read = useStaffRead('ops.orders', { ...(state ? { state } : {}), ...(search ? { search } : {}) });
  const orders = read.value?.orders ?? [];
  const counts = read.value?.counts ?? {};
  const open = orders.find(({ id }) => id === openId);

  function changed(order: OpsOrder) {
    read.change((value) => ({ ...value, orders: value.orders.map((one) => (one.id === order.id ? order : one)) }));
  }

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{common.orders}</h1>
        <div className="desk:ml-auto desk:w-auto w-full">
          <StaffSearch label={words.ordersSearch} asked={search} onAsk={setSearch} maxLength={40} />
        </div>
      </div>
      <fieldset className="-mx-3 mb-3 flex min-w-0 gap-2 overflow-x-auto px-3 py-1 [scrollbar-width:none]">
        <legend className="sr-only">{words.state}</legend>
        {[null, ...filters].map((one) => {
          const count = one === null ? Object.values(counts).reduce((sum, each) => sum + each, 0) : (counts[one] ?? 0);
          return (
            <button
              key={one ?? 'all'}
              type="button"
              aria-pressed={state === one}
              onClick={() => setState(one)}
              className={`${chipClass(state === one)} shrink-0`}
            >
              {one === null ? words.all : words[`state_${one}`]}
              {read.value && <span className="figures text-12 opacity-80">{count}</span>}
            </button>
          );
        })}
      </fieldset>
      <StaffState
        read={read}
        isEmpty={orders.length === 0}
        empty={{ title: words.noOrdersTitle, text: words.noOrdersText }}
      >
        <OrdersTable orders={orders} onOpen={setOpenId} />
        <MoreOrders
          key={JSON.stringify([state, search, read.value?.nextBefore])}
          request={{ ...(state ? { state } : {}), ...(search ? { search } : {}) }}
          before={read.value?.nextBefore ?? null}
          onMore={(more) =>
            read.change((value) => ({
              ...value,
              orders: [...value.orders, ...more.orders],
              nextBefore: more.nextBefore,
            }))
          }
        />
      </StaffState>
      {open && (
        <OrderPanel
          order={open}
          onChanged={changed}
          onClose={() => {
            setOpenId(null);
            read.reload();
          }}
          onStale={read.reload}
        />
      )}
    </>
  );
}

function OrdersTable({ orders, onOpen }: { orders: readonly OpsOrder[]; onOpen: (id: string) => void }) {
  const words = useMessages(opsOrdersMessages);
  const locale = useLocale();
  return (
    <div className="overflow-hidden rounded-card bg-card shadow-card">
      <table className="w-full text-14">
        <thead className="hidden border-line border-b text-left text-12 text-ink-2 desk:table-header-group">
          <tr>
            {[words.order, words.shopper, words.goods, words.total, words.state].map((word) => (
              <th key={word} scope="col" className="px-3 py-2 font-medium">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {orders.map((order) => (
            <tr
              key={order.id}
              className="relative grid grid-cols-[1fr_auto] gap-x-3 px-1 py-2 align-top hover:bg-lacquer-soft/40 desk:table-row desk:p-0"
            >
              <td className="px-2 desk:px-3 desk:py-2.5">
                <button
                  type="button"
                  onClick={() => onOpen(order.id)}
                  className="figures py-1 text-left font-semibold after:absolute after:inset-0"
                >
                  {order.id}
                </button>
                <p className="text-12 text-ink-2">{timeText(order.placedAt, locale)}</p>
              </td>
              <td className="col-start-1 row-start-2 px-2 desk:px-3 desk:py-2.5">
                <p className="flex flex-wrap items-center gap-1">
                  {order.shopperName || order.address.name}
                  {order.isDemo && <Tag>{words.demo}</Tag>}
                </p>
                <p className="hidden text-12 text-ink-2 desk:block">{order.address.phoneMasked}</p>
              </td>
              <td className="col-span-2 px-2 text-ink-2 desk:max-w-[320px] desk:px-3 desk:py-2.5 desk:text-ink">
                <p className="line-clamp-2">
                  {order.lines
                    .map((line) => `${inLocale(line.title, locale)} ×${line.quantity}`)
                    .join(locale === 'zh-CN' ? '，' : ', ')}
                </p>
              </td>
              <td className="col-start-2 row-start-2 px-2 text-right font-semibold desk:px-3 desk:py-2.5 desk:text-left">
                <Price fen={order.totalFen} />
              </td>
              <td className="col-start-2 row-start-1 px-2 text-right desk:px-3 desk:py-2.5 desk:text-left">
                <span className="flex flex-wrap justify-end gap-1 desk:justify-start">
                  <OrderStateTag order={order} />
                  <OrderReviewTag review={order.review} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type OrdersRequest = { state?: OrderState; search?: string };

function MoreOrders({
  request,
  before,
  onMore,
}: {
  request: OrdersRequest;
  before: string | null;
  onMore: (more: ValueNamed<'ops.orders'>) => void;
}) {
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  if (!before) return null;
  async function ask() {
    setBusy(true);
    const answer = await call('ops.orders', { ...request, before: before ?? undefined });
    setBusy(false);
    if (answer.ok) onMore(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }
  return (
    <div className="py-4 text-center">
      <StaffRefused text={refused} />
      <Button look="quiet" busy={isBusy} onClick={ask}>
        {common.more}
      </Button>
    </div>
  );
}
