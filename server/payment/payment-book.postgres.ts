import { randomBytes } from 'node:crypto';
import { type ExpectedPayment, type Misfit, misfit } from '../../lib/domain/payment/misfit.ts';
import { payWindow } from '../../lib/domain/payment/pay-window.ts';
import { confirmHolds } from '../order/end-holds.postgres.ts';
import { logMove, postNews } from '../order/order-log.ts';
import { tellOrders } from '../order/tell-orders.ts';
import { openPickup } from '../pickup/order-pickup.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { consumeCoupons } from '../promo/coupon-holds.ts';
import {
  type DueAsk,
  type DueRefund,
  type OpenOutcome,
  type PaymentBook,
  type PaymentRow,
  requestOf,
  type SettleOutcome,
} from './payment-book.ts';
import type { PaidNotice } from './payment-channel.ts';

type OrderRow = { id: string; state: string; total_fen: number; has_cuts: boolean; is_fetched: boolean };

/** What one unit of a line was really paid with: less its share of what was taken off, rounded down. */
const PAID_UNIT_FEN = '(quantity * unit_fen - discount_fen) / quantity';

/** What the demo's crowd pays is no evidence of a price: nobody gave money for it. */
const IS_EVIDENCE = `not exists (
  select 1 from orders o join person p on p.id = o.shopper_id where o.id = $1 and p.is_demo)`;

/** The order is paid: units leave the building, prices that were really paid are kept, the state moves. */
async function confirmOrder(tx: Queryable, order: OrderRow, amountFen: number): Promise<void> {
  await tx.query(
    `update orders set state = 'paid', sequence = sequence + 1, paid_fen = paid_fen + $2, paid_at = now(),
       closed_because = null where id = $1`,
    [order.id, amountFen],
  );
  await confirmHolds(tx, order.id);
  if (order.is_fetched) await openPickup(tx, order.id);
  if (order.has_cuts) await consumeCoupons(tx, [order.id]);
  await tx.query(
    `insert into deal_price (sku_id, unit_fen, paid_at, source)
     select sku_id, ${PAID_UNIT_FEN}, now(), order_id || '/' || line_number
     from order_line where order_id = $1 and ${IS_EVIDENCE}`,
    [order.id],
  );
  // A session that has not begun may cross out no more than the lowest price that was really paid before it.
  await tx.query(
    `update session_item i
     set crossed_out_fen = case when l.unit_fen > i.price_fen then least(i.crossed_out_fen, l.unit_fen) end
     from (select sku_id, min(${PAID_UNIT_FEN}) as unit_fen from order_line where order_id = $1 group by sku_id) l,
          sale_session s
     where i.sku_id = l.sku_id and s.id = i.session_id and i.crossed_out_fen is not null
       and s.starts_at > now() and s.starts_at <= now() + interval '168 hours' and ${IS_EVIDENCE}`,
    [order.id],
  );
  await logMove(tx, [order.id], { from: order.state, to: 'paid', actor: 'payment' });
}

/** Money that may not stay: it goes back by the worker, once per payment and reason. */
async function askRefund(
  tx: Queryable,
  payment: PaymentRow,
  reasonKey: 'late_payment' | 'duplicate_payment',
): Promise<void> {
  await tx.query(
    `update orders set paid_fen = paid_fen + $2, sequence = sequence + 1,
       closed_because = case when $3 = 'late_payment' then $3 else closed_because end where id = $1`,
    [payment.order_id, payment.amount_fen, reasonKey],
  );
  await tx.query(
    `insert into refund (id, payment_id, order_id, amount_fen, reason_key) values ($1, $2, $3, $4, $5)
     on conflict (payment_id, reason_key) do nothing`,
    [`rfd_${randomBytes(14).toString('hex')}`, payment.id, payment.order_id, payment.amount_fen, reasonKey],
  );
  await tellOrders(tx, [payment.order_id]);
}

/** One sentence for the person who looks at the quarantine. */
function misfitText({ cause, told, expected }: Misfit): string {
  return told === '' ? cause : `${cause}: ${told}, expected ${expected}`;
}

/** The order and the payment of a notice, both locked; null where our books have no such payment. */
async function lockPayment(
  tx: Queryable,
  channel: string,
  paymentId: string,
): Promise<{ order: OrderRow; payment: PaymentRow } | null> {
  // Order rows are locked before what hangs on them, so the number is looked up first.
  const [known] = await tx.query<{ order_id: string }>('select order_id from payment where id = $1 and channel = $2', [
    paymentId,
    channel,
  ]);
  if (!known) return null;
  const [order] = await tx.query<OrderRow>(
    `select id, state, total_fen, cuts <> '[]' as has_cuts, store_id is not null as is_fetched
     from orders where id = $1 for update`,
    [known.order_id],
  );
  const [payment] = await tx.query<PaymentRow>('select * from payment where id = $1 for update', [paymentId]);
  return order && payment ? { order, payment } : null;
}

/** What our books expect of a payment; a trade that belongs to another payment is not this one's. */
async function expectedOf(tx: Queryable, payment: PaymentRow, toldTradeId: string): Promise<ExpectedPayment> {
  const { amount_fen: amountFen, channel_trade_id: channelTradeId } = payment;
  if (channelTradeId !== null) return { amountFen, channelTradeId };
  const taken = await tx.query('select 1 from payment where channel = $1 and channel_trade_id = $2', [
    payment.channel,
    toldTradeId,
  ]);
  return { amountFen, channelTradeId: taken.length > 0 ? '' : null };
}

async function applyNotice(
  tx: Queryable,
  { order, payment }: { order: OrderRow; payment: PaymentRow },
  notice: PaidNotice,
): Promise<SettleOutcome> {
  if (payment.state === 'paid') return 'duplicate';
  await tx.query(
    `update payment set state = 'paid', paid_at = now(), next_ask_at = null,
       channel_trade_id = coalesce(channel_trade_id, $2), payer_id = $3 where id = $1`,
    [payment.id, notice.channelTradeId, notice.payerId ?? null],
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

/** Moves an order's time to pay on; its reservations last as much longer. */
async function lengthen(tx: Queryable, orderId: string, payBefore: Date): Promise<void> {
  await tx.query(
    `update reservation r set expires_at = r.expires_at + ($2 - o.pay_before)
     from orders o where o.id = $1 and r.order_id = o.id and r.state = 'active'`,
    [orderId, payBefore],
  );
  await tx.query('update orders set pay_before = $2, sequence = sequence + 1 where id = $1', [orderId, payBefore]);
  await tellOrders(tx, [orderId]);
}

/** Opens a payment under the order's lock. */
async function openPayment(
  tx: Queryable,
  wanted: { id: string; orderId: string; key: string; channel: string; expiryMinMs: number; boundTo: string },
): Promise<OpenOutcome> {
  const { id, orderId, key, channel, expiryMinMs, boundTo } = wanted;
  const [order] = await tx.query<{ state: string; total_fen: number; pay_before: Date; now_ms: number }>(
    `select state, total_fen, pay_before, (extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms
     from orders where id = $1 for update`,
    [orderId],
  );
  if (!order) return { kind: 'not_found' };
  const payments = await tx.query<PaymentRow & { is_lengthened: boolean }>(
    'select * from payment where order_id = $1 order by created_at',
    [orderId],
  );
  const same = payments.find((payment) => payment.key === key);
  if (same && same.channel !== channel) return { kind: 'key_reused' };
  if (order.state !== 'pending_pay') return { kind: 'not_payable', state: order.state };
  const open = payments.find((payment) => ['created', 'open', 'closing'].includes(payment.state));
  if (open) {
    // A channel takes a number once for each way to pay and each payer.
    const isSame = open.channel === channel && open.bound_to === boundTo;
    return { kind: isSame ? 'opened' : 'other_open', payment: open };
  }
  const window = payWindow({
    now: order.now_ms,
    payBefore: order.pay_before.getTime(),
    expiryMinMs,
    wasLengthened: payments.some((payment) => payment.is_lengthened),
  });
  if (!window.ok) return { kind: 'window_over' };
  // A repeat of a key whose payment has been closed opens nothing: what it was for is over.
  if (same) return { kind: 'not_payable', state: same.state };
  const { expiresAt, isLengthened } = window.value;
  if (isLengthened) await lengthen(tx, orderId, new Date(expiresAt));
  const [made] = await tx.query<PaymentRow>(
    `insert into payment (id, order_id, key, channel, amount_fen, state, expires_at, is_lengthened, next_ask_at, bound_to)
     values ($1, $2, $3, $4, $5, 'created', $6, $7, now() + $8 * interval '1 millisecond', $9) returning *`,
    [
      id,
      orderId,
      key,
      channel,
      order.total_fen,
      new Date(expiresAt),
      isLengthened,
      LIMITS.payment.askOpenMs[0],
      boundTo,
    ],
  );
  if (!made) throw new Error('a payment was not written');
  return { kind: 'opened', payment: made };
}

export function postgresPaymentBook(db: Database): PaymentBook {
  return {
    open: (wanted) => db.transaction((tx) => openPayment(tx, wanted)),

    async opened(paymentId, trade) {
      const [noted] = await db.query<{ state: PaymentRow['state'] }>(
        `update payment set state = 'open', channel_trade_id = $2, pay_url = $3
         where id = $1 and state in ('created', 'open') returning state`,
        [paymentId, trade.channelTradeId, trade.payUrl],
      );
      if (noted) return noted.state;
      // By a statement of its own: one that waited for a notice's lock would still see the state before it.
      const [row] = await db.query<{ state: PaymentRow['state'] }>('select state from payment where id = $1', [
        paymentId,
      ]);
      if (!row) throw new Error(`payment ${paymentId} was never written`);
      return row.state;
    },

    openPayments: (orderId) =>
      db.query<PaymentRow>(
        `select * from payment where order_id = $1 and state in ('created', 'open', 'closing') order by created_at`,
        [orderId],
      ),

    async closed(paymentId) {
      await db.query(
        `update payment set state = 'closed', asks = 0, next_ask_at = now() + $2 * interval '1 millisecond'
         where id = $1 and state in ('created', 'open', 'closing')`,
        [paymentId, LIMITS.payment.askClosedMs[0]],
      );
    },

    async receive(channel, notice) {
      await db.query(
        `insert into payment_notice (channel, notice_id, body) values ($1, $2, $3) on conflict do nothing`,
        [channel, notice.noticeId, JSON.stringify(notice)],
      );
    },

    settle(channel, merchantId, noticeId) {
      // Two payments that claim one trade at the same moment: the loser finds it taken when it looks again.
      return againIfRaced(() =>
        db.transaction(async (tx) => {
          const [inbox] = await tx.query<{ body: PaidNotice; outcome: SettleOutcome | null }>(
            'select body, outcome from payment_notice where channel = $1 and notice_id = $2 for update',
            [channel, noticeId],
          );
          if (!inbox) throw new Error(`notice ${noticeId} was never received`);
          if (inbox.outcome) return inbox.outcome;
          const found = await lockPayment(tx, channel, inbox.body.outTradeNo);
          const expected = found && (await expectedOf(tx, found.payment, inbox.body.channelTradeId));
          const wrong = misfit(expected, merchantId, inbox.body);
          const outcome: SettleOutcome = found && !wrong ? await applyNotice(tx, found, inbox.body) : 'quarantined';
          await tx.query(
            // The payer is kept with the payment, and forgotten there.
            `update payment_notice set settled_at = now(), outcome = $3, detail = $4, body = body - 'payerId'
             where channel = $1 and notice_id = $2`,
            [channel, noticeId, outcome, wrong && misfitText(wrong)],
          );
          return outcome;
        }),
      );
    },

    unsettled: (limit) =>
      db.query<{ channel: string; noticeId: string }>(
        `select channel, notice_id as "noticeId" from payment_notice
         where settled_at is null and received_at < now() - interval '2 seconds' order by received_at limit $1`,
        [limit],
      ),

    dueAsks: (limit) =>
      db.query<DueAsk>(
        `update payment p set next_ask_at = now() + $2 * interval '1 millisecond'
         from orders o
         where o.id = p.order_id and p.id in (
           select id from payment where next_ask_at <= now() order by next_ask_at limit $1 for update skip locked)
         returning p.id, p.channel, p.state, o.state as "orderState"`,
        [limit, LIMITS.payment.askAgainMs],
      ),

    async asked({ id, state }) {
      await db.query(
        `update payment set asks = asks + 1, next_ask_at = now() + interval '1 millisecond' * case
           when state = 'closed' then ($3::int[])[asks + 2]
           else ($4::int[])[least(asks + 2, cardinality($4::int[]))] end
         where id = $1 and state = $2 and next_ask_at is not null`,
        [id, state, LIMITS.payment.askClosedMs, LIMITS.payment.askOpenMs],
      );
    },

    async dueRefunds(limit) {
      return db.query<DueRefund>(
        `update refund r set attempts = attempts + 1,
           next_try_at = now() + least(interval '10 minutes', interval '2 seconds' * power(2, least(attempts, 9)))
         from payment p
         where p.id = r.payment_id and r.id in (
           select id from refund where state = 'requested' and next_try_at <= now()
           order by next_try_at limit $1 for update skip locked)
         returning r.id, r.payment_id as "paymentId", r.order_id as "orderId", r.amount_fen as "amountFen",
                   p.amount_fen as "totalFen", r.reason_key as "reasonKey", p.channel`,
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
        // A request's refund is marked with its goods and its order, by the order room.
        if (!done || requestOf(done.reason_key) !== null) return;
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
