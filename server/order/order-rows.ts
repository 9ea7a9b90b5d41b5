import type { Order } from '../../lib/contracts/order.ts';
import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import type { RefundRequest } from '../../lib/contracts/refund-request.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import { PICKUP_BRIEF } from '../pickup/pickup-brief.ts';
import type { AddressCopy, StoredOrder } from './order-book.ts';

type Localized = { zh: string; en: string };

export type OrderRow = {
  id: string;
  shopper_id: string;
  state: OrderState;
  goods_fen: number;
  discount_fen: number;
  cuts: Order['cuts'];
  freight_fen: number;
  total_fen: number;
  paid_fen: number;
  refunded_fen: number;
  address: AddressCopy;
  note: string;
  rank: number | null;
  placed_at: Date;
  pay_before: Date;
  paid_at: Date | null;
  shipped_at: Date | null;
  received_at: Date | null;
  closed_at: Date | null;
  closed_because: string | null;
  carrier: string | null;
  tracking_number: string | null;
  sequence: number;
  open_payments: number;
  requests: RefundRequest[] | null;
  review: Order['review'];
  pickup: PickupBrief | null;
  lines: {
    line_number: number;
    refunded_quantity: number;
    sku_id: string;
    quantity: number;
    unit_fen: number;
    price_kind: 'ordinary' | 'session' | 'tier';
    session_id: string | null;
    tier_up_to: number | null;
    rank: number | null;
    discount_fen: number;
    title: Localized;
    choice: Localized;
    product_handle: string;
    picture_path: string | null;
  }[];
};

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** One order with its lines and requests as one row; `where` and `order` go behind it. */
export const SELECT_ORDER = `
  select o.*,
    (select count(*) from payment p where p.order_id = o.id and p.state in ('created', 'open', 'closing')) as open_payments,
    (select jsonb_agg(to_jsonb(l) order by l.line_number) from order_line l where l.order_id = o.id) as lines,
    (select jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'state', r.state, 'freightFen', r.freight_fen,
        'amountFen', r.amount_fen, 'reason', r.reason, 'answer', r.answer, 'carrier', r.carrier,
        'trackingNumber', r.tracking_number, 'restock', r.restock, 'askedAt', ${epochMs('r.asked_at')},
        'goodsBackAt', ${epochMs('r.goods_back_at')}, 'endedAt', ${epochMs('r.ended_at')}, 'lines', (
          select jsonb_agg(jsonb_build_object('lineNumber', x.line_number, 'quantity', x.quantity,
                                              'amountFen', x.amount_fen) order by x.line_number)
          from refund_request_line x where x.request_id = r.id)) order by r.number)
     from refund_request r where r.order_id = o.id) as requests,
    (select jsonb_build_object('state', r.state, 'until', ${epochMs('r.held_until')}, 'words', r.words,
                               'decisionId', r.decision_id)
     from risk_order_review r where r.order_id = o.id and (r.state = 'refused' or r.state = 'held'
       and r.held_until > clock_timestamp() and o.state in ('paid', 'refund_requested', 'refunding'))) as review,
    case when o.store_id is not null then (${PICKUP_BRIEF}) end as pickup
  from orders o`;

/** `13812345678` → `138****5678`. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

const at = (date: Date | null) => (date === null ? null : date.getTime());

export function toOrder(row: OrderRow): StoredOrder {
  const order: Order = {
    id: row.id,
    state: row.state,
    lines: row.lines.map((line) => ({
      lineNumber: line.line_number,
      refundedQuantity: line.refunded_quantity,
      skuId: line.sku_id,
      quantity: line.quantity,
      unitFen: line.unit_fen,
      priceKind: line.price_kind,
      sessionId: line.session_id,
      tierUpTo: line.tier_up_to,
      rank: line.rank,
      discountFen: line.discount_fen,
      title: line.title,
      choice: line.choice,
      productHandle: line.product_handle,
      picturePath: line.picture_path,
    })),
    goodsFen: row.goods_fen,
    cuts: row.cuts,
    discountFen: row.discount_fen,
    freightFen: row.freight_fen,
    totalFen: row.total_fen,
    paidFen: row.paid_fen,
    refundedFen: row.refunded_fen,
    placedAt: row.placed_at.getTime(),
    payBefore: row.pay_before.getTime(),
    paidAt: at(row.paid_at),
    shippedAt: at(row.shipped_at),
    receivedAt: at(row.received_at),
    closedAt: at(row.closed_at),
    closedBecause: row.closed_because,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    rank: row.rank,
    note: row.note,
    requests: row.requests ?? [],
    review: row.review,
    address: {
      name: row.address.name,
      phoneMasked: maskPhone(row.address.phone),
      region: row.address.region,
      street: row.address.street,
    },
    sequence: row.sequence,
    pickup: row.pickup,
  };
  return { ...order, shopperId: row.shopper_id, phone: row.address.phone, openPayments: Number(row.open_payments) };
}
