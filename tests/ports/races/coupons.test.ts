import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { stopCoupon } from '../../../server/ops/coupons.ts';
import type { Database } from '../../../server/platform/database.ts';
import { expireCoupons } from '../../../server/promo/book-coupons.ts';
import { type CouponService, couponService } from '../../../server/promo/service.ts';
import { CONTESTS, contests, type Gate, heldBack, inOrder, orderRow, stockRow } from '../../support/contest.ts';
import { orderWith, quoteWith } from '../../support/coupon-orders.ts';
import { accountOf, claimOne, couponRow, putCoupon, runOut, violationsAfterSweep } from '../../support/coupons.ts';
import { putOnSale } from '../../support/goods.ts';
import { testDatabase } from '../../support/postgres.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/* coupons against carts, time, campaigns and each other. Both orders forced, then free contests. */

let db: Database;
let drop: () => Promise<void>;
/** Two processes of one shop. */
let shop: Shop;
let other: Shop;
let coupons: CouponService;
let others: CouponService;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  other = await openShop(db);
  coupons = couponService({ db });
  others = couponService({ db });
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 100_000 });
  await putOnSale(db, { id: 'cup', priceFen: 20_000, onHand: 100_000 });
});
afterAll(() => drop());
afterEach(async () => expect(await violationsAfterSweep(db)).toEqual([]));

const gate =
  (sql: string) =>
  (id: string): Gate => ({ sql, params: [id] });
const rowOfCoupon = gate('select 1 from coupon where id = $1 for update');
const rowOfTemplate = gate('select 1 from coupon_template where id = $1 for update');
const rowOfAccount = gate('select 1 from coupon_account where template_id = $1 for update');

type Submitted = Awaited<ReturnType<Awaited<ReturnType<typeof quoteWith>>['submit']>>;
const codeOf = (answer: Submitted) => (answer.ok ? 'ok' : answer.refusal.code);
/** Why the fresh quote of a refusal leaves its coupon out. */
const whyOf = (answer: Submitted) => {
  if (answer.ok || !('quote' in answer.refusal)) return null;
  const { coupons: plan, totalFen } = answer.refusal.quote;
  return [totalFen, plan?.not[0]?.why.code];
};
const held = async (shopperId: string) => {
  const template = await putCoupon(db);
  return { template, coupon: await claimOne(coupons, shopperId, template) };
};
const withdraw = (id: string) => stopCoupon(db, { id, withdraw: true, reason: '撤回' }, 'op');
const news = async (coupon: string) =>
  (await db.query(`select 1 from outbox where topic = 'coupon.withdrawn' and aggregate = $1`, [coupon])).length;

test.each(['one', 'the other'])('[R-23] a coupon is in two carts and %s is first: it is in one order', async (who) => {
  const shopperId = `two-carts-${who.length}`;
  const { coupon } = await held(shopperId);
  const tea = await quoteWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
  const cup = await quoteWith(other, shopperId, [{ skuId: 'cup', quantity: 1 }]);
  const [first, second] = who === 'one' ? [tea, cup] : [cup, tea];
  const answers = await inOrder(
    db,
    rowOfCoupon(coupon),
    () => first.submit(),
    () => second.submit(),
  );
  expect(answers.map(codeOf)).toEqual(['ok', 'price_changed']);
  expect(whyOf(answers[1])).toEqual([20_000, 'in_order']);
});

test('[R-23] free contests: one coupon in six carts at two processes is in one order', async () => {
  await contests(async (round) => {
    const shopperId = `six-carts-${round}`;
    const { coupon } = await held(shopperId);
    const carts = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        quoteWith(i % 2 ? shop : other, shopperId, [{ skuId: i % 3 ? 'tea' : 'cup', quantity: 1 }]),
      ),
    );
    const codes = (await Promise.all(carts.map(({ submit }) => submit()))).map(codeOf);
    expect(codes.toSorted()).toEqual(['ok', ...Array(5).fill('price_changed')]);
    expect(await couponRow(db, coupon)).toMatchObject({ state: 'locked' });
  });
});

test('[R-24] a coupon that expires between lock and payment is good for its order to the end', async () => {
  const { coupon } = await held('late-payer');
  const { orderId, totalFen } = await orderWith(shop, 'late-payer', [{ skuId: 'tea', quantity: 1 }]);
  await runOut(db, coupon);
  await heldBack(
    db,
    orderRow(orderId),
    () => shop.pay(orderId),
    () => expireCoupons(db),
  );
  expect(await shop.book.read(orderId)).toMatchObject({ state: 'paid', paidFen: totalFen });
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'used', order_id: orderId });
});

test('[R-24] a coupon that expires before its order is placed is not taken, and the fresh quote says why', async () => {
  const { coupon } = await held('late-buyer');
  const { submit } = await quoteWith(shop, 'late-buyer', [{ skuId: 'tea', quantity: 1 }]);
  const answer = await heldBack(
    db,
    stockRow('tea'),
    () => submit(),
    () => runOut(db, coupon),
  );
  expect([codeOf(answer), whyOf(answer)]).toEqual(['price_changed', [20_000, 'expired']]);
});

test('[R-24] free contests of expiry and submit: an order with its coupon, or a fresh price and none', async () => {
  await contests(async (round) => {
    const shopperId = `expiring-${round}`;
    const { coupon } = await held(shopperId);
    const { submit } = await quoteWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
    const ending = async () => {
      await runOut(db, coupon);
      await expireCoupons(db);
    };
    const [answer] = await Promise.all([submit(), ending()]);
    // The worker passes by a coupon that the order has its hand on, and finds it at its next round.
    await expireCoupons(db);
    const { state } = (await couponRow(db, coupon)) ?? {};
    expect([codeOf(answer), state]).toEqual(answer.ok ? ['ok', 'locked'] : ['price_changed', 'expired']);
  });
});

/** An order with a coupon that is about to be closed. */
async function ending(shopperId: string) {
  const { template, coupon } = await held(shopperId);
  const { orderId } = await orderWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
  await db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orderId]);
  return { template, coupon, close: () => shop.book.endDue(30_000, 500) };
}

test.each(['the release', 'the withdrawal'])(
  '[R-25] an order lets go of a coupon whose campaign is withdrawn, %s first: it is gone, and its owner is told once',
  async (who) => {
    const { template, coupon, close } = await ending(`withdrawn-${who.length}`);
    const steps: [() => Promise<unknown>, () => Promise<unknown>] = [close, () => withdraw(template)];
    const [first, second] = who === 'the release' ? steps : [steps[1], steps[0]];
    await inOrder(db, rowOfTemplate(template), first, second);
    expect(await couponRow(db, coupon)).toMatchObject({ state: 'void', order_id: null });
    expect(await news(coupon)).toBe(1);
  },
);

test('[R-25] an order keeps the coupon of a withdrawn campaign until it ends, and pays with it', async () => {
  const { template, coupon } = await held('keeper');
  const { orderId } = await orderWith(shop, 'keeper', [{ skuId: 'tea', quantity: 1 }]);
  await withdraw(template);
  expect((await coupons.mine('keeper')).coupons).toMatchObject([{ state: 'locked', isLastChance: true }]);
  await shop.pay(orderId);
  expect([await couponRow(db, coupon), await news(coupon)]).toMatchObject([{ state: 'used' }, 0]);
});

test('[R-25] free contests of release, withdrawal and a new order: the coupon is gone, or in that order', async () => {
  await contests(async (round) => {
    const shopperId = `free-withdrawn-${round}`;
    const { template, coupon, close } = await ending(shopperId);
    const buy = async () => (await quoteWith(other, shopperId, [{ skuId: 'cup', quantity: 1 }])).submit();
    await Promise.all([close(), withdraw(template), buy()]);
    const row = await couponRow(db, coupon);
    expect(['void', 'locked']).toContain(row?.state);
    expect(await news(coupon)).toBe(row?.state === 'void' ? 1 : 0);
  });
});

const claim = (from: CouponService, template: string, shopperId: string) =>
  from.claim({ shopperId, key: randomUUID(), templateId: template });
const claimCode = (answer: Awaited<ReturnType<typeof claim>>) => (answer.ok ? 'ok' : answer.refusal.code);

test.each(['one', 'the other'])('[R-26] two processes want the last coupon and %s is first: it has it', async (who) => {
  const template = await putCoupon(db, { total: 1 });
  const [ann, bob] = [() => claim(coupons, template, 'ann'), () => claim(others, template, 'bob')];
  const [first, second] = who === 'one' ? [ann, bob] : [bob, ann];
  const answers = await inOrder(db, rowOfAccount(template), first, second);
  expect(answers.map(claimCode)).toEqual(['ok', 'coupon_gone']);
});

test('[R-26] free contests of forty takers for three coupons, or for the budget of three: three have one', async () => {
  await contests(async (round) => {
    const template = await putCoupon(db, round % 2 ? { total: 3 } : { total: 50, budgetFen: 3_500 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => claim(i % 2 ? coupons : others, template, `taker-${round}-${i}`)),
    );
    expect(answers.map(claimCode).toSorted()).toEqual([...Array(37).fill('coupon_gone'), ...Array(3).fill('ok')]);
    expect(await accountOf(db, template)).toMatchObject({ claimed: 3, reserved: 3_000 });
  });
});
