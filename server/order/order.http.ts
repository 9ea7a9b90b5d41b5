import { orderCancel, orderList, orderQuote, orderRead, orderReceive, orderSubmit } from '../../lib/contracts/order.ts';
import { orderAskRefund, orderAskReturn, orderSendBack, orderWithdrawRequest } from '../../lib/contracts/refund.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { handle, type Route } from '../platform/door.ts';
import type { RefundService } from './refund-service.ts';
import { type OrderService, toShown } from './service.ts';

/** The tabs of 我的订单, as states. */
const TABS: Record<string, readonly OrderState[]> = {
  to_pay: ['pending_pay', 'closing'],
  to_ship: ['paid', 'packed'],
  to_receive: ['shipped'],
  done: ['received', 'completed'],
  refunds: ['refund_requested', 'returning', 'refunding', 'refunded'],
};

const PAGE = 20;

export function orderRoutes({ orders, refunds }: { orders: OrderService; refunds: RefundService }): Route[] {
  return [
    handle(orderQuote, ({ lines, coupons, fulfilment }, { shopperId }) =>
      orders.quote(lines, shopperId, coupons, fulfilment?.kind === 'pickup' ? fulfilment.storeId : undefined),
    ),
    handle(orderSubmit, (request, { shopperId }) => orders.submit(shopperId, request)),
    handle(orderCancel, ({ id }, { shopperId }) => orders.cancel(shopperId, id)),
    handle(orderReceive, ({ id }, { shopperId }) => orders.receive(shopperId, id)),
    handle(orderAskRefund, (request, { shopperId }) => refunds.askRefund(shopperId, request)),
    handle(orderAskReturn, (request, { shopperId }) => refunds.askReturn(shopperId, request)),
    handle(orderWithdrawRequest, (request, { shopperId }) => refunds.withdraw(shopperId, request)),
    handle(orderSendBack, (request, { shopperId }) => refunds.sendBack(shopperId, request)),
    handle(orderRead, async ({ id }, { shopperId, now }) => {
      const order = await orders.ownOrder(shopperId, id);
      return order ? accept({ order: toShown(order), now }) : refuse({ code: 'not_found' });
    }),
    handle(orderList, async ({ tab, before }, { shopperId }) => {
      const states = tab && tab !== 'all' ? TABS[tab] : undefined;
      const found = await orders.book.list({
        shopperId,
        limit: PAGE,
        ...(states ? { states } : {}),
        ...(before ? { before } : {}),
      });
      const last = found.length === PAGE ? (found.at(-1)?.id ?? null) : null;
      return accept({ orders: found.map(toShown), nextBefore: last });
    }),
  ];
}
