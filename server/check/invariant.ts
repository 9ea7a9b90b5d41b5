/*
 * Words used in this room:
 *
 * - invariant: a sentence that is true of the database at every moment, whatever was killed, doubled or late
 * - violation: one row of the database for which it is not, with the SKU or the order it concerns
 * - stop:      a SKU is not sold until an operator opens its sale again, with a reason (停售)
 */

export type Invariant = {
  /** The family, `INV-02`. One family may be kept by several statements. */
  readonly id: `INV-${number}`;
  /** Unique among all: what logs, metrics and tests call this statement. */
  readonly name: string;
  readonly says: { readonly zh: string; readonly en: string };
  /** `always`, also in the middle of a sale; `quiet`: once load has stopped and the worker has caught up. */
  readonly when: 'always' | 'quiet';
  /**
   * One statement, so that it sees one moment. Its rows are the violations: `sku_id` and `order_id` (either may be
   * null) and `detail`, which says how far off it is and stays the same while the sale goes on.
   */
  readonly sql: string;
};

export type Violation = {
  readonly id: Invariant['id'];
  readonly name: string;
  readonly skuId: string | null;
  readonly orderId: string | null;
  readonly detail: string;
};

/** Orders that were paid for in time, whatever of them has gone back since: their lines say what. */
export const PAID_FOR = `('paid', 'packed', 'shipped', 'received', 'returning', 'completed', 'refund_requested',
  'refunding', 'refunded')`;
