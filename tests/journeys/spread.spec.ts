import { type APIRequestContext, type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { addAddress, command, signIn } from '../support/phone.ts';
import { PHONE_AGENT } from '../support/sharing.ts';
import { dayLater, ordinarySku, shareHere, signInMarketer, touchHere, watchCampaign } from '../support/spread-story.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** The worker looks every two seconds at payments, every ten at orders that ended; a bound on a fault. */
const SETTLED = { timeout: 60_000 };

type Funnel = ValueNamed<'studio.funnel'>;

/** A new phone, which nobody knows. */
const newPhone = (browser: Browser, baseURL: string | undefined): Promise<BrowserContext> =>
  browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    userAgent: PHONE_AGENT,
    viewport: { width: 390, height: 844 },
  });

async function read<V>(wire: APIRequestContext, name: string, campaignId: string): Promise<V> {
  const answer = await (await wire.get(`/api/${name}?campaignId=${campaignId}`)).json();
  expect(answer, name).toMatchObject({ ok: true });
  return answer.value as V;
}

/** Pays for what is in the cart; answers the order. */
async function payCart(page: Page): Promise<string> {
  await addAddress(page);
  await page.goto('/cart');
  await page.getByRole('link', { name: /^去结算/ }).click();
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/cashier\?trade=/);
  await page.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await page.waitForURL(/\/paid\?order=/);
  return new URL(page.url()).searchParams.get('order') ?? '';
}

async function orderOf(page: Page, id: string) {
  const answer = await (await page.request.get(`/api/order.read?id=${id}`)).json();
  return (answer as { value: ValueNamed<'order.read'> }).value.order;
}

test('A marketer’s link goes from A to B, who buys a day later on a phone that was nobody’s, and to C, whose money goes back; the studio saw it all', async ({
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const wire = await playwright.request.newContext({ baseURL });
  await signInMarketer(wire, HOME);
  const campaignId = `spread-${Date.now().toString(36)}`;
  await command(wire, 'studio.saveCampaign', { id: campaignId, name: { zh: '老带新', en: 'Friends' } });
  const sku = ordinarySku(HOME);
  const shopLink = await command<{ code: string; path: string }>(wire, 'studio.makeLink', {
    campaignId,
    landing: `/p/${sku.handle}`,
    note: '首发',
  });
  const funnel = () => read<Funnel>(wire, 'studio.funnel', campaignId);

  // Another marketer looks on, and asks for nothing from now on.
  const desk = await playwright.request.newContext({ baseURL });
  await signInMarketer(desk, HOME);
  const studio = await watchCampaign(desk, baseURL ?? '', campaignId);

  const phoneA = await newPhone(browser, baseURL);
  const a = await phoneA.newPage();
  await a.goto(shopLink.path);
  await a.waitForURL(new RegExp(`/p/${sku.handle}\\?by=${shopLink.code}`));
  await touchHere(a);
  const linkA = await shareHere(a);
  const codeA = linkA.slice(-17);

  // B on a new phone, without an account, puts it into the cart and closes the tab.
  const phoneB = await newPhone(browser, baseURL);
  const before = await phoneB.newPage();
  await before.goto(linkA);
  await before.waitForURL(new RegExp(`by=${codeA}`));
  await touchHere(before);
  await before.goto(`/p/${sku.handle}?sku=${sku.id}`);
  await before.getByRole('button', { name: '加入购物车' }).click();
  const inSheet = before.getByRole('dialog').getByRole('button', { name: '加入购物车' });
  // Goods without a choice go straight in.
  await expect(before.getByText('已加入购物车').or(inSheet).first()).toBeVisible();
  if (await inSheet.isVisible()) await inSheet.click();
  await expect(before.getByText('已加入购物车').first()).toBeVisible();
  await before.close();
  await dayLater(HOME, campaignId);

  const b = await phoneB.newPage();
  await signIn(b);
  const bought = await payCart(b);
  const totalFen = (await orderOf(b, bought)).totalFen;

  // C came by the same link, buys, and sends it back.
  const phoneC = await newPhone(browser, baseURL);
  const c = await phoneC.newPage();
  await c.goto(linkA);
  await c.waitForURL(new RegExp(`by=${codeA}`));
  await touchHere(c);
  await signIn(c);
  await addAddress(c);
  await c.goto(`/checkout?buy=${sku.id}:1`);
  await c.getByRole('button', { name: '提交订单' }).click();
  await c.waitForURL(/\/cashier\?trade=/);
  await c.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await c.waitForURL(/\/paid\?order=/);
  const returned = new URL(c.url()).searchParams.get('order') ?? '';
  await expect.poll(async () => (await funnel()).orders, SETTLED).toBe(2);
  await expect.poll(() => studio.seen()?.orders, SETTLED).toBe(2);

  await command(c.request, 'order.askRefund', { id: returned, reason: '拍错了' });
  const requestId = (await orderOf(c, returned)).requests.at(-1)?.id ?? '';
  const operators = await playwright.request.newContext({ baseURL });
  const operator = await openOperatorDoor(operators, HOME, baseURL ?? '');
  await operator.ask('ops.decideRefund', { id: returned, requestId, approve: true, reason: '同意' });
  await expect.poll(async () => (await orderOf(c, returned)).state, SETTLED).toBe('refunded');
  await expect.poll(async () => (await funnel()).refunded, SETTLED).toBe(1);

  // The funnel, the graph and the credits say one thing.
  const told = await funnel();
  expect(told).toMatchObject({ links: 2, opens: 3, visitors: 3, touched: 3, joined: 2, refunded: 1 });
  const graph = await read<ValueNamed<'studio.graph'>>(wire, 'studio.graph', campaignId);
  expect([graph.code, graph.parent, graph.depth]).toEqual([
    [shopLink.code, codeA],
    [-1, 0],
    [0, 1],
  ]);
  expect(graph.visitors).toEqual([1, 2]);
  const { counted, models } = await read<ValueNamed<'studio.models'>>(wire, 'studio.models', campaignId);
  const credits = models.find(({ model }) => model === counted)?.links ?? [];
  expect(Object.fromEntries(credits.map(({ code, fen }) => [code, fen]))).toEqual({ [codeA]: totalFen });
  await expect.poll(() => studio.seen(), SETTLED).toMatchObject({ opens: 3, orders: 2, refunded: 1 });
  studio.close();
  await Promise.all([phoneA, phoneB, phoneC].map((phone) => phone.close()));
  await Promise.all([wire, desk, operators].map((open) => open.dispose()));
});
