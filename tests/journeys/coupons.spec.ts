import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { staffLogin } from '../support/operator.ts';
import { type OperatorDoor, openOperatorDoor } from '../support/operator-door.ts';
import { addAddress, command, signIn, signInHere } from '../support/phone.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

type Goods = { readonly skuId: string; readonly handle: string; readonly priceFen: number };

/** An ordinary SKU that is dear enough for a coupon of ¥10 from ¥50 on. */
function ordinarySku(): Goods {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  for (const { handle, skus } of products) {
    const sku = skus.find(({ offers, priceFen }) => offers.length === 0 && priceFen >= 5_000 && priceFen < 15_000);
    if (sku) return { skuId: sku.id, handle, priceFen: sku.priceFen };
  }
  throw new Error('The demo has no such SKU');
}

/** ¥10 off ¥50 of one product, published by an operator without a screen. */
async function publishCoupon(operator: OperatorDoor, name: string, handle: string): Promise<string> {
  const id = randomUUID();
  await operator.ask('ops.saveCoupon', {
    id,
    name: { zh: name, en: `${name} en` },
    rule: { kind: 'threshold', fullFen: 5_000, cutFen: 1_000 },
    scope: { kind: 'products', handles: [handle] },
    validity: { kind: 'days', days: 1 },
    claimFrom: Date.now() - HOUR_MS,
    claimUntil: Date.now() + DAY_MS,
    perPerson: 1,
    total: 50,
    budgetFen: 50_000,
  });
  await operator.ask('ops.publishCoupon', { id });
  return id;
}

/** In letters: with more digits behind it, a name would promise more than the coupon gives, and be refused. */
const uniqueName = (what: string) => `${what} ${randomUUID().replaceAll(/[\d-]/g, '').slice(0, 6)}`;

test('A stranger claims a coupon, signs in on the way, sees it taken off by itself, chooses otherwise, cancels, and has it back', async ({
  page,
  playwright,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const wire = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const operator = await openOperatorDoor(wire, HOME, baseURL ?? '');
  const goods = ordinarySku();
  const name = uniqueName('满50减10');
  await publishCoupon(operator, name, goods.handle);

  await page.goto('/');
  await page.getByRole('link', { name: '领券' }).click();
  const ticket = page.getByRole('listitem').filter({ hasText: name });
  await ticket.getByRole('button', { name: '立即领取' }).click();
  await page.waitForURL(/\/login\?next=/);
  await signInHere(page);
  await page.waitForURL(/\/coupons/);
  await expect(ticket.getByText('已领取')).toBeVisible();
  await expect(ticket.getByRole('link', { name: '去使用' })).toHaveAttribute('href', `/p/${goods.handle}`);
  await page.getByRole('link', { name: '我的券包' }).click();
  await expect(ticket).toContainText('满 50 元可用');

  await addAddress(page);
  await page.goto(`/checkout?buy=${goods.skuId}:1`);
  const row = page.getByRole('button', { name: '红包和优惠券' });
  await expect(row).toContainText('最优方案已为你选好');
  const breakdown = page.locator('section').filter({ has: page.getByRole('heading', { name: '价格明细' }) });
  await expect(breakdown).toContainText(name);
  await expect(breakdown).toContainText('−¥10');
  const sheet = page.getByRole('dialog');
  const toPay = async () => Number((await sheet.getByText(/^\s*[\d.,]+元$/).innerText()).replace(/[^\d.]/g, ''));
  await row.click();
  await expect(sheet.getByRole('checkbox', { name })).toBeChecked();
  const withIt = await toPay();
  await sheet.getByRole('button', { name: '不使用优惠券' }).click();
  await expect(sheet.getByRole('checkbox', { name })).not.toBeChecked();
  await expect.poll(toPay).toBeCloseTo(withIt + 10, 2);
  await expect(sheet).toContainText('用最优方案可再减 ¥10');
  await sheet.getByRole('checkbox', { name }).check();
  await expect.poll(toPay).toBeCloseTo(withIt, 2);
  await sheet.getByRole('button', { name: '完成' }).click();
  await expect(row).toContainText('已按你的选择');

  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.goto('/orders');
  await page.getByRole('main').getByRole('link').first().click();
  await page.waitForURL(/\/order\?id=/);
  const orderUrl = page.url();
  await expect(page.getByText(name)).toBeVisible();
  await page.goto('/wallet');
  await expect(ticket).toContainText('订单待付款');

  await page.goto(orderUrl);
  await page.getByRole('button', { name: '取消订单' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取消订单' }).click();
  await expect(page.getByText(/^已退回券包/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: '去我的券包' }).click();
  await expect(ticket.getByRole('link', { name: '去使用' })).toBeVisible();
  await wire.dispose();
});

test('Two taps in one frame are one coupon; what one person may have is said', async ({
  page,
  playwright,
  baseURL,
}) => {
  const wire = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const operator = await openOperatorDoor(wire, HOME, baseURL ?? '');
  const goods = ordinarySku();
  const name = uniqueName('双击');
  await publishCoupon(operator, name, goods.handle);
  await signIn(page);
  await page.goto('/coupons');
  const ticket = page.getByRole('listitem').filter({ hasText: name });
  await ticket.getByRole('button', { name: '立即领取' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(ticket.getByText('已领取')).toBeVisible();
  await expect(ticket.getByRole('alert')).toHaveCount(0);
  const mine = await (await page.request.get('/api/coupon.mine')).json();
  expect(mine.value.coupons.filter((coupon: { name: { zh: string } }) => coupon.name.zh === name)).toHaveLength(1);
  await wire.dispose();
});

test('An operator makes a campaign after reading its worst case, and stops it; a shopper who looks at it reads so', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const goods = ordinarySku();
  const name = uniqueName('立减');
  const desk = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  const { email, password } = staffLogin('operator');
  const { sandboxCode } = await command<{ sandboxCode: string }>(desk.request, 'identity.staffSignIn', {
    email,
    password,
  });
  await command(desk.request, 'identity.staffVerify', { code: sandboxCode });
  await desk.goto('/ops/coupons');
  await desk.getByRole('button', { name: '新建' }).click();
  const panel = desk.getByRole('dialog');
  await panel.getByRole('button', { name: '发布' }).click();
  await expect(panel.getByText('请填写名称')).toHaveCount(2);
  await panel.getByLabel('名称（中文）').fill(name);
  await panel.getByLabel('名称（英文）').fill('Off');
  await panel.getByLabel('满（元）').fill('100');
  await panel.getByLabel('减（元）').fill('10');
  await panel.getByRole('button', { name: '按商品' }).click();
  const picker = panel.getByRole('region', { name: '选择商品' });
  await picker.getByRole('searchbox').fill(goods.handle);
  await picker.getByRole('searchbox').press('Enter');
  await picker.getByRole('list', { name: '找到的商品' }).getByRole('button', { name: goods.handle }).click();
  await panel.getByLabel('总张数').fill('20');
  await panel.getByLabel('预算（元）').fill('150');
  await expect(panel).toContainText('最坏情况：每张减 ¥10，20 张全部用掉，共 ¥200');
  await expect(panel).toContainText('预算只够 15 张');
  await panel.getByRole('button', { name: '发布' }).click();
  const row = desk.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('发放中');
  await expect(row).toContainText('满 100 元减 10 元');

  await signIn(page);
  await page.goto('/coupons');
  const ticket = page.getByRole('listitem').filter({ hasText: name });
  await ticket.getByRole('button', { name: '立即领取' }).click();
  await expect(ticket.getByText('已领取')).toBeVisible();
  const other = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await other.goto('/coupons');
  const seen = other.getByRole('listitem').filter({ hasText: name });
  await expect(seen.getByRole('button', { name: '立即领取' })).toBeVisible();

  await row.getByRole('button', { name: '停止' }).click();
  await panel.getByLabel('同时收回没用的券').check();
  await panel.getByRole('button', { name: '立即停止' }).click();
  await expect(panel.getByText('请写明原因')).toBeVisible();
  await panel.getByLabel('停止原因').fill('设错了商品');
  await panel.getByRole('button', { name: '立即停止' }).click();
  await expect(row).toContainText('已停止');

  // The page asks by itself while it is looked at.
  await expect(seen.getByRole('button', { name: '已停止发放' })).toBeVisible({ timeout: 40_000 });
  await page.goto('/wallet');
  await page.getByRole('tab', { name: '已过期' }).click();
  await expect(ticket).toContainText('商家收回了这次活动');
  await desk.context().close();
  await other.context().close();
});

for (const tree of ['', '/en'] as const) {
  test(`Centre, wallet and the choice at checkout have no fault that axe finds (${tree || '/'})`, async ({
    page,
    playwright,
    baseURL,
  }) => {
    test.slow();
    await page.goto(`${tree}/wallet`);
    await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible();
    await expectNoAxeFaults(page, { schemes: SCHEMES });

    const wire = await playwright.request.newContext({ baseURL: baseURL ?? '' });
    const operator = await openOperatorDoor(wire, HOME, baseURL ?? '');
    const goods = ordinarySku();
    const name = uniqueName('满减');
    const templateId = await publishCoupon(operator, name, goods.handle);
    await signIn(page);
    await addAddress(page);
    await page.goto(`${tree}/coupons`);
    await expect(page.getByText(name).first()).toBeVisible();
    await expectNoAxeFaults(page, { schemes: SCHEMES });
    await command(page.request, 'coupon.claim', { key: randomUUID(), templateId });
    await page.goto(`${tree}/wallet`);
    await expect(page.getByText(name).first()).toBeVisible();
    await expectNoAxeFaults(page, { schemes: SCHEMES });
    await page.getByRole('tab').nth(1).click();
    await expectNoAxeFaults(page, { schemes: SCHEMES });
    await page.goto(`${tree}/checkout?buy=${goods.skuId}:1`);
    await expect(page.getByText(name).first()).toBeVisible();
    await expectNoAxeFaults(page, { schemes: SCHEMES });
    await page.getByRole('button', { name: tree ? 'Packets and coupons' : '红包和优惠券' }).click();
    await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
    await expectNoAxeFaults(page, { schemes: SCHEMES });
    await wire.dispose();
  });
}
