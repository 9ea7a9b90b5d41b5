import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REFERRERS } from '../../lib/domain/sharing/referrers.ts';
import { cameBy, cleanTag, isShareCode, landingWith, ownLanding } from '../../lib/domain/sharing/share-link.ts';
import { channelOfHost, VISIT_CHANNELS, visitSource } from '../../lib/domain/sharing/visit-source.ts';

const CODE = 'a1B2c3D4e5F6g7H8i';
const DATA = resolve(import.meta.dirname, '../..', process.env.FESTA_DATA ?? '../shared/data', 'marketing');

test('pages of our own can be landed on, as they are written', () => {
  for (const path of [
    '/',
    '/en',
    '/p/silk-dress',
    '/en/p/silk-dress',
    '/c/home',
    '/search?q=tea',
    '/t?c=a1B2c3D4e5F6',
  ]) {
    expect([path, ownLanding(path)]).toEqual([path, path]);
  }
});

test('[T-25] nothing else can: other origins in every spelling, scripts, doors, circles, invisible letters', () => {
  const hostile = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '/\tjavascript:alert(1)',
    'data:text/html,<script>1</script>',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/%2f/evil.example',
    '/%5cevil.example',
    '/..//evil.example',
    '/.//evil.example/',
    '/p/%2e%2e/%2e%2e//evil.example',
    '/p/x#fragment',
    '/p/<script>',
    '/p/"onload="',
    '/p/\u202Egnp.exe',
    '/p/\u200B',
    '/p/%00',
    '/p/%0d%0aset-cookie:x',
    '',
    'p/x',
    ' /p/x',
    '/s/a1B2c3D4e5F6g7H8i',
    '/en/s/a1B2c3D4e5F6g7H8i',
    '/x/../s/a1B2c3D4e5F6g7H8i',
    '/S/a1B2c3D4e5F6g7H8i',
    '/api/order.submit',
    '/ops',
    '/ops/orders',
    '/studio/campaign?id=x',
    '/counter',
    '/metrics',
    `/${'a'.repeat(300)}`,
  ];
  for (const path of hostile) expect([path, ownLanding(path)]).toEqual([path, null]);
});

test('[T-25] whatever is given, what comes back stays on this origin in every reading', () => {
  const bits = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5C',
    ':',
    '@',
    'a',
    'p',
    's',
    '?',
    '#',
    '\t',
    '\n',
    'http:',
    '//',
    '&',
    '\u3002',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(bits, { maxLength: 10 }).map((parts) => parts.join('')),
      ),
      (text) => {
        for (const given of [text, `/${text}`]) {
          const own = ownLanding(given);
          if (own === null) continue;
          for (const base of ['https://festa.example', 'http://127.0.0.1:3000']) {
            const url = new URL(landingWith(own, CODE, true), base);
            expect([given, url.origin, /^\/(?:en\/)?s\//i.test(url.pathname)]).toEqual([given, base, false]);
            expect(cameBy(url.search)).toBe(CODE);
          }
          expect(own).not.toMatch(/[\s<>"\\]|^\/\//);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a link leads into the language of its visitor, and says by which link he came, once', () => {
  expect(landingWith('/p/tea', CODE, false)).toBe(`/p/tea?by=${CODE}`);
  expect(landingWith('/p/tea', CODE, true)).toBe(`/en/p/tea?by=${CODE}`);
  expect(landingWith('/', CODE, true)).toBe(`/en?by=${CODE}`);
  expect(landingWith('/en/p/tea', CODE, false)).toBe(`/en/p/tea?by=${CODE}`);
  expect(landingWith('/t?c=a1B2c3D4e5F6', CODE, false)).toBe(`/t?c=a1B2c3D4e5F6&by=${CODE}`);
  // Whose link it was before is not handed on.
  expect(ownLanding(`/p/tea?by=${'z'.repeat(17)}&x=1`)).toBe('/p/tea?x=1');
  expect(cameBy(`?by=${CODE}x`)).toBeNull();
});

test('codes are 17 of base 62 and nothing else', () => {
  expect([CODE, '0'.repeat(17)].map(isShareCode)).toEqual([true, true]);
  const forged = [
    CODE.slice(1),
    `${CODE}x`,
    `${CODE}\n`,
    'a1B2c3D4e5F6g7H8-',
    '１'.repeat(17),
    "' or 1=1 --      ",
    '',
  ];
  expect(forged.map(isShareCode)).toEqual(forged.map(() => false));
});

test('[T-16] tags keep letters and lose markup, direction marks and what cannot be seen; 2 KB become 40 letters', () => {
  expect(cleanTag('<script>alert(1)</script>')).toBe('scriptalert1script');
  expect(cleanTag('双十一 主会场')).toBe('双十一 主会场');
  expect(cleanTag('\u202Egnp\u200B\u2066x\uFEFF')).toBe('gnpx');
  expect(cleanTag('"><img src=x onerror=1>')).toBe('img srcx onerror1');
  expect([...(cleanTag('微'.repeat(2_048)) ?? '')].length).toBe(40);
  for (const nothing of ['', '   ', '\u200B', '<>', null, undefined, 7, ['wechat'], {}])
    expect(cleanTag(nothing)).toBeNull();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const tag = cleanTag(text);
      if (tag === null) return;
      expect(tag).not.toMatch(/[<>"'`&=;:/\\(){}$\p{Cc}\p{Cf}]/u);
      expect(tag.isWellFormed()).toBe(true);
      expect([...tag].length).toBeLessThanOrEqual(40);
    }),
  );
});

const CHROME =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36';

test('a visit’s channel: what a tag says, else the app, else the page that linked here', () => {
  const wechat = `${CHROME} MicroMessenger/8.0.50 NetType/WIFI`;
  expect(visitSource({ utmSource: 'Weibo', userAgent: wechat })).toEqual({ channel: 'weibo', source: 'weibo' });
  expect(visitSource({ utmSource: '双11', utmMedium: 'poster', userAgent: CHROME })).toEqual({
    channel: 'poster',
    source: '双11',
  });
  expect(visitSource({ userAgent: wechat, referrer: 'https://www.baidu.com/' }).channel).toBe('wechat');
  expect(visitSource({ userAgent: CHROME, referrer: 'https://m.weibo.cn/status/1' })).toEqual({
    channel: 'weibo',
    source: 'm.weibo.cn',
  });
  expect(visitSource({ userAgent: CHROME, referrer: 'https://blog.example/' }).channel).toBe('referral');
  expect(
    visitSource({ userAgent: CHROME, referrer: 'https://festa.example/p/x', ownHost: 'festa.example:443' }).channel,
  ).toBe('direct');
  for (const referrer of [
    'not an address',
    'javascript:alert(1)',
    `https://x.example/${'a'.repeat(3_000)}`,
    undefined,
  ]) {
    expect(visitSource({ userAgent: CHROME, referrer })).toEqual({ channel: 'direct', source: null });
  }
  // Names that every object has are no tags.
  expect(visitSource({ utmSource: 'constructor', userAgent: CHROME })).toEqual({
    channel: 'referral',
    source: 'constructor',
  });
});

test('every site of our list has a channel that marketers know', () => {
  const known: readonly string[] = VISIT_CHANNELS;
  expect(Object.entries(REFERRERS).filter(([, channel]) => !known.includes(channel))).toEqual([]);
});

test.runIf(existsSync(DATA))('our list of sites agrees with a public one, and knows the big ones of it', () => {
  const socials = readFileSync(resolve(DATA, 'matomo-socials.yml'), 'utf8');
  const hosts = [...socials.matchAll(/^ {2}- (\S+)$/gm)].map(([, host]) => (host as string).replaceAll(/['"]/g, ''));
  expect(hosts.length).toBeGreaterThan(80);
  // Whatever we know of them we do not take for a search engine or a letter.
  const wrong = hosts.filter((host) => ['search', 'email'].includes(channelOfHost(host) ?? ''));
  expect(wrong).toEqual([]);
  const big = [
    'weibo.com',
    'douyin.com',
    'bilibili.com',
    'zhihu.com',
    'douban.com',
    'facebook.com',
    'bsky.app',
    'discord.com',
  ];
  for (const host of big.filter((one) => hosts.includes(one)))
    expect([host, channelOfHost(host)]).not.toEqual([host, null]);
});
