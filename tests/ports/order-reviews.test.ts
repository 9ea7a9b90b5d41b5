import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { REVIEW_MS } from '../../lib/domain/risk/order-review.ts';
import { type OpsOrderDesk, opsOrderDesk } from '../../server/ops/orders.ts';
import { answerAppeal, decideHold, decideOrderReview, listRisk, setMode } from '../../server/ops/risk.ts';
import { messageOf } from '../../server/outreach/outbox.job.ts';
import type { Database } from '../../server/platform/database.ts';
import { type CouponService, couponService } from '../../server/promo/service.ts';
import { appeal, listOwnDecisions } from '../../server/risk/own-decisions.ts';
import { purgeRisk } from '../../server/risk/purge.ts';
import type { Risk } from '../../server/risk/service.ts';
import { orderWith } from '../support/coupon-orders.ts';
import { accountOf, claimOne, couponRow, putCoupon, violationsAfterSweep } from '../support/coupons.ts';
import { putOnSale } from '../support/goods.ts';
import {
  type Delivery,
  deliverTo,
  endReview,
  lookAtOrders,
  payBy,
  redeem,
  reviewOfOrder,
  sweepReviews,
} from '../support/order-reviews.ts';
import { testDatabase } from '../support/postgres.ts';
import { putPerson, riskOf } from '../support/risk.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let coupons: CouponService;
let risk: Risk;
let desk: OpsOrderDesk;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  coupons = couponService({ db });
  risk = riskOf(db);
  desk = opsOrderDesk({ db, orders: shop.orders });
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 500 });
});
afterAll(async () => {
  await risk.drain();
  await drop();
});
afterEach(async () => {
  await sweepReviews(db, shop);
  expect(await violationsAfterSweep(db)).toEqual([]);
});

const putPacket = () => putCoupon(db, { rule: { kind: 'red_packet', cutFen: 700 }, perPerson: 2 });
const WORDS = '同一付款账户为多人付款';

/** People of one payer, one after the other, whose orders the worker has looked at. */
async function ring(name: string, count: number, delivery: Delivery = {}, templateId?: string) {
  const campaignId = templateId ?? (await putPacket());
  const orders: { orderId: string; couponId: string; shopperId: string }[] = [];
  for (let i = 1; i <= count; i += 1) {
    const shopperId = `${name}-${i}`;
    await putPerson(db, shopperId);
    const order = await redeem({ db, shop, coupons }, shopperId, campaignId, {
      payer: `account-of-${name}`,
      ...delivery,
    });
    orders.push({ ...order, shopperId });
    await lookAtOrders(db, risk);
  }
  return { campaignId, orders, last: orders[count - 1] as (typeof orders)[number] };
}
const pack = (orderId: string) => desk.pack({ id: orderId }, 'packer');
const decide = (groupId: string | null | undefined, isFreed: boolean) =>
  decideOrderReview(db, { groupId: groupId ?? '', isFreed, words: WORDS }, 'op');

test('[T-09] who is the fourth to pay by one account waits to be packed, says until when, and is in the operators’ list once', async () => {
  const { orders, last, campaignId } = await ring('four', 4);
  await lookAtOrders(db, risk);
  const order = await shop.book.read(last.orderId);
  const until = (order?.paidAt ?? 0) + REVIEW_MS;
  expect(order?.review).toMatchObject({ state: 'held', words: null });
  expect(Math.abs((order?.review?.until ?? 0) - until)).toBeLessThan(2);
  expect(await pack(last.orderId)).toEqual({
    ok: false,
    refusal: { code: 'order_in_review', until: order?.review?.until },
  });
  for (const { orderId } of orders.slice(0, 3)) {
    expect(await reviewOfOrder(db, orderId)).toBeUndefined();
    expect(await pack(orderId)).toMatchObject({ ok: true });
  }
  const listed = await listRisk(db, 'op');
  const mine = listed.orderGroups.filter((group) => group.campaignId === campaignId);
  expect(mine).toMatchObject([
    {
      why: 'payer',
      mechanic: 'coupon',
      people: 4,
      totalFen: order?.totalFen,
      rewardFen: 700,
      orders: [{ orderId: last.orderId, rewardFen: 700, heldUntil: order?.review?.until }],
    },
  ]);
  expect(listed.queue.filter(({ command }) => command === 'order.review')).toEqual([]);
  expect((await listOwnDecisions(db, last.shopperId)).decisions).toMatchObject([
    { command: 'order.review', action: 'hold', because: 'limit', state: 'standing', mayAppeal: true },
  ]);
  expect(
    await decideHold(
      db,
      { decisionId: order?.review?.decisionId ?? '', isFreed: false, isGroup: false, words: WORDS },
      'op',
    ),
  ).toMatchObject({ ok: false });
});

test('what a mechanic that is only observed would have held is written down, and packed', async () => {
  await setMode(db, { mechanic: 'coupon', mode: 'observe', reason: 'test' }, 'op');
  const { last } = await ring('observed', 4);
  await setMode(db, { mechanic: 'coupon', mode: 'strict', reason: 'test' }, 'op');
  expect(await reviewOfOrder(db, last.orderId)).toEqual({
    state: 'observed',
    groupId: null,
    decisionId: null,
    why: 'payer',
  });
  expect(await pack(last.orderId)).toMatchObject({ ok: true });
});

test('what is packed already is never held, and coupons with a threshold are nobody’s business', async () => {
  const { campaignId } = await ring('packed', 3);
  const fourth = await redeem({ db, shop, coupons }, 'packed-4', campaignId, { payer: 'account-of-packed' });
  expect(await pack(fourth.orderId)).toMatchObject({ ok: true });
  await lookAtOrders(db, risk);
  expect(await reviewOfOrder(db, fourth.orderId)).toBeUndefined();
  // It counts all the same.
  const fifth = await redeem({ db, shop, coupons }, 'packed-5', campaignId, { payer: 'account-of-packed' });
  await lookAtOrders(db, risk);
  const listed = (await listRisk(db, 'op')).orderGroups.find((group) => group.campaignId === campaignId);
  expect(listed).toMatchObject({ people: 5, orders: [{ orderId: fifth.orderId }] });
  const offer = await putCoupon(db, { rule: { kind: 'threshold', fullFen: 1_000, cutFen: 700 } });
  const plain = await ring('offers', 4, {}, offer);
  expect(await reviewOfOrder(db, plain.last.orderId)).toBeUndefined();
});

test('who asks for his money before anybody has looked, and withdraws that, is held all the same', async () => {
  const { campaignId } = await ring('quick', 3);
  const { orderId } = await redeem({ db, shop, coupons }, 'quick-4', campaignId, { payer: 'account-of-quick' });
  const key = randomUUID();
  await shop.refunds.askRefund('quick-4', { id: orderId, key, reason: 'changed_mind' });
  await lookAtOrders(db, risk);
  expect(await shop.refunds.withdraw('quick-4', { id: orderId, requestId: key })).toMatchObject({ ok: true });
  expect(await pack(orderId)).toMatchObject({ refusal: { code: 'order_in_review' } });
});

test('[T-09] a freed group goes on, and is known: as many new people as before are needed to look again', async () => {
  const { campaignId, last } = await ring('freed', 4);
  await claimOne(coupons, 'freed-1', campaignId);
  const fifth = await redeem({ db, shop, coupons }, 'freed-5', campaignId, { payer: 'account-of-freed' });
  await lookAtOrders(db, risk);
  expect((await coupons.mine('freed-1')).coupons).toEqual(
    expect.arrayContaining([expect.objectContaining({ state: 'usable', whyNot: 'held' })]),
  );
  const group = (await reviewOfOrder(db, last.orderId))?.groupId;
  expect((await reviewOfOrder(db, fifth.orderId))?.groupId).toBe(group);
  expect(await decide(group, true)).toMatchObject({ ok: true });
  expect(await decide(group, false)).toMatchObject({ refusal: { code: 'review_over', state: 'freed' } });
  for (const { orderId } of [last, fifth]) {
    expect((await shop.book.read(orderId))?.review).toBeNull();
    expect(await pack(orderId)).toMatchObject({ ok: true });
  }
  expect((await coupons.mine('freed-1')).coupons.filter(({ whyNot }) => whyNot === 'held')).toEqual([]);
  const later: string[] = [];
  for (let i = 6; i <= 9; i += 1) {
    later.push((await redeem({ db, shop, coupons }, `freed-${i}`, campaignId, { payer: 'account-of-freed' })).orderId);
    await lookAtOrders(db, risk);
  }
  for (const orderId of later.slice(0, 3)) expect(await reviewOfOrder(db, orderId)).toBeUndefined();
  expect(await reviewOfOrder(db, later[3] as string)).toMatchObject({ state: 'held' });
});

test('[INV-41] a refused group gets its money back, and its rewards are gone: used and unused, budget exact', async () => {
  const { campaignId, orders, last } = await ring('refused', 4);
  const idle = await claimOne(coupons, 'refused-2', campaignId);
  const fifth = await redeem({ db, shop, coupons }, 'refused-5', campaignId, { payer: 'account-of-refused' });
  await lookAtOrders(db, risk);
  const order = await shop.book.read(last.orderId);
  expect(await decide((await reviewOfOrder(db, last.orderId))?.groupId, false)).toMatchObject({ ok: true });
  // Before the worker comes by, and for good.
  expect(await pack(last.orderId)).toMatchObject({ refusal: { code: 'order_in_review', until: null } });
  await sweepReviews(db, shop);
  for (const { orderId, couponId } of [last, fifth]) {
    const after = await shop.book.read(orderId);
    expect(after).toMatchObject({ state: 'refunded', review: { state: 'refused', words: WORDS } });
    expect(after?.refundedFen).toBe(after?.paidFen);
    expect(after?.requests).toMatchObject([{ state: 'done', answer: WORDS }]);
    expect(await couponRow(db, couponId)).toMatchObject({ state: 'void', order_id: null });
  }
  expect(order?.paidFen).toBeGreaterThan(0);
  expect(await couponRow(db, idle)).toMatchObject({ state: 'void' });
  // Three went out before anybody saw the fourth.
  for (const { couponId } of orders.slice(0, 3)) expect(await couponRow(db, couponId)).toMatchObject({ state: 'used' });
  expect(await violationsAfterSweep(db)).toEqual([]);
  expect(await accountOf(db, campaignId)).toMatchObject({ reserved: 0, spent: 3 * 700, left: 97 * 700 });
  expect((await listOwnDecisions(db, last.shopperId)).decisions).toMatchObject([
    {
      command: 'order.review',
      state: 'refused',
      words: WORDS,
      decidedBy: 'operator',
      about: 'order',
      couponId: last.couponId,
      fen: null,
      mayAppeal: true,
    },
  ]);
  const marks = await db.query('select 1 from risk_mark where campaign_id = $1', [campaignId]);
  expect(marks).toHaveLength(1);
});

test('[T-09] an appeal against a refused order is upheld: its rewards come back, and his orders are looked at no more', async () => {
  const { campaignId, last } = await ring('appealed', 4);
  const review = await reviewOfOrder(db, last.orderId);
  await decide(review?.groupId, false);
  await sweepReviews(db, shop);
  expect(await violationsAfterSweep(db)).toEqual([]);
  const asked = { key: randomUUID(), decisionId: review?.decisionId ?? '', text: '我们是一家人' };
  expect(await appeal(db, last.shopperId, asked)).toMatchObject({ ok: true });
  const [row] = await db.query<{ id: string }>('select id from risk_appeal where decision_id = $1', [
    review?.decisionId,
  ]);
  expect(await answerAppeal(db, { appealId: row?.id ?? '', isUpheld: true, words: '已核实' }, 'op')).toMatchObject({
    ok: true,
  });
  expect(await couponRow(db, last.couponId)).toMatchObject({ state: 'usable' });
  const { orderId } = await orderWith(shop, last.shopperId, [{ skuId: 'tea', quantity: 1 }]);
  await deliverTo(db, orderId);
  await payBy(shop, orderId, 'account-of-appealed');
  await lookAtOrders(db, risk);
  expect(await reviewOfOrder(db, orderId)).toBeUndefined();
  expect(await violationsAfterSweep(db)).toEqual([]);
  expect(await accountOf(db, campaignId)).toMatchObject({ spent: 4 * 700 });
});

test('an appeal that is upheld while the order waits frees that order alone', async () => {
  const { last, campaignId } = await ring('in-time', 4);
  const fifth = await redeem({ db, shop, coupons }, 'in-time-5', campaignId, { payer: 'account-of-in-time' });
  await lookAtOrders(db, risk);
  const review = await reviewOfOrder(db, last.orderId);
  await appeal(db, last.shopperId, { key: randomUUID(), decisionId: review?.decisionId ?? '', text: '是我妈妈付的' });
  const [row] = await db.query<{ id: string }>('select id from risk_appeal where decision_id = $1', [
    review?.decisionId,
  ]);
  await answerAppeal(db, { appealId: row?.id ?? '', isUpheld: true, words: '已核实' }, 'op');
  expect(await pack(last.orderId)).toMatchObject({ ok: true });
  expect(await pack(fifth.orderId)).toMatchObject({ refusal: { code: 'order_in_review' } });
});

test('time frees an order whether the worker has come by or not, and nobody can refuse it then', async () => {
  const { last } = await ring('late', 4);
  const group = (await reviewOfOrder(db, last.orderId))?.groupId;
  await endReview(db, last.orderId);
  expect((await shop.book.read(last.orderId))?.review).toBeNull();
  expect(await decide(group, false)).toMatchObject({ refusal: { code: 'review_over', state: 'freed' } });
  expect(await pack(last.orderId)).toMatchObject({ ok: true });
  await sweepReviews(db, shop);
  expect(await reviewOfOrder(db, last.orderId)).toMatchObject({ state: 'freed' });
  expect(await decide(group, true)).toMatchObject({ refusal: { code: 'review_over', state: 'freed' } });
  expect(await decide('rgr_unknown', true)).toMatchObject({ refusal: { code: 'not_found' } });
});

test('a shopper takes his held order back himself, and keeps his reward', async () => {
  const { last, campaignId } = await ring('himself', 4);
  expect(await shop.agreeRefund(last.shopperId, last.orderId)).toBe(true);
  await shop.sendRefunds();
  expect(await shop.book.read(last.orderId)).toMatchObject({ state: 'refunded', review: null });
  expect(await couponRow(db, last.couponId)).toMatchObject({ state: 'usable' });
  await sweepReviews(db, shop);
  expect(await reviewOfOrder(db, last.orderId)).toMatchObject({ state: 'freed' });
  expect((await listRisk(db, 'op')).orderGroups.filter((group) => group.campaignId === campaignId)).toEqual([]);
});

test('[INV-41] what came back to a group’s people while it waited is refused with it', async () => {
  const { last, campaignId } = await ring('came-back', 4);
  const fifth = await redeem({ db, shop, coupons }, 'came-back-5', campaignId, { payer: 'account-of-came-back' });
  await lookAtOrders(db, risk);
  const group = (await reviewOfOrder(db, last.orderId))?.groupId;
  await shop.agreeRefund('came-back-5', fifth.orderId);
  await shop.sendRefunds();
  expect(await decide(group, false)).toMatchObject({ ok: true });
  expect(await couponRow(db, fifth.couponId)).toMatchObject({ state: 'void' });
});

test('the owner of an order is told once that it waits, and once how it ended', async () => {
  const news = async (orderId: string) =>
    (
      await db.query<{ topic: string }>(
        `select topic from outbox where aggregate = $1 and topic like 'review.%' order by id`,
        [orderId],
      )
    ).map(({ topic }) => topic);
  const told = await ring('told', 4);
  expect(await news(told.last.orderId)).toEqual(['review.held']);
  expect(await news(told.orders[0]?.orderId ?? '')).toEqual([]);
  await decide((await reviewOfOrder(db, told.last.orderId))?.groupId, false);
  await sweepReviews(db, shop);
  expect(await news(told.last.orderId)).toEqual(['review.held', 'review.refused']);
  const late = await ring('told-late', 4);
  await endReview(db, late.last.orderId);
  await sweepReviews(db, shop);
  await sweepReviews(db, shop);
  expect(await news(late.last.orderId)).toEqual(['review.held', 'review.freed']);
  const locale = 'zh-CN' as const;
  const due = { locale, state: 'paid', aggregate: late.last.orderId } as Parameters<typeof messageOf>[0];
  for (const topic of ['review.held', 'review.freed', 'review.refused']) {
    expect(messageOf({ ...due, topic })).toContain('审核');
  }
  expect(messageOf({ ...due, topic: 'review.held' })).toContain('24 小时');
});

test('payers, receivers and addresses stand in the tables as hashes only, and are forgotten after 30 days', async () => {
  const { last } = await ring('forgotten', 4, { phone: '13911112222', street: '人民路 1 号' });
  const facts = 'select payer, phone, address from risk_order where order_id = $1';
  const [row] = await db.query<Record<string, string>>(facts, [last.orderId]);
  for (const hash of Object.values(row ?? {})) expect(hash).toMatch(/^[\w-]{27}$/);
  const known = `select p.payer_id, n.body from payment p join payment_notice n on n.body ->> 'outTradeNo' = p.id
                 where p.order_id = $1 and p.state = 'paid'`;
  const [paid] = await db.query<{ payer_id: string | null; body: object }>(known, [last.orderId]);
  expect(paid?.payer_id).toBe('account-of-forgotten');
  expect(paid?.body).not.toHaveProperty('payerId');
  await db.query(`update risk_order set at = now() - interval '31 days'`);
  await db.query(`update risk_order_group set opened_at = now() - interval '31 days'`);
  await db.query(`update payment set paid_at = now() - interval '31 days' where order_id = $1`, [last.orderId]);
  await purgeRisk(db);
  expect(await db.query(facts, [last.orderId])).toEqual([]);
  expect(await db.query('select 1 from risk_order_group where subject is not null')).toEqual([]);
  expect((await db.query<{ payer_id: string | null }>(known, [last.orderId]))[0]?.payer_id).toBeNull();
});
