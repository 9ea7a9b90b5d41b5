import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { PHONE_KEYS } from '../../lib/domain/phone-keys.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** Nobody’s door: six decimals that no address, query or body may carry. */
const HERE = { longitude: 121.473712, latitude: 31.230416, accuracy: 30 };

/** Everything that this page sends, address and body. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  return sent;
}

/** A phone that has had something ordinary in its cart since yesterday. */
async function fillCart(page: Page): Promise<string> {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  const product = products.find(({ skus }) => skus.some(({ offers }) => offers.length === 0));
  const skuId = product?.skus[0]?.id;
  if (!product || !skuId) throw new Error('The demo has nothing ordinary');
  const cart = { lines: [{ skuId, quantity: 1, changedAt: Date.now() - 86_400_000 }], unticked: [] };
  await page.addInitScript(([key, kept]) => localStorage.setItem(key, kept), [
    PHONE_KEYS.cart,
    JSON.stringify(cart),
  ] as const);
  return product.title.zh;
}

test('[T-38] A shopper finds the nearest store that has his cart, and his position never leaves the phone', async ({
  page,
  context,
}) => {
  const title = await fillCart(page);
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation(HERE);
  const sent = sentBy(page);
  await page.goto('/stores');
  // The page says what it is for before the phone is asked.
  await expect(page.getByText('位置只在手机上算距离，不会上传', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: '用手机定位' }).click();
  const list = page.getByRole('region', { name: /离你最近的门店/ });
  await expect(list.getByRole('listitem')).toHaveCount(20);
  await expect(list.getByText(/^距你 /).first()).toBeVisible();
  await expect(list.getByText(/库存截至/)).toBeVisible();
  await expect(list.getByText(/有货|仅剩 \d+ 件|可调货/).first()).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });

  await list.getByRole('listitem').first().getByRole('button').click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText(title, { exact: false })).toBeVisible();
  await expect(sheet.getByText('周一')).toBeVisible();
  await expect(sheet.getByRole('link', { name: '导航' })).toHaveAttribute('href', /^https:\/\/uri\.amap\.com\/marker/);
  await expectNoAxeFaults(page);

  const asked = sent.filter((line) => line.includes('/api/public/store-stock/'));
  expect(asked.length).toBeGreaterThan(0);
  for (const line of sent) expect(line).not.toMatch(/121\.47|31\.23/);
});

test('Who gives no position finds stores by place and by name, in both languages, and again without a network', async ({
  page,
  context,
}) => {
  // A phone whose owner says no.
  await context.addInitScript(() => {
    navigator.geolocation.getCurrentPosition = (_found, refused) =>
      refused?.({ code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError);
  });
  await page.goto('/stores');
  await page.getByRole('button', { name: '用手机定位' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '没有定位权限' })).toBeVisible();

  await page.getByRole('combobox', { name: '省份' }).selectOption({ label: (await optionNamed(page, '上海市')) ?? '' });
  const city = page.getByRole('combobox', { name: '城市' });
  await city.selectOption({ index: 1 });
  const inCity = page.getByRole('region', { name: /上海市的门店/ });
  await expect(inCity.getByRole('listitem').first()).toBeVisible();
  const shown = await inCity.getByRole('listitem').count();
  expect(shown).toBeGreaterThan(3);

  await page
    .getByRole('textbox', { name: '按名称' })
    .or(page.getByRole('searchbox', { name: '按名称' }))
    .fill('shanghai');
  await expect(
    page
      .getByRole('region', { name: /名称含“shanghai”的门店/ })
      .getByRole('listitem')
      .first(),
  ).toBeVisible();

  // What was seen is there without a network: the files are the worker's.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.getByRole('combobox', { name: '省份' }).selectOption({ label: (await optionNamed(page, '上海市')) ?? '' });
  await city.selectOption({ index: 1 });
  await expect(inCity.getByRole('listitem')).toHaveCount(shown);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('combobox', { name: '省份' }).selectOption({ label: (await optionNamed(page, '上海市')) ?? '' });
  await city.selectOption({ index: 1 });
  await expect(inCity.getByRole('listitem')).toHaveCount(shown);
  await context.setOffline(false);

  await page.goto('/en/stores');
  await page
    .getByRole('combobox', { name: 'Province' })
    .selectOption({ label: (await optionNamed(page, 'Shanghai')) ?? '' });
  await page.getByRole('combobox', { name: 'City' }).selectOption({ index: 1 });
  await expect(page.getByRole('region', { name: /Stores in Shanghai/ }).getByRole('listitem')).toHaveCount(shown);
  await expectNoAxeFaults(page);
});

/** The whole label of a province, with its count. */
async function optionNamed(page: Page, name: string): Promise<string | null> {
  const option = page
    .getByRole('combobox')
    .first()
    .getByRole('option', { name: new RegExp(`^${name}`) });
  await expect(option).toBeAttached();
  return option.textContent();
}
