import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { stopPackets } from '../../../server/ops/packets.ts';
import { type PacketService, packetService } from '../../../server/packet/service.ts';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { expireCoupons } from '../../../server/promo/book-coupons.ts';
import { CONTESTS, contests, type Gate, inOrder } from '../../support/contest.ts';
import { orderWith, quoteWith } from '../../support/coupon-orders.ts';
import { accountOf, couponRow } from '../../support/coupons.ts';
import { putOnSale } from '../../support/goods.ts';
import {
  issueTo,
  packetAsksOf,
  packetRow,
  passTime,
  putPacketCampaign,
  putPeople,
  stepsOf,
  sweepPackets,
  turnsOutToBe,
  violationsAfterPackets,
} from '../../support/packets.ts';
import { testDatabase } from '../../support/postgres.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { code } from '../../support/team-asks.ts';

/*
 * R-35 and those of growth: packets against their visitors, against orders, time, a stop and their budget. Both orders
 * forced, then free contests, at two processes of one shop.
 */

let db: Database;
let otherDb: Database;
let drop: () => Promise<void>;
let packets: PacketService;
let others: PacketService;
let shop: Shop;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  const made = await testDatabase();
  ({ db } = made);
  otherDb = openDatabase(made.url);
  drop = async () => {
    await otherDb.close();
    await made.drop();
  };
  packets = packetService({ db });
  others = packetService({ db: otherDb });
  shop = await openShop(db);
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 100_000 });
});
afterAll(async () => {
  await Promise.all([packets.drain(), others.drain()]);
  await drop();
});
afterEach(async () => expect(await violationsAfterPackets(db, packets)).toEqual([]));

const gate =
  (sql: string) =>
  (id: string): Gate => ({ sql, params: [id] });
const rowOfPacket = gate('select 1 from coupon where id = $1 for update');
const rowOfAccount = gate('select 1 from coupon_account where template_id = $1 for update');
const rowOfTemplate = gate('select 1 from coupon_template where id = $1 for update');

const here = packetAsksOf(() => packets);
const there = packetAsksOf(() => others);
const at = (n: number) => (n % 2 ? here : there);
const TEA = [{ skuId: 'tea', quantity: 1 }];
const many = (count: number, what: string) => Array<string>(count).fill(what);

let count = 0;
/** People whom nobody has seen before, with verified phones. */
const somebody = (n = 1) =>
  putPeople(
    db,
    Array.from({ length: n }, () => `person-${count++}`),
  );

/** A packet with so many of its ten steps vested. */
async function grown(steps: number, campaign?: string) {
  const campaignId = campaign ?? (await putPacketCampaign(db));
  const [owner = '', ...visitors] = await somebody(steps + 1);
  const packet = await issueTo(here, campaignId, owner);
  for (const visitor of visitors) expect(code(await here.visit(packet.code, visitor))).toBe('ok');
  return { campaignId, owner, ...packet };
}

test('[GROW2] one visitor in two tabs, at two processes, is one visit, and is told it twice or once', async () => {
  await contests(async (round) => {
    const packet = await grown(0);
    const [visitor = ''] = await somebody();
    const key = round % 2 ? randomUUID() : null;
    const answers = await Promise.all([
      here.visit(packet.code, visitor, key ?? randomUUID()),
      there.visit(packet.code, visitor, key ?? randomUUID()),
    ]);
    expect(answers.map(code).toSorted()).toEqual(key ? ['ok', 'ok'] : ['already_visited', 'ok']);
    expect(await packetRow(db, packet.id)).toMatchObject({ value: 550, visits: 1, vested: 1 });
  });
});

test('[GROW2] one person who visits two packets at the same moment makes one of them grow', async () => {
  await contests(async () => {
    const one = await grown(0);
    const two = await grown(0, one.campaignId);
    const [visitor = ''] = await somebody();
    const answers = await Promise.all([here.visit(one.code, visitor), there.visit(two.code, visitor)]);
    expect(answers.map(code).filter((said) => said === 'ok').length).toBeGreaterThan(0);
    await sweepPackets(db, packets);
    const values = [(await packetRow(db, one.id))?.value, (await packetRow(db, two.id))?.value];
    expect(values.toSorted()).toEqual([500, 550]);
  });
});

test.each(['one', 'the other'])('[GROW1] two visitors for the last step, %s first: he makes it', async (who) => {
  const packet = await grown(9);
  const [ann = '', bob = ''] = await somebody(2);
  const [first, second] = who === 'one' ? [ann, bob] : [bob, ann];
  const answers = await inOrder(
    db,
    rowOfPacket(packet.id),
    () => here.visit(packet.code, first),
    () => there.visit(packet.code, second),
  );
  expect(answers.map(code)).toEqual(['ok', 'packet_full']);
  expect(await packetRow(db, packet.id)).toMatchObject({ value: 1_000, vested: 10 });
});

test('[GROW1] free contests of six visitors for the last two steps: the cap is reached and never passed', async () => {
  await contests(async () => {
    const packet = await grown(8);
    const visitors = await somebody(6);
    const answers = await Promise.all(visitors.map((visitor, n) => at(n).visit(packet.code, visitor)));
    expect(answers.map(code).toSorted()).toEqual(['ok', 'ok', ...many(4, 'packet_full')]);
    expect(await packetRow(db, packet.id)).toMatchObject({ value: 1_000, vested: 10, visits: 10 });
  });
});

test('[GROW1] free contests of three people who verify at the same moment, for one step that is left', async () => {
  await contests(async () => {
    const packet = await grown(9);
    const visitors = await somebody(3);
    for (const visitor of visitors) expect(code(await here.look(packet.code, `anon-${visitor}`))).toBe('ok');
    await Promise.all(
      visitors.map((visitor, n) => turnsOutToBe({ db, packets: n % 2 ? packets : others }, `anon-${visitor}`, visitor)),
    );
    await sweepPackets(db, packets);
    expect(await packetRow(db, packet.id)).toMatchObject({ value: 1_000, vested: 10, lapsed: 2 });
    const last = (await stepsOf(db, packet.id)).slice(9);
    expect(last.map(({ state, because }) => because ?? state).toSorted()).toEqual(['cap', 'cap', 'vested']);
  });
});

test('[GROW1] a visit that comes while an order takes the packet waits for the order; what the order takes is what it locked', async () => {
  const packet = await grown(2);
  const [visitor = ''] = await somebody();
  const { submit } = await quoteWith(shop, packet.owner, TEA);
  const [ordered, visited] = await inOrder(db, rowOfPacket(packet.id), submit, () => there.visit(packet.code, visitor));
  expect([ordered.ok, code(visited)]).toEqual([true, 'ok']);
  expect(visited).toMatchObject({
    value: { packet: { state: 'locked', valueFen: 600 }, own: { visit: { state: 'pending' } } },
  });
  expect(await couponRow(db, packet.id)).toMatchObject({ state: 'locked', cut_fen: 600 });
});

test('[GROW1] an order that comes while the packet grows takes what it has grown to, less than was shown is paid', async () => {
  const packet = await grown(2);
  const [visitor = ''] = await somebody();
  const { submit } = await quoteWith(shop, packet.owner, TEA);
  const [visited, ordered] = await inOrder(db, rowOfPacket(packet.id), () => there.visit(packet.code, visitor), submit);
  expect([code(visited), ordered.ok && ordered.value.totalFen]).toEqual(['ok', 20_000 - 650]);
  expect(await couponRow(db, packet.id)).toMatchObject({ state: 'locked', cut_fen: 650 });
});

test('[GROW1] free contests of an order and a visit: the order takes what the packet was worth when it was locked', async () => {
  await contests(async () => {
    const packet = await grown(1);
    const [visitor = ''] = await somebody();
    const { submit } = await quoteWith(shop, packet.owner, TEA);
    const [ordered, visited] = await Promise.all([submit(), there.visit(packet.code, visitor)]);
    expect([ordered.ok, code(visited)]).toEqual([true, 'ok']);
    const value = (await packetRow(db, packet.id))?.value ?? 0;
    expect([550, 600]).toContain(value);
    expect(await couponRow(db, packet.id)).toMatchObject({ state: 'locked', cut_fen: value });
  });
});

test.each(['the visit', 'the end'])('[GROW1] a visit and the end of the packet’s time, %s first', async (who) => {
  const packet = await grown(1);
  const [visitor = ''] = await somebody();
  const visit = () => here.visit(packet.code, visitor);
  const end = async () => {
    await passTime(otherDb, packet.id, 73);
    await expireCoupons(otherDb);
  };
  if (who === 'the visit') await inOrder(db, rowOfPacket(packet.id), visit, end);
  else {
    const [, said] = await inOrder(db, rowOfPacket(packet.id), end, visit);
    expect(code(said)).toBe('packet_ended');
  }
  await sweepPackets(db, packets);
  expect(await packetRow(db, packet.id)).toMatchObject({
    ...{ state: 'expired', value: who === 'the visit' ? 600 : 550, reserved: 0 },
  });
  expect(await accountOf(db, packet.campaignId)).toMatchObject({ left: 100_000, reserved: 0 });
});

test('[GROW1] free contests of an order that is cancelled and a person who verifies: the step waits, or is made', async () => {
  await contests(async () => {
    const packet = await grown(1);
    const [visitor = ''] = await somebody();
    const { orderId } = await orderWith(shop, packet.owner, TEA);
    expect(code(await here.look(packet.code, `anon-${visitor}`))).toBe('ok');
    await Promise.all([
      shop.orders.cancel(packet.owner, orderId),
      turnsOutToBe({ db, packets: others }, `anon-${visitor}`, visitor),
    ]);
    await sweepPackets(db, packets);
    expect(await packetRow(db, packet.id)).toMatchObject({ state: 'usable', value: 600, vested: 2 });
  });
});

const stop = (id: string, withdraw = false) => stopPackets(otherDb, { id, withdraw, reason: '停' }, 'op');

test.each(['the stop', 'the friend'])('[R-35] a stop and a friend who takes a packet, %s first', async (who) => {
  const packet = await grown(0);
  const [friend = ''] = await somebody();
  const accept = () => here.accept(packet.code, friend);
  const row = rowOfTemplate(packet.campaignId);
  if (who === 'the stop') {
    const [, said] = await inOrder(db, row, () => stop(packet.campaignId), accept);
    expect(code(said)).toBe('packet_campaign_stopped');
  } else {
    const [said] = await inOrder(db, row, accept, () => stop(packet.campaignId));
    expect(code(said)).toBe('ok');
  }
  expect(await accountOf(db, packet.campaignId)).toMatchObject({ reserved: who === 'the stop' ? 1_000 : 1_500 });
});

test('[R-35] free contests of a withdrawal, a visit and a friend: all packets are gone, and all money is back', async () => {
  await contests(async () => {
    const packet = await grown(1);
    const [visitor = '', friend = ''] = await somebody(2);
    await Promise.all([
      stop(packet.campaignId, true),
      here.visit(packet.code, visitor),
      there.accept(packet.code, friend),
    ]);
    await sweepPackets(db, packets);
    expect(await packetRow(db, packet.id)).toMatchObject({ state: 'void', reserved: 0 });
    expect(await accountOf(db, packet.campaignId)).toMatchObject({ left: 100_000, reserved: 0 });
  });
});

test.each(['one', 'the other'])(
  '[R-35] [INV-37] the budget’s last packet and two who want it, %s first',
  async (who) => {
    const campaign = await putPacketCampaign(db, { budgetFen: 1_999 });
    const [ann = '', bob = ''] = await somebody(2);
    const [first, second] = who === 'one' ? [ann, bob] : [bob, ann];
    const answers = await inOrder(
      db,
      rowOfAccount(campaign),
      () => here.issue(campaign, first),
      () => there.issue(campaign, second),
    );
    expect(answers.map(code)).toEqual(['ok', 'packet_budget_gone']);
    expect(await accountOf(db, campaign)).toMatchObject({ left: 999, reserved: 1_000 });
  },
);

test('[R-35] [INV-37] free contests of eight for a budget of three packets and a fen: three have one, to the fen', async () => {
  await contests(async () => {
    const campaign = await putPacketCampaign(db, { budgetFen: 3_001 });
    const wanting = await somebody(8);
    const answers = await Promise.all(wanting.map((one, n) => at(n).issue(campaign, one)));
    expect(answers.map(code).toSorted()).toEqual(['ok', 'ok', 'ok', ...many(5, 'packet_budget_gone')]);
    expect(await accountOf(db, campaign)).toMatchObject({ left: 1, reserved: 3_000 });
  });
});

test('[R-35] one person who wants a packet twice at two processes, of his own and of a friend’s, has one', async () => {
  await contests(async () => {
    const packet = await grown(0);
    const [person = ''] = await somebody();
    const answers = await Promise.all([here.issue(packet.campaignId, person), there.accept(packet.code, person)]);
    expect(answers.map(code).toSorted()).toEqual(['has_packet', 'ok']);
  });
});
