import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { type Login, signInClerk } from '../support/counter-doors.ts';
import { command, openSkus, signIn } from '../support/phone.ts';
import { codeInPicture } from '../support/qr.ts';
import { workerKeeps } from '../support/worker.ts';

/* Bought on the phone, fetched round the corner: the shopper's side of it, with a clerk at the counter's own door. */

const HOME = process.env.FESTA_TEST_HOME ?? '';

/** A demo clerk, signed in, and the store where he is posted. */
async function openClerk(wire: APIRequestContext): Promise<ValueNamed<'counter.home'>> {
  const logins = JSON.parse(readFileSync(join(HOME, 'demo-logins.json'), 'utf8')) as (Login & { role: string })[];
  const login = logins.find(({ role }) => role === 'clerk');
  if (!login) throw new Error('The demo has no clerk');
  await signInClerk(wire, login);
  return (await (await wire.get('/api/counter.home')).json()).value;
}

/** What the QR on the phone's screen says, read from a picture of it as a camera sees it. */
async function scanned(page: Page): Promise<string> {
  await expect(page.getByRole('img', { name: '提货二维码' })).toBeVisible();
  const text = await codeInPicture(await page.screenshot());
  if (text === null) throw new Error('No reader finds the code on the screen');
  return text;
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

/** Chooses pickup at this store on the checkout, by its name. */
async function choosePickup(page: Page, store: string): Promise<void> {
  await page.getByText('到店自提').click();
  await page.getByRole('button', { name: '选择门店' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('searchbox').fill(store);
  await sheet
    .getByRole('button', { name: new RegExp(store) })
    .first()
    .click();
  await expect(page.getByText(/^门店有货，预计 .* 可取$/)).toBeVisible();
}

test('An order is bought for pickup, prepared, shown without a network, and handed over once; the counter reads the phone’s own screen', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const counter = await browser.newContext({ baseURL: baseURL ?? '' });
  const { store } = await openClerk(counter.request);
  if (!store) throw new Error('The demo clerk is posted nowhere');
  await signIn(page);
  const skuId = await skuOf(page, store.id);

  await page.goto(`/checkout?buy=${skuId}:1`);
  await choosePickup(page, store.name.zh);
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.getByRole('button', { name: /^确认支付/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  const orderId = new URL(page.url()).searchParams.get('order') ?? '';

  await page.goto(`/order?id=${orderId}`);
  await expect(page.getByText('备货中')).toBeVisible();
  await expect(page.getByText(store.name.zh)).toBeVisible();
  await expect(page.getByRole('button', { name: '换一家门店' })).toBeVisible();
  await page.goto(`/pickup?id=${orderId}`);
  await expect(page.getByText('商品还在准备')).toBeVisible();

  await command(counter.request, 'counter.ready', { orderId });
  // The page hears it and shows the code by itself.
  await expect(page.getByRole('img', { name: '提货二维码' })).toBeVisible({ timeout: 30_000 });
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  await workerKeeps(page);

  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('没有网络也能提货，此码仍然有效')).toBeVisible();
  const text = await scanned(page);
  const { ticket, order } = await command<ValueNamed<'counter.scan'>>(counter.request, 'counter.scan', { text });
  expect(order.orderId).toBe(orderId);
  const given = await command<ValueNamed<'counter.handOver'>>(counter.request, 'counter.handOver', {
    key: randomUUID(),
    ticket,
  });
  expect(given.order.state).toBe('handed_over');

  const again = await (await counter.request.post('/api/counter.scan', { data: { text: await scanned(page) } })).json();
  expect(again).toMatchObject({ ok: false, refusal: { code: 'already_handed' } });
  await context.setOffline(false);
  await expect(page.getByText('已经提货')).toBeVisible({ timeout: 30_000 });
  await page.goto(`/order?id=${orderId}`);
  await expect(page.getByText('已提货', { exact: true })).toBeVisible();
  await counter.close();
});

test('A friend fetches it with a link of his own, which its owner can take back; a link that is over says so', async ({
  page,
  browser,
  baseURL,
}) => {
  const counter = await browser.newContext({ baseURL: baseURL ?? '' });
  const { store } = await openClerk(counter.request);
  if (!store) throw new Error('The demo clerk is posted nowhere');
  await signIn(page);
  const skuId = await skuOf(page, store.id);
  await page.goto(`/checkout?buy=${skuId}:1`);
  await choosePickup(page, store.name.zh);
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.getByRole('button', { name: /^确认支付/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  const orderId = new URL(page.url()).searchParams.get('order') ?? '';
  await command(counter.request, 'counter.ready', { orderId });

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
  const shown = await command<ValueNamed<'counter.scan'>>(counter.request, 'counter.scan', {
    text: await scanned(friend),
  });
  expect([shown.isFriend, shown.order.orderId]).toEqual([true, orderId]);
  await command(counter.request, 'counter.handOver', { key: randomUUID(), ticket: shown.ticket });
  await friend.reload();
  await expect(friend.getByText('这个代取码已失效')).toBeVisible();
  await friend.context().close();
  await counter.close();
});
