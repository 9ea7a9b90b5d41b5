import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MODELS } from '../../lib/domain/sharing/attribution.ts';
import { listCampaigns, saveCampaign } from '../../server/sharing/campaigns.ts';
import { qualifyPaid, settleQualified } from '../../server/sharing/credits.ts';
import { readFunnel } from '../../server/sharing/funnel.ts';
import { compareModels } from '../../server/sharing/models.ts';
import { makeLink, stopLink } from '../../server/sharing/shop-links.ts';
import { readSpreaders } from '../../server/sharing/spreaders.ts';
import { readSubtree } from '../../server/sharing/studio-links.ts';
import { tidyVisits } from '../../server/sharing/visitors.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { completeOrder, creditOf, hitOn, putLink, testRecorder, touchLink } from '../support/sharing.ts';
import { openShop, type Shop } from '../support/shop.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let shop: Shop;
const urlOf = (code: string) => `https://shop.example/s/${code}`;
const named = { zh: '冬天', en: 'Winter' };
beforeAll(async () => {
  made = await testDatabase();
  shop = await openShop(made.db);
  await putOnSale(made.db, { id: 'tea', priceFen: 10_000, onHand: 10_000 });
});
afterAll(() => made.drop());

test('a campaign keeps the model and the window that it was made with', async () => {
  const { db } = made;
  const save = (more: object) => saveCampaign(db, 'marketer', { id: 'fixed', name: named, ...more });
  expect(outcomeOf(await save({ model: 'linear', windowDays: 3 }))).toBe('ok');
  expect(outcomeOf(await save({ model: 'linear', windowDays: 3, name: { zh: '冬', en: 'W' } }))).toBe('ok');
  expect(outcomeOf(await save({ model: 'first', windowDays: 3 }))).toBe('campaign_is_fixed');
  expect(outcomeOf(await save({ model: 'linear', windowDays: 4 }))).toBe('campaign_is_fixed');
  expect(outcomeOf(await saveCampaign(db, 'marketer', { id: 'everyday', name: named }))).toBe('campaign_is_fixed');
  expect((await listCampaigns(db)).campaigns.find(({ id }) => id === 'fixed')).toMatchObject({
    name: { zh: '冬', en: 'W' },
    model: 'linear',
    windowMs: 3 * 86_400_000,
  });
});

test('[T-25] a marketer’s link leads to pages of ours, with clean tags, and can be stopped', async () => {
  const { db } = made;
  await saveCampaign(db, 'marketer', { id: 'links', name: named });
  const given = { campaignId: 'links', landing: '/p/p-tea', channel: '小红书', utmSource: '<b>KOL</b>', note: '‮x' };
  const { code } = accepted(await makeLink(db, 'marketer', given, urlOf));
  expect(
    await db.query('select landing, channel, utm_source, sharer_id, depth from share_link where code = $1', [code]),
  ).toEqual([{ landing: '/p/p-tea', channel: '小红书', utm_source: 'bkolb', sharer_id: null, depth: 0 }]);
  for (const landing of ['javascript:alert(1)', '//evil.example', '/ops', `/s/${code}`]) {
    expect(outcomeOf(await makeLink(db, 'marketer', { ...given, landing }, urlOf))).toBe('not_our_page');
  }
  expect(outcomeOf(await makeLink(db, 'marketer', { ...given, campaignId: 'none' }, urlOf))).toBe('unknown_campaign');
  expect([outcomeOf(await stopLink(db, code)), outcomeOf(await stopLink(db, 'z'.repeat(17)))]).toEqual([
    'ok',
    'unknown_link',
  ]);
});

/** Ann’s link and Bob’s below it; three come by Bob’s, Cat by both; two buy, one of them gives it back. */
async function spread(campaignId: string) {
  const { db } = made;
  const [ann, bob] = [randomUUID(), randomUUID()];
  const root = await putLink(db, { campaignId, sharerId: 'ann', visitorId: ann });
  const visitId = await touchLink(db, root.id, bob);
  const child = await putLink(db, { campaignId, sharerId: 'bob', visitorId: bob, parent: { id: root.id, visitId } });
  const recorder = testRecorder(db);
  recorder.offer(hitOn(child, { channel: 'weibo' }));
  await recorder.drain();
  const [cat, dan] = [`cat-${campaignId}`, `dan-${campaignId}`];
  const cats = randomUUID();
  await touchLink(db, root.id, cats, cat);
  await touchLink(db, child.id, cats, cat);
  await touchLink(db, child.id, randomUUID(), dan);
  const buy = async (person: string) => {
    const { orderId } = await shop.order(person, 'tea');
    await shop.pay(orderId);
    return orderId;
  };
  const orders = [await buy(cat), await buy(dan)] as const;
  await qualifyPaid(db);
  await shop.agreeRefund(dan, orders[1]);
  await shop.sendRefunds();
  await settleQualified(db);
  return { root, child, cat, dan, orders };
}

test('the funnel, the spreaders and the tree say what happened, and nobody’s name', async () => {
  const { db } = made;
  const { root, child } = await spread('funnel');
  expect(accepted(await readFunnel(db, 'funnel'))).toEqual({
    version: expect.any(Number),
    links: 2,
    opens: 5,
    visitors: 5,
    touched: 3,
    joined: 2,
    orders: 2,
    vested: 0,
    refunded: 1,
    gmvFen: 20_000,
    refundedFen: 10_000,
    vestedFen: 0,
    channels: [
      { channel: 'direct', opens: 4 },
      { channel: 'weibo', opens: 1 },
    ],
    depths: [
      { depth: 0, links: 1, opens: 2 },
      { depth: 1, links: 1, opens: 3 },
    ],
  });
  const { spreaders } = accepted(await readSpreaders(db, 'funnel'));
  expect(spreaders.map(({ links, opens, visitors, fen }) => [links, opens, visitors, fen])).toEqual([
    [1, 3, 3, 10_000],
    [1, 2, 2, 0],
  ]);
  const tree = accepted(await readSubtree(db, root.code, urlOf));
  expect(tree.links.map(({ code, parent, depth, opens }) => [code, parent, depth, opens])).toEqual([
    [root.code, null, 0, 2],
    [child.code, root.code, 1, 3],
  ]);
  expect([tree.isCut, tree.links[1]?.sharer]).toEqual([false, spreaders[0]?.sharer]);
  expect(JSON.stringify([spreaders, tree])).not.toMatch(/ann|bob/);
  // The same person is another pseudonym elsewhere.
  await spread('elsewhere');
  expect(accepted(await readSpreaders(db, 'elsewhere')).spreaders[0]?.sharer).not.toBe(spreaders[0]?.sharer);
  expect([
    outcomeOf(await readFunnel(db, 'none')),
    outcomeOf(await readSpreaders(db, 'none')),
    outcomeOf(await compareModels(db, 'none')),
  ]).toEqual(['unknown_campaign', 'unknown_campaign', 'unknown_campaign']);
  expect(outcomeOf(await readSubtree(db, 'z'.repeat(17), urlOf))).toBe('unknown_link');
  expect(await violations(db)).toEqual([]);
});

test('[INV-52] another model can be looked at: each divides every order whole, and what was counted stays', async () => {
  const { db } = made;
  const { root, child, cat } = await spread('models');
  const before = await db.query('select * from share_credit_touch order by credit_id, place');
  const { counted, models } = accepted(await compareModels(db, 'models'));
  expect([counted, models.map(({ model }) => model)]).toEqual(['last', MODELS]);
  const fenOf = (model: string) =>
    Object.fromEntries(models.find((one) => one.model === model)?.links.map(({ code, fen }) => [code, fen]) ?? []);
  expect(fenOf('last')).toEqual({ [child.code]: 10_000 });
  expect(fenOf('first')).toEqual({ [root.code]: 10_000 });
  expect(fenOf('linear')).toEqual({ [root.code]: 5_000, [child.code]: 5_000 });
  for (const { links } of models) expect(links.reduce((sum, { fen }) => sum + fen, 0)).toBe(10_000);
  expect(await db.query('select * from share_credit_touch order by credit_id, place')).toEqual(before);
  expect((await creditOf(db, cat))?.links).toEqual([child.id]);
});

test('a campaign that counts by removal effect settles its orders so', async () => {
  const { db } = made;
  await saveCampaign(db, 'marketer', { id: 'walks', name: named, model: 'markov' });
  const { orders } = await spread('walks');
  const [row] = await db.query<{ touches: number; fen: number }>(
    `select count(*) as touches, sum(t.fen)::bigint as fen from share_credit c join share_credit_touch t on t.credit_id = c.id
     where c.order_id = $1`,
    [orders[0]],
  );
  expect(row).toEqual({ touches: 2, fen: 10_000 });
  await completeOrder(db, orders[0]);
  await settleQualified(db);
  expect(await violations(db)).toEqual([]);
});

test('visits are forgotten after a month, but those that prove something', async () => {
  const { db } = made;
  await spread('old');
  await db.query(`update share_visit set at = at - interval '40 days', touched_at = touched_at - interval '40 days'`);
  await tidyVisits(db);
  const [left] = await db.query<{ visits: number; idle: number }>(
    `select count(*) as visits, count(*) filter (where touched_at is null) as idle from share_visit`,
  );
  expect(left?.visits).toBeGreaterThan(0);
  expect(left?.idle).toBe(0);
  expect(await violations(db)).toEqual([]);
});
