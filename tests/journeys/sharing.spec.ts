import { type APIRequestContext, expect, test } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { addAddress, command, signIn } from '../support/phone.ts';
import { codeInPicture, savePoster } from '../support/qr.ts';
import { PHONE_AGENT } from '../support/sharing.ts';
import { ordinarySku, shareHere, signInMarketer, touchHere } from '../support/spread-story.ts';
import { workerKeeps } from '../support/worker.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** The worker looks every two seconds at payments, every ten at orders that ended; a bound on a fault. */
const SETTLED = { timeout: 60_000 };

/** What a campaign's orders are worth to each of its links. */
async function creditsByLink(wire: APIRequestContext): Promise<Record<string, number>> {
  const answer = await (await wire.get('/api/studio.models?campaignId=everyday')).json();
  const { counted, models } = (answer as { value: ValueNamed<'studio.models'> }).value;
  const links = models.find(({ model }) => model === counted)?.links ?? [];
  return Object.fromEntries(links.map(({ code, fen }) => [code, fen]));
}

test('A link that a shopper shares leads a stranger to the page; what he buys credits the sharer until it goes back', async ({
  page,
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const wire = await playwright.request.newContext({ baseURL });
  await signInMarketer(wire, HOME);
  const sku = ordinarySku(HOME);
  await page.goto(`/p/${sku.handle}`);
  const link = await shareHere(page);
  const code = link.slice(-17);

  const strangers = await browser.newContext({ baseURL, userAgent: PHONE_AGENT });
  const stranger = await strangers.newPage();
  await stranger.goto(link);
  await stranger.waitForURL(new RegExp(`/p/${sku.handle}\\?by=${code}`));
  await expect(stranger.getByRole('heading', { name: sku.title })).toBeVisible();
  await touchHere(stranger);
  expect(await creditsByLink(wire)).not.toHaveProperty(code);

  await signIn(stranger);
  await addAddress(stranger);
  await stranger.goto(`/checkout?buy=${sku.id}:1`);
  await stranger.getByRole('button', { name: '提交订单' }).click();
  await stranger.waitForURL(/\/cashier\?trade=/);
  await stranger.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await stranger.waitForURL(/\/paid\?order=/);
  const orderId = new URL(stranger.url()).searchParams.get('order') ?? '';
  const order = async () => {
    const answer = await (await stranger.request.get(`/api/order.read?id=${orderId}`)).json();
    return (answer as { value: ValueNamed<'order.read'> }).value.order;
  };
  await expect.poll(async () => (await creditsByLink(wire))[code], SETTLED).toBe((await order()).totalFen);

  await command(stranger.request, 'order.askRefund', { id: orderId, reason: '拍错了' });
  const requestId = (await order()).requests.at(-1)?.id ?? '';
  const operators = await playwright.request.newContext({ baseURL });
  const operator = await openOperatorDoor(operators, HOME, baseURL ?? '');
  await operator.ask('ops.decideRefund', { id: orderId, requestId, approve: true, reason: '同意' });
  await expect.poll(async () => (await order()).state, SETTLED).toBe('refunded');
  await expect.poll(async () => (await creditsByLink(wire))[code], SETTLED).toBeUndefined();
  await Promise.all([wire.dispose(), operators.dispose(), strangers.close()]);
});

test('A link that nobody made says so and leads to the shop', async ({ page }) => {
  await page.goto(`/s/${'a'.repeat(17)}`);
  await expect(page.getByRole('heading', { name: '没有找到这个分享链接' })).toBeVisible();
  await page.getByRole('link', { name: '去会场逛逛' }).click();
  await page.waitForURL((url) => url.pathname === '/');
});

test('A poster carries the price as of now and a code that opens the sharer’s page; without the network it has the link that the phone kept', async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const { handle, title } = ordinarySku(HOME);
  await page.goto(`/p/${handle}`);
  const link = await shareHere(page);
  const openPoster = () => page.getByRole('button', { name: '生成海报' }).click();
  await openPoster();
  const poster = await savePoster(page);
  // As it is, and as small as a chat shows it.
  for (const width of [undefined, 640]) {
    expect(await codeInPicture(poster, width)).toBe(`${link}?utm_medium=poster`);
  }
  const picture = page.getByRole('img', { name: `海报：${title}` });
  await expect(picture).toHaveAttribute('alt', /价格 ¥[\d,.]+.*价格截至 \d+月\d+日 \d\d:\d\d/);

  // Back closes the poster and leaves the sheet; a second tap draws it anew.
  await page.goBack();
  await expect(picture).toBeHidden();
  await expect(page.getByTestId('share-link')).toBeVisible();
  await workerKeeps(page);
  await context.setOffline(true);
  await openPoster();
  await expect(page.getByText('海报上是您上次的分享链接')).toBeVisible({ timeout: 60_000 });
  expect(await codeInPicture(await savePoster(page))).toBe(`${link}?utm_medium=poster`);

  // A page that was never shared from this phone has no link to draw.
  await context.setOffline(false);
  await page.goto('/coupons');
  await page.getByRole('button', { name: '分享', exact: true }).waitFor();
  await context.setOffline(true);
  await page.getByRole('button', { name: '分享', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: '没有网络，链接没有生成' })).toBeVisible({ timeout: 60_000 });
  await context.setOffline(false);
  await expect(page.getByTestId('share-link')).toContainText(`${baseURL}/s/`, { timeout: 60_000 });
});

test('A 口令 that was copied, and mangled on its way, opens the page when it is pasted into search; a broken one says so', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { handle, title } = ordinarySku(HOME);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL ?? '' });
  await page.goto(`/p/${handle}`);
  const link = await shareHere(page);
  await page.getByRole('button', { name: '复制口令' }).click();
  await expect(page.getByText('口令已复制')).toBeVisible();
  const sentence = await page.evaluate(() => navigator.clipboard.readText());
  expect(sentence).toContain(title);
  expect(sentence).not.toContain('/s/');

  const strangers = await browser.newContext({ baseURL, userAgent: PHONE_AGENT });
  const stranger = await strangers.newPage();
  await stranger.goto('/search');
  const field = stranger.getByRole('searchbox', { name: '搜索商品' });
  await expect(stranger.getByText('收到好友的口令？')).toBeVisible({ timeout: 60_000 });
  await field.fill(sentence.replaceAll('¥', '￥').replaceAll(/([A-Za-z0-9]{6})/g, '$1 😀'));
  await expect(stranger.getByRole('heading', { name: '这是好友分享的口令' })).toBeVisible();
  await expectNoAxeFaults(stranger);
  await stranger.getByRole('button', { name: '打开好友分享的页面' }).click();
  await stranger.waitForURL(new RegExp(`/p/${handle}\\?by=${link.slice(-17)}`));

  await stranger.goto('/search');
  await expect(stranger.getByText('收到好友的口令？')).toBeVisible({ timeout: 60_000 });
  await field.fill(sentence.replace(/¥(.{9})./, '¥$1'));
  await expect(stranger.getByRole('heading', { name: '口令不完整' })).toBeVisible();
  await strangers.close();
});
