import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterRefusedMessages } from '../../lib/messages/counter-refused.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { buyForPickup, type Login, putAside, signInClerk, wedge } from '../support/counter-doors.ts';
import {
  browserWithCamera,
  COUNTER_PATIENCE_MS,
  counterPage,
  counterSays,
  filmPhone,
  goTo,
  putAsideHere,
} from '../support/counter-pages.ts';
import { command, openSkus, signIn } from '../support/phone.ts';
import { deliver, noticesOn, subscribeWith, tapNotice } from '../support/push-browser.ts';
import { openPushService } from '../support/push-service.ts';
import { codeInPicture } from '../support/qr.ts';
import { inDatabase } from '../support/team-doors.ts';
import { workerKeeps } from '../support/worker.ts';

/* Bought on the phone, fetched round the corner: phone and counter side by side. */

const HOME = process.env.FESTA_TEST_HOME ?? '';
const [frame, refused, scan] = [
  counterMessages['zh-CN'],
  counterRefusedMessages['zh-CN'],
  counterScanMessages['zh-CN'],
];

/** The demo's two clerks; they stand at one store. */
function demoClerks(): [Login, Login] {
  const logins = JSON.parse(readFileSync(join(HOME, 'demo-logins.json'), 'utf8')) as (Login & { role: string })[];
  const [one, two] = logins.filter(({ role }) => role === 'clerk');
  if (!one || !two) throw new Error('The demo has no two clerks');
  return [one, two];
}

/** The store where this clerk is posted. */
async function storeOf(clerk: APIRequestContext) {
  const { store } = (await (await clerk.get('/api/counter.home')).json()).value as ValueNamed<'counter.home'>;
  if (!store) throw new Error('The demo clerk is posted nowhere');
  return store;
}

/** Something on sale that the store itself has. */
async function skuOf(page: Page, storeId: string): Promise<string> {
  for (const { skuId, available } of await openSkus(page)) {
    if (available < 20) continue;
    const { pickup } = await command<ValueNamed<'order.quote'>>(page.request, 'order.quote', {
      lines: [{ skuId, quantity: 1 }],
      fulfilment: { kind: 'pickup', storeId },
    });
    if (pickup?.lines.every(({ isTransfer }) => !isTransfer)) return skuId;
  }
  throw new Error('The store has nothing that is on sale');
}

/** Stands in front of the store with a phone that may say so. */
async function standBefore(context: BrowserContext, storeId: string): Promise<void> {
  const [here] = await inDatabase(HOME, (db) =>
    db.query<{ longitude: number; latitude: number }>(
      'select lng as longitude, lat as latitude from store where id = $1',
      [storeId],
    ),
  );
  if (!here) throw new Error(`${storeId} has no place`);
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ ...here, accuracy: 20 });
}

/** Buys one for pickup at the store that is nearest, through the checkout; answers the order. */
async function buyHere(page: Page, skuId: string, store: string): Promise<string> {
  await page.goto(`/checkout?buy=${skuId}:1`);
  await page.getByText('到店自提').click();
  await page.getByRole('button', { name: '选择门店' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '用手机定位' }).click();
  const nearest = sheet
    .getByRole('region', { name: /离你最近的门店/ })
    .getByRole('listitem')
    .first();
  await expect(nearest).toContainText(store);
  await nearest.getByRole('button').click();
  await expect(page.getByText(/^门店有货，预计 .* 可取$/)).toBeVisible();
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.getByRole('button', { name: /^确认支付/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  return new URL(page.url()).searchParams.get('order') ?? '';
}

test('[P6] A store is found, the order paid and prepared; its code is shown without a network, read by the counter’s camera from the phone’s own screen, and handed over once', async ({
  page,
  context,
  baseURL: given,
}, info) => {
  test.setTimeout(180_000);
  const baseURL = given ?? '';
  const film = info.outputPath('phone.mjpeg');
  const shop = await browserWithCamera(film);
  const counter = await counterPage(shop, baseURL, demoClerks()[0]);
  const store = await storeOf(counter.request);
  await signIn(page);
  const skuId = await skuOf(page, store.id);

  await standBefore(context, store.id);
  const orderId = await buyHere(page, skuId, store.name.zh);
  await page.goto(`/order?id=${orderId}`);
  await expect(page.getByText('备货中')).toBeVisible();
  await expect(page.getByText(store.name.zh)).toBeVisible();
  await expect(page.getByRole('button', { name: '换一家门店' })).toBeVisible();

  await putAsideHere(counter, [orderId]);
  // The phone hears it, and puts the code and its page by for the basement.
  const toCode = page.getByRole('link', { name: '出示提货码' });
  await expect(toCode).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  await workerKeeps(page);
  await workerKeeps(page, '/pickup');
  await context.setOffline(true);
  await page.goto(`/pickup?id=${orderId}`);
  await expect(page.getByText('没有网络也能提货，此码仍然有效')).toBeVisible();
  await expect(page.getByRole('img', { name: '提货二维码' })).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });

  await goTo(counter, frame.scan);
  await filmPhone(film, await page.screenshot());
  await counter.getByRole('button', { name: scan.cameraOpen }).click();
  await counterSays(counter, scan.found);
  await expect(counter.getByRole('article')).toContainText(orderId.slice(-6));
  await counter.getByRole('button', { name: scan.handAll(1) }).click();
  await counterSays(counter, scan.handed);

  // His neighbour has a hand scanner; it sees the same screen.
  const second = await counterPage(shop, baseURL, demoClerks()[1]);
  await wedge(second, (await codeInPicture(await page.screenshot())) ?? '');
  await counterSays(second, refused.already_handed);
  await expect(second.getByText(new RegExp(`已在 \\d\\d:\\d\\d:\\d\\d 交付（${store.name.zh}）$`))).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText('已经提货')).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  await page.goto(`/order?id=${orderId}`);
  await expect(page.getByText('已提货', { exact: true })).toBeVisible();
  await shop.close();
});

test('A friend fetches it with a link of his own, which its owner can take back; a link that is over says so', async ({
  page,
  browser,
  playwright,
  baseURL,
}) => {
  const clerk = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  await signInClerk(clerk, demoClerks()[0]);
  const store = await storeOf(clerk);
  const skuId = await skuOf(page, store.id);
  const { orderId } = await buyForPickup(page.request, store.id, [{ skuId, quantity: 1 }]);
  await putAside(clerk, orderId);

  await page.goto(`/pickup?id=${orderId}`);
  const linkOf = async () => (await page.getByText(/\/pickup\?c=/).textContent()) ?? '';
  await page.getByRole('button', { name: '生成代取链接' }).click();
  const first = await linkOf();
  await page.getByRole('button', { name: '收回代取码' }).click();
  await expect(page.getByText('代取码已收回')).toBeVisible();
  await page.getByRole('button', { name: '生成代取链接' }).click();
  const second = await linkOf();

  const friend = await (await browser.newContext({ baseURL: baseURL ?? '', viewport: page.viewportSize() })).newPage();
  await friend.goto(first);
  await expect(friend.getByText('这个代取码已失效')).toBeVisible();
  await friend.goto(second);
  await expect(friend.getByText('取这些商品')).toBeVisible();
  await expect(friend.getByText('¥')).toHaveCount(0);
  await expectNoAxeFaults(friend, { schemes: SCHEMES });
  await expect(friend.getByRole('img', { name: '提货二维码' })).toBeVisible();
  const text = await codeInPicture(await friend.screenshot());
  const shown = await command<ValueNamed<'counter.scan'>>(clerk, 'counter.scan', { text: text ?? '' });
  expect([shown.isFriend, shown.order.orderId]).toEqual([true, orderId]);
  await command(clerk, 'counter.handOver', { key: randomUUID(), ticket: shown.ticket });
  await friend.reload();
  await expect(friend.getByText('这个代取码已失效')).toBeVisible();
  await friend.context().close();
  await clerk.dispose();
});

test('Who taps for notices is told on his device when it is ready, taps that open the order, and switches them off', async ({
  page,
  playwright,
  baseURL,
}) => {
  const service = await openPushService();
  const clerk = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  await signInClerk(clerk, demoClerks()[0]);
  const store = await storeOf(clerk);
  const skuId = await skuOf(page, store.id);
  const { orderId } = await buyForPickup(page.request, store.id, [{ skuId, quantity: 1 }]);
  const home = (await (await page.request.get('/api/push.home')).json()).value as ValueNamed<'push.home'>;
  const device = service.subscribe(home.publicKey);
  await subscribeWith(page, device.subscription);

  await page.goto(`/order?id=${orderId}`);
  const ask = page.getByRole('button', { name: '开启通知' });
  await expect(ask).toBeVisible();
  // Nobody is asked, and nothing is agreed, before the tap.
  expect((await (await page.request.get('/api/push.home')).json()).value.devices).toEqual([]);
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  await ask.click();
  await expect(page.getByText('已开启，备好后会通知这台设备')).toBeVisible();

  await putAside(clerk, orderId);
  await expect.poll(() => device.taken.length, { timeout: COUNTER_PATIENCE_MS }).toBeGreaterThan(0);
  const told = () => device.taken.map(({ text }) => text).find((text) => text.includes('已备好'));
  await expect.poll(told, { timeout: COUNTER_PATIENCE_MS }).toBeDefined();
  await page.goto('/me');
  await workerKeeps(page);
  await deliver(page, told() ?? '');
  await expect
    .poll(() => noticesOn(page))
    .toEqual([{ title: 'Festa', body: expect.stringContaining(orderId.slice(-6)), tag: `/order?id=${orderId}` }]);
  await tapNotice(page, `/order?id=${orderId}`);
  await page.waitForURL(`**/order?id=${orderId}`);
  await expect(page.getByRole('link', { name: '出示提货码' })).toBeVisible();

  await page.goto('/me');
  const orders = page.getByRole('switch', { name: '订单与取货' });
  await expect(orders).toBeChecked();
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  await orders.click();
  await expect(orders).not.toBeChecked();
  await expect.poll(async () => (await (await page.request.get('/api/push.home')).json()).value.devices.length).toBe(0);
  await service.close();
  await clerk.dispose();
});
