import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  couponClaim,
  couponMine,
  couponsRead,
  opsApproveCoupon,
  opsApproveRaise,
  opsCouponsRead,
  opsPublishCoupon,
  opsRaiseCoupon,
  opsSaveCoupon,
  opsStopCoupon,
  opsUndoRaise,
} from '../../lib/contracts/coupon.ts';
import { couponRoutes } from '../../server/promo/coupon.http.ts';
import { type CouponService, couponService } from '../../server/promo/service.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { claimOne, sweepCoupons } from '../support/coupons.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { violations } from '../support/invariants.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import { testDatabase } from '../support/postgres.ts';
import { riskOf } from '../support/risk.ts';
import { addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let operator: Browser;
let coupons: CouponService;

beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  coupons = couponService({ db });
  edge = await identityEdge(db, () => [...opsRoutesOf(db), ...couponRoutes({ coupons, risk: riskOf(db) })]);
  operator = await staffBrowser(edge, 'operator');
  await addSkus(db, [{ id: 'a' }]);
});
afterEach(async () => {
  expect(await violations(database.db)).toEqual([]);
  await edge.app.close();
  await database.drop();
});

const HOUR = 3_600_000;
const wanted = (more: object = {}) => ({
  id: randomUUID(),
  name: { zh: '立减10元', en: '¥10 off' },
  rule: { kind: 'fixed', cutFen: 1_000 },
  scope: { kind: 'categories', ids: ['tea'] },
  validity: { kind: 'days', days: 7 },
  claimFrom: Date.now() - HOUR,
  claimUntil: Date.now() + HOUR,
  perPerson: 1,
  total: 100,
  budgetFen: 100_000,
  ...more,
});
const shown = async () => accepted(await edge.browser().call(couponsRead, {})).templates.map(({ id }) => id);
const stateOf = async (id: string, by = operator) =>
  accepted(await by.call(opsCouponsRead, {})).templates.find((one) => one.id === id);
async function published(more: object = {}): Promise<string> {
  const draft = wanted(more);
  accepted(await operator.call(opsSaveCoupon, draft));
  accepted(await operator.call(opsPublishCoupon, { id: draft.id }));
  return draft.id;
}

test('a draft can be saved again; once it is published it changes no more, and shoppers see it', async () => {
  const draft = wanted();
  accepted(await operator.call(opsSaveCoupon, draft));
  expect(await shown()).toEqual([]);
  accepted(await operator.call(opsSaveCoupon, { ...draft, total: 50 }));
  expect(await stateOf(draft.id)).toMatchObject({ state: 'draft', total: 50, isOwn: true });
  accepted(await operator.call(opsPublishCoupon, { id: draft.id }));
  expect(outcomeOf(await operator.call(opsPublishCoupon, { id: draft.id }))).toBe('ok');
  expect(outcomeOf(await operator.call(opsSaveCoupon, draft))).toBe('coupon_published');
  expect(await shown()).toEqual([draft.id]);
  expect(await stateOf(draft.id)).toMatchObject({
    state: 'running',
    budgetFen: 100_000,
    figures: { claimed: 0, leftFen: 100_000, reservedFen: 0, spentFen: 0, exposureFen: 50_000 },
  });
  await expect(database.db.query(`update coupon_template set total = 9 where id = $1`, [draft.id])).rejects.toThrow(
    /stopped, not changed/,
  );
});

test('strangers may look, and only who has proven a phone may claim', async () => {
  const templateId = await published();
  const stranger = edge.browser();
  expect(await shown()).toEqual([templateId]);
  expect(outcomeOf(await stranger.call(couponClaim, { key: randomUUID(), templateId }))).toBe('login_required');
  expect(outcomeOf(await stranger.call(couponMine, {}))).toBe('login_required');
});

test.each([
  ['a cut as large as its threshold', { rule: { kind: 'threshold', fullFen: 500, cutFen: 500 } }, 'coupon_wrong'],
  ['a budget that covers no coupon', { budgetFen: 999 }, 'coupon_wrong'],
  ['claiming that ended', { claimUntil: Date.now() - 1 }, 'coupon_wrong'],
  ['a category that is not there', { scope: { kind: 'categories', ids: ['wine'] } }, 'unknown_scope'],
])('%s is refused', async (_what, more, code) => {
  expect(outcomeOf(await operator.call(opsSaveCoupon, wanted(more)))).toBe(code);
});

test('[COUP2] a campaign that may cost much waits for a second operator, and its maker is not one', async () => {
  const other = await staffBrowser(edge, 'operator');
  const id = await published({ total: 10_000, budgetFen: 10_000_000 });
  expect(await stateOf(id)).toMatchObject({ state: 'waiting' });
  expect(outcomeOf(await operator.call(opsApproveCoupon, { id }))).toBe('same_person');
  expect(await shown()).toEqual([]);
  accepted(await other.call(opsApproveCoupon, { id }));
  expect(await stateOf(id)).toMatchObject({ state: 'running' });
  expect(await shown()).toEqual([id]);
});

test('[COUP2] who is alone waits ten minutes before a campaign that may cost much, and before any raise', async () => {
  const id = await published({ total: 10_000, budgetFen: 10_000_000 });
  const one = await stateOf(id);
  expect(one).toMatchObject({ state: 'delayed' });
  expect((one?.validFrom ?? 0) - Date.now()).toBeGreaterThan(9 * 60_000);
  const raiseId = randomUUID();
  const raise = { id, raiseId, addFen: 1_000, addTotal: 1 };
  accepted(await operator.call(opsRaiseCoupon, raise));
  expect(outcomeOf(await operator.call(opsRaiseCoupon, { ...raise, raiseId: randomUUID() }))).toBe('raise_open');
  expect((await stateOf(id))?.raise).toMatchObject({ id: raiseId, isOwn: true, validFrom: expect.any(Number) });
  accepted(await operator.call(opsUndoRaise, { raiseId }));
  expect((await stateOf(id))?.raise).toBeNull();
  expect(await stateOf(id)).toMatchObject({ budgetFen: 10_000_000 });
});

test('[COUP2] a raise needs a second operator, counts once, and cannot be taken back then', async () => {
  const other = await staffBrowser(edge, 'operator');
  const id = await published();
  const raise = { id, raiseId: randomUUID(), addFen: 5_000, addTotal: 5 };
  accepted(await operator.call(opsRaiseCoupon, raise));
  expect(outcomeOf(await operator.call(opsRaiseCoupon, raise))).toBe('ok');
  expect(outcomeOf(await operator.call(opsRaiseCoupon, { ...raise, addFen: 6_000 }))).toBe('key_reused');
  expect(outcomeOf(await operator.call(opsApproveRaise, { raiseId: raise.raiseId }))).toBe('same_person');
  expect(await stateOf(id)).toMatchObject({ budgetFen: 100_000, total: 100 });
  accepted(await other.call(opsApproveRaise, { raiseId: raise.raiseId }));
  accepted(await other.call(opsApproveRaise, { raiseId: raise.raiseId }));
  expect(await stateOf(id)).toMatchObject({ budgetFen: 105_000, total: 105, raise: null });
  expect(outcomeOf(await operator.call(opsUndoRaise, { raiseId: raise.raiseId }))).toBe('raise_in_force');
});

test('a stop ends claiming at once; a withdrawal also takes back what nobody used, and its owners are told', async () => {
  const id = await published();
  await claimOne(coupons, 'ann', id);
  accepted(await operator.call(opsStopCoupon, { id, withdraw: false, reason: '写错了' }));
  expect(await coupons.claim({ shopperId: 'bob', key: randomUUID(), templateId: id })).toMatchObject({
    refusal: { code: 'coupon_over' },
  });
  expect((await coupons.mine('ann')).coupons).toMatchObject([{ state: 'usable' }]);
  accepted(await operator.call(opsStopCoupon, { id, withdraw: true, reason: '撤回' }));
  accepted(await operator.call(opsStopCoupon, { id, withdraw: true, reason: '撤回' }));
  expect((await coupons.mine('ann')).coupons).toMatchObject([{ state: 'void', whyNot: 'withdrawn' }]);
  await sweepCoupons(database.db);
  expect(await stateOf(id)).toMatchObject({
    state: 'stopped',
    figures: { claimed: 1, voided: 1, leftFen: 100_000, reservedFen: 0, exposureFen: 0 },
  });
  expect(await database.db.query(`select 1 from outbox where topic = 'coupon.withdrawn'`)).toHaveLength(1);
  expect(await database.db.query(`select 1 from audit where action = 'ops.stopCoupon'`)).toHaveLength(2);
});
