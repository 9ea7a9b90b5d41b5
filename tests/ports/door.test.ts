import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderQuote, orderRead, orderSubmit } from '../../lib/contracts/order.ts';
import { paymentStart } from '../../lib/contracts/payment.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { HOUR, putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';

let edge: Edge;
let ann: { browser: Browser; addressId: string };

beforeAll(async () => {
  edge = await openEdge();
  await putOnSale(edge.db, { id: 'a' });
  await putOnSale(edge.db, { id: 'soon', session: { id: 's', startsInMs: HOUR, endsInMs: 2 * HOUR, priceFen: 5 } });
  ann = await shopperAt(edge, '13800000001');
});

afterAll(async () => {
  expect(await violations(edge.db)).toEqual([]);
  await edge.close();
});

const goods = [{ skuId: 'a', quantity: 1 }];

async function wish(lines = goods) {
  const { quote } = accepted(await ann.browser.call(orderQuote, { lines }));
  return { key: randomUUID(), lines, quoteVersion: quote.version, addressId: ann.addressId };
}

const orderCount = async () => (await edge.db.query<{ n: number }>('select count(*) as n from orders'))[0]?.n;

/** Posts raw bytes, as only somebody with other intentions than shopping does. */
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${edge.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

test.each([
  ['a price sent by the phone', { lines: [{ skuId: 'a', quantity: 1, unitFen: 1 }] }],
  ['a total sent by the phone', { totalFen: 1 }],
  ['a quantity below nothing', { lines: [{ skuId: 'a', quantity: -1 }] }],
  ['no quantity', { lines: [{ skuId: 'a', quantity: 0 }] }],
  ['half a unit', { lines: [{ skuId: 'a', quantity: 0.5 }] }],
  ['a hundred units', { lines: [{ skuId: 'a', quantity: 100 }] }],
  ['no lines', { lines: [] }],
  ['a key that is not one', { key: 'again' }],
  ['another person’s name', { shopperId: 'bob' }],
])('an order with %s is refused before anything happens', async (_what, change) => {
  const before = await orderCount();
  const answer = await ann.browser.call(orderSubmit, { ...(await wish()), ...change });
  expect([ann.browser.lastStatus, outcomeOf(answer)]).toEqual([400, 'invalid_input']);
  expect(await orderCount()).toBe(before);
});

test.each([
  ['unknown goods', [{ skuId: 'nothing', quantity: 1 }], 'unknown_sku'],
  ['goods of a session that is not open', [{ skuId: 'soon', quantity: 1 }], 'not_open_yet'],
])('%s: the line says why', async (_what, lines, code) => {
  const answer = await ann.browser.call(orderSubmit, { ...(await wish()), lines });
  expect(answer).toMatchObject({ refusal: { code: 'lines_refused', problems: [{ code }] } });
});

test('a refusal has a code and a sentence in the language of the shopper', async () => {
  const order = { ...(await wish()), quoteVersion: 'forged-quote' };
  for (const [language, sentence] of [
    ['zh-CN', /[一-鿿]/],
    ['en-US', /^[A-Z][^一-鿿]+\.$/],
  ] as const) {
    const answer = await ann.browser.call(orderSubmit, order, { headers: { 'x-festa-locale': language } });
    expect(answer).toMatchObject({ refusal: { code: 'quote_invalid', message: expect.stringMatching(sentence) } });
  }
});

test('the same key twice is one order; with other content it is refused', async () => {
  const order = await wish();
  const first = accepted(await ann.browser.call(orderSubmit, order));
  expect(accepted(await ann.browser.call(orderSubmit, order))).toEqual({ ...first, isReplay: true });
  const answer = await ann.browser.call(orderSubmit, { ...order, note: 'something else' });
  expect(outcomeOf(answer)).toBe('key_reused');
});

test('somebody else’s order is not found, to read or to pay', async () => {
  const { orderId } = accepted(await ann.browser.call(orderSubmit, await wish()));
  const bob = await shopperAt(edge, '13800000002');
  expect(outcomeOf(await bob.browser.call(orderRead, { id: orderId }))).toBe('not_found');
  expect(bob.browser.lastStatus).toBe(404);
  const pay = { key: randomUUID(), orderId, channel: 'sandbox' };
  expect(outcomeOf(await bob.browser.call(paymentStart, pay))).toBe('not_found');
});

test('a stranger may ask for a price, and has to prove a phone before he orders', async () => {
  const stranger = edge.browser();
  const { quote } = accepted(await stranger.call(orderQuote, { lines: goods }));
  const order = { key: randomUUID(), lines: goods, quoteVersion: quote.version, addressId: 'home' };
  expect(outcomeOf(await stranger.call(orderSubmit, order))).toBe('login_required');
});

test.each([
  ['no JSON', '{', 400, 'invalid_input'],
  ['a prototype', '{"__proto__":{"isAdmin":true},"lines":[]}', 400, 'invalid_input'],
  ['a list', '[]', 400, 'invalid_input'],
  ['17 KB', JSON.stringify({ lines: [], note: 'x'.repeat(17 * 1024) }), 413, 'too_large'],
])('a body of %s is refused', async (_what, body, status, code) => {
  const answer = await post('/api/order.quote', body);
  expect([answer.status, (await answer.json()).refusal.code]).toEqual([status, code]);
});

test('a page of another site cannot command', async () => {
  const answer = await post('/api/order.quote', JSON.stringify({ lines: goods }), { origin: 'https://evil.example' });
  expect([answer.status, (await answer.json()).refusal.code]).toEqual([403, 'forbidden']);
});

test('an address that nobody answers says so, and a wrong method does nothing', async () => {
  for (const [path, method] of [
    ['/api/nothing', 'GET'],
    ['/api/order.submit', 'GET'],
    ['/api/payment.notice/nobody', 'GET'],
  ] as const) {
    const answer = await fetch(`${edge.origin}${path}`, { method });
    expect([path, answer.status, (await answer.json()).refusal.code]).toEqual([path, 404, 'not_found']);
  }
});

test('personal answers are kept by no cache; public ones by a shared one only', async () => {
  const me = await fetch(`${edge.origin}/api/identity.me`);
  expect(me.headers.get('cache-control')).toBe('private, no-store');
  const venue = await fetch(`${edge.origin}/api/public/venue`);
  expect(venue.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=2/);
  expect(venue.headers.get('set-cookie')).toBeNull();
});

test('the edge says that it lives, that it is ready and what it counts', async () => {
  expect((await fetch(`${edge.origin}/healthz`)).status).toBe(200);
  expect((await fetch(`${edge.origin}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${edge.origin}/metrics`)).text()).toContain(
    'festa_requests_total{contract="order.submit"',
  );
});
