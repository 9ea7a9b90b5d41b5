import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { opsDecideRefund, opsGoodsBack, opsSettleReturn } from '../../lib/contracts/refund.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { RefundBook, RequestMove } from '../order/refund-book.ts';
import { audit } from './audit.ts';
import { type OpsOrderDesk, operatorActor } from './orders.ts';

type Answer = AnswerOf<typeof opsGoodsBack>;

/** The shop's side of refunds and returns. Each move is written down in its own transaction. */
export function opsRefundDesk({ refunds, desk }: { refunds: RefundBook; desk: OpsOrderDesk }) {
  async function move(personId: string, action: string, wanted: Omit<RequestMove, 'actor' | 'also'>): Promise<Answer> {
    const { orderId, requestId, to, answer, restock } = wanted;
    const actor = operatorActor(personId);
    const moved = await refunds.move({
      ...wanted,
      actor,
      also: (tx) => audit(tx, { actor, action, target: orderId, detail: { requestId, to, reason: answer, restock } }),
    });
    if (!moved.ok) return moved;
    const order = await desk.read(orderId);
    return order ? accept({ order }) : refuse({ code: 'not_found' });
  }

  return {
    /** Approved: the worker sends the money back. Declined: the order goes back to where its goods are. */
    decide({ id, requestId, approve, reason }: RequestOf<typeof opsDecideRefund>, personId: string): Promise<Answer> {
      return move(personId, 'ops.decideRefund', {
        orderId: id,
        requestId,
        to: approve ? 'refunding' : 'refused',
        from: ['requested'],
        answer: reason,
      });
    },

    goodsBack({ id, requestId }: RequestOf<typeof opsGoodsBack>, personId: string): Promise<Answer> {
      return move(personId, 'ops.goodsBack', { orderId: id, requestId, to: 'goods_back' });
    },

    /** After a look at the goods; those that cannot be sold again stay sold in the books of stock. */
    settle(request: RequestOf<typeof opsSettleReturn>, personId: string): Promise<Answer> {
      const { id, requestId, approve, restock, reason } = request;
      return move(personId, 'ops.settleReturn', {
        orderId: id,
        requestId,
        to: approve ? 'refunding' : 'refused',
        from: ['goods_back'],
        answer: reason,
        restock: approve && restock,
      });
    },
  };
}
