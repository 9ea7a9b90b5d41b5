import { createECDH } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { pushAgree, pushHome, pushStop, pushStopAll } from '../../lib/contracts/push.ts';
import { REWARDS_A_DAY } from '../../lib/domain/outreach/purpose.ts';
import { startOutbox } from '../../server/outreach/outbox.job.ts';
import { sendNotices, startPushJobs } from '../../server/outreach/push.job.ts';
import { pushKeys } from '../../server/outreach/push-keys.ts';
import { webPush } from '../../server/outreach/push-port.ts';
import { queuePush } from '../../server/outreach/push-queue.ts';
import { PUSH_BYTES_MAX, sealPush } from '../../server/outreach/push-seal.ts';
import { isPushService } from '../../server/outreach/push-services.ts';
import { openLog } from '../../server/platform/log.ts';
import type { Loop } from '../../server/platform/loop.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { putClerk, readyPickup, yes } from '../support/pickups.ts';
import { openPushService, openSealed, type PushService } from '../support/push-service.ts';
import { openShop } from '../support/shop.ts';
import { putStore, putUnits } from '../support/stores.ts';

/* Notices on devices, against a push service on this machine that checks the signature and reads what a browser would. */

const SECRET = 'a secret of the tests, thirty-two bytes';
const keys = pushKeys(SECRET, 'mailto:shop@festa.example');
const log = openLog('silent');

let edge: Edge;
let service: PushService;
const loops: Loop[] = [];
let phones = 13_700_000_000;

beforeAll(async () => {
  service = await openPushService();
  edge = await openEdge({ env: { FESTA_SECRET: SECRET, FESTA_PUSH_SERVICES: service.origin } });
  await putStore(edge.db, '1');
  await putClerk(edge.db, 'lin', 's-1');
  await putOnSale(edge.db, { id: 'tea', onHand: 100 });
  await putUnits(edge.db, 's-1', 'tea', 100);
});
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
  service.answer();
  await edge.db.query('delete from push_device');
});
afterAll(async () => {
  await edge.close();
  await service.close();
});

async function shopper() {
  phones += 1;
  const { browser } = await shopperAt(edge, String(phones));
  const [person] = await edge.db.query<{ id: string }>('select id from person where phone_number = $1', [
    String(phones),
  ]);
  return { browser, personId: person?.id ?? '' };
}

/** A device whose owner has tapped for notices. */
async function agreed(browser: Browser, purposes: readonly string[] = ['orders']) {
  const { publicKey } = accepted(await browser.call(pushHome, {}));
  const device = service.subscribe(publicKey);
  accepted(await browser.call(pushAgree, { ...device.subscription, purposes }));
  return device;
}

const jobDeps = () => ({ db: edge.db, push: webPush(keys), keyId: keys.keyId, log, onSent: () => {} });
const sendAll = () => sendNotices(jobDeps());
const dueNow = () => edge.db.query('update push_notice set next_try_at = now() where ended_at is null');
const wish = (personId: string, more: Partial<Parameters<typeof queuePush>[1]> = {}) =>
  queuePush(edge.db, {
    ...{ personId, key: 'k', purpose: 'orders', body: '已备好', path: '/order?id=o-1', goodForMs: 60_000 },
    ...more,
  });

test('a text is sealed as in the example of RFC 8291, byte by byte', () => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'));
  const device = {
    p256dh: Buffer.from(
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      'base64url',
    ),
    auth: Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url'),
  };
  const salt = Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url');
  expect(sealPush(device, 'When I grow up, I want to be a watermelon', { salt, pair }).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('a text of any length that a record holds is read by its device, and by no other', () => {
  const [own, other] = [createECDH('prime256v1'), createECDH('prime256v1')];
  own.generateKeys();
  other.generateKeys();
  const auth = Buffer.alloc(16, 7);
  const device = { p256dh: own.getPublicKey(), auth };
  for (const length of [0, 1, 300, PUSH_BYTES_MAX]) {
    const sealed = sealPush(device, 'a'.repeat(length));
    expect(sealed.length).toBeLessThanOrEqual(4_096);
    expect(openSealed(sealed, own, auth)).toBe('a'.repeat(length));
    expect(() => openSealed(sealed, other, auth)).toThrow();
  }
  expect(() => sealPush(device, 'a'.repeat(PUSH_BYTES_MAX + 1))).toThrow(RangeError);
});

test('every process of an installation has one key; another secret is another key', () => {
  expect(pushKeys(SECRET, 'https://a.example').publicKey).toBe(keys.publicKey);
  expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65);
  expect(pushKeys(`${SECRET}!`, 'https://a.example').publicKey).not.toBe(keys.publicKey);
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
  ['https://web.push.apple.com/abc', true],
  ['https://sg2p.notify.windows.com/w/?token=abc', true],
  ['https://push.example.com/abc', true],
  ['http://fcm.googleapis.com/fcm/send/abc', false],
  ['https://fcm.googleapis.com:8443/fcm/send/abc', false],
  ['https://fcm.googleapis.com@10.0.0.1/abc', false],
  ['https://user@fcm.googleapis.com/abc', false],
  ['https://evil-push.apple.com.example.com/abc', false],
  ['https://push.apple.com.evil.example/abc', false],
  ['http://169.254.169.254/latest', false],
  ['http://127.0.0.1:5432/', false],
  ['file:///etc/passwd', false],
  ['not an address', false],
])('notices to %s: %s', (endpoint, may) => {
  expect(isPushService(endpoint, ['https://push.example.com'])).toBe(may);
});

test('whoever fetches an order is told on his device that it is ready: signed, sealed, nothing but order words, and the text message besides', async () => {
  const { browser, personId } = await shopper();
  const device = await agreed(browser);
  const shop = await openShop(edge.db);
  const lines = [{ skuId: 'tea', quantity: 1 }];
  const { orderId } = await readyPickup(shop, { shopperId: personId, storeId: 's-1', clerkId: 'lin', lines });
  const said: string[] = [];
  const messages = { isSandbox: false, send: async ({ text }: { text: string }) => void said.push(text) };
  for (let worker = 0; worker < 2; worker += 1) {
    loops.push(startOutbox({ db: edge.db, messages, log }), ...startPushJobs(jobDeps()));
  }
  await vi.waitFor(() => expect(device.taken.length).toBe(2), { timeout: 20_000 });
  const told = device.taken.map(({ text }) => JSON.parse(text) as { body: string; path: string });
  const ready = told.find(({ body }) => body.includes('已备好'));
  expect(ready?.body).toMatch(new RegExp(`^订单 ${orderId.slice(-6)} 已备好，请在 .* 前凭提货码到.*取货。$`));
  expect(Object.keys(ready ?? {}).toSorted()).toEqual(['body', 'isSilent', 'path']);
  expect(ready?.path).toBe(`/order?id=${orderId}`);
  for (const { text } of device.taken) expect(text).not.toMatch(new RegExp(`${phones}|小明|南京东路|¥`));
  const [{ claims, ttlSeconds, topic } = {} as (typeof device.taken)[number]] = device.taken;
  expect(claims).toMatchObject({ aud: service.origin, sub: 'mailto:shop@festa.example' });
  expect(claims.exp * 1_000 - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
  expect(ttlSeconds).toBeGreaterThan(80_000);
  expect(topic).toMatch(/^[\w-]{32}$/);
  expect(said.filter((text) => text.includes('已备好'))).toHaveLength(1);
});

test('a service that fails is asked again until it takes the notice, once', async () => {
  const { browser, personId } = await shopper();
  const device = await agreed(browser);
  await wish(personId);
  await wish(personId);
  service.answer(503, 429);
  for (let round = 0; round < 5; round += 1) {
    await sendAll();
    await dueNow();
  }
  expect(device.taken).toHaveLength(1);
  expect(await edge.db.query('select attempts, outcome, last_error from push_notice')).toEqual([
    { attempts: 3, outcome: 'taken', last_error: null },
  ]);
});

test('what nobody needs any more is not sent, and what a service will never take is not sent again', async () => {
  const { browser, personId } = await shopper();
  const device = await agreed(browser);
  await wish(personId, { key: 'late', goodForMs: 0 });
  await wish(personId, { key: 'never' });
  service.answer(413);
  await sendAll();
  await dueNow();
  await sendAll();
  expect(device.taken).toEqual([]);
  expect(await edge.db.query('select notice_key, outcome from push_notice order by id')).toEqual([
    { notice_key: 'late', outcome: 'late' },
    { notice_key: 'never', outcome: 'refused' },
  ]);
});

test.each([404, 410])(
  'a device that its service does not know any more (%i) is forgotten with what waits for it',
  async (status) => {
    const { browser, personId } = await shopper();
    const [leaves, stays] = [await agreed(browser), await agreed(browser)];
    leaves.leave(status);
    await wish(personId);
    await sendAll();
    expect(await edge.db.query('select count(*) as n from push_device')).toEqual([{ n: 1 }]);
    await wish(personId, { key: 'later' });
    const asked = service.asked();
    await sendAll();
    expect(service.asked() - asked).toBe(1);
    expect(stays.taken).toHaveLength(2);
  },
);

test('[INV-53] who did not agree to news of rewards gets none; who did gets three in a day', async () => {
  const { browser, personId } = await shopper();
  const orders = await agreed(browser);
  const both = await agreed(browser, ['orders', 'rewards']);
  for (let n = 0; n < REWARDS_A_DAY + 2; n += 1) {
    await wish(personId, { key: `coupon:${n}`, purpose: 'rewards', path: '/wallet' });
  }
  // At night they wait for the morning.
  await dueNow();
  await sendAll();
  expect(orders.taken).toEqual([]);
  expect(both.taken).toHaveLength(REWARDS_A_DAY);
  await wish(personId, { key: 'order' });
  await sendAll();
  expect([orders.taken.length, both.taken.length]).toEqual([1, REWARDS_A_DAY + 1]);
});

test('a device that somebody else agrees on is his from then on, and tells him nothing of whoever had it', async () => {
  const [ann, bob] = [await shopper(), await shopper()];
  const device = await agreed(ann.browser);
  await wish(ann.personId);
  accepted(await bob.browser.call(pushAgree, { ...device.subscription, purposes: ['orders'] }));
  await wish(ann.personId, { key: 'another' });
  await sendAll();
  expect(device.taken).toEqual([]);
  expect(accepted(await ann.browser.call(pushHome, {})).devices).toEqual([]);
  expect(accepted(await bob.browser.call(pushHome, {})).devices).toHaveLength(1);
});

test('who stops is told nothing more: on one device without a session, on all of his, and by signing in nowhere', async () => {
  const { browser, personId } = await shopper();
  const [one, two] = [await agreed(browser), await agreed(browser)];
  await wish(personId);
  accepted(await edge.browser().call(pushStop, { endpoint: one.subscription.endpoint }));
  accepted(await edge.browser().call(pushStop, { endpoint: one.subscription.endpoint }));
  await sendAll();
  expect([one.taken.length, two.taken.length]).toEqual([0, 1]);
  accepted(await browser.call(pushStopAll, {}));
  await wish(personId, { key: 'after' });
  await sendAll();
  expect(two.taken).toHaveLength(1);
});

test('a browser that renews its subscription takes the place of the old one', async () => {
  const { browser } = await shopper();
  const before = await agreed(browser);
  const after = service.subscribe(keys.publicKey);
  accepted(
    await browser.call(pushAgree, {
      ...after.subscription,
      purposes: ['orders'],
      replaces: before.subscription.endpoint,
    }),
  );
  expect(accepted(await browser.call(pushHome, {})).devices).toHaveLength(1);
});

test('addresses that are no push service’s, and keys that nobody could read with, are refused; strangers must sign in', async () => {
  const { browser } = await shopper();
  const { subscription } = service.subscribe(keys.publicKey);
  const agree = (more: object) => browser.call(pushAgree, { ...subscription, purposes: ['orders'], ...more });
  expect(outcomeOf(await agree({ endpoint: 'http://127.0.0.1:5432/' }))).toBe('push_service_unknown');
  expect(outcomeOf(await agree({ endpoint: 'https://example.com/push' }))).toBe('push_service_unknown');
  expect(outcomeOf(await agree({ p256dh: Buffer.alloc(65, 4).toString('base64url') }))).toBe('push_unusable');
  expect(outcomeOf(await agree({ p256dh: 'short' }))).toBe('invalid_input');
  expect(outcomeOf(await agree({ purposes: [] }))).toBe('invalid_input');
  expect(outcomeOf(await edge.browser().call(pushAgree, { ...subscription, purposes: ['orders'] }))).toBe(
    'login_required',
  );
});

test('devices of an older key of the shop are not written to', async () => {
  const { browser, personId } = await shopper();
  const device = await agreed(browser);
  await edge.db.query(`update push_device set key_id = 'older'`);
  await wish(personId);
  await sendAll();
  expect(device.taken).toEqual([]);
  expect(yes(await browser.call(pushHome, {})).devices).toEqual([]);
});

test('nobody has more devices than ten; the newest stay', async () => {
  const { browser } = await shopper();
  for (let n = 0; n < 12; n += 1) await agreed(browser);
  expect(accepted(await browser.call(pushHome, {})).devices).toHaveLength(10);
});
