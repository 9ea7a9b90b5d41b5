import { type APIRequestContext, type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { studioGraphMessages } from '../../lib/messages/studio-graph.ts';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { addAddress, command, signIn } from '../support/phone.ts';
import { PHONE_AGENT } from '../support/sharing.ts';
import { dayLater, ordinarySku, shareHere, touchHere } from '../support/spread-story.ts';
import { staffPage, watchStudio } from '../support/studio-desk.ts';

const links = studioLinksMessages['zh-CN'];
const graph = studioGraphMessages['zh-CN'];
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

/** The marketer makes a link to a product in the studio; answers its address. */
async function makeLink(desk: Page, campaignId: string, sku: { handle: string; title: string }): Promise<string> {
  await desk.goto(`/studio/campaign?id=${campaignId}&view=links`);
  await desk.getByRole('button', { name: links.make }).click();
  const panel = desk.getByRole('dialog');
  await panel.getByRole('searchbox').fill(sku.title);
  await panel.getByRole('button', { name: `/p/${sku.handle}` }).click();
  await panel.getByLabel(links.note).fill('首发');
  await panel.getByRole('button', { name: links.making }).click();
  const url = (await panel.getByTestId('studio-link').textContent()) ?? '';
  await panel.getByRole('button', { name: links.done }).click();
  return url;
}

test('A marketer’s link goes from A to B, who buys a day later on a phone that was nobody’s, and to C, whose money goes back; a second browser sees it all happen', async ({
  browser,
  playwright,
  baseURL: given,
}) => {
  test.setTimeout(300_000);
  const baseURL = given ?? '';
  const desk = await staffPage(browser, baseURL, 'marketer');
  const wire = desk.request;
  const campaignId = `spread-${Date.now().toString(36)}`;
  await command(wire, 'studio.saveCampaign', { id: campaignId, name: { zh: '老带新', en: 'Friends' } });
  const sku = ordinarySku(HOME);
  const shopUrl = await makeLink(desk, campaignId, sku);
  const shopCode = shopUrl.slice(-17);
  const studio = await watchStudio(browser, baseURL, campaignId);
  await studio.sees({ links: 1, opens: 0 });
  await studio.seesLinks(1, 1);
  await studio.spread.getByRole('table', { name: graph.roots }).getByRole('button').first().click();
  const chosen = studio.spread.getByRole('region', { name: graph.chosen });
  const factOf = (name: string) =>
    chosen
      .locator('dl div')
      .filter({ has: studio.spread.getByText(name, { exact: true }) })
      .locator('dd');
  await expect(factOf(graph.branch)).toHaveText('0');

  const phoneA = await newPhone(browser, baseURL);
  const a = await phoneA.newPage();
  await a.goto(shopUrl);
  await a.waitForURL(new RegExp(`/p/${sku.handle}\\?by=${shopCode}`));
  await touchHere(a);
  const linkA = await shareHere(a);
  const codeA = linkA.slice(-17);
  await studio.sees({ links: 2, opens: 1, touched: 1 });
  // The picture has grown below the link that was chosen, which still is.
  await studio.seesLinks(2, 2);
  await expect(factOf(graph.branch)).toHaveText('1');

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
  await studio.sees({ opens: 2, touched: 2, joined: 0 });
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
  const sentBackFen = (await orderOf(c, returned)).totalFen;
  await studio.sees({ opens: 3, joined: 2, orders: 2 });
  await studio.seesMoney('gmv', `¥${yuanText(totalFen + sentBackFen)}`);

  await command(c.request, 'order.askRefund', { id: returned, reason: '拍错了' });
  const requestId = (await orderOf(c, returned)).requests.at(-1)?.id ?? '';
  const operators = await playwright.request.newContext({ baseURL });
  const operator = await openOperatorDoor(operators, HOME, baseURL);
  await operator.ask('ops.decideRefund', { id: returned, requestId, approve: true, reason: '同意' });
  await expect.poll(async () => (await orderOf(c, returned)).state, SETTLED).toBe('refunded');
  await studio.seesMoney('refunded', `¥${yuanText(sentBackFen)}`);
  await expect(factOf(graph.branchVisitors)).toHaveText('3', SETTLED);
  await expect(factOf(graph.branchRevenue)).toHaveText(`¥${yuanText(totalFen)}`, SETTLED);

  // The funnel, the graph and the credits say one thing.
  const told = await read<Funnel>(wire, 'studio.funnel', campaignId);
  expect(told).toMatchObject({ links: 2, opens: 3, visitors: 3, touched: 3, joined: 2, refunded: 1 });
  const spread = await read<ValueNamed<'studio.graph'>>(wire, 'studio.graph', campaignId);
  expect([spread.code, spread.parent, spread.depth]).toEqual([
    [shopCode, codeA],
    [-1, 0],
    [0, 1],
  ]);
  expect(spread.visitors).toEqual([1, 2]);
  const { counted, models } = await read<ValueNamed<'studio.models'>>(wire, 'studio.models', campaignId);
  const credits = models.find(({ model }) => model === counted)?.links ?? [];
  expect(Object.fromEntries(credits.map(({ code, fen }) => [code, fen]))).toEqual({ [codeA]: totalFen });
  await studio.close();
  await Promise.all([phoneA, phoneB, phoneC].map((phone) => phone.close()));
  await Promise.all([desk.context().close(), operators.dispose()]);
});
