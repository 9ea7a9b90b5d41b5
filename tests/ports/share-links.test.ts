import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareConsent, shareLink, shareMine, shareTouch } from '../../lib/contracts/share.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { openShared, PHONE_AGENT } from '../support/sharing.ts';

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge();
  await putOnSale(edge.db, { id: 'tea', priceFen: 12_900 });
});
afterAll(() => edge.close());

const phone = (headers: Record<string, string> = {}) => edge.browser({ 'user-agent': PHONE_AGENT, ...headers });

test('a shopper’s link is the same when it is asked for again, and leads only to pages of ours', async () => {
  const browser = phone();
  const ask = (path: string) => browser.call(shareLink, { key: randomUUID(), path });
  const first = accepted(await ask('/p/p-tea'));
  expect([first.path, first.depth]).toEqual([`/s/${first.code}`, 0]);
  expect(accepted(await ask('/p/p-tea')).code).toBe(first.code);
  const taps = await Promise.all(Array.from({ length: 8 }, () => ask('/c/test')));
  expect(new Set(taps.map((tap) => accepted(tap).code)).size).toBe(1);
  for (const path of ['javascript:alert(1)', '//evil.example', 'https://evil.example/', '/ops', `/s/${first.code}`]) {
    expect([path, outcomeOf(await ask(path))]).toEqual([path, 'not_our_page']);
  }
  expect(accepted(await browser.call(shareMine, {})).links.map(({ code }) => code)).toContain(first.code);
  expect(accepted(await browser.call(shareMine, {})).links).toHaveLength(2);
});

test('[INV-50] who came by a link and shares makes a child of it; who only loaded it, or made it himself, does not', async () => {
  const [ann, bob, cat] = [
    phone(),
    phone({ 'user-agent': `${PHONE_AGENT} b` }),
    phone({ 'user-agent': `${PHONE_AGENT} c` }),
  ];
  const share = async (browser: typeof ann, path = '/p/p-tea') =>
    accepted(await browser.call(shareLink, { key: randomUUID(), path }));
  const root = await share(ann);
  await openShared(bob, root.code);
  expect((await share(bob, '/c/test')).depth).toBe(0);
  accepted(await bob.call(shareTouch, { code: root.code }));
  const child = await share(bob);
  expect(child.depth).toBe(1);
  await openShared(cat, child.code);
  accepted(await cat.call(shareTouch, { code: child.code }));
  expect((await share(cat)).depth).toBe(2);
  // Ann opens what is hers: her next share is no child of herself.
  await openShared(ann, root.code);
  accepted(await ann.call(shareTouch, { code: root.code }));
  expect((await share(ann, '/c/test')).depth).toBe(0);
  const tree = await edge.db.query<{ depth: number; children: number }>(
    `select l.depth, l.children from share_link l where root_id = (select id from share_link where code = $1) order by depth`,
    [root.code],
  );
  expect(tree).toEqual([
    { depth: 0, children: 1 },
    { depth: 1, children: 1 },
    { depth: 2, children: 0 },
  ]);
  expect(await violations(edge.db)).toEqual([]);
});

test('[T-12] a link says nothing of its sharer, and neither does the list of one’s links of its visitors', async () => {
  const [ann, bob] = [phone(), phone({ 'user-agent': `${PHONE_AGENT} d` })];
  const { code } = accepted(await ann.call(shareLink, { key: randomUUID(), path: '/p/p-tea' }));
  const { response, visitorId } = await openShared(bob, code);
  const [row] = await edge.db.query<{ sharer_id: string }>('select sharer_id from share_link where code = $1', [code]);
  expect(response.body).not.toContain(row?.sharer_id);
  expect(JSON.stringify(accepted(await ann.call(shareMine, {})))).not.toContain(visitorId);
});

test('[INV-57] who takes his consent back is forgotten and not counted again; what others built on stays whole', async () => {
  const [ann, bob, cat] = [
    phone(),
    phone({ 'user-agent': `${PHONE_AGENT} e` }),
    phone({ 'user-agent': `${PHONE_AGENT} f` }),
  ];
  const share = async (browser: typeof ann) =>
    accepted(await browser.call(shareLink, { key: randomUUID(), path: '/p/p-tea' }));
  const touch = async (browser: typeof ann, code: string) => {
    await openShared(browser, code);
    accepted(await browser.call(shareTouch, { code }));
  };
  const root = await share(ann);
  await touch(bob, root.code);
  const child = await share(bob);
  await touch(cat, child.code);
  const visitorId = bob.cookies.get('festa_visitor') as string;
  const [{ sharer_id: bobId = '' } = {}] = await edge.db.query<{ sharer_id: string }>(
    'select sharer_id from share_link where code = $1',
    [child.code],
  );
  expect(accepted(await bob.call(shareConsent, { agrees: false }))).toEqual({ agrees: false });
  const traces = await edge.db.query(
    `select 'visit' as of from share_visit where visitor_id = $1 union all select 'credit' from share_credit where visitor_id = $1
     union all select 'link' from share_link where visitor_id = $1 or sharer_id = $2`,
    [visitorId, bobId],
  );
  expect(traces).toEqual([]);
  expect(bob.cookies.get('festa_visitor')).toBe('no');
  await openShared(bob, root.code);
  expect(
    await edge.db.query('select 1 from share_visit where link_id = (select id from share_link where code = $1)', [
      root.code,
    ]),
  ).toHaveLength(1);
  expect(await violations(edge.db)).toEqual([]);
  expect((await openShared(cat, child.code)).by).toBe(child.code);
});
