import { randomUUID } from 'node:crypto';
import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type {
  orderAskRefund,
  orderAskReturn,
  orderSendBack,
  orderWithdrawRequest,
} from '../../lib/contracts/refund.ts';
import { assert } from '../../lib/domain/assert.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { OrderBook } from './order-book.ts';
import type { RefundBook, RequestMove } from './refund-book.ts';
import { toShown } from './service.ts';

const SHOPPER = 'shopper';

/** What shoppers ask to give back; the shop's side of it is in the ops room. */
export function refundService({ orders, refunds }: { orders: OrderBook; refunds: RefundBook }) {
  async function shown(orderId: string) {
    const order = await orders.read(orderId);
    assert(order !== null, 'an order does not vanish');
    return accept({ order: toShown(order) });
  }

  async function owns(shopperId: string, orderId: string): Promise<boolean> {
    const order = await orders.read(orderId);
    return order !== null && order.shopperId === shopperId;
  }

  async function moveOwn(shopperId: string, move: Omit<RequestMove, 'actor'>) {
    if (!(await owns(shopperId, move.orderId))) return refuse({ code: 'not_found' });
    const moved = await refunds.move({ ...move, actor: SHOPPER });
    return moved.ok ? shown(move.orderId) : moved;
  }

  return {
    book: refunds,

    async askRefund(
      shopperId: string,
      { id, key, lines, reason }: RequestOf<typeof orderAskRefund>,
    ): Promise<AnswerOf<typeof orderAskRefund>> {
      const order = await orders.read(id);
      if (!order || order.shopperId !== shopperId) return refuse({ code: 'not_found' });
      // A phone of before requests had names repeats itself: what it asked for has been asked for.
      if (!key && order.state === 'refund_requested') return accept({ order: toShown(order) });
      const requestId = key ?? randomUUID();
      const asked = await refunds.ask(
        { requestId, orderId: id, kind: 'refund', reason, lines: lines ?? null },
        SHOPPER,
      );
      if (asked.ok) return shown(id);
      assert(asked.refusal.code !== 'return_window_over', 'only returns have a window');
      return refuse(asked.refusal);
    },

    async askReturn(
      shopperId: string,
      { id, key, lines, reason }: RequestOf<typeof orderAskReturn>,
    ): Promise<AnswerOf<typeof orderAskReturn>> {
      if (!(await owns(shopperId, id))) return refuse({ code: 'not_found' });
      const asked = await refunds.ask({ requestId: key, orderId: id, kind: 'return', reason, lines }, SHOPPER);
      if (asked.ok) return shown(id);
      assert(asked.refusal.code !== 'held_at_store', 'only what waits at a store is held there');
      return refuse(asked.refusal);
    },

    withdraw(
      shopperId: string,
      { id, requestId }: RequestOf<typeof orderWithdrawRequest>,
    ): Promise<AnswerOf<typeof orderWithdrawRequest>> {
      return moveOwn(shopperId, { orderId: id, requestId, to: 'withdrawn' });
    },

    sendBack(
      shopperId: string,
      { id, requestId, ...parcel }: RequestOf<typeof orderSendBack>,
    ): Promise<AnswerOf<typeof orderSendBack>> {
      return moveOwn(shopperId, { orderId: id, requestId, to: 'goods_sent', parcel });
    },
  };
}

export type RefundService = ReturnType<typeof refundService>;
