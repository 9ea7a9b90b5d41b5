import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { Catalogue, Product, Sku } from '../../lib/contracts/catalog.ts';
import type { Localized } from '../../lib/contracts/contract.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { runOutPayTime } from '../support/pay-time.ts';
import { addAddress, orderUnseen, signIn } from '../support/phone.ts';
import { holdGoods } from '../support/stock-gate.ts';

/*
 * What happens to an order while its shopper looks elsewhere: somebody takes the last place at the price that he was
 * shown, many want the same goods at once, or his time to pay runs out. Each in both languages.
 */

const HOME = process.env.FESTA_TEST_HOME ?? '';
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** For what waits for the opening of a session 15 s ahead, or for the worker. */
const PATIENCE_MS = 45 * SECOND_MS;
const FIRST_FEN = 9_900;
const SESSION_FEN = 12_900;

const languages = [
  {
    locale: 'zh-CN',
    language: 'zh',
    tree: '',
    buy: '立即抢购',
    firstPrice: '前1名价',
    submit: '提交订单',
    places: '优惠名额已满，请确认当前价格后再提交',
    rose: '价格由 ¥99 变为 ¥129，确认后再提交',
    yes: '按 ¥129 提交订单',
    pay: '确认支付 ¥129',
    buyNow: '立即购买',
    payNow: '继续支付',
    notNow: '暂不支付，返回订单',
    closed: '已关闭',
    unpaid: '超时未付款，订单已自动取消，没有扣款',
    closedAt: /^关闭.*20\d\d年\d+月\d+日 \d\d:\d\d:\d\d$/,
    inLine: '排队中，前面 1 单…',
    again: '再次购买',
    checkOut: /^去结算/,
  },
  {
    locale: 'en-US',
    language: 'en',
    tree: '/en',
    buy: 'Grab it now',
    firstPrice: 'First 1 price',
    submit: 'Submit order',
    places: 'The places at that price are gone. Please confirm the price now.',
    rose: 'The price went from ¥99 to ¥129. Confirm to submit.',
    yes: 'Submit at ¥129',
    pay: 'Pay ¥129',
    buyNow: 'Buy now',
    payNow: 'Pay now',
    notNow: 'Not now, back to the order',
    closed: 'Closed',
    unpaid: 'Not paid in time, so it closed by itself. Nothing was charged.',
    closedAt: /^Closed.*\d+ \w+ 20\d\d, \d\d:\d\d:\d\d$/,
    inLine: 'In line, 1 before you…',
    again: 'Buy again',
    checkOut: /^Check out/,
  },
] as const;

type PlacedOrder = { id: string; state: string; totalFen: number };

async function ordersOf(page: Page): Promise<PlacedOrder[]> {
  const answer = await page.request.get('/api/order.list');
  return ((await answer.json()) as { value: { orders: PlacedOrder[] } }).value.orders;
}

/** A product that is in no session now nor later, dearer than both prices of ours. */
async function ordinaryGoods(wire: APIRequestContext): Promise<{ handle: string; title: Localized; sku: Sku }> {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  for (const { handle } of products.toReversed()) {
    const answer = await (await wire.get(`/api/public/product?handle=${handle}`)).json();
    const { product } = answer.value as { product: Product };
    const isFree = product.skus.every(({ offers, priceFen }) => offers.length === 0 && priceFen > SESSION_FEN);
    if (isFree && product.skus[0]) return { handle, title: product.title, sku: product.skus[0] };
  }
  throw new Error('Every product of the demo is in a session');
}

for (const words of languages) {
  test(`[P7] The last place at the shown price is taken meanwhile: the new price is shown and asked again, ${words.locale}`, async ({
    page,
    playwright,
    baseURL,
  }) => {
    test.setTimeout(4 * MINUTE_MS);
    await signIn(page);
    await addAddress(page);
    const wire = await playwright.request.newContext({ baseURL });
    const operator = await openOperatorDoor(wire, HOME, baseURL ?? '');
    const { handle, sku } = await ordinaryGoods(wire);
    const tiers = [{ upTo: 1, priceFen: FIRST_FEN }];
    const { startsAt } = await operator.openSession(sku.id, SESSION_FEN, 15 * SECOND_MS, 10 * MINUTE_MS, tiers);
    // The answer that the page asks for may be 2 s old in a cache between.
    await expect
      .poll(async () => (await wire.get(`/api/public/product?handle=${handle}`)).text(), { timeout: PATIENCE_MS })
      .toContain(String(startsAt));

    await page.goto(`${words.tree}/p/${handle}?sku=${sku.id}`);
    const buy = page.getByRole('button', { name: words.buy });
    await expect(buy).toBeVisible({ timeout: PATIENCE_MS });
    await buy.click();
    await page.getByRole('dialog').getByRole('button', { name: words.buy }).click();
    await page.waitForURL(/\/checkout\?buy=/);
    await expect(page.getByText(words.firstPrice)).toBeVisible();
    const before = await operator.adjust(sku.id, 1);
    // Somebody else is faster.
    const other = await playwright.request.newContext({ baseURL });
    await orderUnseen(other, sku.id, 1);
    await page.getByRole('button', { name: words.submit }).click();

    await expect(page.getByText(words.rose)).toBeVisible();
    await expect(page.getByText(words.places)).toBeVisible();
    await expect(page.getByText(words.firstPrice)).toHaveCount(0);
    await expectNoAxeFaults(page);
    await page.screenshot({ path: test.info().outputPath('places-taken.png') });
    // Nothing is held for the one who was refused.
    expect(await ordersOf(page)).toEqual([]);
    expect((await operator.adjust(sku.id, 1)).row.available).toBe(before.row.available);

    await page.getByRole('button', { name: words.yes }).click();
    await page.waitForURL(/\/cashier\?trade=/);
    await page.getByRole('button', { name: words.pay }).click();
    await page.waitForURL(/\/paid\?order=/);
    expect(await ordersOf(page)).toMatchObject([{ totalFen: SESSION_FEN }]);
    await other.dispose();
    await wire.dispose();
  });

  test(`In a rush he sees how many are before him and gets his order; the time to pay runs out: it says that it is closed, when, that nothing was charged, and leads on, ${words.locale}`, async ({
    page,
    playwright,
    baseURL,
  }) => {
    test.setTimeout(3 * MINUTE_MS);
    await signIn(page);
    await addAddress(page);
    const wire = await playwright.request.newContext({ baseURL });
    const { handle, title, sku } = await ordinaryGoods(wire);
    await page.goto(`${words.tree}/p/${handle}?sku=${sku.id}`);
    await page.getByRole('button', { name: words.buyNow }).click();
    await page.getByRole('dialog').getByRole('button', { name: words.buyNow }).click();
    await page.waitForURL(/\/checkout\?buy=/);
    // The goods are in a rush, and somebody is a moment faster.
    const gate = await holdGoods(HOME, sku.id);
    const other = await playwright.request.newContext({ baseURL });
    const faster = orderUnseen(other, sku.id, 1);
    await gate.untilSomebodyWaits();
    await page.getByRole('button', { name: words.submit }).click();
    await expect(page.getByRole('button', { name: words.inLine })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('in-line.png') });
    await gate.open();
    await faster;
    await other.dispose();
    // He has seen the cashier and not paid: the payment is closed before the units go back.
    await page.waitForURL(/\/cashier\?trade=/);
    await page.getByRole('link', { name: words.notNow }).click();
    await page.waitForURL(/\/order\?id=/);
    await expect(page.getByRole('button', { name: words.payNow })).toBeVisible();
    await runOutPayTime(HOME, new URL(page.url()).searchParams.get('id') ?? '');

    await expect(page.getByText(words.closed, { exact: true }).first()).toBeVisible({ timeout: PATIENCE_MS });
    await expect(page.getByText(words.unpaid)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: words.closedAt })).toBeVisible();
    await expect(page.getByRole('button', { name: words.payNow })).toHaveCount(0);
    await expectNoAxeFaults(page);
    await page.screenshot({ path: test.info().outputPath('closed.png') });
    expect(await ordersOf(page)).toMatchObject([{ state: 'closed' }]);

    await page.getByRole('button', { name: words.again }).click();
    await page.waitForURL(/\/cart$/);
    await expect(page.getByRole('link', { name: title[words.language] })).toBeVisible();
    await page.getByRole('link', { name: words.checkOut }).click();
    await page.waitForURL(/\/checkout/);
    await expect(page.getByRole('button', { name: words.submit })).toBeEnabled();
    await wire.dispose();
  });
}
