import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';

/** Words of the sign-in and the address form as a Chinese shopper reads them. */
export function freshPhoneNumber(): string {
  return `139${String(randomInt(100_000_000)).padStart(8, '0')}`;
}

/** Signs in with a number that nobody has used, on the form that is open, by the code that the page shows. */
export async function signInHere(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '手机号' }).fill(freshPhoneNumber());
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByRole('button', { name: '填入' }).click();
}

export async function signIn(page: Page): Promise<void> {
  await page.goto('/login');
  await signInHere(page);
  await expect(page.getByRole('button', { name: '退出登录' })).toBeVisible();
}

/** Fills in and saves the address form that is open. */
export async function fillAddress(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '收货人' }).fill('陈小红');
  await page.getByRole('textbox', { name: '手机号' }).fill('13800138000');
  await page.getByRole('button', { name: '所在地区' }).click();
  await page.getByRole('button', { name: '上海市' }).click();
  await page.getByRole('button', { name: '黄浦区' }).click();
  await page.getByRole('textbox', { name: '详细地址' }).fill('南京东路 100 号 3 栋 501');
  await page.getByRole('button', { name: '保存' }).click();
}

export async function addAddress(page: Page): Promise<void> {
  await page.goto('/addresses');
  await page.getByRole('button', { name: '添加收货地址' }).click();
  await fillAddress(page);
  await expect(page.getByText('南京东路 100 号 3 栋 501')).toBeVisible();
  // The closed sheet takes its history entry away; a page that is asked for meanwhile would be given up for it.
  await expect.poll(() => page.evaluate(() => history.state?.festaSheet ?? 0)).toBe(0);
}

export type OpenSku = {
  skuId: string;
  handle: string;
  title: string;
  available: number;
  tierLeft: number;
  limit: number;
};

/** What can be bought in the session that runs, with the units that are free now. */
export async function openSkus(page: Page): Promise<OpenSku[]> {
  const file = join(process.env.FESTA_TEST_HOME ?? '', 'catalogue.json');
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
  const now = Date.now();
  const found: OpenSku[] = [];
  const cells = new Map<string, number[]>();
  for (const product of catalogue.products) {
    for (const sku of product.skus) {
      const offer = sku.offers.find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
      if (!offer) continue;
      if (!cells.has(sku.shelf)) {
        const answer = await page.request.get(`/api/public/stock/${sku.shelf}`);
        const body = (await answer.json()) as { value: { frame: [string, string, number, number[]] } };
        cells.set(sku.shelf, body.value.frame[3]);
      }
      const shelf = cells.get(sku.shelf) ?? [];
      // Five whole numbers a slot: slot, available, total, tierIndex, tierLeft.
      const at = shelf.findIndex((slot, index) => index % 5 === 0 && slot === sku.slot);
      const facts = {
        skuId: sku.id,
        handle: product.handle,
        title: product.title.zh,
        limit: offer.limitPerPerson,
      };
      found.push({ ...facts, available: shelf[at + 1] ?? 0, tierLeft: shelf[at + 4] ?? 0 });
    }
  }
  return found;
}

/** Sends one command as a phone without a screen; fails when it is refused. */
export async function command<V>(phone: APIRequestContext, name: string, data: object): Promise<V> {
  const answer = await (await phone.post(`/api/${name}`, { data })).json();
  expect(answer, name).toMatchObject({ ok: true });
  return answer.value as V;
}

/** A new shopper who signs in and orders without a screen, and does not pay. */
export async function orderUnseen(phone: APIRequestContext, skuId: string, quantity: number): Promise<void> {
  const number = freshPhoneNumber();
  const { sandboxCode } = await command<{ sandboxCode: string }>(phone, 'identity.sendCode', { phone: number });
  await command(phone, 'identity.verifyCode', { phone: number, code: sandboxCode });
  await orderAsMyself(phone, skuId, quantity);
}

/** Orders for whoever is signed in: with his first address, or with a new one; `best`: with what coupons take off most. */
export async function orderAsMyself(
  phone: APIRequestContext,
  skuId: string,
  quantity: number,
  best = false,
): Promise<void> {
  const { addresses } = await command<{ addresses: { id: string }[] }>(phone, 'address.save', {
    id: randomUUID(),
    name: '李雷',
    phone: '13900139000',
    provinceCode: '31',
    cityCode: '3101',
    areaCode: '310101',
    region: '上海市 黄浦区',
    street: '外滩 1 号',
    isDefault: false,
  });
  const lines = [{ skuId, quantity }];
  const { quote } = await command<{ quote: { version: string } }>(phone, 'order.quote', {
    lines,
    ...(best && { coupons: { choice: 'best' } }),
  });
  const request = { key: randomUUID(), lines, quoteVersion: quote.version, addressId: addresses[0]?.id };
  await command(phone, 'order.submit', request);
}
