import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { studioBulkLinks, studioLinks, studioMakeLink } from '../../lib/contracts/studio-links.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { putLink } from '../support/sharing.ts';
import { openStudio, type Studio } from '../support/studio-edge.ts';

let edge: Studio['edge'];
let marketer: Studio['marketer'];
let campaign: Studio['campaign'];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ edge, marketer, campaign, close } = await openStudio());
});
afterAll(() => close());

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
