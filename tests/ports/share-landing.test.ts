import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import crawlers from 'crawler-user-agents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRobot } from '../../server/sharing/robots.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { countedOn, openShared, PHONE_AGENT, putLink } from '../support/sharing.ts';

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
  expect(await countedOn(edge, id)).toEqual({ visits: 0, opens: 0, visitors: 0, touched: 0 });
  await openShared(phone(), code);
  expect(await countedOn(edge, id)).toMatchObject({ visits: 1, opens: 1, visitors: 1 });
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

test('[T-16] two kilobytes of tag, and scripts in it, are forty harmless letters', async () => {
  const { id, code } = await putLink(edge.db);
  const tag = `<script>alert(1)</script>\u202E${'x'.repeat(2_048)}`;
  await openShared(phone(), `${code}?utm_source=${encodeURIComponent(tag)}&utm_medium=<svg/onload=1>`);
  await openShared(phone({ 'user-agent': `${PHONE_AGENT} 2` }), `${code}?utm_source=weibo&utm_source=wechat`);
  expect(await countedOn(edge, id)).toMatchObject({ visits: 2 });
  const rows = await edge.db.query('select channel, source from share_visit where link_id = $1 order by 1 desc', [id]);
  expect(rows).toEqual([
    { channel: 'referral', source: `scriptalert1script${'x'.repeat(22)}` },
    { channel: 'direct', source: null },
  ]);
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
