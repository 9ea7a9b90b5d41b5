import type { Queryable } from '../platform/database.ts';
import { COUPON_INVARIANTS } from './coupon-invariants.ts';
import type { Invariant, Violation } from './invariant.ts';
import { OFFER_INVARIANTS } from './offer-invariants.ts';
import { ORDER_INVARIANTS } from './order-invariants.ts';
import { PACKET_INVARIANTS } from './packet-invariants.ts';
import { PAYMENT_INVARIANTS } from './payment-invariants.ts';
import { PICKUP_INVARIANTS } from './pickup-invariants.ts';
import { RISK_INVARIANTS } from './risk-invariants.ts';
import { SHARE_INVARIANTS } from './share-invariants.ts';
import { STOCK_INVARIANTS } from './stock-invariants.ts';
import { TEAM_INVARIANTS } from './team-invariants.ts';
import { WAITLIST_INVARIANTS } from './waitlist-invariants.ts';

export const INVARIANTS: readonly Invariant[] = [
  ...STOCK_INVARIANTS,
  ...WAITLIST_INVARIANTS,
  ...ORDER_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...COUPON_INVARIANTS,
  ...TEAM_INVARIANTS,
  ...PACKET_INVARIANTS,
  ...PICKUP_INVARIANTS,
  ...OFFER_INVARIANTS,
  ...SHARE_INVARIANTS,
  ...RISK_INVARIANTS,
];

/** Violations that are listed of one invariant, unless it is said otherwise; more are counted. */
const LISTED_MAX = 100;

export type Checked = {
  readonly invariant: Invariant;
  /** At most `listedMax` of them. */
  readonly violations: readonly Violation[];
  readonly total: number;
  readonly ms: number;
};

type Row = { sku_id: string | null; order_id: string | null; detail: string | null; total: number };

async function checkOne(db: Queryable, invariant: Invariant, listedMax: number): Promise<Checked> {
  const startedAt = performance.now();
  const rows = await db.query<Row>(
    `select v.*, count(*) over () as total from (${invariant.sql}) v limit ${listedMax}`,
  );
  const { id, name } = invariant;
  const violations = rows.map((row) => ({
    id,
    name,
    skuId: row.sku_id,
    orderId: row.order_id,
    detail: row.detail ?? '',
  }));
  return { invariant, violations, total: rows[0]?.total ?? 0, ms: performance.now() - startedAt };
}

/**
 * Asks the database each invariant in turn; `quiet` adds those that hold only when nothing is under way, `lanes` asks
 * that many at once (a command may take both cores, a worker beside the sale takes one). Every statement sees one
 * moment of its own, so a sale that goes on meanwhile is never taken for a violation.
 */
export async function checkInvariants(
  db: Queryable,
  options: { quiet?: boolean; lanes?: number; listedMax?: number } = {},
): Promise<Checked[]> {
  const asked = INVARIANTS.filter(({ when }) => when === 'always' || options.quiet);
  const checked: Checked[] = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < asked.length; at = next++) {
      checked[at] = await checkOne(db, asked[at] as Invariant, options.listedMax ?? LISTED_MAX);
    }
  };
  await Promise.all(Array.from({ length: options.lanes ?? 1 }, lane));
  return checked;
}

export const violationsOf = (checked: readonly Checked[]): Violation[] => checked.flatMap((one) => one.violations);
