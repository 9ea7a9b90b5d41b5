/*
 * Words used in this room:
 *
 * - pickup:       how an order is fulfilled when its owner fetches the goods at a store (到店自提)
 * - promise:      the moment by which the goods are there; part of the order
 * - to hand over: a clerk gives goods to who shows the code (提货); once per unit
 * - code:         eight digits, made when the goods are ready; with the last four of the phone the fallback of the token
 * - token:        what the QR shows: changes every 30 s, so that a picture of it is worth nothing a minute later
 * - friend code:  another code of the same order, for one handing over, which its owner may take back
 * - counter:      one device of a store with a clerk at it
 * - lease:        the right of one counter to hand over without network; it keeps all others off for that time
 */

/** The life of a pickup, as one table. A move that is not in the table does not exist. */
const NEXT = {
  // 备货中
  preparing: ['ready', 'refunded'],
  // 可取货; some of its units may have been handed over already.
  ready: ['handed_over', 'expired', 'refunded'],
  // 已提货; taken back within a minute, by a second person.
  handed_over: ['ready'],
  // 超时未提; of one that was handed over in part, the rest goes back.
  expired: ['refunded', 'handed_over'],
  // 已退款
  refunded: [],
} as const satisfies Record<string, readonly string[]>;

export type PickupState = keyof typeof NEXT;

export const PICKUP_STATES = Object.keys(NEXT) as PickupState[];

export function nextPickupStates(from: PickupState): readonly PickupState[] {
  return NEXT[from];
}

/** The states from which `to` can be reached in one move: what a guarded update asks for. */
export function pickupStatesBefore(to: PickupState): PickupState[] {
  return PICKUP_STATES.filter((from) => (NEXT[from] as readonly PickupState[]).includes(to));
}

/** Units of one order line, at the counter. */
export type PickupLine = {
  readonly lineNumber: number;
  readonly quantity: number;
  readonly handed: number;
  /** Units whose money has gone back. Before everything is handed over these are never units that were handed over. */
  readonly refunded: number;
};

export type LineUnits = { readonly lineNumber: number; readonly quantity: number };

/** What can still be handed over: neither given nor paid back. */
export function unitsWaiting(lines: readonly PickupLine[]): LineUnits[] {
  return lines
    .map(({ lineNumber, quantity, handed, refunded }) => ({ lineNumber, quantity: quantity - handed - refunded }))
    .filter(({ quantity }) => quantity > 0);
}
