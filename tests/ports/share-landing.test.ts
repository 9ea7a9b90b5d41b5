import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import crawlers from 'crawler-user-agents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareConsent, shareLink, shareMine, shareTouch } from '../../lib/contracts/share.ts';
import { isRobot } from '../../server/sharing/robots.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { hitOn, openShared, PHONE_AGENT, putLink, testRecorder } from '../support/sharing.ts';

const PATTERNS = resolve(
  import.meta.dirname,
  '../..',
  process.env.FESTA_DATA ?? '../shared/data',
  'risk/crawler-patterns.json',
);

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge();
  await putOnSale(edge.db, { id: 'tea', priceFen: 12_900 });
  await edge.db.query(
    `update product set title = '{"zh":"龙井 <b>&\\"新茶\\"","en":"Green tea"}' where handle = 'p-tea'`,
  );
  await edge.db.query(`insert into picture (key, path, color) values ('p-tea-1', '/img/p-tea-1.abc', '#fff')`);
});
afterAll(() => edge.close());

const phone = (headers: Record<string, string> = {}) => edge.browser({ 'user-agent': PHONE_AGENT, ...headers });
const countsOf = async (linkId: number) => {
  // A command of anybody's writes down what waits.
  await phone().call(shareLink, { key: randomUUID(), path: '/' });
  const [row] = await edge.db.query<{ visits: number; opens: number; visitors: number; touched: number }>(
    `select (select count(*) from share_visit where link_id = $1) as visits, coalesce(sum(opens), 0)::integer as opens,
       coalesce(sum(visitors), 0)::integer as visitors, coalesce(sum(touched), 0)::integer as touched from share_tally where link_id = $1`,
    [linkId],
  );
  return row;
};

test('a link is one small document: a card for who reads it, a way on for people, and nothing that could run but ours', async () => {
  const { code } = await putLink(edge.db, { landing: '/p/p-tea' });
  const { response, target } = await openShared(phone(), code);
  expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
    200,
    'text/html; charset=utf-8',
    'private, no-store',
  ]);
  expect(gzipSync(response.body).length).toBeLessThan(6 * 1024);
  expect(target).toBe(`/p/p-tea?by=${code}`);
  const origin = response.body.match(/og:url" content="(.*?)\/s\//)?.[1];
  for (const [property, content] of [
    ['og:type', 'product'],
    ['og:title', '龙井 &lt;b&gt;&amp;&quot;新茶&quot;'],
    ['og:url', `${origin}/s/${code}`],
    ['og:image', `${origin}/img/p-tea-1.abc-800.webp`],
    ['og:locale', 'zh_CN'],
  ]) {
    expect(response.body).toContain(`<meta property="${property}" content="${content}">`);
  }
  const data = JSON.parse(response.body.match(/ld\+json">(.*?)<\/script>/)?.[1] ?? '') as Record<string, unknown>;
  expect(data).toMatchObject({
    '@type': 'Product',
    name: '龙井 <b>&"新茶"',
    offers: { '@type': 'AggregateOffer', lowPrice: '129.00', priceCurrency: 'CNY' },
  });
  expect(response.body).not.toContain('<b>');
  expect(response.headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect([response.headers['x-frame-options'], response.headers['set-cookie']]).toEqual([
    'DENY',
    expect.stringMatching(/^festa_visitor=[0-9a-f-]{36}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
});

test('whoever reads English gets the English page and the English card', async () => {
  const { code } = await putLink(edge.db, { landing: '/p/p-tea' });
  const { response, target } = await openShared(phone({ 'accept-language': 'en-GB,en' }), code);
  expect(target).toBe(`/en/p/p-tea?by=${code}`);
  expect(response.body).toContain('<meta property="og:title" content="Green tea">');
});

test('unknown, forged, expired, stopped and circling links say so in the visitor’s language and lead to the shop', async () => {
  const [expired, stopped, circle] = [await putLink(edge.db), await putLink(edge.db), await putLink(edge.db)];
  await edge.db.query(`update share_link set expires_at = now() - interval '1 second' where id = $1`, [expired.id]);
  await edge.db.query('update share_link set stopped_at = now() where id = $1', [stopped.id]);
  await edge.db.query(`update share_link set landing = '/s/${circle.code}' where id = $1`, [circle.id]);
  const cases: [string, number, string, string][] = [
    ['a1B2c3D4e5F6g7H8i', 404, '没有找到', 'not known'],
    ['%3Cscript%3E', 404, '没有找到', 'not known'],
    ['a'.repeat(90), 404, '没有找到', 'not known'],
    [expired.code, 410, '已过期', 'expired'],
    [stopped.code, 410, '已停用', 'taken back'],
    [circle.code, 404, '打不开', 'cannot be opened'],
  ];
  for (const [code, status, zh, en] of cases) {
    const chinese = await openShared(phone(), code);
    const english = await openShared(phone({ 'accept-language': 'en' }), code);
    expect([code, chinese.response.statusCode, english.response.statusCode]).toEqual([code, status, status]);
    expect(chinese.response.body).toContain(zh);
    expect(english.response.body).toContain(en);
    expect([chinese.target, english.target, chinese.visitorId]).toEqual([null, null, null]);
    expect(chinese.response.body).toContain('href="/"');
    expect(english.response.body).toContain('href="/en"');
    expect(chinese.response.body).not.toContain('<script>');
  }
});

test('[T-11] previews, prefetches, frames and robots read the page and are nobody', async () => {
  const { id, code } = await putLink(edge.db);
  const nobody: Record<string, string>[] = [
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
    { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
    { 'user-agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' },
    { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
    { 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)' },
    { 'user-agent': 'curl/8.5.0' },
    { 'user-agent': '' },
    { 'sec-gpc': '1' },
  ];
  for (const headers of nobody) {
    const { response } = await openShared(phone(), code, headers);
    expect([headers, response.statusCode]).toEqual([headers, 200]);
  }
  expect(await countsOf(id)).toEqual({ visits: 0, opens: 0, visitors: 0, touched: 0 });
  await openShared(phone(), code);
  expect(await countsOf(id)).toMatchObject({ visits: 1, opens: 1, visitors: 1 });
});

test('robots are known by both lists, people in every app are people', () => {
  const missed = crawlers.flatMap(({ instances }) => instances).filter((agent) => !isRobot(agent));
  expect(missed).toEqual([]);
  const people = [
    PHONE_AGENT,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x18003233) NetType/WIFI Language/zh_CN',
    'Mozilla/5.0 (Linux; Android 14; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64',
    'Mozilla/5.0 (Linux; Android 13; V2241A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0 MQQBrowser/6.2 TBS/046247 Mobile Safari/537.36 V1_AND_SQ_9.0.20_0 QQ/9.0.20.12345 NetType/4G',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 Weibo (Xiaomi-13__weibo__14.1.0__android__android14)',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 aweme_280600 BytedanceWebview/d8a21c6',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0',
  ];
  expect(people.filter(isRobot)).toEqual([]);
});

test.runIf(existsSync(PATTERNS))(
  'all 1,498 public patterns of robots are robots, by an agent that has them in it',
  () => {
    const patterns = JSON.parse(readFileSync(PATTERNS, 'utf8')) as { pattern: string }[];
    expect(patterns).toHaveLength(1_498);
    // A pattern without choices is a piece of a user agent, once its escapes are taken away.
    const plain = patterns
      .map(({ pattern }) => pattern)
      .filter((pattern) => !/[[\](){}|*+?^$]|(?<!\\)\./.test(pattern));
    expect(plain.length).toBeGreaterThan(1_200);
    expect(plain.filter((pattern) => !isRobot(`Mozilla/5.0 (${pattern.replaceAll('\\', '')})`))).toEqual([]);
  },
);

test('a person is counted once per link and hour, however often he comes, and every link counts him for itself', async () => {
  const [one, other] = [await putLink(edge.db), await putLink(edge.db)];
  const browser = phone();
  for (let n = 0; n < 5; n += 1) await openShared(browser, one.code);
  await openShared(browser, other.code);
  expect(await countsOf(one.id)).toEqual({ visits: 1, opens: 1, visitors: 1, touched: 0 });
  expect(await countsOf(other.id)).toMatchObject({ visits: 1 });
  // An hour later he is a visit, and still the same visitor.
  await edge.db.query(`update share_visit set hour = hour - 1, at = at - interval '1 hour' where link_id = $1`, [
    one.id,
  ]);
  const recorder = testRecorder(edge.db);
  recorder.offer(hitOn(one.id, { visitorId: browser.cookies.get('festa_visitor') as string }));
  await recorder.drain();
  expect(await countsOf(one.id)).toMatchObject({ visits: 2, opens: 2, visitors: 1 });
});

test('two edges that count the same person at the same time count him once', async () => {
  const { id } = await putLink(edge.db);
  const recorders = [testRecorder(edge.db), testRecorder(edge.db)];
  const people = Array.from({ length: 300 }, () => randomUUID());
  // In opposite orders: neither may wait for what the other has.
  for (const [edgeOf, recorder] of recorders.entries()) {
    for (const visitorId of edgeOf === 0 ? people : people.toReversed()) recorder.offer(hitOn(id, { visitorId }));
  }
  await Promise.all(recorders.map((recorder) => recorder.drain()));
  expect(await countsOf(id)).toEqual({ visits: 300, opens: 300, visitors: 300, touched: 0 });
});

test('whoever throws his cookie away is counted once an hour; a whole network of such, three hundred times', async () => {
  const { id } = await putLink(edge.db);
  const recorder = testRecorder(edge.db);
  const offers = (count: number, more: (n: number) => object) =>
    Map.groupBy(
      Array.from({ length: count }, (_, n) => recorder.offer(hitOn(id, { isNewcomer: true, ...more(n) }))),
      (taken) => taken,
    );
  expect(offers(100, () => ({})).get('kept')).toHaveLength(1);
  const farm = offers(1_000, (n) => ({ userAgent: `${PHONE_AGENT} build/${n}`, address: `198.51.100.${n % 250}` }));
  expect([farm.get('kept')?.length, farm.get('flood')?.length]).toEqual([300, 700]);
  await recorder.drain();
  expect(await countsOf(id)).toMatchObject({ visits: 301 });
});

test('ten thousand clicks a second by one person are one visit, and cost the database one row', async () => {
  const { id } = await putLink(edge.db);
  const recorder = testRecorder(edge.db);
  const visitorId = randomUUID();
  const startedAt = performance.now();
  const taken = Array.from({ length: 100_000 }, () => recorder.offer(hitOn(id, { visitorId })));
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(taken.filter((one) => one === 'kept')).toHaveLength(1);
  expect(recorder.waiting()).toBe(1);
  expect(100_000 / seconds).toBeGreaterThan(10_000);
  await recorder.drain();
  expect(await countsOf(id)).toMatchObject({ visits: 1, opens: 1 });
});

test('what is more than may wait is dropped and said, and what waits is written when the database is back', async () => {
  const { id } = await putLink(edge.db);
  let isAway = true;
  const failing = Object.assign(Object.create(edge.db) as typeof edge.db, {
    transaction: (work: Parameters<typeof edge.db.transaction>[0]) =>
      isAway ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })) : edge.db.transaction(work),
  });
  const recorder = testRecorder(failing, { bufferMax: 50 });
  const taken = Array.from({ length: 60 }, () => recorder.offer(hitOn(id)));
  expect(taken.filter((one) => one === 'full')).toHaveLength(10);
  await expect(recorder.flush()).rejects.toThrow('away');
  expect(recorder.waiting()).toBe(50);
  isAway = false;
  await recorder.drain();
  expect(await countsOf(id)).toMatchObject({ visits: 50 });
});

test('[T-16] two kilobytes of tag, and scripts in it, are forty harmless letters', async () => {
  const { id, code } = await putLink(edge.db);
  const tag = `<script>alert(1)</script>\u202E${'x'.repeat(2_048)}`;
  await openShared(phone(), `${code}?utm_source=${encodeURIComponent(tag)}&utm_medium=<svg/onload=1>`);
  await openShared(phone({ 'user-agent': `${PHONE_AGENT} 2` }), `${code}?utm_source=weibo&utm_source=wechat`);
  expect(await countsOf(id)).toMatchObject({ visits: 2 });
  const rows = await edge.db.query('select channel, source from share_visit where link_id = $1 order by 1 desc', [id]);
  expect(rows).toEqual([
    { channel: 'referral', source: `scriptalert1script${'x'.repeat(22)}` },
    { channel: 'direct', source: null },
  ]);
});

test('a visit’s moment is the database’s: a phone that sends a date of its own changes nothing', async () => {
  const { id, code } = await putLink(edge.db);
  await openShared(phone(), code, { date: 'Mon, 01 Jan 2001 00:00:00 GMT', 'x-now': '1' });
  await countsOf(id);
  const [row] = await edge.db.query<{ off: number }>(
    `select abs(extract(epoch from now() - at))::float as off from share_visit where link_id = $1`,
    [id],
  );
  expect(row?.off).toBeLessThan(60);
});

test('[T-11] a touch counts a visit once, replayed or forged ones nothing more', async () => {
  const { id, code } = await putLink(edge.db);
  const browser = phone();
  await openShared(browser, code);
  for (let n = 0; n < 3; n += 1) accepted(await browser.call(shareTouch, { code }));
  expect(await countsOf(id)).toEqual({ visits: 1, opens: 1, visitors: 1, touched: 1 });
  // Nobody: no browser of ours. A robot with a browser of ours. A code that nobody made.
  accepted(await phone().call(shareTouch, { code }));
  const robot = phone({ 'user-agent': 'curl/8.5.0' });
  robot.cookies.set('festa_visitor', randomUUID());
  accepted(await robot.call(shareTouch, { code }));
  accepted(await browser.call(shareTouch, { code: 'z'.repeat(17) }));
  expect(outcomeOf(await browser.call(shareTouch, { code: `${code}'` }))).toBe('invalid_input');
  // A page of another site may not speak for this browser.
  const foreign = await browser.call(
    shareTouch,
    { code },
    { headers: { origin: 'https://evil.example', host: 'festa.test' } },
  );
  expect(outcomeOf(foreign)).toBe('forbidden');
  expect(await countsOf(id)).toEqual({ visits: 1, opens: 1, visitors: 1, touched: 1 });
  expect(
    await edge.db.query('select state from share_credit where visitor_id = $1', [browser.cookies.get('festa_visitor')]),
  ).toEqual([{ state: 'clicked' }]);
});

test('a touch of somebody who was not counted when he came counts him', async () => {
  const { id, code } = await putLink(edge.db);
  // Two phones of the same make behind one address: the second might have been the first again.
  const [one, two] = [phone(), phone()];
  await openShared(one, code);
  await openShared(two, code);
  expect(await countsOf(id)).toMatchObject({ visits: 1 });
  accepted(await two.call(shareTouch, { code }));
  expect(await countsOf(id)).toEqual({ visits: 2, opens: 2, visitors: 2, touched: 1 });
});

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

test('a crowd of made-up codes is told so by few questions to the database', async () => {
  const [before] = await edge.db.query<{ n: number }>(
    `select xact_commit as n from pg_stat_database where datname = current_database()`,
  );
  const answers = await Promise.all(
    Array.from({ length: 1_500 }, (_, n) => edge.app.inject({ url: `/s/${String(n).padStart(17, 'a')}` })),
  );
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
  await edge.db.query('select pg_stat_clear_snapshot()');
  const [after] = await edge.db.query<{ n: number }>(
    `select xact_commit as n from pg_stat_database where datname = current_database()`,
  );
  expect((after?.n ?? 0) - (before?.n ?? 0)).toBeLessThan(500);
});
