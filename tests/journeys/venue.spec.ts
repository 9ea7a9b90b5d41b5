import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Catalogue, Product } from '../../lib/contracts/catalog.ts';
import { HOUR_MS, SECOND_MS } from '../../lib/domain/time.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

function catalogue(): Catalogue {
  return JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
}

/** Goods that stand outside every session, with more than one SKU, so that nothing moves while they are looked at. */
function ordinaryProducts(): Product[] {
  return catalogue().products.filter(({ skus }) => skus.length > 1 && skus.every(({ offers }) => offers.length === 0));
}

function ordinaryProduct(index: number): Product {
  const product = ordinaryProducts()[index];
  if (!product) throw new Error('The demo has too few goods outside its sessions');
  return product;
}

const buyBar = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Chooses the first value of each option in the open sheet. */
async function chooseFirst(page: Page, product: Product): Promise<void> {
  const sheet = page.getByRole('dialog');
  await expect(sheet).toBeVisible();
  for (const [at] of product.options.entries()) {
    const id = product.skus[0]?.choice[at];
    const label = product.options[at]?.values.find((value) => value.id === id)?.label.zh ?? '';
    await sheet.getByText(label, { exact: true }).first().click();
  }
}

test.describe('The venue', () => {
  test('From home a shopper finds a product, chooses its options and sees it in the cart’s badge', async ({ page }) => {
    const { sessions } = catalogue();
    const isRunning = (id: string) =>
      sessions.some(
        ({ startsAt, endsAt, products }) => startsAt <= Date.now() && Date.now() < endsAt && products.includes(id),
      );
    const product = catalogue().products.find(({ handle, skus }) => isRunning(handle) && skus.length > 1);
    if (!product) throw new Error('No session of the demo is running');
    await page.goto('/');
    await expect(page.getByRole('tab', { selected: true })).toContainText('抢购中');
    await page.locator(`a[href="/p/${product.handle}"]`).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title.zh);

    await buyBar(page, '加入购物车').click();
    await chooseFirst(page, product);
    await page.getByRole('dialog').getByRole('button', { name: '加入购物车' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('link', { name: '购物车，1 件' })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`sku=${product.skus[0]?.id}`));

    await page.reload();
    await expect(page.getByRole('link', { name: '购物车，1 件' })).toBeVisible();
  });

  test('A card of a later session leads to a product that can be bought now and says what it will cost, and when', async ({
    page,
  }) => {
    const now = Date.now();
    const later = catalogue().sessions.filter(({ startsAt }) => startsAt > now + 3 * HOUR_MS);
    const isSoon = ({ sessionId }: { sessionId: string }) => !later.some(({ id }) => id === sessionId);
    const product = catalogue().products.find(({ skus }) =>
      skus.every(
        ({ offers, priceFen }) =>
          offers.length > 0 && !offers.some(isSoon) && offers.every((offer) => offer.priceFen < priceFen),
      ),
    );
    const session = later.find(({ products }) => products.includes(product?.handle ?? ''));
    if (!product || !session) throw new Error('No product of the demo is in a later session alone');
    await page.goto('/');
    await page.getByRole('tab').last().click();
    const price = `¥${yuanText(Math.min(...product.skus.flatMap(({ offers }) => offers.map(({ priceFen }) => priceFen))))}`;
    const card = page
      .locator('li')
      .filter({ has: page.locator(`a[href="/p/${product.handle}"]`) })
      .first();
    await expect(card).toContainText(price);
    await card.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title.zh);
    await expect(page.getByText(/^场次价 ¥[\d.,]+，(明天|\d).* 开抢$/)).toContainText(`${price}，`);
    await expect(buyBar(page, '立即购买')).toBeEnabled();
  });

  test('Back closes the sheet and leaves the shopper on the product, with the focus where it was', async ({ page }) => {
    const product = ordinaryProduct(0);
    await page.goto(`/p/${product.handle}`);
    await buyBar(page, '加入购物车').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`/p/${product.handle}`));
    await expect(buyBar(page, '加入购物车')).toBeFocused();
  });

  test('Search finds by Chinese words and by pinyin initials, and keeps the query in the address', async ({ page }) => {
    const product = catalogue().products.find(({ title }) => title.zh.includes('连衣裙'));
    if (!product) throw new Error('The demo sells no dress');
    await page.goto('/search');
    const box = page.getByRole('searchbox');
    await box.fill('连衣裙');
    await box.press('Enter');
    await expect(page).toHaveURL(/q=/);
    await expect(page.getByRole('link', { name: product.title.zh })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('link', { name: product.title.zh })).toBeVisible();

    await box.fill('lyq');
    await expect(page.getByRole('list', { name: '猜你想搜' }).getByText(product.title.zh)).toBeVisible();
    await box.fill('不存在的宝贝');
    await expect(page.getByText('没有找到「不存在的宝贝」')).toBeVisible();
  });

  test('The language is switched by a link, remembered, and offered on the next visit without force', async ({
    page,
  }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page).toHaveURL(/\/en$/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('link', { name: 'Categories' })).toBeVisible();

    await page.goto('/');
    await expect(page.getByText('You used English last time')).toBeVisible();
    await expect(page).toHaveURL(/\/$/);
  });

  test('A choice that is sold out says so in words, and so does the product when nothing is left', async ({
    page,
    request,
    baseURL,
  }) => {
    const product = ordinaryProduct(1);
    const [first, ...others] = product.skus;
    if (!first) throw new Error('A product without SKUs');
    const operator = await openOperatorDoor(request, HOME, baseURL ?? '');
    const leftOf = async (skuId: string) => (await operator.adjust(skuId, 1)).row.available;
    const empty = async (skuId: string) => operator.adjust(skuId, -(await leftOf(skuId)));

    await empty(first.id);
    await page.goto(`/p/${product.handle}?sku=${first.id}`);
    await expect(buyBar(page, '已抢光 · 候补')).toBeVisible();
    await expect(buyBar(page, '立即购买')).toHaveCount(0);
    for (const sku of others) await empty(sku.id);
    await page.goto(`/p/${product.handle}`);
    await expect(buyBar(page, '已抢光 · 候补')).toBeEnabled();

    for (const sku of product.skus) await operator.adjust(sku.id, 50);
    await expect(buyBar(page, '立即购买')).toBeVisible();
  });

  test('The countdown ends and the button opens at the server’s moment, without a reload', async ({
    page,
    request,
    baseURL,
  }) => {
    // At a second try the first try's session is still open.
    const product = ordinaryProduct(2 + test.info().retry);
    const [sku] = product.skus;
    if (!sku) throw new Error('A product without SKUs');
    const operator = await openOperatorDoor(request, HOME, baseURL ?? '');
    const priceFen = Math.max(100, Math.round(sku.priceFen / 2 / 100) * 100);
    const { startsAt } = await operator.openSession(sku.id, priceFen, 15 * SECOND_MS, HOUR_MS);

    // The answer that the page asks for may be 2 s old in a cache between.
    await expect
      .poll(async () =>
        JSON.stringify(await (await request.get(`/api/public/product?handle=${product.handle}`)).json()),
      )
      .toContain(String(startsAt));
    await page.goto(`/p/${product.handle}?sku=${sku.id}`);
    await expect(buyBar(page, /^即将开始 · 00:\d\d 后开抢$/)).toHaveAttribute('aria-disabled', 'true');
    await expect(buyBar(page, '立即抢购')).toBeVisible({ timeout: 30_000 });
    expect(Date.now()).toBeGreaterThanOrEqual(startsAt - 500);
    await expect(buyBar(page, /即将开始/)).toHaveCount(0);

    await buyBar(page, '立即抢购').click();
    await chooseFirst(page, product);
    await page.getByRole('dialog').getByRole('button', { name: '立即抢购' }).click();
    await expect(page).toHaveURL(new RegExp(`/checkout\\?buy=${sku.id}(:|%3A)1`));
  });

  test('An address that does not exist says so in the language of its tree, with a way on', async ({ page }) => {
    const response = await page.goto('/no-such-page');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: '这一页不在了' }).last()).toBeVisible();
    await page.getByRole('link', { name: 'Go to the festival' }).click();
    await expect(page).toHaveURL(/\/en$/);

    expect((await page.goto('/en/no-such-page'))?.status()).toBe(404);
    await expect(page).toHaveTitle(/^This page is gone/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('main')).not.toContainText(/[\u4e00-\u9fff]/);
    await page.getByRole('link', { name: 'Go to the festival' }).click();
    await expect(page).toHaveURL(/\/en$/);
  });

  test('Home, category, product, search and their English twins have no fault that axe finds', async ({ page }) => {
    test.setTimeout(180_000);
    const { categories, products } = catalogue();
    const paths = ['/', `/c/${categories[0]?.id}`, '/c', '/search', `/p/${products[0]?.handle}`];
    for (const path of [...paths, '/en', `/en/p/${products[0]?.handle}`]) {
      await page.goto(path);
      await expect(page.locator('#content')).toBeVisible();
      await expectNoAxeFaults(page, { schemes: SCHEMES });
    }
  });
});
