import { randomUUID } from 'node:crypto';
import { endHolds } from '../order/end-holds.postgres.ts';
import { logMove, postNews, tellOrders } from '../order/order-log.postgres.ts';
import type { Database, Queryable } from '../platform/database.ts';
import type { PaymentBook, PaymentRow, SettleOutcome } from './payment-book.ts';
import type { PaidNotice } from './payment-channel.ts';

type OrderRow = { id: string; state: string; total_fen: number };

/** What one unit of a line was really paid with: less its share of what was taken off, rounded down. */
const PAID_UNIT_FEN = '(quantity * unit_fen - discount_fen) / quantity';

/** The order is paid: units leave the building, prices that were really paid are kept, the state moves. */
async function confirmOrder(tx: Queryable, order: OrderRow, amountFen: number): Promise<void> {
  await tx.query(
    `update orders set state = 'paid', sequence = sequence + 1, paid_fen = paid_fen + $2, paid_at = now(),
       closed_because = null where id = $1`,
    [order.id, amountFen],
  );
  await endHolds(tx, [order.id], 'confirmed');
  await tx.query(
    `insert into deal_price (sku_id, unit_fen, paid_at, source)
     select sku_id, ${PAID_UNIT_FEN}, now(), order_id || '/' || line_number from order_line where order_id = $1`,
    [order.id],
  );
  // A session that has not begun may cross out no more than the lowest price that was really paid before it.
  await tx.query(
    `update session_item i
     set crossed_out_fen = case when l.unit_fen > i.price_fen then least(i.crossed_out_fen, l.unit_fen) end
     from (select sku_id, min(${PAID_UNIT_FEN}) as unit_fen from order_line where order_id = $1 group by sku_id) l,
          sale_session s
     where i.sku_id = l.sku_id and s.id = i.session_id and i.crossed_out_fen is not null
       and s.starts_at > now() and s.starts_at <= now() + interval '168 hours'`,
    [order.id],
  );
  await logMove(tx, [order.id], { from: order.state, to: 'paid', actor: 'payment' });
}

/** Money that may not stay: it goes back by the worker, once per payment and reason. */
async function askRefund(tx: Queryable, payment: PaymentRow, reasonKey: string): Promise<void> {
  await tx.query('update orders set paid_fen = paid_fen + $2, sequence = sequence + 1 where id = $1', [
    payment.order_id,
    payment.amount_fen,
  ]);
  await tx.query(
    `insert into refund (id, payment_id, order_id, amount_fen, reason_key) values ($1, $2, $3, $4, $5)
     on conflict (payment_id, reason_key) do nothing`,
    [`rfd_${randomUUID()}`, payment.id, payment.order_id, payment.amount_fen, reasonKey],
  );
  await tellOrders(tx, [payment.order_id]);
}

/** Why a well-signed notice does not fit our books; null when it does. */
function misfit(payment: PaymentRow | undefined, merchantId: string, notice: PaidNotice): string | null {
  if (!payment) return 'no such payment';
  if (notice.merchantId !== merchantId) return `another merchant: ${notice.merchantId}`;
  if (notice.currency !== 'CNY') return `another currency: ${notice.currency}`;
  if (notice.amountFen !== payment.amount_fen) return `amount ${notice.amountFen}, expected ${payment.amount_fen}`;
  if (payment.channel_trade_id !== null && payment.channel_trade_id !== notice.channelTradeId) return 'another trade';
  return null;
}

export function postgresPaymentBook(db: Database): PaymentBook {
  async function applyNotice(tx: Queryable, payment: PaymentRow, notice: PaidNotice): Promise<SettleOutcome> {
    const [order] = await tx.query<OrderRow>('select id, state, total_fen from orders where id = $1 for update', [
      payment.order_id,
    ]);
    const [fresh] = await tx.query<PaymentRow>('select * from payment where id = $1 for update', [payment.id]);
    if (!order || !fresh) return 'quarantined';
    if (fresh.state === 'paid') return 'duplicate';
    await tx.query(
      `update payment set state = 'paid', paid_at = now(), channel_trade_id = coalesce(channel_trade_id, $2) where id = $1`,
      [payment.id, notice.channelTradeId],
    );
    if (order.state === 'pending_pay' || order.state === 'closing') {
      await confirmOrder(tx, order, payment.amount_fen);
      return 'applied';
    }
    if (order.state === 'closed') {
      await askRefund(tx, payment, 'late_payment');
      return 'late_refunded';
    }
    await askRefund(tx, payment, 'duplicate_payment');
    return 'duplicate_refunded';
  }

  return {
    async open({ id, orderId, key, channel, closeMarginMs, expiryMinMs }) {
      return db.transaction(async (tx) => {
        const [order] = await tx.query<{
          state: string;
          total_fen: number;
          pay_before: Date;
          now: Date;
          left_ms: number;
        }>(
          `select state, total_fen, pay_before, (extract(epoch from pay_before - now()) * 1000)::bigint as left_ms
           from orders where id = $1 for update`,
          [orderId],
        );
        if (!order) return { kind: 'not_found' };
        if (order.state !== 'pending_pay') return { kind: 'not_payable', state: order.state };
        const [known] = await tx.query<PaymentRow>(
          `select * from payment where order_id = $1
             and (key = $2 or (channel = $3 and state in ('created', 'open'))) order by created_at limit 1`,
          [orderId, key, channel],
        );
        if (known) return { kind: 'opened', payment: known };
        if (order.left_ms < Math.min(closeMarginMs, expiryMinMs)) return { kind: 'window_over' };
        const [made] = await tx.query<PaymentRow>(
          `insert into payment (id, order_id, key, channel, amount_fen, state, expires_at)
           values ($1, $2, $3, $4, $5, 'created', $6) returning *`,
          [id, orderId, key, channel, order.total_fen, order.pay_before],
        );
        if (!made) throw new Error('a payment was not written');
        return { kind: 'opened', payment: made };
      });
    },

    async opened(paymentId, trade) {
      const rows = await db.query(
        `update payment set state = 'open', channel_trade_id = $2, pay_url = $3
         where id = $1 and state in ('created', 'open') returning id`,
        [paymentId, trade.channelTradeId, trade.payUrl],
      );
      return rows.length > 0;
    },

    openPayments: (orderId) =>
      db.query<PaymentRow>(
        `select * from payment where order_id = $1 and state in ('created', 'open', 'closing') order by created_at`,
        [orderId],
      ),

    async closed(paymentId) {
      await db.query(`update payment set state = 'closed' where id = $1 and state in ('created', 'open', 'closing')`, [
        paymentId,
      ]);
    },

    async receive(channel, notice) {
      await db.query(
        `insert into payment_notice (channel, notice_id, body) values ($1, $2, $3) on conflict do nothing`,
        [channel, notice.noticeId, JSON.stringify(notice)],
      );
    },

    settle(channel, merchantId, noticeId) {
      return db.transaction(async (tx) => {
        const [inbox] = await tx.query<{ body: PaidNotice; outcome: SettleOutcome | null }>(
          'select body, outcome from payment_notice where channel = $1 and notice_id = $2 for update',
          [channel, noticeId],
        );
        if (!inbox) throw new Error(`notice ${noticeId} was never received`);
        if (inbox.outcome) return inbox.outcome;
        const [payment] = await tx.query<PaymentRow>('select * from payment where id = $1 and channel = $2', [
          inbox.body.outTradeNo,
          channel,
        ]);
        const detail = misfit(payment, merchantId, inbox.body);
        const outcome: SettleOutcome = payment && !detail ? await applyNotice(tx, payment, inbox.body) : 'quarantined';
        await tx.query(
          `update payment_notice set settled_at = now(), outcome = $3, detail = $4 where channel = $1 and notice_id = $2`,
          [channel, noticeId, outcome, detail],
        );
        return outcome;
      });
    },

    unsettled: (limit) =>
      db.query<{ channel: string; noticeId: string }>(
        `select channel, notice_id as "noticeId" from payment_notice
         where settled_at is null and received_at < now() - interval '2 seconds' order by received_at limit $1`,
        [limit],
      ),

    async dueRefunds(limit) {
      await db.query(
        `insert into refund (id, payment_id, order_id, amount_fen, reason_key)
         select 'rfd_' || gen_random_uuid(), p.id, o.id, p.amount_fen, 'order_refund'
         from orders o join payment p on p.order_id = o.id and p.state = 'paid'
         where o.state = 'refunding' and not exists (select 1 from refund r where r.payment_id = p.id)
         on conflict (payment_id, reason_key) do nothing`,
      );
      return db.query(
        `update refund r set attempts = attempts + 1,
           next_try_at = now() + least(interval '10 minutes', interval '2 seconds' * power(2, least(attempts, 9)))
         from payment p
         where p.id = r.payment_id and r.id in (
           select id from refund where state = 'requested' and next_try_at <= now()
           order by next_try_at limit $1 for update skip locked)
         returning r.id, r.payment_id as "paymentId", r.order_id as "orderId", r.amount_fen as "amountFen",
                   r.reason_key as "reasonKey", p.channel`,
        [limit],
      );
    },

    refundDone(refundId) {
      return db.transaction(async (tx) => {
        const [done] = await tx.query<{ order_id: string; amount_fen: number; reason_key: string }>(
          `update refund set state = 'done', done_at = now() where id = $1 and state = 'requested'
           returning order_id, amount_fen, reason_key`,
          [refundId],
        );
        if (!done || done.reason_key === 'order_refund') return;
        await tx.query('update orders set refunded_fen = refunded_fen + $2, sequence = sequence + 1 where id = $1', [
          done.order_id,
          done.amount_fen,
        ]);
        await postNews(tx, [done.order_id], 'money_returned');
        await tellOrders(tx, [done.order_id]);
      });
    },

    async refundFailed(refundId, error) {
      await db.query('update refund set last_error = $2 where id = $1', [refundId, error.slice(0, 500)]);
    },
  };
}
