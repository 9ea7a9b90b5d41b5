import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { releaseUntaken } from '../../server/promo/book-coupons.ts';
import { type CouponService, couponService } from '../../server/promo/service.ts';
import { BEST, orderWith, quoteWith } from '../support/coupon-orders.ts';
import {
  accountOf,
  claimOne,
  couponRow,
  putCoupon,
  runOut,
  sweepCoupons,
  violationsAfterSweep,
} from '../support/coupons.ts';
import { putOnSale, running } from '../support/goods.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let coupons: CouponService;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  coupons = couponService({ db });
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 500 });
  await putOnSale(db, { id: 'cup', priceFen: 10_000, onHand: 500 });
  await putOnSale(db, { id: 'crab', priceFen: 9_000, onHand: 500, session: running('night', 5_000) });
});
afterAll(() => drop());
afterEach(async () => expect(await violationsAfterSweep(db)).toEqual([]));

const one = (skuId: string, quantity = 1) => ({ skuId, quantity });
const cancel = (shopperId: string, orderId: string) => shop.orders.cancel(shopperId, orderId);
async function fixedAndPacket(shopperId: string) {
  const fixed = await putCoupon(db);
  const packet = await putCoupon(db, { rule: { kind: 'red_packet', cutFen: 700 } });
  return {
    fixed,
    packet,
    coupon: await claimOne(coupons, shopperId, fixed),
    red: await claimOne(coupons, shopperId, packet),
  };
}

test('[COUP3] the best combination is quoted with its arithmetic, locked by the order, and used when it is paid', async () => {
  const { fixed, packet, coupon, red } = await fixedAndPacket('ann');
  const { quote, submit } = await quoteWith(shop, 'ann', [one('tea')]);
  expect(quote).toMatchObject({ goodsFen: 20_000, discountFen: 1_700, totalFen: 18_300 });
  expect(quote.cuts.map(({ kind, source, cutFen }) => [kind, source, cutFen])).toEqual([
    ['coupon', coupon, 1_000],
    ['red_packet', red, 700],
  ]);
  expect(quote.coupons).toMatchObject({ choice: 'best', bestFen: 1_700, possible: [], not: [] });
  const placed = await submit();
  expect(placed).toMatchObject({ ok: true, value: { totalFen: 18_300 } });
  const orderId = placed.ok ? placed.value.orderId : '';
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'locked', order_id: orderId, cut_fen: 1_000 });
  expect((await quoteWith(shop, 'ann', [one('tea')])).quote.coupons).toMatchObject({
    used: [],
    not: [{ why: { code: 'in_order' } }, { why: { code: 'in_order' } }],
  });
  await shop.pay(orderId);
  expect(await couponRow(db, red)).toMatchObject({ state: 'used', order_id: orderId });
  await sweepCoupons(db);
  expect(await accountOf(db, fixed)).toEqual({ claimed: 1, left: 99_000, reserved: 0, spent: 1_000 });
  expect(await accountOf(db, packet)).toEqual({ claimed: 1, left: 69_300, reserved: 0, spent: 700 });
});

test('a shopper may choose otherwise, and none at all; what he was shown is what he pays', async () => {
  const { coupon, red } = await fixedAndPacket('bob');
  const these = await quoteWith(shop, 'bob', [one('tea')], { choice: 'these', ids: [red] });
  expect(these.quote).toMatchObject({
    totalFen: 19_300,
    coupons: {
      choice: 'these',
      used: [{ id: red, cutFen: 700 }],
      possible: [{ id: coupon, cutFen: 1_000 }],
      bestFen: 1_700,
    },
  });
  const none = await quoteWith(shop, 'bob', [one('tea')], { choice: 'none' });
  expect(none.quote).toMatchObject({ totalFen: 20_000, coupons: { used: [], bestFen: 1_700 } });
  expect(await none.submit()).toMatchObject({ ok: true, value: { totalFen: 20_000 } });
  expect(await these.submit()).toMatchObject({ ok: true, value: { totalFen: 19_300 } });
  expect([await couponRow(db, coupon), await couponRow(db, red)]).toMatchObject([
    { state: 'usable' },
    { state: 'locked' },
  ]);
});

test('a quote that asks nothing about coupons uses none, and a session price takes red packets only', async () => {
  const { red } = await fixedAndPacket('cat');
  const plain = await shop.orders.quote([one('crab')], 'cat');
  expect(plain).toMatchObject({ value: { quote: { coupons: null, totalFen: 5_800 } } });
  const { quote, submit } = await quoteWith(shop, 'cat', [one('crab')]);
  expect(quote.coupons).toMatchObject({
    used: [{ id: red, cutFen: 700 }],
    not: [{ why: { code: 'not_at_session_price' } }],
  });
  expect(await submit()).toMatchObject({ ok: true });
});

test('a cancelled order gives its coupons back once, and the next order uses them', async () => {
  const { coupon, red } = await fixedAndPacket('dan');
  const { orderId } = await orderWith(shop, 'dan', [one('tea')]);
  await cancel('dan', orderId);
  await cancel('dan', orderId);
  expect([await couponRow(db, coupon), await couponRow(db, red)]).toMatchObject([
    { state: 'usable', order_id: null, has_grace: false },
    { state: 'usable', order_id: null },
  ]);
  const again = await orderWith(shop, 'dan', [one('tea')]);
  // The first order once more: it has nothing to give back any more.
  await shop.book.close([orderId], 'worker');
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'locked', order_id: again.orderId });
});

test('[COUP4] a coupon that ran out while its order waited has a day from its release, and the wallet says so', async () => {
  const { coupon, red } = await fixedAndPacket('eve');
  const { orderId } = await orderWith(shop, 'eve', [one('tea')]);
  await runOut(db, coupon);
  await sweepCoupons(db);
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'locked' });
  await cancel('eve', orderId);
  const { now, coupons: mine } = await coupons.mine('eve');
  const own = mine.find(({ id }) => id === coupon);
  expect(own).toMatchObject({ state: 'usable', hasGrace: true, whyNot: null });
  expect(Math.abs((own?.validUntil ?? 0) - now - 24 * 3_600_000)).toBeLessThan(60_000);
  expect(mine.find(({ id }) => id === red)).toMatchObject({ hasGrace: false });
});

test('somebody else’s coupon takes nothing off, by quote or by submit', async () => {
  const { coupon } = await fixedAndPacket('fay');
  const { quote } = await quoteWith(shop, 'gus', [one('tea')], { choice: 'these', ids: [coupon] });
  expect(quote.coupons).toMatchObject({ used: [], not: [{ id: coupon, why: { code: 'unknown_coupon' } }] });
  // A signed quote of the owner, sent by another: the coupon stays with its owner.
  const owners = await quoteWith(shop, 'fay', [one('tea')]);
  const stolen = await shop.orders.submit('gus', {
    key: randomUUID(),
    lines: [one('tea')],
    quoteVersion: owners.quote.version,
    addressId: 'home',
  });
  expect(stolen).toMatchObject({
    refusal: { code: 'price_changed', quote: { totalFen: 20_000, coupons: { used: [] } } },
  });
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'usable' });
});

test('the same key is answered once, with its coupons, whatever became of them', async () => {
  await fixedAndPacket('hal');
  const { submit } = await quoteWith(shop, 'hal', [one('tea')]);
  const key = randomUUID();
  const [first, second] = [await submit(key), await submit(key)];
  expect(first).toMatchObject({ ok: true, value: { isReplay: false, totalFen: 18_300 } });
  expect(second).toMatchObject({ ok: true, value: { isReplay: true, totalFen: 18_300 } });
});

test('a part that comes back returns its share of the coupon and no more, to the shopper and to the budget', async () => {
  const { fixed, coupon } = await fixedAndPacket('ivy');
  const { orderId } = await orderWith(shop, 'ivy', [one('tea'), one('cup')]);
  await shop.pay(orderId);
  await sweepCoupons(db);
  const ask = { id: orderId, key: randomUUID(), reason: 'changed_mind' } as const;
  const read = await shop.book.read(orderId);
  const cup = read?.lines.find(({ skuId }) => skuId === 'cup');
  expect(cup).toMatchObject({ discountFen: 566 });
  expect(
    await shop.refunds.askRefund('ivy', { ...ask, lines: [{ lineNumber: cup!.lineNumber, quantity: 1 }] }),
  ).toMatchObject({
    ok: true,
  });
  const move = { orderId, requestId: ask.key, to: 'refunding', actor: 'operator:test', answer: 'agreed' } as const;
  await shop.refunds.book.move(move);
  await shop.sendRefunds();
  expect((await shop.book.read(orderId))?.refundedFen).toBe(10_000 - 566);
  await sweepCoupons(db);
  // Until it is shipped the rest may come back too, and the coupon with it.
  expect(await accountOf(db, fixed)).toMatchObject({ left: 99_000, reserved: 0, spent: 1_000 });
  await shop.book.move(orderId, 'packed', { actor: 'operator:test', from: ['paid'] });
  await shop.book.move(orderId, 'shipped', { actor: 'operator:test', from: ['packed'] });
  await db.query('update coupon set is_unbooked = true where id = $1', [coupon]);
  await sweepCoupons(db);
  expect(await accountOf(db, fixed)).toMatchObject({ left: 99_333, reserved: 0, spent: 667 });
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'used' });
});

test('an order that is given back whole before it was shipped gives its coupons back, with their budget', async () => {
  const template = await putCoupon(db, {
    rule: { kind: 'percent', fullFen: 0, cutPermille: 100, capFen: 3_000 },
    total: 1,
  });
  const coupon = await claimOne(coupons, 'joe', template);
  const { orderId } = await orderWith(shop, 'joe', [one('tea')]);
  await shop.pay(orderId);
  await sweepCoupons(db);
  await releaseUntaken(db);
  expect(await accountOf(db, template)).toEqual({ claimed: 1, left: 0, reserved: 1_000, spent: 2_000 });
  expect(await shop.agreeRefund('joe', orderId)).toBe(true);
  await shop.sendRefunds();
  expect(await couponRow(db, coupon)).toMatchObject({ state: 'usable', order_id: null });
  await sweepCoupons(db);
  expect(await accountOf(db, template)).toEqual({ claimed: 1, left: 0, reserved: 3_000, spent: 0 });
});

test('once an order is shipped, what its coupon did not take is free for others', async () => {
  const template = await putCoupon(db, {
    rule: { kind: 'percent', fullFen: 0, cutPermille: 100, capFen: 3_000 },
    total: 1,
  });
  await claimOne(coupons, 'kim', template);
  const { orderId } = await orderWith(shop, 'kim', [one('tea')]);
  await shop.pay(orderId);
  await shop.book.move(orderId, 'packed', { actor: 'operator:test', from: ['paid'] });
  await shop.book.move(orderId, 'shipped', { actor: 'operator:test', from: ['packed'] });
  await sweepCoupons(db);
  await releaseUntaken(db);
  await sweepCoupons(db);
  expect(await accountOf(db, template)).toEqual({ claimed: 1, left: 1_000, reserved: 0, spent: 2_000 });
});

test('choosing the best is the same on a second look', async () => {
  await fixedAndPacket('lea');
  const [a, b] = [await quoteWith(shop, 'lea', [one('tea')], BEST), await quoteWith(shop, 'lea', [one('tea')], BEST)];
  expect(a.quote.coupons).toEqual(b.quote.coupons);
});
