import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PacketService, packetService } from '../../server/packet/service.ts';
import type { Database } from '../../server/platform/database.ts';
import { orderWith, quoteWith } from '../support/coupon-orders.ts';
import { accountOf, couponRow } from '../support/coupons.ts';
import { putOnSale } from '../support/goods.ts';
import {
  issueTo,
  packetAsksOf,
  packetRow,
  passTime,
  putPacketCampaign,
  putPeople,
  stepsOf,
  sweepPackets,
  violationsAfterPackets,
} from '../support/packets.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { code, people } from '../support/team-asks.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
/** Two processes of one shop. */
let packets: PacketService;
let other: PacketService;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  packets = packetService({ db });
  other = packetService({ db });
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 500 });
});
afterAll(() => drop());
afterEach(async () => expect(await violationsAfterPackets(db, packets)).toEqual([]));

const TEA = [{ skuId: 'tea', quantity: 1 }];
const asks = packetAsksOf(() => packets);

/** A packet of `${prefix}0` that others have visited. */
async function grown(prefix: string, visits: number) {
  const campaign = await putPacketCampaign(db);
  const [owner = '', ...visitors] = await putPeople(db, people(prefix, visits + 3));
  const packet = await issueTo(asks, campaign, owner);
  for (const visitor of visitors.slice(0, visits)) {
    expect(code(await asks.visit(packet.code, visitor, undefined, other))).toBe('ok');
  }
  return { campaign, owner, spare: visitors.slice(visits), ...packet };
}

test('[COUP3] checkout takes what the packet has grown to; paid, that is spent, and the rest of its cap comes back when shipped', async () => {
  const { campaign, owner, id } = await grown('a', 3);
  const { quote } = await quoteWith(shop, owner, TEA);
  expect(quote.cuts).toMatchObject([{ kind: 'red_packet', source: id, cutFen: 650 }]);
  const { orderId, totalFen } = await orderWith(shop, owner, TEA);
  expect(totalFen).toBe(20_000 - 650);
  await shop.pay(orderId);
  await sweepPackets(db, packets);
  // It may still be given back whole, and grow on: until it is shipped its cap stays reserved.
  expect(await accountOf(db, campaign)).toMatchObject({ left: 99_000, reserved: 350, spent: 650 });
  expect(await packetRow(db, id)).toMatchObject({ state: 'used', value: 650 });
});

test('[COUP4] an order freezes a packet; cancelled, it has its value again and grows on, and what waited vests', async () => {
  const { owner, id, code: shared, spare } = await grown('b', 2);
  const { orderId } = await orderWith(shop, owner, TEA);
  expect(await packets.page(shared, owner)).toMatchObject({
    ok: true,
    value: { packet: { state: 'locked', valueFen: 600 } },
  });
  expect(await asks.visit(shared, spare[0] ?? '')).toMatchObject({
    ok: true,
    value: { packet: { state: 'locked', valueFen: 600, pendingCount: 1 }, own: { visit: { state: 'pending' } } },
  });
  await sweepPackets(db, packets);
  expect(await packetRow(db, id)).toMatchObject({ state: 'locked', value: 600 });
  await shop.orders.cancel(owner, orderId);
  expect(await couponRow(db, id)).toMatchObject({ state: 'usable', order_id: null });
  await sweepPackets(db, other);
  expect(await packetRow(db, id)).toMatchObject({ state: 'usable', value: 650 });
  expect(code(await asks.visit(shared, spare[1] ?? ''))).toBe('ok');
  expect(await packetRow(db, id)).toMatchObject({ value: 700, vested: 4 });
});

test('[COUP4] a packet that ran out in an order has a day more, in which it grows', async () => {
  const { owner, id, code: shared, spare } = await grown('c', 1);
  const { orderId } = await orderWith(shop, owner, TEA);
  await passTime(db, id, 73);
  await sweepPackets(db, packets);
  await shop.orders.cancel(owner, orderId);
  expect(await couponRow(db, id)).toMatchObject({ state: 'usable', has_grace: true });
  expect(code(await asks.visit(shared, spare[0] ?? ''))).toBe('ok');
  expect(await packetRow(db, id)).toMatchObject({ value: 600 });
});

test('a packet that nobody uses expires: all of its cap comes back, its visits wait for nothing, and its owner was told', async () => {
  const { campaign, id, code: shared, spare } = await grown('d', 1);
  expect(code(await asks.look(shared, 'a passer-by'))).toBe('ok');
  await passTime(db, id, 71);
  await sweepPackets(db, packets);
  await sweepPackets(db, other);
  expect(await db.query(`select topic from outbox where aggregate = $1`, [id])).toEqual([{ topic: 'packet.lapsing' }]);
  await passTime(db, id, 2);
  // Before the worker has come by.
  expect(await packets.page(shared, '')).toMatchObject({
    ok: true,
    value: {
      packet: {
        state: 'expired',
        pendingCount: 0,
        steps: [{ state: 'vested' }, { state: 'lapsed', lapsedBecause: 'ended' }],
      },
    },
  });
  expect(code(await asks.visit(shared, spare[0] ?? ''))).toBe('packet_ended');
  expect(code(await asks.accept(shared, spare[0] ?? ''))).toBe('packet_ended');
  await sweepPackets(db, packets);
  expect(await stepsOf(db, id)).toMatchObject([{ state: 'vested' }, { state: 'lapsed', because: 'ended' }]);
  expect(await accountOf(db, campaign)).toMatchObject({ left: 100_000, reserved: 0, spent: 0 });
});

test('nothing but a visit makes a packet grow, and the database refuses what the rules do not allow', async () => {
  const { owner, id } = await grown('e', 1);
  const set = (fen: number) =>
    db.query(`update coupon set own_rule = jsonb_set(own_rule, '{cutFen}', to_jsonb($2::bigint)) where id = $1`, [
      id,
      fen,
    ]);
  await expect(set(1_001)).rejects.toThrow(/growth_stays_below_its_cap/);
  await expect(set(500)).rejects.toThrow(/does not grow now/);
  await expect(db.query(`update coupon set own_worst_fen = 5000 where id = $1`, [id])).rejects.toThrow(/was promised/);
  await orderWith(shop, owner, TEA);
  await expect(set(600)).rejects.toThrow(/does not grow now/);
});
