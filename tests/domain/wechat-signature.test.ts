import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signedPage } from '../../lib/domain/sharing/signed-page.ts';
import { pageSignature } from '../../server/wechat/js-config.ts';

const file = join(process.env.FESTA_DATA ?? '../shared/data', 'protocol/wechat-jssdk-signature.json');

test.skipIf(!existsSync(file))('a page is signed as WeChat’s own documentation signs its example', () => {
  type Vector = { jsapi_ticket: string; noncestr: string; timestamp: number; url: string; signature: string };
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[];
  expect(vectors.length).toBeGreaterThan(0);
  for (const { jsapi_ticket: ticket, noncestr: nonceStr, timestamp, url, signature } of vectors) {
    expect(pageSignature({ ticket, nonceStr, timestamp, url })).toBe(signature);
    expect(pageSignature({ ticket, nonceStr, timestamp, url: `${url}&` })).not.toBe(signature);
  }
});

const OWN = ['https://shop.example', 'http://127.0.0.1:4700'];

test('[T-25] pages of ours are signed letter by letter, without what stands behind the hash', () => {
  for (const [url, signed] of [
    ['https://shop.example/', 'https://shop.example/'],
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example?from=timeline', 'https://shop.example?from=timeline'],
    ['https://shop.example/p/tea?by=a1B2c3D4e5F6g7H8i&from=singlemessage', undefined],
    ['https://shop.example/search?q=%E8%8C%B6#top', 'https://shop.example/search?q=%E8%8C%B6'],
    ['https://shop.example/en/p/tea#a#b', 'https://shop.example/en/p/tea'],
    ['http://127.0.0.1:4700/order?id=ord_1', undefined],
  ] as const) {
    expect([url, signedPage(url, OWN)]).toEqual([url, signed ?? url]);
  }
});

test('[T-25] nothing else is signed: other origins in every spelling, doors, pages behind the counter', () => {
  for (const url of [
    'https://evil.example/',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'https://shop.example:443@evil.example/',
    'https://shop.example:8443/',
    'https://shop.example\\@evil.example/',
    'http://shop.example/',
    'HTTPS://SHOP.EXAMPLE/',
    '//shop.example/',
    '/p/tea',
    'javascript:alert(1)',
    'https://shop.example/p/茶',
    'https://shop.example/ p',
    'https://shop.example/p\n',
    'https://shop.example/api/identity.me',
    'https://shop.example/ops/orders',
    'https://shop.example/en/ops',
    'https://shop.example/p/../ops/orders',
    'https://shop.example/studio',
    'https://shop.example/counter',
    'https://shop.example/s/a1B2c3D4e5F6g7H8i',
    `https://shop.example/?${'a'.repeat(2_048)}`,
    '',
  ]) {
    expect([url, signedPage(url, OWN)]).toEqual([url, null]);
  }
});

test('[T-25] whatever is signed is an address of ours as a browser reads it', () => {
  const pieces = fc.constantFrom(
    ...[
      'https:',
      '//',
      '/',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '.',
      '..',
      '%2f',
      'shop.example',
      'evil.example',
      '443',
      'ops',
      'p',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 10 }), fc.boolean(), (parts, isOurs) => {
      const url = `${isOurs ? 'https://shop.example' : ''}${parts.join('')}`;
      const signed = signedPage(url, OWN);
      if (signed === null) return;
      expect(url.startsWith(signed)).toBe(true);
      expect(signed).not.toContain('#');
      const { origin, pathname } = new URL(signed);
      expect(OWN).toContain(origin);
      expect(pathname).not.toMatch(/^\/ops(?:\/|$)/);
    }),
    { numRuns: 2_000 },
  );
});
