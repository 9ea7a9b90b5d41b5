import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packetCampaignHash } from '../../lib/domain/packet/campaign.ts';
import { type PacketService, packetService } from '../../server/packet/service.ts';
import { accountOf } from '../support/coupons.ts';
import {
  issueTo,
  packetAsksOf,
  packetRow,
  putPacketCampaign,
  putPeople,
  stepsOf,
  sweepPackets,
  turnsOutToBe,
  violationsAfterPackets,
} from '../support/packets.ts';
import { testDatabase } from '../support/postgres.ts';
import { code, people } from '../support/team-asks.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
/** Two processes of one shop. */
let packets: PacketService;
let other: PacketService;

beforeAll(async () => {
  database = await testDatabase();
  packets = packetService({ db: database.db });
  other = packetService({ db: database.db });
});
afterAll(() => database.drop());
afterEach(async () => expect(await violationsAfterPackets(database.db, packets)).toEqual([]));

const asks = packetAsksOf(() => packets);
const { issue, accept, visit, look } = asks;

test('[GROW1] three generations: ¥5 that grow to ¥10, then twice ¥2.50 that grow to ¥5, each by its direct visitors only', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db);
  await putPeople(db, ['first', 'second', 'third', 'fourth', ...people('f', 12), ...people('s', 12)]);
  const first = await issueTo(asks, campaign, 'first');
  expect(await accountOf(db, campaign)).toMatchObject({ left: 99_000, reserved: 1_000, spent: 0 });
  const taken = await accept(first.code, 'second');
  if (!taken.ok) throw new Error(code(taken));
  expect(taken.value).toMatchObject({
    packet: { generation: 2, baseFen: 250, stepFen: 25, capFen: 500, valueFen: 250, stepsLeft: 10, state: 'growing' },
    own: { isOwner: true, coupon: { rule: { kind: 'red_packet', cutFen: 250 }, growth: { capFen: 500 } } },
    isReplay: false,
  });
  const second = { id: taken.value.own.packetId, code: taken.value.packet.code };
  // Who takes one has visited: the shared one has grown by a step.
  expect(await packetRow(db, first.id)).toMatchObject({ value: 550, vested: 1, visits: 1 });
  const handed = await accept(second.code, 'third');
  if (!handed.ok) throw new Error(code(handed));
  const third = { id: handed.value.own.packetId, code: handed.value.packet.code };
  expect(handed.value.packet).toMatchObject({ generation: 3, baseFen: 250, capFen: 500 });
  // Only the direct visitor's owner is rewarded.
  expect([await packetRow(db, first.id), await packetRow(db, second.id)]).toMatchObject([
    { value: 550 },
    { value: 275 },
  ]);
  const page = await packets.page(third.code, 'fourth');
  expect(page).toMatchObject({ ok: true, value: { visitor: null, own: { isOwner: false, coupon: null } } });
  expect(await accept(third.code, 'fourth')).toMatchObject({
    ok: false,
    refusal: { code: 'last_generation', generations: 3 },
  });
  // He may visit, and have one of his own; who came by whom is kept beyond the generations that are rewarded.
  expect(code(await visit(third.code, 'fourth'))).toBe('ok');
  expect(await packetRow(db, third.id)).toMatchObject({ value: 275 });
  const fourth = await issueTo(asks, campaign, 'fourth');
  expect(await db.query('select came_by_id, depth, generation from packet where id = $1', [fourth.id])).toEqual([
    { came_by_id: third.id, depth: 3, generation: 1 },
  ]);
  for (const shopper of people('f', 9)) expect(code(await visit(first.code, shopper))).toBe('ok');
  expect(code(await visit(first.code, 'f9'))).toBe('packet_full');
  for (const shopper of people('s', 9)) expect(code(await visit(second.code, shopper))).toBe('ok');
  expect([await packetRow(db, first.id), await packetRow(db, second.id)]).toMatchObject([
    { value: 1_000, cap: 1_000, vested: 10 },
    { value: 500, cap: 500, vested: 10 },
  ]);
  // 1,000 + 500 + 500 + 1,000 are reserved at the caps, whatever has grown.
  expect(await accountOf(db, campaign)).toMatchObject({ left: 97_000, reserved: 3_000, spent: 0 });
});

test('[GROW2] a visit is pending until its visitor is a verified person, and then adds one step, once', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db);
  await putPeople(db, ['p0', 'p1', 'p2']);
  const one = await issueTo(asks, campaign, 'p0');
  const two = await issueTo(asks, campaign, 'p1');
  expect(await look(one.code, 'anon')).toMatchObject({
    ok: true,
    value: { packet: { valueFen: 500, pendingCount: 1 }, own: { visit: { place: 1, state: 'pending', fen: 0 } } },
  });
  expect(code(await look(two.code, 'anon', randomUUID(), other))).toBe('ok');
  await sweepPackets(db, packets);
  expect(await packetRow(db, one.id)).toMatchObject({ value: 500 });
  // He verifies his phone: the anonymous shopper is p2 now. His one step goes to the packet that he visited first.
  await turnsOutToBe({ db, packets: other }, 'anon', 'p2');
  expect([await packetRow(db, one.id), await packetRow(db, two.id)]).toMatchObject([{ value: 550 }, { value: 500 }]);
  expect(await stepsOf(db, two.id)).toEqual([{ visitor: 'p2', state: 'lapsed', fen: 0, because: 'other' }]);
  expect(code(await look(one.code, 'anon2'))).toBe('ok');
  // The same person once more, by another phone's browser: one person, one visit.
  await turnsOutToBe({ db, packets }, 'anon2', 'p2');
  await sweepPackets(db, packets);
  expect(await packetRow(db, one.id)).toMatchObject({ value: 550, vested: 1 });
  expect(code(await visit(two.code, 'p2'))).toBe('already_visited');
  const three = await issueTo(asks, campaign, 'p2');
  expect(three.code).not.toBe(one.code);
});

test('[GROW2] what a crash between verifying and vesting lost, the worker does', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db);
  await putPeople(db, ['q0', 'q1']);
  const { code: shared, id } = await issueTo(asks, campaign, 'q0');
  await look(shared, 'lost');
  await db.query(`update packet_step set visitor_id = 'q1', is_ripe = true where visitor_id = 'lost'`);
  expect(await packetRow(db, id)).toMatchObject({ value: 500 });
  await sweepPackets(db, other);
  expect(await packetRow(db, id)).toMatchObject({ value: 550 });
});

test('each refusal is its own', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db, { budgetFen: 3_000, generations: 2 });
  await putPeople(db, ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
  const one = await issueTo(asks, campaign, 'r0');
  expect(code(await visit(one.code, 'r0'))).toBe('own_packet');
  expect(code(await accept(one.code, 'r0'))).toBe('own_packet');
  expect(await issue(campaign, 'r0')).toMatchObject({ refusal: { code: 'has_packet', packetCode: one.code } });
  expect(code(await visit('zzzzzzzzzzzz', 'r1'))).toBe('unknown_packet');
  expect(code(await accept('half a link', 'r1'))).toBe('unknown_packet');
  expect(await packets.page('zzzzzzzzzzzz', 'r1')).toMatchObject({ refusal: { code: 'unknown_packet' } });
  expect(code(await issue('nothing', 'r1'))).toBe('unknown_packet_campaign');
  const short = { name: null, shopperId: 'anon3', key: randomUUID(), code: one.code, isVerified: false };
  expect(await packets.visit({ ...short, stayedMs: 4_999, touched: true })).toMatchObject({
    refusal: { code: 'visit_too_short', stayMs: 5_000 },
  });
  expect(code(await packets.visit({ ...short, stayedMs: 60_000, touched: false }))).toBe('visit_too_short');
  expect(code(await look(one.code, 'anon3'))).toBe('ok');
  expect(await look(one.code, 'anon3')).toMatchObject({ refusal: { code: 'already_visited', state: 'pending' } });
  const guest = await accept(one.code, 'r1');
  if (!guest.ok) throw new Error(code(guest));
  expect(code(await accept(guest.value.packet.code, 'r2'))).toBe('last_generation');
  expect(code(await visit((await issueTo(asks, campaign, 'r3')).code, 'r1'))).toBe('helped_other');
  expect(code(await issue(campaign, 'r4'))).toBe('packet_budget_gone');
  const ahead = await putPacketCampaign(db, { startsAt: Date.now() + 3_600_000 });
  expect(await issue(ahead, 'r4')).toMatchObject({ refusal: { code: 'packet_campaign_not_open' } });
  const over = await putPacketCampaign(db, { startsAt: Date.now() - 7_200_000, endsAt: Date.now() - 3_600_000 });
  expect(code(await issue(over, 'r5'))).toBe('packet_campaign_over');
  await db.query(`update coupon_template set stopped_at = now(), stopped_by = 'test' where id = $1`, [campaign]);
  expect(code(await accept(one.code, 'r4'))).toBe('packet_campaign_stopped');
  expect(code(await issue(campaign, 'r6'))).toBe('packet_campaign_stopped');
  // What was given out grows on.
  expect(code(await visit(one.code, 'r4'))).toBe('ok');
});

test('issuing, taking and visiting are answered once per key', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db);
  await putPeople(db, ['k0', 'k1', 'k2']);
  const key = randomUUID();
  const [first, second] = [await issue(campaign, 'k0', key), await issue(campaign, 'k0', key, other)];
  if (!first.ok || !second.ok) throw new Error('refused');
  expect(second.value).toEqual({ ...first.value, now: second.value.now, isReplay: true });
  expect(await accountOf(db, campaign)).toMatchObject({ reserved: 1_000 });
  const { code: shared } = first.value.packet;
  const taking = randomUUID();
  const taken = await Promise.all([accept(shared, 'k1', taking), accept(shared, 'k1', taking, other)]);
  expect(taken.map((answer) => answer.ok && answer.value.isReplay).sort()).toEqual([false, true]);
  expect(code(await accept(shared, 'k1', randomUUID()))).toBe('has_packet');
  const visiting = randomUUID();
  const visited = await Promise.all([visit(shared, 'k2', visiting), visit(shared, 'k2', visiting, other)]);
  expect(visited.map((answer) => answer.ok && answer.value.isReplay).sort()).toEqual([false, true]);
  expect(await visit(shared, 'k2', visiting)).toMatchObject({
    ok: true,
    value: { own: { visit: { state: 'vested' } } },
  });
  // A key belongs to what it was first used for.
  const elsewhere = await putPacketCampaign(db);
  expect(code(await issue(elsewhere, 'k0', key))).toBe('key_reused');
  const mine = await issueTo(asks, elsewhere, 'k0');
  expect(code(await visit(mine.code, 'k2', visiting))).toBe('key_reused');
  expect(code(await accept(mine.code, 'k1', taking))).toBe('key_reused');
  expect(await packetRow(db, first.value.own.packetId)).toMatchObject({ value: 600, vested: 2 });
});

test('a blocked owner’s packet does not grow, and a blocked visitor makes none grow', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db);
  await putPeople(db, ['x0', 'x1', 'x2', 'x3']);
  const one = await issueTo(asks, campaign, 'x0');
  const two = await issueTo(asks, campaign, 'x1');
  await db.query(`update person set banned = true where id in ('x0', 'x2')`);
  expect(await visit(one.code, 'x3')).toMatchObject({ ok: true, value: { own: { visit: { state: 'pending' } } } });
  await look(two.code, 'anon4');
  await turnsOutToBe({ db, packets }, 'anon4', 'x2');
  await sweepPackets(db, packets);
  expect([await packetRow(db, one.id), await packetRow(db, two.id)]).toMatchObject([{ value: 500 }, { value: 500 }]);
  await db.query(`update person set banned = false where id in ('x0', 'x2')`);
  await sweepPackets(db, packets);
  expect([await packetRow(db, one.id), await packetRow(db, two.id)]).toMatchObject([{ value: 550 }, { value: 550 }]);
});

test('what a page shows: pictures without ids, the rules and their hash, one’s own lists', async () => {
  const { db } = database;
  const campaign = await putPacketCampaign(db);
  await putPeople(db, ['y0', 'y1']);
  const one = await issueTo(asks, campaign, 'y0');
  await packets.visit({
    ...{ name: '小**', shopperId: 'y1', key: randomUUID(), code: one.code },
    ...{ stayedMs: 0, touched: false, isVerified: true },
  });
  const page = await packets.page(one.code, '');
  if (!page.ok) throw new Error(code(page));
  expect(page.value).toMatchObject({
    campaignState: 'running',
    isBudgetGone: false,
    visitor: { generation: 2, baseFen: 250 },
    own: { isOwner: false, coupon: null, visit: null, ownCode: null },
    packet: {
      valueFen: 550,
      vestedCount: 1,
      pendingCount: 0,
      steps: [{ place: 1, name: '小**', state: 'vested', fen: 50 }],
    },
  });
  expect(packetCampaignHash(page.value.campaign)).toBe(page.value.hash);
  expect(JSON.stringify(page.value.packet)).not.toMatch(/y0|y1/);
  expect(await packets.mine('y0')).toMatchObject({
    packets: [{ campaignId: campaign, packet: { code: one.code }, coupon: { growth: { packetCode: one.code } } }],
    helped: [],
  });
  expect(await packets.mine('y1')).toMatchObject({
    packets: [],
    helped: [{ code: one.code, state: 'vested', fen: 50, packetState: 'growing' }],
  });
  const running = (await packets.running()).campaigns.find((one_) => one_.campaign.id === campaign);
  expect(running).toMatchObject({ state: 'running', isSoldOut: false, takenPermille: 10, hash: page.value.hash });
});
