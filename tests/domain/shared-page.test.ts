import { expect, test } from 'vitest';
import { sharedPage } from '../../lib/domain/sharing/shared-page.ts';

test('goods, categories and the front page are handed on as they are, in either language', () => {
  for (const [pathname, path] of [
    ['/p/silk-dress', '/p/silk-dress'],
    ['/en/p/silk-dress', '/p/silk-dress'],
    ['/c/home', '/c/home'],
    ['/en/c', '/c'],
    ['/coupons', '/coupons'],
  ] as const) {
    expect([pathname, sharedPage(pathname, 'wechat')]).toEqual([pathname, { path, isNeutral: false }]);
  }
  for (const pathname of ['/', '/en', '/en/']) {
    expect(sharedPage(pathname, 'wechat')).toEqual({ path: '/', isNeutral: true });
  }
});

test('what is one shopper’s own is not handed on: the front page goes in its place', () => {
  for (const path of [
    '/order',
    '/orders',
    '/me',
    '/cart',
    '/checkout',
    '/addresses',
    '/wallet',
    '/paid',
    '/en/login',
  ]) {
    expect([path, sharedPage(path, 'browser')]).toEqual([path, { path: '/', isNeutral: true }]);
  }
});

test('a mechanic that an app forbids gives way to the goods there, and nowhere else', () => {
  for (const path of ['/team', '/t', '/packet', '/g', '/en/team']) {
    expect([path, sharedPage(path, 'wechat')]).toEqual([path, { path: '/', isNeutral: true }]);
    expect(sharedPage(path, 'browser').isNeutral).toBe(false);
    expect(sharedPage(path, 'weibo').path).toBe(path.replace('/en', ''));
  }
});
