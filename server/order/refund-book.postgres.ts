import { assert } from '../../lib/domain/assert.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import {
  ASKING,
  RETURN_WINDOW_MS,
  type RequestedLine,
  type RequestState,
  requestStatesBefore,
  type SoldLine,
  sumRefund,
  unitsLeft,
} from '../../lib/domain/order/refund-request.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { refundBar, settlePickup, unitsToFetch } from '../pickup/order-pickup.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { rebookCoupons, releaseCoupons } from '../promo/coupon-holds.ts';
import { logMove } from './order-log.ts';
import type { AskedRequest, RefundBook, RequestMove } from './refund-book.ts';
import { returnUnits } from './return-units.postgres.ts';
import { tellOrders } from './tell-orders.ts';

type OrderRow = { id: string; state: OrderState; freight_fen: number; is_in_window: boolean | null };
type RequestRow = {
  id: string;
  order_id: string;
  kind: string;
  state: RequestState;
  from_state: OrderState;
  amount_fen: number;
  answer: string | null;
};

/** The order's row under its lock: whatever else wants to move this order waits here. */
async function lockOrder(tx: Queryable, orderId: string): Promise<OrderRow | null> {
  const [order] = await tx.query<OrderRow>(
    `select id, state, freight_fen, received_at > now() - ($2 || ' milliseconds')::interval as is_in_window
     from orders where id = $1 for update`,
    [orderId, RETURN_WINDOW_MS],
  );
  return order ?? null;
}

function readLines(tx: Queryable, orderId: string): Promise<SoldLine[]> {
  return tx.query<SoldLine>(
    `select line_number as "lineNumber", quantity, unit_fen as "unitFen", discount_fen as "discountFen",
       refunded_quantity as "refundedQuantity"
     from order_line where order_id = $1 order by line_number`,
    [orderId],
  );
}

/** One guarded move of an order that goes along with its request. */
async function moveOrder(
  tx: Queryable,
  orderId: string,
  move: {
    from: readonly OrderState[];
    to: OrderState;
    actor: string;
    reason: string;
    news: string;
    refundedFen?: number;
  },
): Promise<void> {
  const [moved] = await tx.query<{ from_state: string }>(
    `with before as (select id, state from orders where id = $1)
     update orders o set state = $3, sequence = o.sequence + 1, refunded_fen = o.refunded_fen + $4,
       closed_at = case when $3 = 'refunded' then now() else o.closed_at end,
       closed_because = case when $3 = 'refunded' then 'refund_approved' else o.closed_because end,
       received_at = case when $3 = 'received' then coalesce(o.received_at, now()) else o.received_at end
     from before where o.id = before.id and o.state = any ($2::text[])
     returning before.state as from_state`,
    [orderId, move.from, move.to, move.refundedFen ?? 0],
  );
  assert(moved !== undefined, `an order goes to ${move.to} with its request`);
  const { to, actor, reason, news } = move;
  await logMove(tx, [orderId], { from: moved.from_state, to, actor, reason, news });
}

/** All that a request without lines means: of an order for pickup, only what was not handed over. */
async function toGiveBack(
  tx: Queryable,
  { orderId, kind }: AskedRequest,
  lines: readonly SoldLine[],
): Promise<RequestedLine[]> {
  return (kind === 'refund' ? await unitsToFetch(tx, orderId) : null) ?? unitsLeft(lines);
}

const inOrder = (lines: readonly RequestedLine[]) =>
  [...lines].sort((a, b) => a.lineNumber - b.lineNumber).map(({ lineNumber, quantity }) => ({ lineNumber, quantity }));

const logRequest = (tx: Queryable, id: string, from: string | null, to: string, actor: string) =>
  tx.query('insert into refund_request_log (request_id, from_state, to_state, actor) values ($1, $2, $3, $4)', [
    id,
    from,
    to,
    actor,
  ]);

/** Puts the money on its way back to the payment that paid the order; late and doubled ones went back by themselves. */
async function sendMoney(tx: Queryable, request: RequestRow): Promise<void> {
  if (request.amount_fen === 0) return;
  const sent = await tx.query(
    `insert into refund (id, payment_id, order_id, amount_fen, reason_key)
     select 'rfd_' || left(replace(gen_random_uuid()::text, '-', ''), 28), p.id, p.order_id, $2, 'request:' || $3
     from payment p where p.order_id = $1 and p.state = 'paid'
       and not exists (select 1 from refund r where r.payment_id = p.id
                       and r.reason_key in ('late_payment', 'duplicate_payment'))
     returning id`,
    [request.order_id, request.amount_fen, request.id],
  );
  assert(sent.length === 1, 'a paid order has one payment that paid it');
}

/** What else a request's move brings: where the order goes, and the money. */
async function follow(tx: Queryable, request: RequestRow, move: RequestMove): Promise<void> {
  const order = ASKING[request.kind === 'return' ? 'return' : 'refund'].order;
  const { actor, answer: reason = move.to } = move;
  switch (move.to) {
    case 'refunding':
      await moveOrder(tx, request.order_id, { from: [order], to: 'refunding', actor, reason, news: 'refunding' });
      return sendMoney(tx, request);
    case 'refused':
    case 'withdrawn':
      return moveOrder(tx, request.order_id, {
        from: [order],
        to: request.from_state,
        actor,
        reason,
        news: `request_${move.to}`,
      });
    default:
      await tx.query('update orders set sequence = sequence + 1 where id = $1', [request.order_id]);
      await tellOrders(tx, [request.order_id]);
  }
}

export function postgresRefundBook(db: Database): RefundBook {
  async function finishIn(tx: Queryable, requestId: string): Promise<boolean> {
    const [done] = await tx.query<RequestRow & { restock: boolean }>(
      `update refund_request set state = 'done', ended_at = now() where id = $1 and state = 'refunding' returning *`,
      [requestId],
    );
    if (!done) return false;
    const { order_id: orderId, restock, kind } = done;
    await returnUnits(tx, { requestId, orderId, restock, isSentBack: kind === 'return' });
    await tx.query(
      `update refund set state = 'done', done_at = now() where reason_key = 'request:' || $1 and state = 'requested'`,
      [requestId],
    );
    const isRest = unitsLeft(await readLines(tx, done.order_id)).length === 0;
    // What was still to be fetched has gone back, and what was handed over stays.
    const isFetched = (await settlePickup(tx, done.order_id)) === 'handed_over';
    // Given back whole before it was shipped: as if it had never been. Of anything else the coupon was used.
    if (isRest && done.kind === 'refund') await releaseCoupons(tx, [done.order_id], 'used');
    else await rebookCoupons(tx, done.order_id);
    await moveOrder(tx, done.order_id, {
      from: ['refunding'],
      to: isRest ? 'refunded' : isFetched ? 'received' : done.from_state,
      actor: 'worker',
      reason: 'refund_approved',
      news: isRest ? 'refunded' : 'part_refunded',
      refundedFen: done.amount_fen,
    });
    await logRequest(tx, requestId, 'refunding', 'done', 'worker');
    return true;
  }

  return {
    ask(wanted, actor) {
      const { requestId, orderId, kind, reason } = wanted;
      const asking = ASKING[kind];
      return db.transaction(async (tx) => {
        const order = await lockOrder(tx, orderId);
        if (!order) return refuse({ code: 'not_found' });
        const [known] = await tx.query<{ isSame: boolean }>(
          `select order_id = $2 and kind = $3 and reason = $4 and ($5::jsonb is null or $5::jsonb = (
             select jsonb_agg(jsonb_build_object('lineNumber', line_number, 'quantity', quantity) order by line_number)
             from refund_request_line where request_id = $1)) as "isSame"
           from refund_request where id = $1`,
          [requestId, orderId, kind, reason, wanted.lines && JSON.stringify(inOrder(wanted.lines))],
        );
        if (known) return known.isSame ? accept(null) : refuse({ code: 'key_reused' });
        if (!asking.from.includes(order.state)) return refuse({ code: 'order_cannot_move', state: order.state });
        const barred = kind === 'refund' ? await refundBar(tx, orderId, wanted) : null;
        if (barred) return refuse(barred);
        if (kind === 'return' && !order.is_in_window) return refuse({ code: 'return_window_over' });
        const lines = await readLines(tx, orderId);
        const sum = sumRefund(
          { lines, freightFen: order.freight_fen },
          wanted.lines ?? (await toGiveBack(tx, wanted, lines)),
          wanted,
        );
        if (!sum.ok) return sum;
        const { amountFen, freightFen } = sum.value;
        await tx.query(
          `insert into refund_request (id, order_id, number, kind, state, from_state, amount_fen, freight_fen, reason,
                                       restock)
           select $1, $2, 1 + count(*), $3, $4, $5, $6, $7, $8, $9 from refund_request where order_id = $2`,
          // What was never sent is on sale again; what comes back is looked at first.
          [
            requestId,
            orderId,
            kind,
            asking.request,
            order.state,
            amountFen,
            freightFen,
            reason,
            kind === 'refund' || null,
          ],
        );
        await tx.query(
          `insert into refund_request_line (request_id, line_number, quantity, amount_fen)
           select $1, line_number, quantity, amount_fen
           from jsonb_to_recordset($2::jsonb) as l (line_number integer, quantity integer, amount_fen bigint)`,
          [
            requestId,
            JSON.stringify(
              sum.value.lines.map((line) => ({
                line_number: line.lineNumber,
                quantity: line.quantity,
                amount_fen: line.amountFen,
              })),
            ),
          ],
        );
        await wanted.also?.(tx);
        await logRequest(tx, requestId, null, asking.request, actor);
        await moveOrder(tx, orderId, { from: asking.from, to: asking.order, actor, reason, news: asking.order });
        return accept(null);
      });
    },

    move(move) {
      const { orderId, requestId, to, actor } = move;
      const allowed = requestStatesBefore(to).filter((state) => !move.from || move.from.includes(state));
      return db.transaction(async (tx) => {
        if (!(await lockOrder(tx, orderId))) return refuse({ code: 'not_found' });
        const [before] = await tx.query<RequestRow>('select * from refund_request where id = $1 and order_id = $2', [
          requestId,
          orderId,
        ]);
        if (!before) return refuse({ code: 'not_found' });
        const [moved] = await tx.query<RequestRow>(
          `update refund_request set state = $2, answer = coalesce($4, answer), restock = coalesce($5, restock),
             carrier = coalesce($6, carrier), tracking_number = coalesce($7, tracking_number),
             goods_back_at = case when $2 = 'goods_back' then now() else goods_back_at end,
             ended_at = case when $2 in ('refused', 'withdrawn') then now() else ended_at end
           where id = $1 and state = any ($3::text[]) returning *`,
          [
            requestId,
            to,
            allowed,
            move.answer ?? null,
            move.restock ?? null,
            move.parcel?.carrier ?? null,
            move.parcel?.trackingNumber ?? null,
          ],
        );
        if (!moved) {
          // A repeat of what has happened is answered as the first time; the money may be there already.
          const isRepeat = before.state === to || (to === 'refunding' && before.state === 'done');
          return isRepeat ? accept(null) : refuse({ code: 'request_cannot_move', state: before.state });
        }
        await logRequest(tx, requestId, before.state, to, actor);
        await follow(tx, moved, move);
        await move.also?.(tx);
        if (to === 'refunding' && moved.amount_fen === 0) await finishIn(tx, requestId);
        return accept(null);
      });
    },

    finish(requestId) {
      return db.transaction(async (tx) => {
        const [request] = await tx.query<{ order_id: string }>('select order_id from refund_request where id = $1', [
          requestId,
        ]);
        if (!request) return false;
        await lockOrder(tx, request.order_id);
        return finishIn(tx, requestId);
      });
    },
  };
}
