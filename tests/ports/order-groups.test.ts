import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decideOrderReview, listRisk } from '../../server/ops/risk.ts';
import { packetService } from '../../server/packet/service.ts';
import type { Database } from '../../server/platform/database.ts';
import type { Risk } from '../../server/risk/service.ts';
import { orderWith } from '../support/coupon-orders.ts';
import { violationsAfterSweep } from '../support/coupons.ts';
import { putOnSale } from '../support/goods.ts';
import {
  type Delivery,
  deliverTo,
  lookAtOrders,
  payBy,
  reviewOfOrder,
  sweepReviews,
} from '../support/order-reviews.ts';
import { issueTo, packetAsksOf, putPacketCampaign, putPeople } from '../support/packets.ts';
import { testDatabase } from '../support/postgres.ts';
import { riskOf } from '../support/risk.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let risk: Risk;
let asks: ReturnType<typeof packetAsksOf>;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  risk = riskOf(db);
  const packets = packetService({ db });
  asks = packetAsksOf(() => packets);
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

const putWon = (baseFen: number) => putPacketCampaign(db, { baseFen });

/** Somebody pays an order with a red packet that is won by inviting, and it is looked at. @returns the order */
async function win(
  shopperId: string,
  campaignId: string,
  { payer, ...delivery }: Delivery & { readonly payer: string },
) {
  await putPeople(db, [shopperId]);
  await issueTo(asks, campaignId, shopperId);
  const { orderId } = await orderWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
  await deliverTo(db, orderId, delivery);
  await payBy(shop, orderId, payer);
  await lookAtOrders(db, risk);
  return orderId;
}

/** He has bought for ¥200 without any reward, so many days ago. */
async function buyBefore(shopperId: string, days: number): Promise<void> {
  await putPeople(db, [shopperId]);
  const { orderId } = await orderWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
  await deliverTo(db, orderId);
  await payBy(shop, orderId, `own-account-of-${shopperId}`);
  await db.query(`update orders set paid_at = now() - make_interval(days => $2) where id = $1`, [orderId, days]);
}

const groupWith = async (orderId: string) =>
  (await listRisk(db, 'op')).orderGroups.find(({ orders }) => orders.some((one) => one.orderId === orderId));

test('[T-09] a newcomer who takes more than a little waits; who has bought before does not, and an order of yesterday makes nobody a customer', async () => {
  const won = await putWon(900);
  // As long as nobody can have bought before, nobody is a newcomer.
  expect(await reviewOfOrder(db, await win('young-shop', won, { payer: 'young-shop' }))).toBeUndefined();
  await buyBefore('old-customer', 31);
  expect(await reviewOfOrder(db, await win('old-customer', won, { payer: 'p-old' }))).toBeUndefined();
  await buyBefore('yesterday', 1);
  expect(await reviewOfOrder(db, await win('yesterday', won, { payer: 'p-y' }))).toMatchObject({ why: 'newcomers' });
  const first = await win('first-time', won, { payer: 'p-new' });
  expect(await reviewOfOrder(db, first)).toMatchObject({ state: 'held', why: 'newcomers' });
  const group = await groupWith(first);
  expect(group).toMatchObject({ people: 1, newcomers: 1, takenFen: 900, orders: [{ isNewcomer: true, circle: 0 }] });
  // Two who have bought before have helped him.
  await buyBefore('friend', 31);
  await db.query(`insert into risk_tie (a, b) values ('friend', 'known-one'), ('known-one', 'old-customer')`);
  expect(await reviewOfOrder(db, await win('known-one', won, { payer: 'p-known' }))).toBeUndefined();
});

test('[T-09] two payers of one door are one group, over campaigns, however the address is written', async () => {
  const [one, other] = [await putWon(500), await putWon(500)];
  const at = { region: '上海市 浦东新区', street: '世纪大道 66 号 8栋' };
  expect(await reviewOfOrder(db, await win('ring-a', one, { payer: 'ring-a', ...at }))).toBeUndefined();
  const second = await win('ring-b', other, { payer: 'ring-b', ...at, street: '世纪大道６６号，8 幢' });
  expect(await reviewOfOrder(db, second)).toMatchObject({ state: 'held', why: 'newcomers' });
  // By the second one's account, and not to that door.
  const third = await win('ring-c', other, { payer: 'ring-b' });
  const group = await groupWith(second);
  expect(group).toMatchObject({ people: 3, newcomers: 3, refusedBefore: 0 });
  expect(group?.orders.map(({ orderId }) => orderId)).toEqual([second, third]);
  const words = '同一个人';
  expect(await decideOrderReview(db, { groupId: group?.id ?? '', isFreed: false, words }, 'op')).toMatchObject({
    ok: true,
  });
  await sweepReviews(db, shop);
  // Nobody forgets it: who comes next is shown with them.
  const fourth = await win('ring-d', other, { payer: 'ring-a', ...at });
  const again = await groupWith(fourth);
  expect(again).toMatchObject({ refusedBefore: 2 });
});

test('[T-09] a place of many people links nobody: offices and stations take parcels of everybody', async () => {
  const won = await putWon(600);
  const at = { region: '上海市 浦东新区', street: '世纪大道 100 号' };
  const orders: string[] = [];
  for (let i = 0; i < 9; i += 1) {
    await buyBefore(`office-${i}`, 40);
    orders.push(await win(`office-${i}`, won, { payer: `office-own-${i}`, ...at }));
  }
  // A household of seven that takes ¥42 is looked at; the ninth makes it an office.
  expect(await reviewOfOrder(db, orders[6] as string)).toMatchObject({ state: 'held', why: 'worth' });
  expect(await reviewOfOrder(db, orders[8] as string)).toBeUndefined();
  expect(await reviewOfOrder(db, await win('office-new', won, { payer: 'office-new', ...at }))).toBeUndefined();
});
