import { accept, type Result, refuse } from '../result.ts';

/*
 * Words used in this room:
 *
 * - closing: the payment channel has been asked to close; stock is not released before it has said yes
 * - closed:  ended unpaid (已关闭); its units went back once
 * - returning: goods are coming back, or are back and looked at (退货中)
 */

/** The life of an order, as one table. A move that is not in the table does not exist. */
const NEXT = {
  pending_pay: ['paid', 'closing'],
  // The channel may say "already paid" when it is asked to close.
  closing: ['closed', 'paid'],
  closed: [],
  // Handed over at a store: it is received without having been sent.
  paid: ['packed', 'refund_requested', 'received'],
  packed: ['shipped', 'refund_requested'],
  shipped: ['received'],
  // Taken back at the counter within a minute.
  received: ['completed', 'returning', 'paid'],
  // Refused or withdrawn: the shopper keeps the goods.
  returning: ['refunding', 'received'],
  completed: [],
  // Declined: back to where the goods are.
  refund_requested: ['refunding', 'paid', 'packed'],
  // Goods of the order are left: it goes on where it was.
  refunding: ['refunded', 'paid', 'packed', 'received'],
  refunded: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderState = keyof typeof NEXT;

export const ORDER_STATES = Object.keys(NEXT) as OrderState[];

/** States whose successors the table names; a terminal state has none. */
export function nextStates(from: OrderState): readonly OrderState[] {
  return NEXT[from];
}

/** The states from which `to` can be reached in one move: what a guarded update asks for. */
export function statesBefore(to: OrderState): OrderState[] {
  return ORDER_STATES.filter((from) => (NEXT[from] as readonly OrderState[]).includes(to));
}

export function moveOrder(
  from: OrderState,
  to: OrderState,
): Result<OrderState, { code: 'order_cannot_move'; state: OrderState }> {
  if (!(NEXT[from] as readonly OrderState[]).includes(to)) return refuse({ code: 'order_cannot_move', state: from });
  return accept(to);
}
