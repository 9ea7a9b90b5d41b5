import { expect, type Page, test } from '@playwright/test';
import { workerKeeps } from '../support/worker.ts';

/*
 * The walking festival: a stranger sees a countdown end and buys the first one at half price, while a second phone
 * looks on. It runs first, because the session of the demo opens two minutes after the shop.
 */

const PRODUCT = '/p/anqu-noise-headphones';
/** Until the countdown has ended: two minutes from the opening of the shop, and some for a slow machine. */
const UNTIL_OPEN_MS = 260_000;

/** Signs in by phone code as a person does; the code is on the page, because no SMS provider is set. */
async function signIn(page: Page, phone: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).tap();
  await page.getByRole('button', { name: '填入' }).tap();
  await page.waitForURL((url) => url.pathname !== '/login');
}

async function addAddress(page: Page): Promise<void> {
  await page.getByRole('button', { name: '添加收货地址' }).tap();
  const sheet = page.getByRole('dialog', { name: '添加收货地址' });
  await sheet.getByLabel('收货人').fill('王小明');
  await sheet.getByLabel('手机号').fill('13811110000');
  await sheet.getByRole('button', { name: '所在地区' }).tap();
  await page.getByRole('button', { name: '上海市' }).tap();
  await page.getByRole('button', { name: '黄浦区' }).tap();
  await sheet.getByLabel('详细地址').fill('南京东路 1 号 801');
  await sheet.getByRole('button', { name: '保存' }).tap();
  // The list of addresses behind the form shows the new one too, until it has gone.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /王小明/ })).toBeVisible();
}

test('a countdown ends, the first one is bought at half price, and another phone sees it', async ({
  browser,
  page,
  context,
}) => {
  test.setTimeout(UNTIL_OPEN_MS + 120_000);
  const onlooker = await (await browser.newContext()).newPage();

  await test.step('the countdown ends and the button opens by itself', async () => {
    await signIn(page, '13811110000');
    await page.goto(PRODUCT);
    await onlooker.goto(PRODUCT);
    await expect(page.getByRole('timer')).toHaveText(/距/);
    await expect(page.getByRole('button', { name: '立即抢购' })).toBeVisible({ timeout: UNTIL_OPEN_MS });
    await expect(onlooker.getByText('剩 100 个名额')).toBeVisible();
  });

  await test.step('buy it now, to a new address', async () => {
    await page.getByRole('button', { name: '立即抢购' }).tap();
    const sheet = page.getByRole('dialog', { name: '请选择' });
    await sheet.getByText('云白').tap();
    await sheet.getByRole('button', { name: '立即抢购' }).tap();
    await page.waitForURL(/\/checkout/);
    await addAddress(page);
    await expect(page.getByRole('main')).toContainText('前100名价');
    await page.getByRole('button', { name: '提交订单' }).tap();
    await page.waitForURL(/\/cashier/);
  });

  await test.step('the second phone sees one place less, without a reload', async () => {
    await expect(onlooker.getByText('剩 99 个名额')).toBeVisible();
  });

  await test.step('pay, and be the first', async () => {
    await page.getByRole('button', { name: /^确认支付/ }).tap();
    await page.waitForURL(/\/paid/);
    await expect(page.getByText('第 1 名')).toBeVisible();
    await page.getByRole('link', { name: '查看订单' }).tap();
  });

  await test.step('the order is right, after a reload, and without a network', async () => {
    const order = page.getByRole('main');
    await expect(order).toContainText('待发货');
    await page.reload();
    await expect(order).toContainText('待发货');
    await expect(order).toContainText('云白');
    await workerKeeps(page, '/order');
    await context.setOffline(true);
    await page.reload();
    await expect(order).toContainText('待发货');
    await expect(order).toContainText('346');
    await context.setOffline(false);
  });
});
