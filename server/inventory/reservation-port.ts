/*
 * Words used in this room:
 *
 * - owner:  for whom units are held: an order, a waitlist entry, a basket at a store
 * - branch: the units of one SKU at one location
 * - try:    hold all branches or none, until a deadline
 * - fence:  what a cancel without a try leaves, so that the try is refused when it arrives after all
 */

export type Branch = {
  readonly skuId: string;
  readonly locationId: string;
  /** Units, from 1. */
  readonly quantity: number;
};

export type TryHold = {
  readonly ownerId: string;
  readonly shopperId: string;
  /** One per SKU. */
  readonly branches: readonly Branch[];
  /** How long to hold, counted by the clock of whoever owns the stock. */
  readonly holdMs: number;
};

export type TryOutcome =
  /** `isReplay`: the same try was answered before. */
  | { readonly kind: 'held'; readonly endsAt: number; readonly isReplay: boolean }
  | { readonly kind: 'sold_out'; readonly short: readonly (Branch & { readonly left: number })[] }
  | { readonly kind: 'unknown_sku'; readonly skuIds: readonly string[] }
  /** The hold has ended, or was cancelled before this try came: it can never be had under this owner again. */
  | { readonly kind: 'over'; readonly state: HoldState }
  /** This owner holds something else. */
  | { readonly kind: 'owner_reused' };

export type HoldState = 'confirmed' | 'cancelled' | 'expired';

/**
 * Stock as somebody else's system: our own Postgres, later a store's. Every answer may be lost and every call may come
 * twice, late, or in the wrong order; each is answered as if it had come once and in time. Faults are thrown and say
 * nothing of what has happened: the caller asks again.
 */
export interface ReservationPort {
  try(hold: TryHold): Promise<TryOutcome>;
  /**
   * Sells what is held. A deadline that has passed gives the right to release, and until that was done the confirm
   * still wins: nobody else can have had the units. `unknown`: there was no try.
   */
  confirm(ownerId: string): Promise<HoldState | 'unknown'>;
  /**
   * Lets go of what is held; `branches` are those of the try, for which a fence is left where it has not come yet.
   * `confirmed`: too late, the units are sold and only a refund brings them back.
   */
  cancel(ownerId: string, branches: readonly Branch[]): Promise<HoldState>;
  /** Ends holds whose deadline has passed and that no order answers for. @returns how many holds ended */
  expireDue(limit: number): Promise<number>;
}
