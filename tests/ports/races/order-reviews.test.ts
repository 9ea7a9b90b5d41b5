import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type OpsOrderDesk, opsOrderDesk } from '../../../server/ops/orders.ts';
import { decideOrderReview } from '../../../server/ops/risk.ts';
import type { Database } from '../../../server/platform/database.ts';
import { type CouponService, couponService } from '../../../server/promo/service.ts';
import { reviewPaidOrders } from '../../../server/risk/order-reviews.ts';
import type { Risk } from '../../../server/risk/service.ts';
import { CONTESTS, contests, type Gate, heldBack, inOrder, orderRow } from '../../support/contest.ts';
import { couponRow, putCoupon, violationsAfterSweep } from '../../support/coupons.ts';
import { putOnSale } from '../../support/goods.ts';
import { endReview, lookAtOrders, redeem, reviewOfOrder, sweepReviews } from '../../support/order-reviews.ts';
import { testDatabase } from '../../support/postgres.ts';
import { putPerson, riskOf } from '../../support/risk.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/* Orders that are held for review against packing, the clock, shoppers and operators. */

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let coupons: CouponService;
let risk: Risk;
let desk: OpsOrderDesk;

vi.setConfig({ testTimeout: 60_000 + CONTESTS * 3_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  coupons = couponService({ db });
  risk = riskOf(db);
  desk = opsOrderDesk({ db, orders: shop.orders });
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 100_000 });
});
afterAll(async () => {
  await risk.drain();
  await drop();
});
afterEach(async () => {
  await sweepReviews(db, shop);
  expect(await violationsAfterSweep(db)).toEqual([]);
});

const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => (answer.ok ? 'ok' : answer.refusal?.code);
const pack = (orderId: string) => () => desk.pack({ id: orderId }, 'packer');
const decide =
  (groupId: string, isFreed: boolean, by = 'op') =>
  () =>
    decideOrderReview(db, { groupId, isFreed, words: '同一付款账户' }, by);
const groupRow = (id: string): Gate => ({
  sql: 'select 1 from risk_order_group where id = $1 for update',
  params: [id],
});

/** Three have redeemed by this account and were looked at; the fourth has paid. */
async function fourth(name: string) {
  const campaignId = await putCoupon(db, { rule: { kind: 'red_packet', cutFen: 700 } });
  let last = { orderId: '', couponId: '' };
  for (let i = 1; i <= 4; i += 1) {
    await putPerson(db, `${name}-${i}`);
    if (i === 4) await lookAtOrders(db, risk);
    last = await redeem({ db, shop, coupons }, `${name}-${i}`, campaignId, { payer: `account-of-${name}` });
  }
  return { ...last, shopperId: `${name}-4` };
}
async function held(name: string) {
  const order = await fourth(name);
  await lookAtOrders(db, risk);
  const review = await reviewOfOrder(db, order.orderId);
  if (!review?.groupId) throw new Error('It was to be held');
  return { ...order, groupId: review.groupId };
}

test('[INV-41] it is packed in the moment in which it would be held: it is packed, and not held', async () => {
  const { orderId } = await fourth('packed-first');
  const [packed] = await inOrder(db, orderRow(orderId), pack(orderId), () => reviewPaidOrders(db, risk.hashes));
  expect(codeOf(packed)).toBe('ok');
  expect(await reviewOfOrder(db, orderId)).toBeUndefined();
});

test('[INV-41] it is held in the moment in which somebody packs it: he is told', async () => {
  const { orderId } = await fourth('held-first');
  const [, packed] = await inOrder(db, orderRow(orderId), () => reviewPaidOrders(db, risk.hashes), pack(orderId));
  expect(codeOf(packed)).toBe('order_in_review');
  expect(await reviewOfOrder(db, orderId)).toMatchObject({ state: 'held' });
});

test('[INV-41] the clock frees an order while its refusal waits: it stays free, and is packed', async () => {
  const { orderId, groupId } = await held('clock');
  const refused = await heldBack(db, groupRow(groupId), decide(groupId, false), () =>
    endReview(db, orderId, 'clock_timestamp()'),
  );
  expect(refused).toMatchObject({ refusal: { code: 'review_over', state: 'freed' } });
  expect(codeOf(await pack(orderId)())).toBe('ok');
});

test('[INV-41] a refusal is before the clock: nobody packs the order any more', async () => {
  const { orderId, groupId } = await held('refused-first');
  expect(codeOf(await decide(groupId, false)())).toBe('ok');
  await db.query(`update risk_order_review set held_until = now() - interval '1 second' where order_id = $1`, [
    orderId,
  ]);
  expect(codeOf(await pack(orderId)())).toBe('order_in_review');
  await sweepReviews(db, shop);
  expect((await shop.book.read(orderId))?.state).toBe('refunded');
});

test.each(['the shopper', 'the operator'] as const)(
  '[INV-41] shopper and operator send one order back at once, %s first: its money goes once, its reward is gone',
  async (first) => {
    const { orderId, groupId, couponId, shopperId } = await held(`back-${first === 'the shopper' ? 'a' : 'b'}`);
    const own = () => shop.agreeRefund(shopperId, orderId);
    const refusal = decide(groupId, false);
    await (first === 'the shopper'
      ? inOrder(db, orderRow(orderId), own, refusal)
      : inOrder(db, orderRow(orderId), refusal, own));
    await sweepReviews(db, shop);
    const order = await shop.book.read(orderId);
    expect(order).toMatchObject({ state: 'refunded', review: { state: 'refused' } });
    expect(order?.refundedFen).toBe(order?.paidFen);
    expect(await couponRow(db, couponId)).toMatchObject({ state: 'void' });
  },
);

test('[INV-41] two operators decide one group: the first is heard, the other is told', async () => {
  const { orderId, groupId } = await held('two');
  const both = await inOrder(db, groupRow(groupId), decide(groupId, true, 'op1'), decide(groupId, false, 'op2'));
  expect(both.map(codeOf)).toEqual(['ok', 'review_over']);
  expect(codeOf(await pack(orderId)())).toBe('ok');
});

test('[INV-41] free contests: an order whose review ends in this very moment is packed or refused, never both', async () => {
  await contests(async (round) => {
    const { orderId, groupId } = await held(`moment-${round}`);
    await endReview(db, orderId, `clock_timestamp() + ${round % 10} * interval '2 milliseconds'`);
    const [packed, refused] = await Promise.all([pack(orderId)(), decide(groupId, false)()]);
    expect([codeOf(packed), codeOf(refused)].filter((code) => code === 'ok').length).toBeLessThanOrEqual(1);
    const state = (await shop.book.read(orderId))?.state;
    expect(state).toBe(codeOf(packed) === 'ok' ? 'packed' : 'paid');
  });
});
