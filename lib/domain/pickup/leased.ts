import { accept, type Result, refuse } from '../result.ts';
import { sha256Hex } from '../sha256.ts';
import { counterUntil } from './deadlines.ts';
import type { LineUnits } from './pickup.ts';

/** An order on the list of a counter that may hand over without network. */
export type LeasedOrder = {
  readonly orderId: string;
  readonly fetchBefore: number;
  readonly proof: string;
  /** Units that waited when the list was made. */
  readonly lines: readonly LineUnits[];
};

/** What this counter has handed over since it has the list, with or without network. */
export type GivenUnits = { readonly orderId: string; readonly lines: readonly LineUnits[] };

export type LeasedRefusal =
  | { readonly code: 'lease_over' }
  | { readonly code: 'not_on_list' }
  | { readonly code: 'already_handed' }
  | { readonly code: 'pickup_expired'; readonly expiredAt: number };

/** What is typed is held against this; the server makes the same one. */
export const proofOfTyped = (salt: string, digits: string, lastFour: string): string =>
  sha256Hex(`${salt}|${digits}|${lastFour}`);

/** Units of a listed order that this counter has not given out yet. */
export function unitsLeft(order: LeasedOrder, given: readonly GivenUnits[]): LineUnits[] {
  const gone = new Map<number, number>();
  for (const { lines } of given.filter(({ orderId }) => orderId === order.orderId)) {
    for (const { lineNumber, quantity } of lines) gone.set(lineNumber, (gone.get(lineNumber) ?? 0) + quantity);
  }
  return order.lines
    .map(({ lineNumber, quantity }) => ({ lineNumber, quantity: quantity - (gone.get(lineNumber) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * Whose code was typed, and what of his order may be handed over without network. Only what is on the list of this
 * device: for everything else it is not the one authority. `now` and `until` on the server's clock, epoch ms.
 */
export function readTypedOffline<O extends LeasedOrder>(
  lease: { readonly until: number; readonly salt: string; readonly orders: readonly O[] },
  given: readonly GivenUnits[],
  typed: { readonly digits: string; readonly lastFour: string },
  now: number,
): Result<{ order: O; left: LineUnits[] }, LeasedRefusal> {
  if (now >= lease.until) return refuse({ code: 'lease_over' });
  const proof = proofOfTyped(lease.salt, typed.digits, typed.lastFour);
  const order = lease.orders.find((one) => one.proof === proof);
  if (!order) return refuse({ code: 'not_on_list' });
  const left = unitsLeft(order, given);
  if (left.length === 0) return refuse({ code: 'already_handed' });
  if (now >= counterUntil(order.fetchBefore)) return refuse({ code: 'pickup_expired', expiredAt: order.fetchBefore });
  return accept({ order, left });
}
