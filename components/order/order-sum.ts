import type { Order } from '../../lib/contracts/order.ts';

/** What an order's last line is called: what was paid, what is to be paid, or only what it would have come to. */
export function sumOf({ paidFen, state }: Order): 'paid' | 'toPay' | 'total' {
  if (paidFen > 0) return 'paid';
  return state === 'pending_pay' || state === 'closing' ? 'toPay' : 'total';
}
