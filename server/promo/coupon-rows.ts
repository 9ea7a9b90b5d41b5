import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { type CouponState, type HeldCoupon, isHeldAt } from '../../lib/domain/promo/coupon.ts';
import type { Queryable } from '../platform/database.ts';

type Row = HeldCoupon & {
  readonly shopperId: string;
  readonly claimedAt: number;
  readonly hasGrace: boolean;
  readonly orderId: string | null;
  readonly cutFen: number | null;
  readonly isWithdrawn: boolean;
  readonly isRefused: boolean;
  readonly growth: OwnCoupon['growth'];
  /** Of a store's offer: redeemed at its counter, never in an order. */
  readonly isOfStore: boolean;
};

export const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

const SELECT = `
  select c.id, c.template_id as "templateId", c.shopper_id as "shopperId", t.name,
    coalesce(c.own_rule, t.rule) as rule, t.scope, c.state,
    ${epochMs('c.claimed_at')} as "claimedAt", ${epochMs('c.valid_from')} as "validFrom",
    ${epochMs('c.valid_until')} as "validUntil", c.has_grace as "hasGrace", c.order_id as "orderId",
    c.cut_fen as "cutFen", t.withdrawn_at is not null as "isWithdrawn", c.is_refused as "isRefused",
    ${epochMs('c.held_until')} as "heldUntil", c.growth, c.store_id is not null as "isOfStore"
  from coupon c join coupon_template t on t.id = c.template_id`;

/** Ended coupons are shown this long. */
const ENDED_SHOWN_DAYS = 30;
const SHOWN_MAX = 300;

const OF_SHOPPER = `${SELECT}
  where c.shopper_id = $1 and c.store_id is null and (c.state in ('usable', 'locked') or c.ended_at > now() - interval '${ENDED_SHOWN_DAYS} days')
  order by c.state not in ('usable', 'locked'), c.valid_until, c.id limit ${SHOWN_MAX}`;

/** What a shopper holds and may think of using: nothing that has ended. */
const TO_USE = `${SELECT} where c.shopper_id = $1 and c.store_id is null and c.state in ('usable', 'locked') order by c.valid_until, c.id
  limit ${SHOWN_MAX}`;

const BY_ID = `${SELECT} where c.id = any ($1::text[])`;

const whyNotOf = (state: CouponState, row: Row, now: number): OwnCoupon['whyNot'] => {
  if (state === 'locked') return 'in_order';
  if (state === 'void') return row.isRefused ? 'refused' : 'withdrawn';
  if (state !== 'usable') return state;
  if (isHeldAt(row, now)) return 'held';
  return now < row.validFrom ? 'not_yet_valid' : null;
};

/** A coupon as its owner sees it at `now`; one that time has ended is expired, whether the worker has come by or not. */
export function toOwn(row: Row, now: number): OwnCoupon {
  const state = row.state === 'usable' && now >= row.validUntil ? 'expired' : row.state;
  const { shopperId: _shopper, isWithdrawn, isRefused: _refused, isOfStore: _ofStore, ...rest } = row;
  return {
    ...rest,
    state,
    heldUntil: state === 'usable' && isHeldAt(row, now) ? row.heldUntil : null,
    whyNot: whyNotOf(state, row, now),
    isLastChance: isWithdrawn && state === 'locked',
  } as OwnCoupon;
}

/** A coupon that was made at this moment. */
export const freshOwn = (made: Omit<HeldCoupon, 'state'> & { readonly claimedAt: number }): OwnCoupon => ({
  ...(made as Pick<OwnCoupon, keyof typeof made>),
  ...{ state: 'usable', hasGrace: false, orderId: null, cutFen: null, isLastChance: false, growth: null },
  heldUntil: isHeldAt(made, made.claimedAt) ? (made.heldUntil ?? null) : null,
  whyNot: isHeldAt(made, made.claimedAt) ? 'held' : made.claimedAt < made.validFrom ? 'not_yet_valid' : null,
});

export async function databaseNow(db: Queryable): Promise<number> {
  const [row] = await db.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`);
  return row?.now ?? Date.now();
}

/** All that a shopper holds: usable ones first, those that end soonest first. */
export async function listOwn(db: Queryable, shopperId: string): Promise<{ now: number; coupons: OwnCoupon[] }> {
  const now = await databaseNow(db);
  const rows = await db.query<Row>(OF_SHOPPER, [shopperId]);
  const rank = ({ whyNot }: OwnCoupon) =>
    whyNot === null ? 0 : whyNot === 'held' || whyNot === 'not_yet_valid' ? 1 : whyNot === 'in_order' ? 2 : 3;
  const coupons = rows.map((row) => toOwn(row, now));
  return { now, coupons: coupons.sort((a, b) => rank(a) - rank(b) || a.validUntil - b.validUntil) };
}

export async function readOwn(db: Queryable, couponId: string): Promise<{ now: number; coupon: OwnCoupon } | null> {
  const now = await databaseNow(db);
  const [row] = await db.query<Row>(BY_ID, [[couponId]]);
  return row ? { now, coupon: toOwn(row, now) } : null;
}

/** Several coupons as their owners see them at `now`, by id. */
export async function readOwnAt(
  db: Queryable,
  couponIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, OwnCoupon>> {
  if (couponIds.length === 0) return new Map();
  const rows = await db.query<Row>(BY_ID, [couponIds]);
  return new Map(rows.map((row) => [row.id, toOwn(row, now)]));
}

/** What a quote looks at: coupons that may be used, and those that another order holds; also those that are named. */
export async function readHeldCoupons(
  db: Queryable,
  shopperId: string,
  named: readonly string[],
): Promise<HeldCoupon[]> {
  const held = await db.query<Row>(TO_USE, [shopperId]);
  const missing = named.filter((id) => !held.some((row) => row.id === id));
  const others = missing.length === 0 ? [] : await db.query<Row>(BY_ID, [missing]);
  return [...held, ...others.filter((row) => row.shopperId === shopperId && !row.isOfStore)];
}
