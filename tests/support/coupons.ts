import { randomUUID } from 'node:crypto';
import type { CouponRule, CouponTemplate } from '../../lib/domain/promo/coupon.ts';
import { worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import type { Database } from '../../server/platform/database.ts';
import { bookCoupons, expireCoupons, fundCoupon } from '../../server/promo/book-coupons.ts';
import type { CouponService } from '../../server/promo/service.ts';
import { violations } from './invariants.ts';

const HOUR = 3_600_000;
export const FIXED: CouponRule = { kind: 'fixed', cutFen: 1_000 };

/** A campaign that is published and can be claimed since an hour ago, for an hour; its coupons are good for a week. */
export async function putCoupon(
  db: Database,
  { id = randomUUID(), name = { zh: '券', en: 'Coupon' }, ...more }: Partial<CouponTemplate> = {},
): Promise<string> {
  const now = Date.now();
  const rule = more.rule ?? FIXED;
  const total = more.total ?? 100;
  const given = {
    scope: { kind: 'all' },
    validity: { kind: 'days', days: 7 },
    claimFrom: now - HOUR,
    claimUntil: now + HOUR,
    perPerson: 1,
    budgetFen: total * worstCaseFen(rule),
    ...more,
  };
  await db.query(
    `insert into coupon_template (id, name, rule, scope, validity, claim_from, claim_until, per_person, total, budget_fen,
       worst_fen, made_by, published_by, published_at, valid_from)
     values ($1, $11, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'test', 'test', now(), $5)`,
    [
      id,
      ...[rule, given.scope, given.validity].map((value) => JSON.stringify(value)),
      new Date(given.claimFrom),
      new Date(given.claimUntil),
      given.perPerson,
      total,
      given.budgetFen,
      worstCaseFen(rule),
      JSON.stringify(name),
    ],
  );
  await db.transaction((tx) => fundCoupon(tx, id));
  return id;
}

/** Claims and expects to be given one; answers the coupon's id. */
export async function claimOne(coupons: CouponService, shopperId: string, templateId: string): Promise<string> {
  const answer = await coupons.claim({ shopperId, key: randomUUID(), templateId });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value.coupon.id;
}

/** The campaign's account. */
export async function accountOf(db: Database, templateId: string) {
  const [row] = await db.query<{ claimed: number; left: number; reserved: number; spent: number }>(
    `select claimed, left_fen as left, reserved_fen as reserved, spent_fen as spent from coupon_account
     where template_id = $1`,
    [templateId],
  );
  return row;
}

export async function couponRow(db: Database, id: string) {
  const [row] = await db.query<{ state: string; order_id: string | null; cut_fen: number | null; has_grace: boolean }>(
    'select state, order_id, cut_fen, has_grace from coupon where id = $1',
    [id],
  );
  return row;
}

/** Lets the worker catch up. */
export async function sweepCoupons(db: Database): Promise<void> {
  while (await expireCoupons(db));
  while (await bookCoupons(db));
}

/** What the checker finds, now and, of coupons, once the worker has caught up. */
export async function violationsAfterSweep(db: Database): Promise<string[]> {
  const now = await violations(db);
  await sweepCoupons(db);
  const settled = await violations(db, { quiet: true });
  return [...now, ...settled.filter((text) => /^INV-3[1237] /.test(text))];
}

/** The coupon's time runs out now. */
export async function runOut(db: Database, couponId: string): Promise<void> {
  await db.query(
    `update coupon set valid_from = now() - interval '2 hours', valid_until = now() - interval '1 second'
    where id = $1`,
    [couponId],
  );
}
