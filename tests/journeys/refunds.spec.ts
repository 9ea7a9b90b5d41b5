import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { type OperatorDoor, openOperatorDoor } from '../support/operator-door.ts';
import { addAddress, signIn } from '../support/phone.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

/** An ordinary SKU of which two units come to more than ¥300 and less than ¥600: 每满300减40 takes ¥40 off, once. */
function promotedSku(): { id: string; handle: string; title: string } {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  for (const { handle, title, categoryId, skus } of products) {
    if (categoryId === 'home') continue;
    const sku = skus.find(
      ({ offers, priceFen, limitPerPerson }) =>
        offers.length === 0 && limitPerPerson === null && priceFen >= 15_000 && priceFen < 30_000,
    );
    if (sku) return { id: sku.id, handle, title: title.zh };
  }
  throw new Error('The demo has no such SKU');
}

async function openRequest(page: Page, orderId: string): Promise<{ id: string; requestId: string }> {
  const answer = await (await page.request.get(`/api/order.read?id=${orderId}`)).json();
  const { requests } = (answer as { value: { order: Order } }).value.order;
  return { id: orderId, requestId: requests.at(-1)?.id ?? '' };
}

async function ship(operator: OperatorDoor, id: string): Promise<void> {
  await operator.ask('ops.pack', { id });
  await operator.ask('ops.ship', { id, carrier: '顺丰速运', trackingNumber: 'SF1234567890' });
}

test('Money off is shown before paying; a part goes back, a refusal says why, a return is followed to the end', async ({
  page,
  playwright,
  baseURL,
}) => {
  test.setTimeout(150_000);
  const wire = await playwright.request.newContext({ baseURL });
  const operator = await openOperatorDoor(wire, HOME, baseURL ?? '');
  const sku = promotedSku();
  await signIn(page);
  await addAddress(page);

  await page.goto(`/p/${sku.handle}?sku=${sku.id}`);
  await page.getByRole('button', { name: '优惠明细' }).click();
  await expect(page.getByRole('dialog')).toContainText('每满300减40');
  await page.keyboard.press('Escape');

  await page.goto(`/checkout?buy=${sku.id}:2`);
  await expect(page.getByText('每满300减40')).toBeVisible();
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  const orderId = new URL(page.url()).searchParams.get('order') ?? '';

  await page.goto(`/order?id=${orderId}`);
  await expect(page.getByText('每满300减40')).toBeVisible();
  await page.getByRole('button', { name: '申请退款' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '减少' }).click();
  await sheet.getByText('拍错了').click();
  await sheet.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('等待商家处理', { exact: true })).toBeVisible();

  const first = await openRequest(page, orderId);
  await operator.ask('ops.decideRefund', { ...first, approve: false, reason: '这件是定制款，已与你电话沟通' });
  await expect(page.getByText('商家说明：这件是定制款，已与你电话沟通')).toBeVisible();
  await expect(page.getByText('没有通过', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: '申请退款' }).click();
  await sheet.getByRole('button', { name: '减少' }).click();
  await sheet.getByText('不想要了').click();
  await sheet.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('等待商家处理', { exact: true })).toBeVisible();
  const second = await openRequest(page, orderId);
  await operator.ask('ops.decideRefund', { ...second, approve: true, reason: '同意' });
  await expect(page.getByText('已退 1 件', { exact: true })).toBeVisible();
  await expect(page.getByText('待发货', { exact: true })).toBeVisible();

  await ship(operator, orderId);
  await page.getByRole('button', { name: '确认收货' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '已收到' }).click();
  await page.getByRole('button', { name: '申请退货' }).click();
  await sheet.getByText('七天无理由').click();
  await sheet.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('请寄回商品', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '已寄出' }).click();
  await expect(page.getByText('请填写快递公司')).toBeVisible();
  await page.getByLabel('快递公司').fill('中通快递');
  await page.getByLabel('运单号').fill('ZT88888888');
  await page.getByRole('button', { name: '已寄出' }).click();
  await expect(page.getByText('已寄出，等待商家签收', { exact: true })).toBeVisible();

  const third = await openRequest(page, orderId);
  await operator.ask('ops.goodsBack', third);
  await expect(page.getByText('商家已签收，正在检查', { exact: true })).toBeVisible();
  await operator.ask('ops.settleReturn', { ...third, approve: true, restock: true, reason: '商品完好' });
  await expect(page.getByRole('status').getByText('已退款')).toBeVisible();
  await page.goto(`/en/order?id=${orderId}`);
  await expect(page.getByText('The shop says: 商品完好')).toBeVisible();
  await expect(page.getByText('¥40 off every ¥300')).toBeVisible();
  await wire.dispose();
});

test('What is asked can be taken back, and the order goes on', async ({ page }) => {
  const sku = promotedSku();
  await signIn(page);
  await addAddress(page);
  await page.goto(`/checkout?buy=${sku.id}:1`);
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  await page.goto(`/order?id=${new URL(page.url()).searchParams.get('order')}`);
  await page.getByRole('button', { name: '申请退款' }).click();
  await page.getByRole('dialog').getByText('其他').click();
  await page.getByRole('dialog').getByRole('button', { name: '提交申请' }).click();
  await page.getByRole('button', { name: '撤回申请' }).click();
  await page.getByRole('button', { name: '撤回申请' }).click();
  await expect(page.getByText('已撤回', { exact: true })).toBeVisible();
  await expect(page.getByText('待发货', { exact: true })).toBeVisible();
});

test('The cart says what is taken off, and what a little more would bring', async ({ page }) => {
  const sku = promotedSku();
  await page.goto(`/p/${sku.handle}?sku=${sku.id}`);
  await page.request.post('/api/cart.merge', {
    data: { lines: [{ skuId: sku.id, quantity: 2, changedAt: Date.now() }] },
  });
  await page.goto('/cart');
  await expect(page.getByRole('listitem').filter({ hasText: '每满300减40' }).first()).toContainText('−');
});
