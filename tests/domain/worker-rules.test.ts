import { expect, test } from 'vitest';
import { httpContracts } from '../../lib/contracts/http.ts';
import {
  isPicture,
  isQueued,
  isScript,
  isShell,
  mustWait,
  noticeOf,
  offlinePageFor,
  QUEUED_COMMANDS,
  shellKey,
  subscriptionKeys,
} from '../../lib/service-worker/rules.ts';

test('Only edits that may be repeated wait for the network; of all commands, these three', () => {
  const commands = httpContracts.filter(({ kind }) => kind === 'command').map(({ path }) => path);
  for (const path of QUEUED_COMMANDS) expect(commands).toContain(path);
  const queued = commands.filter((path) => isQueued('POST', path));
  expect(queued.sort()).toEqual(['/api/address.save', '/api/cart.merge', '/api/identity.saveProfile']);
  expect(isQueued('GET', '/api/cart.merge')).toBe(false);
});

test('No address of the API is a shell, a script or a picture: its answers are never kept', () => {
  for (const { path } of httpContracts) {
    expect([isShell('navigate', path), isScript(path), isPicture(path)], path).toEqual([false, false, false]);
  }
});

test('Rooms behind the counter, shared links and probes are left to the network', () => {
  for (const path of ['/ops', '/ops/orders', '/s/abc', '/socket.io/', '/healthz', '/metrics', '/studio']) {
    expect(isShell('navigate', path), path).toBe(false);
  }
  for (const path of ['/', '/en', '/p/dress', '/search', '/orders', '/opsy', '/counter']) {
    expect(isShell('navigate', path), path).toBe(true);
  }
  expect(isShell('cors', '/p/dress')).toBe(false);
});

test('A shell is kept under its plain address: whoever shared it, whatever order it shows', () => {
  expect(shellKey('https://shop/p/dress?utm_source=x&share=abc#top')).toBe('https://shop/p/dress');
  expect(shellKey('https://shop/order?id=20261111')).toBe('https://shop/order');
  expect(shellKey('https://shop/cart/')).toBe('https://shop/cart');
  expect(shellKey('https://shop/')).toBe('https://shop/');
});

test('The offline page speaks the language of the tree', () => {
  expect(['/p/x', '/english', '/en', '/en/p/x'].map(offlinePageFor)).toEqual([
    '/offline',
    '/offline',
    '/en/offline',
    '/en/offline',
  ]);
});

test('An edit waits on for a server that cannot take it now, and leaves the line when it is refused', () => {
  expect([500, 502, 503, 429, 408].every(mustWait)).toBe(true);
  expect([200, 202, 400, 401, 403, 404, 409, 413].some(mustWait)).toBe(false);
});

test.each([
  [JSON.stringify({ body: '已备好', path: '/order?id=o', isSilent: true }), ['已备好', '/order?id=o', true]],
  [JSON.stringify({ body: 'x', path: 'https://evil.example/', isSilent: false }), ['x', '/orders', false]],
  [JSON.stringify({ body: 'x', path: '//evil.example/' }), ['x', '/orders', false]],
  [JSON.stringify({ body: 'x', path: '/\\\\evil.example/' }), ['x', '/orders', false]],
  [JSON.stringify({ path: '/wallet' }), ['', '/orders', false]],
  ['no JSON', ['', '/orders', false]],
  [undefined, ['', '/orders', false]],
])('Of a push that says %s something is shown, and a tap stays in the shop', (text, [body, path, isSilent]) => {
  expect(noticeOf(text)).toEqual({ body, path, isSilent });
});

test('A subscription without keys is none', () => {
  const keys = { p256dh: 'p', auth: 'a' };
  expect(subscriptionKeys({ endpoint: 'https://e', keys })).toEqual({ endpoint: 'https://e', ...keys });
  expect(subscriptionKeys({ endpoint: 'https://e', keys: { p256dh: 'p' } })).toBe(null);
  expect(subscriptionKeys({ keys })).toBe(null);
});
