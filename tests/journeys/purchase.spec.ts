import { expect, type Page, test } from '@playwright/test';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import {
  addAddress,
  command,
  fillAddress,
  type OpenSku,
  openSkus,
  orderUnseen,
  signIn,
  signInHere,
} from '../support/phone.ts';
import { workerKeeps } from '../support/worker.ts';

/** A SKU with an open tier place and plenty of units. */
async function tieredSku(page: Page): Promise<OpenSku> {
  const sku = (await openSkus(page)).find(({ tierLeft, available }) => tierLeft > 5 && available > 20);
  if (!sku) throw new Error('The demo has no open tier');
  return sku;
}

/** A SKU whose exact number is shown, because few are left. */
async function scarceSku(page: Page): Promise<OpenSku> {
  const sku = (await openSkus(page)).find(({ available, limit }) => available >= 4 && available <= 20 && limit >= 2);
  if (!sku) throw new Error('The demo has no scarce SKU');
  return sku;
}

async function submitHere(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交订单' }).click();
}

/** The order's id, from the address of its page or of the result. */
function orderIdIn(page: Page): string {
  const query = new URL(page.url()).searchParams;
  return query.get('id') ?? query.get('order') ?? '';
}

async function ordersOf(page: Page): Promise<{ id: string; state: string }[]> {
  const answer = await page.request.get('/api/order.list');
  return ((await answer.json()) as { value: { orders: { id: string; state: string }[] } }).value.orders;
}

async function unitsInServerCart(page: Page, skuId: string): Promise<number> {
  const answer = await (await page.request.get('/api/cart.read')).json();
  const { lines } = answer.value as { lines: { skuId: string; quantity: number }[] };
  return lines.find((line) => line.skuId === skuId)?.quantity ?? 0;
}

test.describe('A purchase', () => {
  test('A newcomer signs in at the checkout, adds an address, pays, sees his rank, and has the order after a reload and offline', async ({
    page,
    context,
  }) => {
    const sku = await tieredSku(page);
    await page.goto(`/checkout?buy=${sku.skuId}:1`);
    await page.getByRole('button', { name: '登录后选择收货地址' }).click();
    await signInHere(page);
    await page.getByRole('button', { name: '添加收货地址' }).click();
    await fillAddress(page);
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    await expect(page.getByText('上海市 黄浦区 南京东路 100 号 3 栋 501')).toBeVisible();
    await submitHere(page);

    await page.waitForURL(/\/cashier\?trade=/);
    await expect(page.getByRole('heading', { name: '沙箱收银台' })).toBeVisible();
    await page.goBack();
    await expect(page.getByText('待付款')).toBeVisible();
    await page.getByRole('button', { name: '继续支付' }).click();
    await page.getByRole('button', { name: /^确认支付 ¥/ }).click();

    await page.waitForURL(/\/paid\?order=/);
    await expect(page.getByText('支付成功')).toBeVisible();
    await expect(page.getByText(/^第 \d+ 名$/)).toBeVisible();
    const orderId = orderIdIn(page);

    await page.goto(`/order?id=${orderId}`);
    await expect(page.getByText('待发货')).toBeVisible();
    await page.reload();
    await expect(page.getByText('待发货')).toBeVisible();
    await expect(page.getByText(sku.title)).toBeVisible();

    await workerKeeps(page, '/order');
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('待发货')).toBeVisible();
    await expect(page.getByText(/截至 \d\d:\d\d/)).toBeVisible();
    await context.setOffline(false);
  });

  test('Units of an order go from a second phone’s stock bar at once, and come back when it is cancelled', async ({
    page,
    browser,
  }) => {
    await signIn(page);
    await addAddress(page);
    const sku = await scarceSku(page);
    const other = await browser.newContext();
    const second = await other.newPage();
    await second.goto(`/p/${sku.handle}?sku=${sku.skuId}`);
    await expect(second.getByText(`仅剩 ${sku.available} 件`).first()).toBeVisible();

    await page.goto(`/checkout?buy=${sku.skuId}:1`);
    await submitHere(page);
    await page.waitForURL(/\/cashier\?trade=/);
    await expect(second.getByText(`仅剩 ${sku.available - 1} 件`).first()).toBeVisible();

    await page.goBack();
    await page.getByRole('button', { name: '取消订单' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消订单' }).click();
    await expect(page.getByText('已关闭')).toBeVisible();
    await expect(second.getByText(`仅剩 ${sku.available} 件`).first()).toBeVisible();
    await other.close();
  });

  test('Two taps in one moment, and an answer that is lost, make one order each', async ({ page }) => {
    await signIn(page);
    await addAddress(page);
    const sku = await tieredSku(page);
    await page.goto(`/checkout?buy=${sku.skuId}:1`);
    const submit = page.getByRole('button', { name: '提交订单' });
    await expect(submit).toBeEnabled();
    await submit.evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.waitForURL(/\/cashier\?trade=/);
    expect(await ordersOf(page)).toHaveLength(1);

    // Where no socket opens: the order is made, its answer is lost on the way; the phone asks again with the same key.
    await page.routeWebSocket(/\/socket\.io\//, (socket) => void socket.close());
    const saidAgain: boolean[] = [];
    await page.route('**/api/order.submit', async (route) => {
      saidAgain.push(route.request().postDataJSON().isAgain === true);
      if (saidAgain.length > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    const others = (await openSkus(page)).filter(({ available, skuId }) => available > 20 && skuId !== sku.skuId);
    await page.goto(`/checkout?buy=${others[0]?.skuId}:1`);
    await submitHere(page);
    await page.waitForURL(/\/cashier\?trade=/);
    expect(saidAgain).toEqual([false, true]);
    expect(await ordersOf(page)).toHaveLength(2);
  });

  test('A phone without a network submits nothing and says so; the cart keeps its edits', async ({ page, context }) => {
    await signIn(page);
    await addAddress(page);
    const sku = await tieredSku(page);
    await page.goto(`/checkout?buy=${sku.skuId}:1`);
    await expect(page.getByText('南京东路 100 号 3 栋 501')).toBeVisible();
    await context.setOffline(true);
    await expect(page.getByText(/抢购订单不会排队提交/)).toBeVisible();
    await expect(page.getByRole('button', { name: '提交订单' })).toBeDisabled();
    await context.setOffline(false);
    await expect(page.getByText(/抢购订单不会排队提交/)).toBeHidden();
    expect(await ordersOf(page)).toHaveLength(0);

    await page.goto(`/p/${sku.handle}?sku=${sku.skuId}`);
    await page.getByRole('button', { name: '加入购物车' }).first().click();
    await page.locator('dialog[open]').getByRole('button', { name: '加入购物车' }).click();
    await expect(page.getByText('已加入购物车')).toBeVisible();
    await page.goto('/cart');
    await expect(page.getByRole('link', { name: sku.title })).toBeVisible();
    await expect.poll(() => unitsInServerCart(page, sku.skuId)).toBe(1);
    await context.setOffline(true);
    await page.getByRole('button', { name: new RegExp(`^删除 ${sku.title}`) }).click();
    await expect(page.getByText('购物车还是空的')).toBeVisible();
    await context.setOffline(false);
    await expect.poll(() => unitsInServerCart(page, sku.skuId)).toBe(0);
  });

  test('Links that are wrong, or lead to somebody else’s order, say so and lead on', async ({ page, browser }) => {
    await signIn(page);
    await addAddress(page);
    const sku = await tieredSku(page);
    await page.goto(`/checkout?buy=${sku.skuId}:1`);
    await submitHere(page);
    await page.waitForURL(/\/cashier\?trade=/);
    const [order] = await ordersOf(page);

    const other = await browser.newContext();
    const stranger = await other.newPage();
    await signIn(stranger);
    for (const path of [`/order?id=${order?.id}`, '/order', '/order?id=no such', `/paid?order=${order?.id}`]) {
      await stranger.goto(path);
      await expect(stranger.getByRole('link', { name: '查看我的订单' }), path).toBeVisible();
    }
    await stranger.goto('/cashier?trade=nothing');
    await expect(stranger.getByText('没有这笔交易')).toBeVisible();
    await stranger.goto('/checkout?buy=nonsense');
    await expect(stranger.getByText('链接里的商品有误')).toBeVisible();
    await stranger.goto('/checkout?buy=no-such-sku:1');
    await expect(stranger.getByText('商品已下架')).toBeVisible();
    await other.close();
  });

  test('Who comes too late learns how many are left, and takes those with one tap', async ({
    page,
    playwright,
    baseURL,
  }) => {
    await signIn(page);
    await addAddress(page);
    const sku = await scarceSku(page);
    const wanted = 2;
    await page.goto(`/checkout?buy=${sku.skuId}:${wanted}`);
    await expect(page.getByRole('button', { name: '提交订单' })).toBeEnabled();
    for (let left = sku.available; left > 1; left -= 1) {
      const phone = await playwright.request.newContext({ baseURL });
      await orderUnseen(phone, sku.skuId, 1);
      await phone.dispose();
    }
    await submitHere(page);
    await expect(page.getByText('库存不足，仅剩 1 件')).toBeVisible();
    await page.getByRole('button', { name: '改为 1 件' }).click();
    await submitHere(page);
    await page.waitForURL(/\/cashier\?trade=/);
    expect(await ordersOf(page)).toHaveLength(1);
  });
});

test.describe('Pages of buying, for everybody', () => {
  const pages = ['/cart', '/checkout', '/orders', '/order', '/paid', '/cashier', '/me', '/addresses', '/login'];

  test('axe finds nothing in light and dark, with and without content', async ({ page }) => {
    test.setTimeout(240_000);
    const look = async (path: string) => {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await expectNoAxeFaults(page, { schemes: SCHEMES });
    };
    for (const path of pages) await look(path);
    for (const path of pages) await look(`/en${path}`);

    await signIn(page);
    await addAddress(page);
    const sku = await tieredSku(page);
    await command(page.request, 'cart.merge', { lines: [{ skuId: sku.skuId, quantity: 2, changedAt: Date.now() }] });
    await look('/cart');
    await expect(page.getByRole('link', { name: sku.title })).toBeVisible();
    await look(`/p/${sku.handle}`);
    await look(`/checkout?buy=${sku.skuId}:2`);
    await submitHere(page);
    await page.waitForURL(/\/cashier\?trade=/);
    await look(page.url());
    const [order] = await ordersOf(page);
    for (const path of [`/order?id=${order?.id}`, '/orders', '/me', '/addresses']) await look(path);
  });
});
