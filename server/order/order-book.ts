import type { Order } from '../../lib/contracts/order.ts';
import type { OrderState } from '../../lib/domain/order/order-state.ts';
import type { Decision, EarlierOrder, SubmitCommand } from '../../lib/domain/order/settle-orders.ts';
import type { SkuFacts } from '../../lib/domain/pricing/price-line.ts';
import type { Promotion } from '../../lib/domain/pricing/promotion.ts';
import type { HeldCoupon } from '../../lib/domain/promo/coupon.ts';
import type { Queryable } from '../platform/database.ts';

/** Where the parcel goes, copied into the order: a later change of the address book changes no order. */
export type AddressCopy = { name: string; phone: string; region: string; street: string };

export type PlaceCommand = SubmitCommand & {
  readonly address: AddressCopy;
  readonly note: string;
};

export type Placed = {
  readonly orderId: string;
  readonly totalFen: number;
  readonly payBefore: number;
  readonly rank: number | null;
};

/** A decision with what was written for it. */
export type PlaceOutcome = { readonly decision: Decision; readonly placed: Placed | null };

export type CloseReason = 'cancelled' | 'unpaid';

export type StoredOrder = Order & {
  readonly shopperId: string;
  readonly phone: string;
  readonly openPayments: number;
};

/**
 * The one place that writes orders and the reservations, tier places and limits that hang on them.
 *
 * Every move is one guarded transaction whose row counts say who won; every move may be sent twice.
 */
export interface OrderBook {
  /** Settles submitted orders together (the sequencer's write). Answers in order, after the commit. */
  place(commands: readonly PlaceCommand[]): Promise<PlaceOutcome[]>;
  /** The same facts without locks, with those of a store where one is asked about: good for a quote, never for a promise. */
  facts(
    skuIds: readonly string[],
    shopperId: string,
    storeId?: string,
  ): Promise<{
    now: number;
    skus: ReadonlyMap<string, SkuFacts>;
    promotions: Promotion[];
    used: Map<string, number>;
    stores: ReadonlyMap<string, number>;
  }>;
  /** What this shopper may think of using, and the named ones of his whatever became of them. */
  heldCoupons(shopperId: string, named: readonly string[]): Promise<HeldCoupon[]>;
  /** The order that this key has made before. */
  earlier(shopperId: string, key: string): Promise<EarlierOrder | null>;
  read(orderId: string): Promise<StoredOrder | null>;
  /** Newest first. */
  list(filter: {
    shopperId?: string;
    states?: readonly OrderState[];
    before?: string;
    search?: string;
    limit: number;
  }): Promise<StoredOrder[]>;
  /**
   * One guarded move of the state table that touches no stock. Answers false when the order was not in a state from
   * which `to` can be reached, or may not be packed yet; nothing has changed then.
   */
  move(orderId: string, to: OrderState, by: OrderMove): Promise<boolean>;
  /** Closing orders end: units, tier places and limits go back exactly once. Answers the ids that ended now. */
  close(orderIds: readonly string[], actor: string): Promise<string[]>;
  /**
   * Orders that were to be paid `marginMs` ago and are not. Those without an open payment end at once: nobody has to be
   * asked (`ended`). The others are moved to `closing`: their channel comes first (`asked`).
   */
  endDue(marginMs: number, limit: number): Promise<{ ended: string[]; asked: string[] }>;
  /** Orders left in `closing`, e.g. by a process that died. */
  listClosing(olderThanMs: number, limit: number): Promise<string[]>;
}

export type OrderMove = {
  readonly actor: string;
  /** The states from which this caller means to move: some can be reached on several ways. */
  readonly from: readonly OrderState[];
  readonly reason?: string;
  readonly fields?: Partial<Record<MoveField, string>>;
  /** Written in the move's own transaction, when it has moved. */
  readonly also?: (tx: Queryable) => Promise<void>;
};

export type MoveField = 'carrier' | 'tracking_number' | 'closed_because';
