import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import { expectNoAxeFaults } from '../support/axe.ts';
import { adjustStock } from '../support/operator.ts';
import {
  addAddress,
  command,
  freshPhoneNumber,
  type OpenSku,
  openSkus,
  orderAsMyself,
  signIn,
} from '../support/phone.ts';

const FEW = 4;

/**
 * A SKU of which few units are left, because an operator took the others out. The last one: journeys that buy take the
 * first, and what they left unpaid would come back on sale here.
 */
async function scarceSku(page: Page, browser: Browser, baseURL: string): Promise<OpenSku> {
  const sku = (await openSkus(page)).findLast(({ available, limit }) => available >= FEW && limit >= 2);
  if (!sku) throw new Error('The demo has nothing left of which one person may have two');
  if (sku.available > FEW) await adjustStock(browser, baseURL, sku.skuId, FEW - sku.available);
  return { ...sku, available: FEW };
}

type Holder = { readonly phone: APIRequestContext; cancel(): Promise<void>; close(): Promise<void> };

/** Somebody without a screen who holds units in an order that he does not pay. */
async function holder(browser: Browser, baseURL: string, skuId: string, quantity: number): Promise<Holder> {
  const context = await browser.newContext({ baseURL });
  const phone = context.request;
  const number = freshPhoneNumber();
  const { sandboxCode } = await command<{ sandboxCode: string }>(phone, 'identity.sendCode', { phone: number });
  await command(phone, 'identity.verifyCode', { phone: number, code: sandboxCode });
  await orderAsMyself(phone, skuId, quantity);
  const { value } = await (await phone.get('/api/order.list')).json();
  return {
    phone,
    async cancel() {
      await command(phone, 'order.cancel', { id: value.orders[0].id });
    },
    close: () => context.close(),
  };
}

/** Takes every free unit of a SKU; the first of the holders has one unit. */
async function sellOut(browser: Browser, baseURL: string, sku: OpenSku): Promise<Holder[]> {
  const holders: Holder[] = [];
  for (let left = sku.available; left > 0; ) {
    // The first two hold one each: what comes back is one unit at a time.
    const take = holders.length < 2 ? 1 : Math.min(left, sku.limit);
    holders.push(await holder(browser, baseURL, sku.skuId, take));
    left -= take;
  }
  return holders;
}

test('Sold out: a shopper waits, sees his place move, is given the unit that came back and orders it; the next sees his own turn in English', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  await signIn(page);
  await addAddress(page);
  const sku = await scarceSku(page, browser, baseURL ?? '');
  const holders = await sellOut(browser, baseURL ?? '', sku);
  const first = await browser.newContext({ baseURL: baseURL ?? '' });
  const number = freshPhoneNumber();
  const { sandboxCode } = await command<{ sandboxCode: string }>(first.request, 'identity.sendCode', { phone: number });
  await command(first.request, 'identity.verifyCode', { phone: number, code: sandboxCode });
  const before = await command<{ entry: { id: string } }>(first.request, 'waitlist.join', {
    key: crypto.randomUUID(),
    skuId: sku.skuId,
    quantity: 1,
  });

  // Sold out, and the button says what can be done about it.
  await page.goto(`/p/${sku.handle}?sku=${sku.skuId}`);
  await page.getByRole('button', { name: '已抢光 · 候补' }).click();
  const sheet = page.getByRole('dialog', { name: '候补' });
  await sheet.getByRole('button', { name: '加入候补' }).click();
  await expect(sheet.getByText('第 2 位')).toBeVisible();
  await expect(sheet.getByText('前面还有 1 人')).toBeVisible();
  await expectNoAxeFaults(page);
  // The one before leaves; the place that is shown follows.
  await command(first.request, 'waitlist.leave', { id: before.entry.id });
  await expect(sheet.getByText('第 1 位')).toBeVisible();

  await page.goto('/waitlist');
  await expect(page.getByText('第 1 位')).toBeVisible();
  await expectNoAxeFaults(page);
  // A unit comes back: it is his before anybody else can have it.
  await holders[0]?.cancel();
  await expect(page.getByText('轮到你了')).toBeVisible();
  await expect(page.getByText('已为你保留 1 件')).toBeVisible();
  await expect(page.getByRole('timer')).toContainText(/[45]:\d\d/);
  await expectNoAxeFaults(page);
  const other = await browser.newPage({ baseURL: baseURL ?? '' });
  await other.goto(`/p/${sku.handle}?sku=${sku.skuId}`);
  await expect(other.getByRole('button', { name: '已抢光 · 候补' })).toBeVisible();
  await other.close();
  await page.getByRole('button', { name: '去下单' }).click();
  await page.waitForURL(/\/checkout\?buy=/);
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.goto('/waitlist');
  await expect(page.getByText('已下单', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: '查看订单' }).click();
  await expect(page.getByText('待付款')).toBeVisible();

  // The same pages in English: he lets his turn go, and it is told so.
  await command(page.request, 'waitlist.join', {
    key: crypto.randomUUID(),
    skuId: sku.skuId,
    quantity: 1,
  });
  await page.goto('/en/waitlist');
  await expect(page.getByText('No. 1')).toBeVisible();
  await holders[1]?.cancel();
  await expect(page.getByText('Your turn')).toBeVisible();
  await page.getByRole('button', { name: 'No thanks' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'No thanks' }).click();
  await expect(page.getByText('You left this list.')).toBeVisible();
  for (const one of holders) await one.close();
  await first.close();
});

test('A guest who meets sold-out goods is led to sign in and comes back to them; an empty waitlist says what it is for', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const sku = await scarceSku(page, browser, baseURL ?? '');
  const holders = await sellOut(browser, baseURL ?? '', sku);
  await page.goto('/en/waitlist');
  await expect(page.getByText('Sign in to see your waitlist')).toBeVisible();
  await page.goto(`/en/p/${sku.handle}?sku=${sku.skuId}`);
  await page.getByRole('button', { name: 'Sold out · Join the waitlist' }).click();
  await page.getByRole('link', { name: 'Sign in to wait' }).click();
  await page.waitForURL(/\/login\?next=/);
  await page.getByRole('textbox').first().fill(freshPhoneNumber());
  await page.getByRole('button', { name: /code/i }).first().click();
  await page.getByRole('button', { name: /fill/i }).click();
  await page.waitForURL(new RegExp(`/p/${sku.handle}`));
  await page.goto('/en/waitlist');
  await expect(page.getByText('You are on no waitlist')).toBeVisible();
  for (const one of holders) await one.close();
});
