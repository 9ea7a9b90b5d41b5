import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { signIn } from '../support/operator.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

/** One request of a shopper's phone; its cookies stay in `phone`. */
async function ask<V>(phone: APIRequestContext, name: string, data: object): Promise<V> {
  const response = await phone.post(`/api/${name}`, { data });
  const answer = (await response.json()) as { ok: true; value: V } | { ok: false; refusal: object };
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}

/** A shopper who buys one unit of an ordinary SKU and pays for it. Answers the order's id. */
async function buyOne(phone: APIRequestContext, number: string): Promise<string> {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  const sku = products.flatMap(({ skus }) => skus).find(({ offers }) => offers.length === 0);
  if (!sku) throw new Error('Every SKU of the demo is in a session');
  const { sandboxCode } = await ask<{ sandboxCode: string }>(phone, 'identity.sendCode', { phone: number });
  await ask(phone, 'identity.verifyCode', { phone: number, code: sandboxCode });
  const addressId = randomUUID();
  await ask(phone, 'address.save', {
    id: addressId,
    name: '张三',
    phone: number,
    provinceCode: '11',
    cityCode: '1101',
    areaCode: '110105',
    region: '北京市 朝阳区',
    street: '建国路 88 号',
    isDefault: true,
  });
  const lines = [{ skuId: sku.id, quantity: 1 }];
  const { quote } = await ask<{ quote: { version: string } }>(phone, 'order.quote', { lines });
  const { orderId } = await ask<{ orderId: string }>(phone, 'order.submit', {
    key: randomUUID(),
    lines,
    quoteVersion: quote.version,
    addressId,
  });
  const { payUrl } = await ask<{ payUrl: string }>(phone, 'payment.start', {
    key: randomUUID(),
    orderId,
    channel: 'sandbox',
  });
  const trade = new URL(payUrl, 'http://shop').searchParams;
  await ask(phone, 'sandbox.pay', { id: trade.get('id') ?? [...trade.values()][0] });
  return orderId;
}

test('The operator ships an order that a shopper has just paid', async ({ page, playwright, baseURL }) => {
  const phone = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const number = `139${randomInt(10_000_000, 100_000_000)}`;
  const orderId = await buyOne(phone, number);
  await signIn(page);

  await page.getByRole('searchbox').fill(number.slice(-4));
  await page.getByRole('button', { name: '搜索' }).click();
  await expect(async () => {
    await page.getByRole('button', { name: /^待打包/ }).click();
    await page.getByRole('button', { name: /^全部/ }).click();
    await expect(page.getByRole('row', { name: orderId })).toContainText('待打包', { timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: orderId }).click();
  await page.getByRole('button', { name: '标记已打包' }).click();
  await page.getByRole('button', { name: '确认发货' }).click();
  await expect(page.getByText('请填写快递公司')).toBeVisible();
  await page.getByLabel('快递公司').fill('顺丰速运');
  await page.getByLabel('运单号').fill('SF1234567890');
  await page.getByRole('button', { name: '确认发货' }).click();
  await expect(page.getByText('顺丰速运 SF1234567890')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: orderId })).toContainText('运输中');

  const read = await phone.get(`/api/order.read?id=${orderId}`);
  expect(await read.json()).toMatchObject({ value: { order: { state: 'shipped', trackingNumber: 'SF1234567890' } } });
  await phone.dispose();
});

test('The operator changes stock after seeing before and after', async ({ page }) => {
  await signIn(page);
  await page.getByRole('link', { name: '库存' }).click();
  const row = page.locator('tbody tr').first();
  const code = (await row.locator('th p').last().innerText()).split(' · ').at(-1) ?? '';
  await page.getByRole('searchbox').fill(code);
  await page.getByRole('button', { name: '搜索' }).click();
  await expect(page.locator('tbody tr')).toHaveCount(1);
  const before = Number((await row.locator('td').first().innerText()).replace(/\D/g, ''));
  await row.getByRole('button', { name: '调整' }).click();
  await page.getByLabel('件数').fill('5');
  await page.getByLabel('原因').fill('盘点');
  await page.getByRole('button', { name: '核对' }).click();
  await expect(
    page.getByText(`${before.toLocaleString('en-US')} → ${(before + 5).toLocaleString('en-US')}`).first(),
  ).toBeVisible();
  await page.getByRole('button', { name: '确认 +5 件' }).click();
  await expect(row.locator('td').first()).toContainText((before + 5).toLocaleString('en-US'));
  await page.reload();
  await page.getByRole('searchbox').fill(code);
  await page.getByRole('button', { name: '搜索' }).click();
  await expect(row.locator('td').first()).toContainText((before + 5).toLocaleString('en-US'));
});

test('The operator makes a session with a tier, and sees all that is wrong at once', async ({ page }) => {
  await signIn(page);
  await page.getByRole('link', { name: '场次' }).click();
  await page.getByRole('button', { name: '新建场次' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: '保存场次' }).click();
  await expect(panel.getByText('请填写名称')).toHaveCount(2);
  await expect(panel.getByText('请至少添加一个规格')).toBeVisible();

  const name = `夜场 ${Date.now() % 1_000_000}`;
  await panel.getByLabel('名称（中文）').fill(name);
  await panel.getByLabel('名称（英文）').fill('Late night');
  // Three days ahead, where the demo has nothing.
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await panel.getByLabel('开始').fill(`${day}T20:00`);
  await panel.getByLabel('结束').fill(`${day}T22:00`);
  await panel.getByRole('button', { name: '添加规格' }).click();
  await panel.getByRole('region', { name: '添加规格' }).getByRole('listitem').first().getByRole('button').click();
  await panel.getByLabel('场次价').fill('2');
  await panel.getByRole('button', { name: '加一档' }).click();
  await panel.getByLabel('到第几名').fill('10');
  await panel.getByRole('textbox', { name: '价格 ¥', exact: true }).fill('3');
  await panel.getByRole('button', { name: '保存场次' }).click();
  await expect(panel.getByText('要低于场次价')).toBeVisible();
  await panel.getByRole('textbox', { name: '价格 ¥', exact: true }).fill('1');
  await panel.getByRole('checkbox', { name: '场次商品参加满减' }).check();
  await panel.getByRole('button', { name: '保存场次' }).click();

  const card = page.getByRole('article', { name });
  await expect(card).toContainText('未开始');
  await expect(card).toContainText('前 10 名 ¥1');
  await expect(card).toContainText('场次商品参加满减');
  await card.getByRole('button', { name: '编辑' }).click();
  const box = page.getByRole('dialog').getByRole('checkbox', { name: '场次商品参加满减' });
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.getByRole('dialog').getByRole('button', { name: '保存场次' }).click();
  await expect(card).toBeVisible();
  await expect(card).not.toContainText('场次商品参加满减');
});

test('The operator picks the products of a promotion by name, with the keyboard alone', async ({ page }) => {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  const [first, second] = products.map(({ handle, title }) => ({ handle, title: title.zh }));
  if (!first || !second) throw new Error('The demo has no two products');
  await signIn(page);
  await page.goto('/ops/promotions');
  await page.getByRole('button', { name: '新建满减' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: '按商品' }).click();
  const picker = panel.getByRole('region', { name: '选择商品' });
  const search = picker.getByRole('searchbox', { name: '搜索商品名、链接名或编码' });
  for (const { handle, title } of [first, second]) {
    await search.fill(handle);
    await search.press('Enter');
    const found = picker.getByRole('list', { name: '找到的商品' }).getByRole('button', { name: handle });
    await found.focus();
    await page.keyboard.press('Enter');
    await expect(found).toHaveAttribute('aria-pressed', 'true');
    await expect(found).toBeFocused();
    await expect(picker.getByRole('status').filter({ hasText: `已选 ${title}` })).toBeAttached();
  }
  await expect(picker.getByRole('list', { name: '已选 2 个商品' }).getByRole('button')).toHaveCount(2);
  await expectNoAxeFaults(page);

  const chip = (title: string) => picker.getByRole('button', { name: `移除 ${title}`, exact: true });
  await chip(second.title).focus();
  await page.keyboard.press('Enter');
  await expect(chip(second.title)).toHaveCount(0);
  await expect(chip(first.title)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  await panel.getByRole('button', { name: '发布', exact: true }).click();
  await expect(panel.getByText('请选择适用的商品')).toBeVisible();

  // Three days ahead and stopped again: no other journey pays less for it.
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const name = `选品 ${Date.now() % 1_000_000}`;
  await search.fill(first.title);
  await search.press('Enter');
  await picker.getByRole('list', { name: '找到的商品' }).getByRole('button', { name: first.handle }).click();
  await panel.getByLabel('名称（中文）').fill(name);
  await panel.getByLabel('名称（英文）').fill('Picked goods');
  await panel.getByLabel('结束').fill(`${day}T22:00`);
  await panel.getByLabel('开始').fill(`${day}T20:00`);
  await panel.getByLabel('满（元）').fill('100');
  await panel.getByLabel('减（元）').fill('10');
  await panel.getByRole('button', { name: '发布', exact: true }).click();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('1 个商品');
  await row.getByRole('button', { name: '停止' }).click();
  await page.getByRole('dialog').getByLabel('停止原因').fill('只是试一下');
  await page.getByRole('dialog').getByRole('button', { name: '立即停止' }).click();
  await expect(row).toContainText('已停止');
});

test('A shopper who finds the address gets the sign-in and nothing else', async ({ page }) => {
  const asked: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/ops.')) asked.push(response.status());
  });
  await page.goto('/ops/stock');
  await expect(page.getByRole('heading', { name: '运营登录' })).toBeVisible();
  expect(asked).toEqual([]);
  await expectNoAxeFaults(page);
});

for (const [theme, locale] of [
  ['light', 'zh-CN'],
  ['dark', 'en-US'],
] as const) {
  test(`Every page of operators can be read by everybody, ${theme}, ${locale}`, async ({ page }) => {
    test.slow();
    await signIn(page);
    await page.evaluate(
      ([chosenTheme, chosenLocale]) => {
        localStorage.setItem('festa-theme', chosenTheme);
        localStorage.setItem('festa-locale', chosenLocale);
      },
      [theme, locale] as const,
    );
    for (const path of ['/ops', '/ops/stock', '/ops/sessions', '/ops/coupons', '/ops/messages', '/ops/payments']) {
      await page.goto(path);
      await expect(page.locator('main tbody tr, main li').first()).toBeVisible();
      await expectNoAxeFaults(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.goto('/ops/sessions');
    await page.getByRole('button', { name: locale === 'zh-CN' ? '新建场次' : 'New session' }).click();
    await page.getByRole('button', { name: locale === 'zh-CN' ? '保存场次' : 'Save session' }).click();
    await expectNoAxeFaults(page);
  });
}
