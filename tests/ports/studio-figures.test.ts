import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveProfile } from '../../lib/contracts/identity.ts';
import { shareLink, shareMine, shareShowName } from '../../lib/contracts/share.ts';
import {
  studioChannels,
  studioCompare,
  studioFigures,
  studioFunnel,
  studioSpreaders,
} from '../../lib/contracts/studio-figures.ts';
import { studioGraph, studioSearch } from '../../lib/contracts/studio-graph.ts';
import { studioCampaigns, studioLink } from '../../lib/contracts/studio-links.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { shopperAt } from '../support/edge.ts';
import { violations } from '../support/invariants.ts';
import { putLink } from '../support/sharing.ts';
import { openStudio, type Studio } from '../support/studio-edge.ts';

let edge: Studio['edge'];
let marketer: Studio['marketer'];
let campaign: Studio['campaign'];
let spread: Studio['spread'];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ edge, marketer, campaign, spread, close } = await openStudio());
});
afterAll(() => close());

test('the graph is columns in which every parent stands before its children, with what each link brought', async () => {
  const { campaignId, root, ann, bob, cat } = await spread('graph');
  const lone = await putLink(edge.db, { campaignId, sharerId: 'lone' });
  const graph = accepted(await marketer.call(studioGraph, { campaignId }));
  const { code, parent, labels, label } = graph;
  expect([graph.total, graph.isCut, code.length]).toEqual([5, false, 5]);
  for (const column of [parent, graph.depth, graph.createdAt, graph.visitors, graph.orders, graph.revenueFen, label]) {
    expect(column).toHaveLength(5);
  }
  const at = (link: { code: string }) => code.indexOf(link.code);
  expect([root, ann, bob, cat, lone].map((link) => parent[at(link)])).toEqual([-1, at(root), at(ann), at(ann), -1]);
  for (const [place, up] of parent.entries()) expect(up).toBeLessThan(place);
  expect([root, ann, bob, cat].map((link) => graph.visitors[at(link)])).toEqual([1, 2, 4, 1]);
  expect([graph.orders[at(bob)], graph.revenueFen[at(bob)], graph.orders[at(cat)], graph.revenueFen[at(cat)]]).toEqual([
    1, 10_000, 0, 0,
  ]);
  expect([label[at(root)], labels[label[at(ann)] as number]]).toEqual([-1, expect.stringMatching(/^[0-9a-f]{12}$/)]);
  expect(JSON.stringify(graph)).not.toMatch(/ann-|bob-|cat-/);

  const below = accepted(await marketer.call(studioGraph, { campaignId, root: ann.code }));
  expect([below.code.toSorted(), below.parent]).toEqual([[ann.code, bob.code, cat.code].toSorted(), [-1, 0, 0]]);
  const other = await spread('graph-other');
  expect([
    outcomeOf(await marketer.call(studioGraph, { campaignId, root: other.ann.code })),
    outcomeOf(await marketer.call(studioGraph, { campaignId: 'none' })),
  ]).toEqual(['unknown_link', 'unknown_campaign']);
  await campaign('graph-empty');
  expect(accepted(await marketer.call(studioGraph, { campaignId: 'graph-empty' }))).toMatchObject({
    total: 0,
    code: [],
  });
});

test('figures, channels and the comparison say what happened', async () => {
  const { campaignId } = await spread('figures');
  const figures = accepted(await marketer.call(studioFigures, { campaignId }));
  expect(
    figures.depths.map(({ depth, links, visitors, orders, fen }) => [depth, links, visitors, orders, fen]),
  ).toEqual([
    [0, 1, 1, 0, 0],
    [1, 1, 2, 0, 0],
    [2, 2, 5, 1, 10_000],
  ]);
  // Nobody shared long enough ago to be asked whom he brought.
  expect(figures.k).toMatchObject({ value: null, low: null, high: null, sharers: 0, recent: 3 });
  await edge.db.query(
    `update share_visit set at = at - interval '7 hours', touched_at = touched_at - interval '7 hours'`,
  );
  await edge.db.query(`update share_link set made_at = made_at - interval '7 hours'`);
  const later = accepted(await marketer.call(studioFigures, { campaignId })).k;
  expect(later).toMatchObject({ sharers: 3, brought: 2, recent: 0 });
  expect(later.value).toBeCloseTo(2 / 3, 10);
  expect(later.low).toBeLessThan(2 / 3);
  expect(later.high).toBeGreaterThan(2 / 3);
  expect(figures.rates.refunded).toMatchObject({ hits: 1, of: 2, value: 0.5 });
  expect(figures.rates.ordered).toMatchObject({ hits: 2, of: 2 });

  const { rows } = accepted(await marketer.call(studioChannels, { campaignId }));
  expect(rows.map((row) => [row.channel, row.utmSource, row.utmMedium, row.visitors, row.orders, row.fen])).toEqual([
    ['direct', 'kol', 'video', 5, 1, 10_000],
    ['wechat', 'kol', 'video', 2, 0, 0],
    ['weibo', 'kol', 'video', 1, 0, 0],
  ]);
  const { spreaders } = accepted(await marketer.call(studioSpreaders, { campaignId }));
  expect(
    spreaders.map(({ links, visitors, children, orders, fen }) => [links, visitors, children, orders, fen]),
  ).toEqual(
    expect.arrayContaining([
      [1, 4, 0, 1, 10_000],
      [1, 2, 2, 0, 0],
      [1, 1, 1, 0, 0],
      [1, 1, 0, 0, 0],
    ]),
  );
  const pair = accepted(await marketer.call(studioCompare, { left: campaignId, right: 'everyday' }));
  const funnel = accepted(await marketer.call(studioFunnel, { campaignId }));
  const { version: _version, ...counts } = funnel;
  expect([pair.left.funnel, pair.left.figures.depths]).toEqual([counts, figures.depths]);
  expect([pair.right.campaign.id, pair.right.campaign.isEditable, pair.left.campaign.isEditable]).toEqual([
    'everyday',
    false,
    true,
  ]);
  expect(outcomeOf(await marketer.call(studioCompare, { left: campaignId, right: 'none' }))).toBe('unknown_campaign');
  const listed = accepted(await marketer.call(studioCampaigns, {})).campaigns.find(({ id }) => id === campaignId);
  expect(listed).toMatchObject({ links: 4, visitors: 8, orders: 2, gmvFen: 20_000, refundedFen: 10_000 });
  expect(await violations(edge.db)).toEqual([]);
});

test('[T-16] a name is shown where its owner agreed, in clean text, and found by it; no longer when he does not', async () => {
  const { browser } = await shopperAt(edge, '13900000001');
  accepted(await browser.call(saveProfile, { displayName: '\u202E<b>小\u200B明</b>' }));
  const { code, url } = accepted(await browser.call(shareLink, { key: randomUUID(), path: '/p/p-tea' }));
  expect(url).toMatch(new RegExp(`^http.*/s/${code}$`));
  const shown = async () => accepted(await marketer.call(studioLink, { code }));
  expect((await shown()).link.label).toMatch(/^[0-9a-f]{12}$/);
  const byName = { campaignId: 'everyday', query: '小明' };
  expect(accepted(await marketer.call(studioSearch, byName)).links).toEqual([]);
  expect(accepted(await browser.call(shareShowName, { shows: true }))).toEqual({ shows: true, name: 'b小明b' });
  expect([(await shown()).link.label, accepted(await browser.call(shareMine, {})).showsName]).toEqual(['b小明b', true]);
  const graph = accepted(await marketer.call(studioGraph, { campaignId: 'everyday' }));
  expect(graph.labels[graph.named[0] as number]).toBe('b小明b');
  for (const query of [code.slice(0, 6), 'b小明']) {
    const { links } = accepted(await marketer.call(studioSearch, { campaignId: 'everyday', query }));
    expect(links.map((link) => [link.code, link.label])).toEqual([[code, 'b小明b']]);
  }
  accepted(await browser.call(saveProfile, { displayName: '加我13800138000' }));
  expect((await shown()).link.label).toMatch(/^[0-9a-f]{12}$/);
  accepted(await browser.call(shareShowName, { shows: false }));
  accepted(await browser.call(saveProfile, { displayName: '小明' }));
  expect((await shown()).link.label).toMatch(/^[0-9a-f]{12}$/);
  expect(outcomeOf(await edge.browser().call(shareShowName, { shows: true }))).toBe('login_required');
});

test('one link is shown with its chain, and a search finds by code, pseudonym and note', async () => {
  const { campaignId, root, ann, bob } = await spread('chain');
  const { link, above } = accepted(await marketer.call(studioLink, { code: bob.code }));
  expect([link.depth, link.orders, link.fen, link.visitors]).toEqual([2, 1, 10_000, 4]);
  expect(above.map(({ code, depth }) => [code, depth])).toEqual([
    [root.code, 0],
    [ann.code, 1],
  ]);
  const found = async (query: string) =>
    accepted(await marketer.call(studioSearch, { campaignId, query })).links.map(({ code }) => code);
  expect(await found(bob.code)).toEqual([bob.code]);
  expect(await found((link.label ?? '').slice(0, 8))).toEqual([bob.code]);
  expect(await found("%' or 1=1 --")).toEqual([]);
  expect(outcomeOf(await marketer.call(studioLink, { code: 'z'.repeat(17) }))).toBe('unknown_link');
});
