import { accept, type Result, refuse } from '../result.ts';

/*
 * - clicked:   a visitor has touched what a link of the campaign led to
 * - bound:     the visitor turned out to be a person
 * - qualified: that person paid an order that was placed within the window of a touch
 * - vested:    the order can no longer be given back
 * - reversed:  the order was given back as a whole
 */

/** The life of a credit, as one table: each state is passed once. */
const NEXT = {
  clicked: ['bound'],
  bound: ['qualified'],
  qualified: ['vested', 'reversed'],
  vested: [],
  reversed: [],
} as const satisfies Record<string, readonly string[]>;

export type CreditState = keyof typeof NEXT;

export const CREDIT_STATES = Object.keys(NEXT) as CreditState[];

export function moveCredit(
  from: CreditState,
  to: CreditState,
): Result<CreditState, { code: 'credit_cannot_move'; state: CreditState }> {
  if (!(NEXT[from] as readonly CreditState[]).includes(to)) return refuse({ code: 'credit_cannot_move', state: from });
  return accept(to);
}

/** Where a qualified credit goes when its order is in this state; null: it waits. */
export function creditAfter(orderState: string): 'vested' | 'reversed' | null {
  if (orderState === 'completed') return 'vested';
  return orderState === 'refunded' ? 'reversed' : null;
}
