import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { couponService } from '../../server/promo/service.ts';
import { type TeamService, teamService } from '../../server/team/service.ts';
import { orderWith, quoteWith } from '../support/coupon-orders.ts';
import { accountOf, couponRow, runOut } from '../support/coupons.ts';
import { putOnSale } from '../support/goods.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import {
  openShare,
  putTeamCampaign,
  runOutOfTime,
  sweepTeams,
  teamOf,
  violationsAfterTeams,
} from '../support/teams.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let teams: TeamService;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  teams = teamService({ db });
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 500 });
});
afterAll(() => drop());
afterEach(async () => expect(await violationsAfterTeams(db)).toEqual([]));

const TEA = [{ skuId: 'tea', quantity: 1 }];

/** A team of four whose shares are all opened; the coupons in the order of joining. */
async function sharedPot(prefix: string, more: Parameters<typeof putTeamCampaign>[1] = {}) {
  const campaign = await putTeamCampaign(db, more);
  const people = Array.from({ length: 4 }, (_, i) => `${prefix}${i}`);
  const { teamId, code } = await teamOf(teams, campaign, people);
  const coupons = [];
  for (const shopper of people) coupons.push((await openShare(teams, teamId, shopper)).coupon);
  return { campaign, code, people, coupons };
}
const worthOf = ({ rule }: { rule: { kind: string } & object }) => ('cutFen' in rule ? (rule.cutFen as number) : 0);

test('[COUP3] a share is taken off at checkout by itself, locked, used when paid, and booked with its own amount', async () => {
  const { campaign, coupons } = await sharedPot('a');
  const worth = worthOf(coupons[0]!);
  const { quote } = await quoteWith(shop, 'a0', TEA);
  expect(quote.cuts).toMatchObject([{ kind: 'red_packet', source: coupons[0]!.id, cutFen: worth }]);
  const { orderId, totalFen } = await orderWith(shop, 'a0', TEA);
  expect(totalFen).toBe(20_000 - worth);
  expect(await couponRow(db, coupons[0]!.id)).toMatchObject({ state: 'locked', order_id: orderId, cut_fen: worth });
  await shop.pay(orderId);
  await sweepTeams(db);
  expect(await couponRow(db, coupons[0]!.id)).toMatchObject({ state: 'used' });
  expect(await accountOf(db, campaign)).toMatchObject({ left: 198_000, reserved: 2_000 - worth, spent: worth });
});

test('[COUP4] a cancelled order gives a share back, with a day more when it ran out meanwhile', async () => {
  const { coupons } = await sharedPot('b');
  const first = await orderWith(shop, 'b0', TEA);
  await shop.orders.cancel('b0', first.orderId);
  expect(await couponRow(db, coupons[0]!.id)).toMatchObject({ state: 'usable', order_id: null, has_grace: false });
  const second = await orderWith(shop, 'b1', TEA);
  await runOut(db, coupons[1]!.id);
  await sweepTeams(db);
  await shop.orders.cancel('b1', second.orderId);
  expect(await couponRow(db, coupons[1]!.id)).toMatchObject({ state: 'usable', has_grace: true });
});

test('a share that is never used expires and its money is free for other teams', async () => {
  const { campaign, coupons } = await sharedPot('c');
  await runOut(db, coupons[2]!.id);
  await sweepTeams(db);
  expect(await couponRow(db, coupons[2]!.id)).toMatchObject({ state: 'expired' });
  expect(await accountOf(db, campaign)).toMatchObject({ left: 198_000 + worthOf(coupons[2]!) });
});

test('shares of a campaign with a threshold are coupons with that threshold', async () => {
  const { coupons } = await sharedPot('d', { coupon: { kind: 'threshold', fullFen: 30_000 } });
  expect(coupons[0]!.rule).toEqual({ kind: 'threshold', fullFen: 30_000, cutFen: worthOf(coupons[0]!) });
  const below = await quoteWith(shop, 'd0', TEA);
  expect(below.quote.coupons).toMatchObject({
    used: [],
    not: [{ why: { code: 'below_threshold', missingFen: 10_000 } }],
  });
  const enough = await quoteWith(shop, 'd0', [{ skuId: 'tea', quantity: 2 }]);
  expect(enough.quote.cuts).toMatchObject([{ kind: 'coupon', cutFen: worthOf(coupons[0]!) }]);
});

test('the consolation of a team that did not fill has no threshold, and several shares go on one order', async () => {
  const campaign = await putTeamCampaign(db, { coupon: { kind: 'threshold', fullFen: 30_000 }, consolationFen: 120 });
  const failed = await teamOf(teams, campaign, ['e0', 'e1']);
  await runOutOfTime(db, failed.teamId);
  await sweepTeams(db);
  const more = await sharedPot('e');
  const { quote } = await quoteWith(shop, 'e0', TEA);
  expect(quote.cuts.map(({ cutFen }) => cutFen).sort((a, b) => a - b)).toEqual(
    [120, worthOf(more.coupons[0]!)].sort((a, b) => a - b),
  );
  expect((await couponService({ db }).mine('e0')).coupons.map(({ name }) => name.zh)).toEqual(['组队瓜分', '组队瓜分']);
});

test('a share in an order is good for that order when its campaign is withdrawn, and gone after it', async () => {
  const { campaign, coupons } = await sharedPot('f');
  const { orderId } = await orderWith(shop, 'f0', TEA);
  await db.query(
    `update coupon_template set stopped_at = now(), stopped_by = 'test', withdrawn_at = now() where id = $1`,
    [campaign],
  );
  expect((await couponService({ db }).mine('f0')).coupons).toMatchObject([{ state: 'locked', isLastChance: true }]);
  await shop.orders.cancel('f0', orderId);
  expect(await couponRow(db, coupons[0]!.id)).toMatchObject({ state: 'void' });
});

test('a team campaign is no coupon that one could claim', async () => {
  const campaign = await putTeamCampaign(db);
  const coupons = couponService({ db });
  expect((await coupons.claimable()).map(({ id }) => id)).not.toContain(campaign);
  const key = '0b0f4d52-0d5c-4d5c-8d5c-0d5c4d5c8d5c';
  expect(await coupons.claim({ shopperId: 'g0', key, templateId: campaign })).toMatchObject({
    refusal: { code: 'unknown_coupon' },
  });
});
