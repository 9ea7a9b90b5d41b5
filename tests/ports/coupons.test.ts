import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { applyRaises } from '../../server/promo/book-coupons.ts';
import { type CouponService, couponService } from '../../server/promo/service.ts';
import {
  accountOf,
  claimOne,
  couponRow,
  putCoupon,
  runOut,
  sweepCoupons,
  violationsAfterSweep,
} from '../support/coupons.ts';
import { testDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
/** Two processes of one shop. */
let coupons: CouponService;
let other: CouponService;

beforeAll(async () => {
  database = await testDatabase();
  coupons = couponService({ db: database.db });
  other = couponService({ db: database.db });
});
afterAll(() => database.drop());
afterEach(async () => expect(await violationsAfterSweep(database.db)).toEqual([]));

const claim = (templateId: string, shopperId: string, key: string = randomUUID(), at = coupons) =>
  at.claim({ shopperId, key, templateId });
const code = (answer: Awaited<ReturnType<typeof claim>>) => (answer.ok ? 'ok' : answer.refusal.code);
const counted = (codes: readonly string[]) =>
  Object.fromEntries([...new Set(codes)].sort().map((one) => [one, codes.filter((code_) => code_ === one).length]));

test('a claim reserves its worst case, is seen in the wallet, and its key is answered once', async () => {
  const template = await putCoupon(database.db, {
    rule: { kind: 'percent', fullFen: 0, cutPermille: 100, capFen: 3_000 },
  });
  const key = randomUUID();
  const first = await claim(template, 'ann', key);
  const second = await claim(template, 'ann', key, other);
  expect([first, second]).toMatchObject([
    { ok: true, value: { isReplay: false, claimsLeft: 0, coupon: { state: 'usable', whyNot: null } } },
    { ok: true, value: { isReplay: true, claimsLeft: 0 } },
  ]);
  expect(first.ok && second.ok && second.value.coupon).toEqual(first.ok && first.value.coupon);
  expect((await coupons.mine('ann')).coupons.map(({ templateId }) => templateId)).toEqual([template]);
  expect(await accountOf(database.db, template)).toEqual({ claimed: 1, left: 297_000, reserved: 3_000, spent: 0 });
  expect(code(await claim(await putCoupon(database.db), 'ann', key))).toBe('key_reused');
});

test('[INV-31] of 300 people at two processes exactly as many as there are get one, and the others are told', async () => {
  const template = await putCoupon(database.db, { total: 40 });
  const codes = await Promise.all(
    Array.from({ length: 300 }, async (_, i) =>
      code(await claim(template, `p${i}`, randomUUID(), i % 2 ? other : coupons)),
    ),
  );
  expect(counted(codes)).toEqual({ coupon_gone: 260, ok: 40 });
  expect(await accountOf(database.db, template)).toEqual({ claimed: 40, left: 0, reserved: 40_000, spent: 0 });
});

test('[INV-31] nobody gets more than the limit, however often and wherever he asks at once', async () => {
  const template = await putCoupon(database.db, { perPerson: 2 });
  const codes = await Promise.all(
    Array.from({ length: 20 }, async (_, i) =>
      code(await claim(template, 'greedy', randomUUID(), i % 2 ? other : coupons)),
    ),
  );
  expect(counted(codes)).toEqual({ coupon_limit: 18, ok: 2 });
});

test('[INV-37] the budget ends before the total does, to the fen', async () => {
  const template = await putCoupon(database.db, { total: 100, budgetFen: 3_999 });
  const codes = await Promise.all(Array.from({ length: 9 }, async (_, i) => code(await claim(template, `b${i}`))));
  expect(counted(codes)).toEqual({ coupon_gone: 6, ok: 3 });
  expect(await accountOf(database.db, template)).toEqual({ claimed: 3, left: 999, reserved: 3_000, spent: 0 });
  expect((await coupons.claimable()).find(({ id }) => id === template)).toMatchObject({ isSoldOut: true });
});

test('who has his already is told so when all are gone, and a repeat gets its coupon', async () => {
  const template = await putCoupon(database.db, { total: 1 });
  const key = randomUUID();
  await claim(template, 'first', key);
  for (let i = 0; i < 5; i += 1) expect(code(await claim(template, `late${i}`))).toBe('coupon_gone');
  await expect.poll(async () => code(await claim(template, 'first', key))).toBe('ok');
  expect(code(await claim(template, 'first'))).toBe('coupon_limit');
});

test.each([
  ['one that opens later', { claimFrom: Date.now() + 60_000 }, 'coupon_not_open'],
  ['one that is over', { claimFrom: 1, claimUntil: Date.now() - 1_000 }, 'coupon_over'],
])('%s is refused and not shown', async (_what, more, expected) => {
  const template = await putCoupon(database.db, more);
  expect(code(await claim(template, 'ann'))).toBe(expected);
  expect((await coupons.claimable()).map(({ id }) => id)).not.toContain(template);
});

test('what is not there cannot be claimed', async () => {
  expect(code(await claim('nothing', 'ann'))).toBe('unknown_coupon');
});

test('a coupon whose time is over is shown as expired at once, and the worker gives its budget back', async () => {
  const template = await putCoupon(database.db);
  const id = await claimOne(coupons, 'late', template);
  await runOut(database.db, id);
  expect((await coupons.mine('late')).coupons).toMatchObject([{ state: 'expired', whyNot: 'expired' }]);
  await sweepCoupons(database.db);
  expect(await couponRow(database.db, id)).toMatchObject({ state: 'expired' });
  expect(await accountOf(database.db, template)).toEqual({ claimed: 1, left: 100_000, reserved: 0, spent: 0 });
});

test('a raise counts from its time on, once, and what was gone can be claimed again', async () => {
  const template = await putCoupon(database.db, { total: 1 });
  await claim(template, 'r0');
  expect(code(await claim(template, 'r1'))).toBe('coupon_gone');
  await database.db.query(
    `insert into coupon_raise (id, template_id, add_fen, add_total, asked_by, valid_from) values
     (gen_random_uuid(), $1, 2000, 2, 'test', now() + interval '1 hour')`,
    [template],
  );
  await applyRaises(database.db);
  expect((await accountOf(database.db, template))?.left).toBe(0);
  await database.db.query('update coupon_raise set valid_from = now() where template_id = $1', [template]);
  await Promise.all([applyRaises(database.db), applyRaises(database.db)]);
  expect((await accountOf(database.db, template))?.left).toBe(2_000);
  const codes = await Promise.all(Array.from({ length: 4 }, async (_, i) => code(await claim(template, `s${i}`))));
  expect(counted(codes)).toEqual({ coupon_gone: 2, ok: 2 });
});
