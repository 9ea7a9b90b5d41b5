import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { addAddress, command, signIn } from '../support/phone.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** The worker looks every two seconds at payments, every ten at orders that ended; a bound on a fault. */
const SETTLED = { timeout: 60_000 };

/** A stranger's phone. The browser of these journeys says that it has no head, and such are nobody. */
const PHONE_AGENT =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

/** Something ordinary that can be bought at any time. */
function ordinarySku(): { id: string; handle: string; title: string } {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  for (const { handle, title, skus } of products) {
    const sku = skus.find(({ offers, limitPerPerson }) => offers.length === 0 && limitPerPerson === null);
    if (sku) return { id: sku.id, handle, title: title.zh };
  }
  throw new Error('The demo has nothing ordinary');
}

/** The demo’s marketer, signed in with both factors. */
async function signInMarketer(wire: APIRequestContext): Promise<void> {
  type Login = { role: string; email: string; password: string };
  const logins = JSON.parse(readFileSync(join(HOME, 'demo-logins.json'), 'utf8')) as Login[];
  const { email, password } = logins.find(({ role }) => role === 'marketer') as Login;
  const { sandboxCode } = await command<{ sandboxCode: string }>(wire, 'identity.staffSignIn', { email, password });
  await command(wire, 'identity.staffVerify', { code: sandboxCode });
}

/** What a campaign's orders are worth to each of its links. */
async function creditsByLink(wire: APIRequestContext): Promise<Record<string, number>> {
  const answer = await (await wire.get('/api/studio.models?campaignId=everyday')).json();
  const { counted, models } = (answer as { value: ValueNamed<'studio.models'> }).value;
  const links = models.find(({ model }) => model === counted)?.links ?? [];
  return Object.fromEntries(links.map(({ code, fen }) => [code, fen]));
}

/** Shares the page that is open, and reads the link. */
async function shareHere(page: Page): Promise<string> {
  await page.getByRole('button', { name: '分享', exact: true }).click();
  const link = page.getByTestId('share-link');
  await expect(link).toContainText('/s/');
  return (await link.textContent()) ?? '';
}

test('A link that a shopper shares leads a stranger to the page; what he buys credits the sharer until it goes back', async ({
  page,
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const wire = await playwright.request.newContext({ baseURL });
  await signInMarketer(wire);
  const sku = ordinarySku();
  await page.goto(`/p/${sku.handle}`);
  const link = await shareHere(page);
  const code = link.slice(-17);

  const strangers = await browser.newContext({ baseURL, userAgent: PHONE_AGENT });
  const stranger = await strangers.newPage();
  await stranger.goto(link);
  await stranger.waitForURL(new RegExp(`/p/${sku.handle}\\?by=${code}`));
  await expect(stranger.getByRole('heading', { name: sku.title })).toBeVisible();
  // What listens for his first touch comes when the page has loaded; he goes on looking until it has heard him.
  let isTold = false;
  stranger.on('response', (response) => {
    if (response.url().endsWith('/api/share.touch')) isTold = true;
  });
  const lookOn = async () => {
    await stranger.mouse.wheel(0, 200);
    await stranger.mouse.click(195, 300);
    return isTold;
  };
  await expect.poll(lookOn, { timeout: 60_000 }).toBe(true);
  expect(await creditsByLink(wire)).not.toHaveProperty(code);

  await signIn(stranger);
  await addAddress(stranger);
  await stranger.goto(`/checkout?buy=${sku.id}:1`);
  await stranger.getByRole('button', { name: '提交订单' }).click();
  await stranger.waitForURL(/\/cashier\?trade=/);
  await stranger.getByRole('button', { name: /^确认支付 ¥/ }).click();
  await stranger.waitForURL(/\/paid\?order=/);
  const orderId = new URL(stranger.url()).searchParams.get('order') ?? '';
  const order = async () => {
    const answer = await (await stranger.request.get(`/api/order.read?id=${orderId}`)).json();
    return (answer as { value: ValueNamed<'order.read'> }).value.order;
  };
  await expect.poll(async () => (await creditsByLink(wire))[code], SETTLED).toBe((await order()).totalFen);

  await command(stranger.request, 'order.askRefund', { id: orderId, reason: '拍错了' });
  const requestId = (await order()).requests.at(-1)?.id ?? '';
  const operators = await playwright.request.newContext({ baseURL });
  const operator = await openOperatorDoor(operators, HOME, baseURL ?? '');
  await operator.ask('ops.decideRefund', { id: orderId, requestId, approve: true, reason: '同意' });
  await expect.poll(async () => (await order()).state, SETTLED).toBe('refunded');
  await expect.poll(async () => (await creditsByLink(wire))[code], SETTLED).toBeUndefined();
  await Promise.all([wire.dispose(), operators.dispose(), strangers.close()]);
});

test('A link that nobody made says so and leads to the shop', async ({ page }) => {
  await page.goto(`/s/${'a'.repeat(17)}`);
  await expect(page.getByRole('heading', { name: '没有找到这个分享链接' })).toBeVisible();
  await page.getByRole('link', { name: '去会场逛逛' }).click();
  await page.waitForURL((url) => url.pathname === '/');
});
