import type { Fen } from '../money/fen.ts';
import { toFen } from '../money/fen.ts';
import { type PaidLine, refundShare } from '../pricing/refund-share.ts';
import { accept, type Result, refuse } from '../result.ts';
import { DAY_MS } from '../time.ts';
import type { OrderState } from './order-state.ts';

/*
 * Words used in this file:
 *
 * - request: what a shopper asks to give back of an order
 * - refund:  before shipping; an operator agrees, and the units are on sale again (退款)
 * - return:  within seven days of receipt, for no reason or for one; the goods come first (七天无理由退货)
 */

export type RequestKind = 'refund' | 'return';

/** The life of a request, as one table. Each state is passed once. */
const NEXT = {
  requested: ['refunding', 'refused', 'withdrawn'],
  awaiting_goods: ['goods_sent', 'goods_back', 'withdrawn'],
  goods_sent: ['goods_back'],
  // The shop has the goods in hand and looks at them.
  goods_back: ['refunding', 'refused'],
  refunding: ['done'],
  done: [],
  refused: [],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>;

export type RequestState = keyof typeof NEXT;

export const REQUEST_STATES = Object.keys(NEXT) as RequestState[];

export function nextRequestStates(from: RequestState): readonly RequestState[] {
  return NEXT[from];
}

/** The states from which `to` can be reached in one move: what a guarded update asks for. */
export function requestStatesBefore(to: RequestState): RequestState[] {
  return REQUEST_STATES.filter((from) => (NEXT[from] as readonly RequestState[]).includes(to));
}

/** Where each kind may be asked for, and the states that request and order are in then. */
export const ASKING: Readonly<
  Record<RequestKind, { from: readonly OrderState[]; order: OrderState; request: RequestState }>
> = {
  refund: { from: ['paid', 'packed'], order: 'refund_requested', request: 'requested' },
  return: { from: ['received'], order: 'returning', request: 'awaiting_goods' },
};

/** Seven days from receipt, for no reason (Consumer Law art. 25). */
export const RETURN_WINDOW_MS = 7 * DAY_MS;

export const REFUND_REASONS = ['changed_mind', 'ordered_by_mistake', 'wrong_details', 'other'] as const;
export const RETURN_REASONS = ['no_reason', 'faulty', 'not_as_described', 'wrong_item'] as const;
/** The shop is at fault: the freight that brought the goods goes back too. */
const SHOPS_FAULT: readonly string[] = ['faulty', 'not_as_described', 'wrong_item'];

export type RequestedLine = { readonly lineNumber: number; readonly quantity: number };
export type SoldLine = PaidLine & { readonly lineNumber: number };

export type RefundSum = {
  readonly lines: readonly (RequestedLine & { readonly amountFen: Fen })[];
  readonly freightFen: Fen;
  /** Goods and freight together. */
  readonly amountFen: Fen;
};

/** Units of each line that have not gone back yet. */
export function unitsLeft(lines: readonly SoldLine[]): RequestedLine[] {
  return lines
    .map(({ lineNumber, quantity, refundedQuantity }) => ({ lineNumber, quantity: quantity - refundedQuantity }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * What goes back for these units: of each line its part of what was paid for it, to the fen. What a promotion took off
 * is not asked back when the goods that are kept would not have earned it.
 *
 * Freight goes back with the last units: before shipping always, because nothing is sent; after receipt when the shop
 * is at fault, not when the shopper has changed his mind.
 */
export function sumRefund(
  order: { readonly lines: readonly SoldLine[]; readonly freightFen: number },
  wanted: readonly RequestedLine[],
  why: { readonly kind: RequestKind; readonly reason: string },
): Result<RefundSum, { code: 'too_many_units'; lineNumber: number; left: number }> {
  const quantities = new Map<number, number>();
  for (const { lineNumber, quantity } of wanted) {
    quantities.set(lineNumber, (quantities.get(lineNumber) ?? 0) + quantity);
  }
  const lines: (RequestedLine & { amountFen: Fen })[] = [];
  for (const [lineNumber, quantity] of quantities) {
    const line = order.lines.find((one) => one.lineNumber === lineNumber);
    const left = line ? line.quantity - line.refundedQuantity : 0;
    if (!line || quantity > left) return refuse({ code: 'too_many_units', lineNumber, left });
    lines.push({ lineNumber, quantity, amountFen: refundShare(line, quantity) });
  }
  const isRest = unitsLeft(order.lines).every(({ lineNumber, quantity }) => quantities.get(lineNumber) === quantity);
  const withFreight = isRest && (why.kind === 'refund' || SHOPS_FAULT.includes(why.reason));
  const freightFen = toFen(withFreight ? order.freightFen : 0);
  return accept({
    lines: lines.sort((a, b) => a.lineNumber - b.lineNumber),
    freightFen,
    amountFen: toFen(lines.reduce((sum, line) => sum + line.amountFen, 0) + freightFen),
  });
}
