import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { meRead } from '../../lib/contracts/identity.ts';
import { paymentStart, waysToPayRead } from '../../lib/contracts/payment.ts';
import { wechatUnbind } from '../../lib/contracts/wechat-login.ts';
import { ConfigError, readConfig } from '../../server/platform/config.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { openWeixin, type Weixin } from '../support/wechat.ts';
import { openWechatPay } from '../support/wechat-pay.ts';
import { signInByWeixin } from '../support/weixin-login.ts';

let weixin: Weixin;
let bench: Awaited<ReturnType<typeof openWechatPay>>;
let edge: Edge;
let folder: string;
let env: Record<string, string>;
let phones = 0;
beforeAll(async () => {
  [weixin, bench] = await Promise.all([openWeixin(), openWechatPay()]);
  folder = await mkdtemp(join(tmpdir(), 'festa-wechat-pay-'));
  env = { ...weixin.env, ...(await bench.env(folder)), PUBLIC_URL: 'https://shop.example' };
  edge = await openEdge({ env });
  await putOnSale(edge.db, { id: 'tea', priceFen: 9_900 });
});
beforeEach(() => edge.db.query('delete from rate_limit'));
afterAll(async () => {
  expect(await violations(edge.db)).toEqual([]);
  await edge.close();
  await bench.close();
  await weixin.close();
  await rm(folder, { recursive: true, force: true });
});

const newOpenid = () => `o${randomUUID().replaceAll('-', '')}`;
const inside = (orderId: string) => ({ key: randomUUID(), orderId, channel: 'wechat', scene: 'wechat' });

/** A shopper with an order to pay. */
async function buyer() {
  const { browser, addressId } = await shopperAt(edge, `136${String(++phones).padStart(8, '0')}`);
  const shopperId = accepted(await browser.call(meRead, {})).person?.id ?? '';
  const lines = [{ skuId: 'tea', quantity: 1 }];
  const { quote } = accepted(await edge.orders.quote(lines, shopperId));
  const wanted = { key: randomUUID(), lines, quoteVersion: quote.version, addressId };
  const { orderId } = accepted(await edge.orders.submit(shopperId, wanted));
  return { browser, orderId };
}
const stateOf = async (orderId: string) =>
  (await edge.db.query<{ state: string }>('select state from orders where id = $1', [orderId]))[0]?.state;

async function startInside(browser: Browser, orderId: string) {
  const started = accepted(await browser.call(paymentStart, inside(orderId)));
  if (!started.bridge) throw new Error('nothing for WeChat’s browser');
  return { ...started, bridge: started.bridge };
}
const hear = (paymentId: string) => {
  const { headers, body } = bench.notice(paymentId);
  return edge.payments.receiveNotice('wechat', headers, body);
};

test('inside WeChat its owner pays on the spot, once he has signed in there, and the order is paid', async () => {
  const { browser, orderId } = await buyer();
  expect(accepted(await browser.call(waysToPayRead, {}))).toMatchObject({
    channels: ['wechat', 'sandbox'],
    isInWechat: true,
  });
  expect(outcomeOf(await browser.call(paymentStart, inside(orderId)))).toBe('wechat_login_needed');
  const openid = newOpenid();
  expect(await signInByWeixin(browser, weixin, { openid, intent: 'pay', returnTo: `/order?id=${orderId}` })).toBe('ok');
  const { paymentId, bridge, as, payUrl } = await startInside(browser, orderId);
  expect([as, payUrl]).toEqual(['wechat', `https://shop.example/paid?order=${orderId}`]);
  expect(JSON.stringify(bridge)).not.toContain(openid);
  // Signed for this trade, by the merchant, and for this payer.
  expect(bench.payInside({ ...bridge, package: `${bridge.package}0` }, openid)).toContain(':fail');
  expect(bench.payInside({ ...bridge, timeStamp: `${Number(bridge.timeStamp) + 1}` }, openid)).toContain(':fail');
  expect(bench.payInside(bridge, newOpenid())).toContain(':fail');
  expect(bench.payInside(bridge, openid)).toBe('get_brand_wcpay_request:ok');
  expect(await hear(paymentId)).toBe('applied');
  expect(await stateOf(orderId)).toBe('paid');
  const paid = await edge.db.query('select payer_id from payment where id = $1', [paymentId]);
  expect(paid).toEqual([{ payer_id: openid }]);
});

test('the payer is who signed in where the request comes from: another browser of the shopper signs in first', async () => {
  const { browser, orderId } = await buyer();
  expect(await signInByWeixin(browser, weixin, { openid: newOpenid(), intent: 'pay' })).toBe('ok');
  const other = edge.browser();
  for (const [name, value] of browser.cookies) if (!name.endsWith('festa_wechat')) other.cookies.set(name, value);
  expect(outcomeOf(await other.call(paymentStart, inside(orderId)))).toBe('wechat_login_needed');
  other.cookies.set('__Host-festa_wechat', 'a'.repeat(43));
  expect(outcomeOf(await other.call(paymentStart, inside(orderId)))).toBe('wechat_login_needed');
  const stranger = await buyer();
  expect(outcomeOf(await stranger.browser.call(paymentStart, inside(orderId)))).toBe('not_found');
  accepted(await browser.call(wechatUnbind, {}));
  expect(outcomeOf(await browser.call(paymentStart, inside(orderId)))).toBe('wechat_login_needed');
});

test('[R-08] who began outside WeChat and goes on inside pays one trade: the other is closed first', async () => {
  const { browser, orderId } = await buyer();
  const outside = accepted(await browser.call(paymentStart, { ...inside(orderId), scene: 'phone' }));
  const openid = newOpenid();
  expect(await signInByWeixin(browser, weixin, { openid, intent: 'pay' })).toBe('ok');
  const first = await startInside(browser, orderId);
  expect(first.paymentId).not.toBe(outside.paymentId);
  expect(bench.trades.get(outside.paymentId)?.state).toBe('closed');
  // The same again is the same trade; another WeChat of the shopper gets one of its own.
  expect((await startInside(browser, orderId)).paymentId).toBe(first.paymentId);
  accepted(await browser.call(wechatUnbind, {}));
  const second = newOpenid();
  expect(await signInByWeixin(browser, weixin, { openid: second, intent: 'pay' })).toBe('ok');
  const last = await startInside(browser, orderId);
  expect(bench.payInside(first.bridge, openid)).toContain(':fail');
  expect(bench.payInside(last.bridge, second)).toContain(':ok');
  expect(await hear(last.paymentId)).toBe('applied');
  expect([...bench.trades.values()].filter(({ state }) => state === 'open')).toEqual([]);
});

test('two accounts for one WeChat stop the start: a payer is known by the account that he signed in to', () => {
  expect(() => readConfig({ ...env, WECHAT_APP_ID: 'wx9' }, [])).toThrow(ConfigError);
  expect(() => readConfig({ ...env, WECHAT_APP_ID: 'wx9' }, [])).toThrow('WECHAT_PAY_APP_ID');
});
