import type { OrderState } from '../order/order-state.ts';
import { accept, type Result, refuse } from '../result.ts';
import { counterUntil, UNDO_MS } from './deadlines.ts';
import { type LineUnits, type PickupLine, type PickupState, unitsWaiting } from './pickup.ts';

/** The last handing over that stands; by whom, and when, epoch ms. */
export type Handed = { readonly handoverId: string; readonly at: number; readonly clerkId: string };

export type Lease = { readonly deviceId: string; readonly until: number };

/** What is known of an order when its code is shown at a counter; read under its locks when goods change hands. */
export type AtCounter = {
  readonly orderState: OrderState;
  readonly state: PickupState;
  readonly storeId: string;
  readonly lines: readonly PickupLine[];
  readonly promisedAt: number;
  /** Somebody looks at its rewards until then, or has refused them; goods wait for that. Null: nobody does. */
  readonly reviewUntil: number | null;
  /** Null until it is ready. */
  readonly fetchBefore: number | null;
  readonly handed: Handed | null;
  readonly lease: Lease | null;
};

export type Counter = { readonly storeId: string; readonly deviceId: string | null };

export type CounterRefusal =
  | { readonly code: 'wrong_store'; readonly storeId: string }
  | { readonly code: 'already_handed'; readonly storeId: string; readonly handed: Handed | null }
  | { readonly code: 'refund_in_progress' }
  | { readonly code: 'pickup_refunded' }
  | { readonly code: 'pickup_not_ready'; readonly promisedAt: number }
  | { readonly code: 'held_by_counter'; readonly until: number }
  | { readonly code: 'pickup_expired'; readonly expiredAt: number };

const REFUNDING: readonly OrderState[] = ['refund_requested', 'refunding'];

/** Whether this counter may hand over goods of this order now; each no has its own reason. */
export function mayHandOver(order: AtCounter, counter: Counter, now: number): Result<null, CounterRefusal> {
  const { storeId } = order;
  // Goods that are gone are gone at every counter: nobody is sent to the other store for them.
  if (order.state === 'handed_over') return refuse({ code: 'already_handed', storeId, handed: order.handed });
  if (storeId !== counter.storeId) return refuse({ code: 'wrong_store', storeId });
  if (order.orderState === 'refunded' || order.state === 'refunded') return refuse({ code: 'pickup_refunded' });
  const { fetchBefore } = order;
  if (order.state === 'expired') return refuse({ code: 'pickup_expired', expiredAt: fetchBefore ?? order.promisedAt });
  if (REFUNDING.includes(order.orderState)) return refuse({ code: 'refund_in_progress' });
  if (order.state !== 'ready' || fetchBefore === null) {
    return refuse({ code: 'pickup_not_ready', promisedAt: order.promisedAt });
  }
  if (order.reviewUntil !== null && now < order.reviewUntil) {
    return refuse({ code: 'pickup_not_ready', promisedAt: order.reviewUntil });
  }
  const { lease } = order;
  if (lease && now < lease.until && lease.deviceId !== counter.deviceId) {
    return refuse({ code: 'held_by_counter', until: lease.until });
  }
  if (now >= counterUntil(fetchBefore)) return refuse({ code: 'pickup_expired', expiredAt: fetchBefore });
  return accept(null);
}

/** The units of a handing over: all that wait, or those that are named. */
export function unitsToHand(
  lines: readonly PickupLine[],
  wanted: readonly LineUnits[] | null,
): Result<{ units: LineUnits[]; isRest: boolean }, { code: 'too_many_units'; lineNumber: number; left: number }> {
  const waiting = unitsWaiting(lines);
  const left = new Map(waiting.map(({ lineNumber, quantity }) => [lineNumber, quantity]));
  const units = new Map<number, number>();
  for (const { lineNumber, quantity } of wanted ?? waiting) {
    units.set(lineNumber, (units.get(lineNumber) ?? 0) + quantity);
  }
  for (const [lineNumber, quantity] of units) {
    const most = left.get(lineNumber) ?? 0;
    if (quantity > most) return refuse({ code: 'too_many_units', lineNumber, left: most });
  }
  const isRest = waiting.every(({ lineNumber, quantity }) => units.get(lineNumber) === quantity);
  return accept({
    units: [...units]
      .map(([lineNumber, quantity]) => ({ lineNumber, quantity }))
      .sort((a, b) => a.lineNumber - b.lineNumber),
    isRest,
  });
}

/** Whether a handing over may be taken back: within a minute, by another clerk of the same store. */
export function mayUndo(
  handed: Handed & { readonly storeId: string },
  by: { readonly clerkId: string; readonly storeId: string },
  now: number,
): Result<
  null,
  { code: 'wrong_store'; storeId: string } | { code: 'second_person_needed' } | { code: 'undo_too_late' }
> {
  if (handed.storeId !== by.storeId) return refuse({ code: 'wrong_store', storeId: handed.storeId });
  if (now >= handed.at + UNDO_MS) return refuse({ code: 'undo_too_late' });
  return handed.clerkId === by.clerkId ? refuse({ code: 'second_person_needed' }) : accept(null);
}
