import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import { saveProfile } from '../../lib/contracts/identity.ts';
import { shareLink, shareMine, shareShowName } from '../../lib/contracts/share.ts';
import {
  studioBulkLinks,
  studioCampaigns,
  studioChanged,
  studioChannels,
  studioCompare,
  studioExport,
  studioFigures,
  studioFunnel,
  studioGraph,
  studioLink,
  studioLinks,
  studioLive,
  studioMakeLink,
  studioMakeToken,
  studioRevokeToken,
  studioSaveCampaign,
  studioSearch,
  studioSpreaders,
  studioStopLink,
  studioTokens,
  studioWatch,
} from '../../lib/contracts/studio.ts';
import { qualifyPaid, settleQualified } from '../../server/sharing/credits.ts';
import { studioRooms } from '../../server/sharing/studio-rooms.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { until } from '../support/live.ts';
import { pageSockets } from '../support/page-socket.ts';
import { hitOn, putLink, testRecorder, touchLink } from '../support/sharing.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { staffBrowser } from '../support/staff.ts';

/* The studio through its doors, as a marketer's page or script asks. */

let edge: Edge;
let shop: Shop;
let marketer: Browser;
let operator: Browser;
const { open: socketOf, send, close } = pageSockets();

beforeAll(async () => {
  edge = await openEdge();
  shop = await openShop(edge.db);
  await putOnSale(edge.db, { id: 'tea', priceFen: 10_000, onHand: 10_000 });
  marketer = await staffBrowser(edge as never, 'marketer');
  operator = await staffBrowser(edge as never, 'operator');
});
afterAll(() => edge.close());
afterEach(() => close());

const campaign = async (id: string) => {
  accepted(await marketer.call(studioSaveCampaign, { id, name: { zh: '双11', en: 'Double 11' } }));
  return { campaignId: id };
};
const bulk = async (given: object) =>
  marketer.call(studioBulkLinks, { key: randomUUID(), commit: false, skipFaulty: false, ...given });
const linksIn = async (campaignId: string) =>
  (await edge.db.query('select 1 from share_link where campaign_id = $1', [campaignId])).length;

const CSV = `\uFEFF落地页,渠道,utm_source,utm_campaign,备注,失效时间
/p/p-tea,小红书,KOL <b>A</b>,d11,"达人, 第一批",2099-11-11
/,微信,moments,d11,,
`;

test('a file of links is tried out, then made, all of it, and a second sending makes nothing twice', async () => {
  const { campaignId } = await campaign('bulk');
  const key = randomUUID();
  const tried = accepted(await bulk({ campaignId, key, csv: CSV }));
  expect(tried).toMatchObject({ isDone: false, rows: 2, good: 2, faults: [], faultCount: 0 });
  expect([tried.links.map(({ line, code }) => [line, code]), await linksIn(campaignId)]).toEqual([
    [
      [2, null],
      [3, null],
    ],
    0,
  ]);
  const made = accepted(await bulk({ campaignId, key, csv: CSV, commit: true }));
  expect([made.isDone, made.links.length, await linksIn(campaignId)]).toEqual([true, 2, 2]);
  const both = await Promise.all([1, 2, 3].map(() => bulk({ campaignId, key, csv: CSV, commit: true })));
  for (const again of both) expect(accepted(again).links).toEqual(made.links);
  expect(outcomeOf(await bulk({ campaignId, key, csv: 'landing\n/cart\n', commit: true }))).toBe('key_reused');
  expect(await linksIn(campaignId)).toBe(2);
  const listed = accepted(await marketer.call(studioLinks, { campaignId }));
  expect(listed.links.map((link) => [link.landing, link.channel, link.utmSource, link.note, link.label])).toEqual([
    ['/', '微信', 'moments', '', null],
    ['/p/p-tea', '小红书', 'kol bab', '达人, 第一批', null],
  ]);
  expect(listed.links[1]).toMatchObject({
    url: expect.stringMatching(/^http.*\/s\/[0-9A-Za-z]{17}$/),
    utmCampaign: 'd11',
  });
});

test('one faulty row makes none, each fault is said by its line and column, and faulty rows can be left out', async () => {
  const { campaignId } = await campaign('faults');
  const csv = [
    'landing,utm_source,note,expires_at',
    '/p/p-tea,ok,,',
    'javascript:alert(1),,,',
    `/,${'x'.repeat(2_048)},,`,
    '//evil.example,,,2001-01-01',
    '/cart,"closed" not,,',
    '/,,,,too,many',
    '"/c/tea",,"two\nlines",',
    '',
  ].join('\n');
  const tried = accepted(await bulk({ campaignId, csv, commit: true }));
  expect(tried.faults.map(({ line, column, fault }) => [line, column, fault])).toEqual([
    [3, 'landing', 'not_our_page'],
    [4, 'utm_source', 'tag_unusable'],
    [5, 'landing', 'not_our_page'],
    [5, 'expires_at', 'date_is_past'],
    [6, 'utm_source', 'stray_quote'],
    [7, null, 'too_many_fields'],
  ]);
  expect([tried.isDone, tried.rows, tried.good, await linksIn(campaignId)]).toEqual([false, 7, 2, 0]);
  const made = accepted(await bulk({ campaignId, csv, commit: true, skipFaulty: true }));
  expect([made.isDone, made.links.map(({ line }) => line), await linksIn(campaignId)]).toEqual([true, [2, 8], 2]);
  const header = accepted(
    await bulk({ campaignId, csv: 'page,landing,colour\n/,/,red\n', commit: true, skipFaulty: true }),
  );
  expect([header.isDone, header.faults.map(({ fault }) => fault)]).toEqual([
    false,
    ['double_column', 'unknown_column'],
  ]);
  expect([
    outcomeOf(await bulk({ campaignId, csv: 'landing\n"/never closed' })),
    outcomeOf(await bulk({ campaignId, csv: `landing\n${'/\n'.repeat(5_001)}` })),
    outcomeOf(await bulk({ campaignId: 'none', csv: CSV })),
    outcomeOf(await bulk({ campaignId, csv: 'x'.repeat(1_000_001) })),
  ]).toEqual(['csv_unreadable', 'csv_too_long', 'unknown_campaign', 'invalid_input']);
  expect(await linksIn(campaignId)).toBe(2);
});

test('a single link with a key is the same link again, and does not end before it begins', async () => {
  const { campaignId } = await campaign('single');
  const given = { campaignId, landing: '/p/p-tea', key: randomUUID(), utmContent: '海报 A' };
  const first = accepted(await marketer.call(studioMakeLink, given));
  expect(accepted(await marketer.call(studioMakeLink, given))).toEqual(first);
  expect([
    outcomeOf(await marketer.call(studioMakeLink, { ...given, landing: '/cart' })),
    outcomeOf(await marketer.call(studioMakeLink, { ...given, key: randomUUID(), expiresAt: 1_000 })),
  ]).toEqual(['key_reused', 'expires_too_soon']);
  expect(await linksIn(campaignId)).toBe(1);
});

test('links come in pages, newest first; the shop’s own unless all are asked for', async () => {
  const { campaignId } = await campaign('pages');
  accepted(await bulk({ campaignId, csv: `landing\n${'/\n'.repeat(120)}`, commit: true }));
  const theirs = await putLink(edge.db, { campaignId, sharerId: 'somebody' });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = accepted(await marketer.call(studioLinks, { campaignId, ...(after ? { after } : {}) }));
    seen.push(...page.links.map(({ code }) => code));
    after = page.next ?? undefined;
  } while (after);
  expect([seen.length, new Set(seen).size, seen.includes(theirs.code)]).toEqual([120, 120, false]);
  expect(accepted(await marketer.call(studioLinks, { campaignId, whose: 'all' })).links[0]?.code).toBe(theirs.code);
});

/** The shop's link, by it Ann, by hers Bob and Cat; Dan buys by Bob's, Eve by Cat's and gives it back. */
async function spread(campaignId: string) {
  const { db } = edge;
  await campaign(campaignId);
  const made = accepted(
    await marketer.call(studioMakeLink, { campaignId, landing: '/p/p-tea', utmSource: 'kol', utmMedium: 'video' }),
  );
  const [root] = await db.query<{ id: number; code: string }>('select id, code from share_link where code = $1', [
    made.code,
  ]);
  if (!root) throw new Error('no root');
  const names = { ann: `ann-${campaignId}`, bob: `bob-${campaignId}`, cat: `cat-${campaignId}` };
  const childOf = async (parent: { id: number }, sharerId: string) => {
    const visitorId = randomUUID();
    const visitId = await touchLink(db, parent.id, visitorId);
    return putLink(db, { campaignId, sharerId, visitorId, parent: { id: parent.id, visitId } });
  };
  const ann = await childOf(root, names.ann);
  const [bob, cat] = [await childOf(ann, names.bob), await childOf(ann, names.cat)];
  const recorder = testRecorder(db);
  for (const channel of ['wechat', 'wechat', 'weibo']) recorder.offer(hitOn(bob.id, { channel }));
  await recorder.drain();
  const [dan, eve] = [`dan-${campaignId}`, `eve-${campaignId}`];
  await touchLink(db, bob.id, randomUUID(), dan);
  await touchLink(db, cat.id, randomUUID(), eve);
  for (const person of [dan, eve]) {
    const { orderId } = await shop.order(person, 'tea');
    await shop.pay(orderId);
    await qualifyPaid(db);
    if (person === eve) {
      await shop.agreeRefund(eve, orderId);
      await shop.sendRefunds();
      await settleQualified(db);
    }
  }
  return { campaignId, root, ann, bob, cat, names };
}

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

test('what is taken away is a table without anybody’s phone, account or formula', async () => {
  const { campaignId, bob, names } = await spread('export');
  await marketer.call(studioMakeLink, { campaignId, landing: '/', note: '=HYPERLINK("https://evil.example")' });
  const taken = async (what: string, format: string) =>
    accepted(await marketer.call(studioExport, { campaignId, what, format })) as ValueOf<typeof studioExport>;
  const links = await taken('links', 'csv');
  expect([links.fileName, links.contentType, links.rows, links.isCut]).toEqual([
    'export-links.csv',
    'text/csv; charset=utf-8',
    5,
    false,
  ]);
  expect(links.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(links.text.split('\r\n')[0]).toMatch(/^\uFEFFcode,url,sharer,parent,depth,.*,orders,revenue_fen$/);
  const rows = JSON.parse((await taken('links', 'json')).text) as {
    code: string;
    orders: number;
    revenue_fen: number;
  }[];
  expect(rows.find(({ code }) => code === bob.code)).toMatchObject({ orders: 1, revenue_fen: 10_000 });
  const orders = JSON.parse((await taken('orders', 'json')).text) as object[];
  expect(orders).toMatchObject([
    { number: 1, state: 'qualified', order_fen: 10_000, refunded_fen: 0, touches: 1, last_link: bob.code },
    { number: 2, state: 'reversed', order_fen: 10_000, refunded_fen: 10_000 },
  ]);
  const all = await Promise.all(
    (['links', 'spreaders', 'channels', 'orders'] as const).map(async (what) => (await taken(what, 'csv')).text),
  );
  expect(all.join('\n')).not.toMatch(new RegExp(`1[3-9]\\d{9}|${Object.values(names).join('|')}|dan-|eve-`));
  await campaign('export-none');
  for (const what of ['links', 'spreaders', 'channels', 'orders']) {
    const none = accepted(await marketer.call(studioExport, { campaignId: 'export-none', what, format: 'csv' }));
    expect([none.rows, none.text.split('\r\n').length]).toEqual([0, 2]);
  }
});

/** A script with a token and nothing else. */
const script = (token: string) => edge.browser({ authorization: `Bearer ${token}` });

test('a token is shown once, does what it is for and nothing else, and ends when it is revoked', async () => {
  const { campaignId } = await campaign('tokens');
  const made = accepted(await marketer.call(studioMakeToken, { name: 'BI', scopes: ['read'], days: 30 }));
  const [row] = await edge.db.query<{ text: string }>('select t::text as text from share_token t where id = $1', [
    made.id,
  ]);
  expect(row?.text).not.toContain(made.token.slice(12));
  const reader = script(made.token);
  expect(accepted(await reader.call(studioFunnel, { campaignId })).links).toBe(0);
  const wanted = { campaignId, landing: '/' };
  expect([
    outcomeOf(await reader.call(studioMakeLink, wanted)),
    outcomeOf(await reader.call(studioExport, { campaignId, what: 'links', format: 'csv' })),
    outcomeOf(await reader.call(studioTokens, {})),
    outcomeOf(await reader.call(studioMakeToken, { name: 'more', scopes: ['read'], days: 1 })),
    outcomeOf(await reader.call(shareMine, {})),
    outcomeOf(await script(`${made.token}x`).call(studioFunnel, { campaignId })),
    outcomeOf(await edge.browser().call(studioFunnel, { campaignId })),
  ]).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'login_required', 'login_required']);
  const maker = script(
    accepted(await marketer.call(studioMakeToken, { name: 'maker', scopes: ['links', 'export'], days: 1 })).token,
  );
  const { code } = accepted(await maker.call(studioMakeLink, wanted));
  expect([
    outcomeOf(await maker.call(studioStopLink, { code })),
    outcomeOf(await maker.call(studioExport, { campaignId, what: 'links', format: 'json' })),
    outcomeOf(await maker.call(studioFunnel, { campaignId })),
  ]).toEqual(['ok', 'ok', 'forbidden']);

  const listed = accepted(await marketer.call(studioTokens, {})).tokens.find(({ id }) => id === made.id);
  expect(listed).toMatchObject({ name: 'BI', scopes: ['read'], start: made.token.slice(0, 10), revokedAt: null });
  expect(listed?.lastUsedAt).not.toBeNull();
  accepted(await marketer.call(studioRevokeToken, { id: made.id }));
  accepted(await marketer.call(studioRevokeToken, { id: made.id }));
  expect(outcomeOf(await reader.call(studioFunnel, { campaignId }))).toBe('login_required');
  expect(outcomeOf(await marketer.call(studioRevokeToken, { id: 'tok_none' }))).toBe('unknown_token');
  expect(await edge.db.query('select action from audit where target = $1 order by id', [made.id])).toEqual([
    { action: 'studio.makeToken' },
    { action: 'studio.revokeToken' },
  ]);
});

test('a token ends with its time, with its maker’s role, and is slowed when it asks too much', async () => {
  const made = accepted(await marketer.call(studioMakeToken, { name: 'late', scopes: ['read'], days: 1 }));
  const reader = script(made.token);
  const answers = await Promise.all(Array.from({ length: 130 }, () => reader.call(studioCampaigns, {})));
  expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['ok', 'try_later']));
  const old = accepted(await marketer.call(studioMakeToken, { name: 'old', scopes: ['read'], days: 1 }));
  await edge.db.query(
    `update share_token set made_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
    [old.id],
  );
  expect(outcomeOf(await script(old.token).call(studioCampaigns, {}))).toBe('login_required');
  const leaver = await staffBrowser(edge as never, 'marketer');
  const theirs = accepted(await leaver.call(studioMakeToken, { name: 'mine', scopes: ['read'], days: 1 }));
  expect(outcomeOf(await script(theirs.token).call(studioCampaigns, {}))).toBe('ok');
  await edge.db.query(`update person set role = 'clerk' where id = (select made_by from share_token where id = $1)`, [
    theirs.id,
  ]);
  expect(outcomeOf(await script(theirs.token).call(studioCampaigns, {}))).toBe('login_required');
});

test('an operator looks at all of it and makes nothing', async () => {
  const { campaignId } = await campaign('operator');
  expect([
    outcomeOf(await operator.call(studioFunnel, { campaignId })),
    outcomeOf(await operator.call(studioGraph, { campaignId })),
    outcomeOf(await operator.call(studioMakeLink, { campaignId, landing: '/' })),
    outcomeOf(await operator.call(studioMakeToken, { name: 'x', scopes: ['read'], days: 1 })),
  ]).toEqual(['ok', 'ok', 'forbidden', 'forbidden']);
});

test('a marketer’s page sees the funnel move without asking; nobody without the room’s key does', async () => {
  const { campaignId } = await campaign('live');
  const { id } = await putLink(edge.db, { campaignId });
  const socket = await socketOf(edge, marketer);
  type Picture = { campaignId: string; version: number; opens: number };
  const heard: Picture[] = [];
  socket.on(studioChanged.event, (picture: Picture) => heard.push(picture));
  const { room } = accepted(await marketer.call(studioLive, { campaignId }));
  expect(await send(socket, studioWatch.event, { room })).toEqual({ ok: true, value: { watching: true } });
  const stranger = await socketOf(edge, edge.browser());
  const overheard: Picture[] = [];
  stranger.on(studioChanged.event, (picture: Picture) => overheard.push(picture));
  for (const key of [
    room.replace('live', 'everyday'),
    `${room}x`,
    campaignId,
    '',
    room.split('~').slice(0, 2).join('~'),
  ]) {
    expect(await send(stranger, studioWatch.event, { room: key })).toEqual({ ok: true, value: { watching: false } });
  }
  const recorder = testRecorder(edge.db);
  for (let n = 0; n < 7; n += 1) recorder.offer(hitOn(id));
  await recorder.drain();
  await until(() => heard.some(({ opens }) => opens === 7), 20_000);
  expect(heard.at(-1)).toMatchObject({ campaignId, opens: 7, visitors: 7 });
  expect(heard.map(({ version }) => version)).toEqual(heard.map(({ version }) => version).toSorted((a, b) => a - b));
  expect(overheard).toEqual([]);
  expect(outcomeOf(await marketer.call(studioLive, { campaignId: 'none' }))).toBe('unknown_campaign');
  const rooms = studioRooms('a secret of somebody else, thirty-two bytes');
  expect(await send(stranger, studioWatch.event, { room: rooms.keyOf(campaignId, Date.now()).room })).toMatchObject({
    value: { watching: false },
  });
  expect(rooms.campaignOf(rooms.keyOf(campaignId, 0).room, 3_600_001)).toBeNull();
});
