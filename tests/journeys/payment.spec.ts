import { expect, type Page, test } from '@playwright/test';
import type { Whim } from '../../server/payment/sandbox/whims.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { addAddress, openSkus, orderAsMyself, signIn } from '../support/phone.ts';

/** Says how the sandbox misbehaves with the trades of an order; only a shop under test has this switch. */
async function misbehave(page: Page, orderId: string, whims: Whim[]): Promise<void> {
  const answer = await page.request.post('/api/test/sandbox-whims', { data: { orderId, whims } });
  expect(answer.status()).toBe(204);
}

/** A shopper with an unpaid order, on its page. Answers the order's id. */
async function unpaidOrder(page: Page): Promise<string> {
  await signIn(page);
  await addAddress(page);
  const sku = (await openSkus(page)).find(({ available }) => available > 20);
  if (!sku) throw new Error('Nothing is on sale');
  await orderAsMyself(page.request, sku.skuId, 1);
  const answer = await (await page.request.get('/api/order.list')).json();
  const { id } = (answer.value as { orders: { id: string }[] }).orders[0] as { id: string };
  await page.goto(`/order?id=${id}`);
  return id;
}

test('[R-05] who pays after his order has closed reads in both languages that the money went back, and how much', async ({
  page,
}) => {
  test.slow();
  const orderId = await unpaidOrder(page);
  // Its refund fails twice before it works: the shopper sees it on its way first.
  await misbehave(page, orderId, ['paid_after_close', 'refund_fails']);
  await page.getByRole('button', { name: '继续支付' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  const trade = new URL(page.url()).searchParams.get('trade');
  // On another phone the order is cancelled; the payment company takes the money all the same.
  const cancelled = await page.request.post('/api/order.cancel', { data: { id: orderId } });
  expect(await cancelled.json()).toMatchObject({ ok: true, value: { order: { state: 'closed' } } });
  // The page is open before the money comes: on its way it is for a few seconds only.
  await page.goto(`/order?id=${orderId}`);
  await expect(page.getByText('已关闭').first()).toBeVisible();
  // His place is the next one's.
  await expect(page.getByText(/^第 \d+ 名$/)).toHaveCount(0);
  await page.request.post('/api/sandbox.pay', { data: { id: trade } });
  await expect(page.getByText('迟到款项退回中')).toBeVisible();
  const total = await page.locator('dt', { hasText: '实付' }).locator('+ dd').textContent();
  await expect(page.getByText('迟到款项已退回')).toBeVisible({ timeout: 45_000 });
  expect(await page.locator('dt', { hasText: '迟到款项已退回' }).locator('+ dd').textContent()).toBe(total);
  await expect(page.getByText('订单关闭后才收到的付款已原路退回', { exact: false })).toBeVisible();
  await expectNoAxeFaults(page);
  await page.screenshot({ path: test.info().outputPath('late-zh.png') });

  await page.goto(`/en/order?id=${orderId}`);
  await expect(page.getByText('Late payment returned')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('late-en.png') });
  await page.goto(`/en/paid?order=${orderId}`);
  await expect(page.getByRole('heading', { name: 'Your money went back' })).toBeVisible();
});

test('A payment whose notice is lost is found by asking, and the waiting page says paid', async ({ page }) => {
  test.slow();
  const orderId = await unpaidOrder(page);
  await misbehave(page, orderId, ['lost_notice']);
  await page.getByRole('button', { name: '继续支付' }).click();
  await page.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  await expect(page.getByText('支付结果确认中…')).toBeVisible();
  await expect(page.getByText('支付成功')).toBeVisible({ timeout: 50_000 });
});

test('With more than one way to pay the shopper is asked, by touch, keyboard and screen reader', async ({ page }) => {
  // What a shop with accounts at both companies answers.
  await page.route('**/api/public/ways-to-pay', (route) =>
    route.fulfill({ json: { ok: true, value: { channels: ['wechat', 'alipay', 'sandbox'] } } }),
  );
  await unpaidOrder(page);
  await page.getByRole('button', { name: '继续支付' }).click();
  const sheet = page.getByRole('dialog', { name: '选择付款方式' });
  await expect(sheet.getByRole('radio', { name: /微信支付/ })).toBeChecked();
  await expectNoAxeFaults(page);
  await page.screenshot({ path: test.info().outputPath('ways-zh.png') });
  // This shop has no account at WeChat: refused in words, and the choice stays.
  await sheet.getByRole('button', { name: '去付款' }).click();
  await expect(sheet.getByRole('alert')).toContainText('请换一种');
  await sheet.getByText('沙箱支付（演示）').click();
  await sheet.getByRole('button', { name: '去付款' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
});
