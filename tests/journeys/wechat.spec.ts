import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { command, orderAsMyself, signIn } from '../support/phone.ts';
import { openWechatPay } from '../support/wechat-pay.ts';
import { becomeWeixin, WEIXIN_AGENTS, type WeixinKind, watchStrangers } from '../support/weixin-phone.ts';
import { openWeixinShop } from '../support/weixin-shop.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** What is asked behind the page comes when the page has loaded; a bound on a fault. */
const SOON = { timeout: 60_000 };

let shop: Awaited<ReturnType<typeof openWeixinShop>>;
let company: Awaited<ReturnType<typeof openWechatPay>>;
let folder: string;
test.beforeAll(async () => {
  company = await openWechatPay();
  folder = await mkdtemp(join(tmpdir(), 'festa-weixin-'));
  shop = await openWeixinShop(HOME, await company.env(folder));
});
test.afterAll(async () => {
  await shop.close();
  await company.close();
  await rm(folder, { recursive: true, force: true });
});

function someProduct(): { handle: string; title: string } {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  const [product] = products;
  if (!product) throw new Error('The demo has no products');
  return { handle: product.handle, title: product.title.zh };
}

const KINDS: WeixinKind[] = ['iphone', 'android'];
for (const kind of KINDS) {
  test(`In WeChat on ${kind} the menu hands on the page by one’s own link, and goods where a page would be forbidden`, async ({
    browser,
    playwright,
  }) => {
    const { handle, title } = someProduct();
    const sharer = await playwright.request.newContext({ baseURL: shop.origin });
    const { code } = await command<{ code: string }>(sharer, 'share.link', { key: randomUUID(), path: `/p/${handle}` });
    const context = await browser.newContext({ baseURL: shop.origin, userAgent: WEIXIN_AGENTS[kind] });
    const strangers = await watchStrangers(context, shop.host);
    const page = await context.newPage();
    const phone = await becomeWeixin(page, kind, shop.weixin, shop.host);

    await page.goto(`/s/${code}`);
    await page.waitForURL(new RegExp(`/p/${handle}\\?by=${code}`));
    await expect.poll(() => phone.cards.friend?.link, SOON).toBe(`${shop.origin}/s/${code}`);
    expect(phone.cards.friend?.title).toContain(title);
    expect(phone.cards.friend?.imgUrl).toMatch(new RegExp(`^${shop.origin}/.+\\.(jpg|png|webp)$`));

    // Whoever does something on the page hands on a link of his own.
    await page.mouse.click(195, 300);
    const own = () => phone.cards.friend?.link.match(/\/s\/([0-9A-Za-z]{17})$/)?.[1] ?? code;
    await expect.poll(own, SOON).not.toBe(code);
    await expect.poll(() => phone.cards.timeline?.link, SOON).toBe(phone.cards.friend?.link);
    const mine = await (await page.request.get('/api/share.mine')).json();
    expect(mine.value.links).toMatchObject([{ code: own(), landing: `/p/${handle}`, depth: 1 }]);

    // Routed to, not loaded: each kind of phone compares its own address, and both agree.
    await page.getByRole('link', { name: '首页', exact: true }).first().click();
    await page.waitForURL((url) => url.pathname === '/');
    await expect.poll(() => phone.cards.friend?.title, SOON).toBe('Festa 狂欢节');
    await page.goto('/team');
    await expect.poll(() => phone.cards.friend?.link, SOON).toBe(`${shop.origin}/`);
    expect(phone.cards.friend).toMatchObject({
      title: 'Festa 狂欢节',
      imgUrl: `${shop.origin}/icons/apple-touch-icon.png`,
    });
    expect(JSON.stringify(phone.cards)).not.toMatch(/红包|瓜分|助力/);
    expect(phone.said.filter(({ answer }) => !answer.endsWith(':ok'))).toEqual([]);
    expect(strangers).toEqual([]);
    await Promise.all([context.close(), sharer.dispose()]);
  });
}

test('In WeChat a shop without an account shows its pages and asks WeChat’s browser for nothing', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL, userAgent: WEIXIN_AGENTS.iphone });
  const strangers = await watchStrangers(context, new URL(baseURL ?? '').host);
  const page = await context.newPage();
  const phone = await becomeWeixin(page, 'iphone', shop.weixin, shop.host);
  const answered = page.waitForResponse((response) => response.url().includes('/api/wechat/js-config'));
  await page.goto('/');
  expect((await (await answered).json()).refusal.code).toBe('wechat_off');
  await page.mouse.click(195, 300);
  await page.goto(`/p/${someProduct().handle}`);
  await page.waitForResponse((response) => response.url().includes('/api/wechat/js-config'));
  expect([phone.said, strangers]).toEqual([[], []]);
  const refused = await page.request.get(
    `${shop.origin}/api/wechat/js-config?url=${encodeURIComponent(baseURL ?? '')}`,
  );
  expect((await refused.json()).refusal.code).toBe('not_our_page');
  await context.close();
});

/** Something ordinary that can be bought at any time. */
function ordinarySku(): string {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  const skus = products.flatMap((product) => product.skus);
  const sku = skus.find(({ offers, limitPerPerson }) => offers.length === 0 && limitPerPerson === null);
  if (!sku) throw new Error('The demo has nothing ordinary');
  return sku.id;
}

test('In WeChat a shopper pays on the spot: WeChat says silently who he is, and in 我的 he lets go of it again', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const openid = `o${randomUUID().replaceAll('-', '')}`;
  shop.weixin.hand({ openid, host: shop.host, name: '小红' });
  const context = await browser.newContext({ baseURL: shop.origin, userAgent: WEIXIN_AGENTS.android });
  const page = await context.newPage();
  await becomeWeixin(page, 'android', shop.weixin, shop.host, async (facts) => {
    const told = company.payInside(facts as unknown as Parameters<typeof company.payInside>[0], openid);
    const paid = [...company.trades.values()].findLast(({ state }) => state === 'paid');
    if (paid) {
      const { headers, body } = company.notice(paid.id);
      await fetch(`${shop.origin}/api/payment.notice/wechat`, { method: 'POST', headers, body });
    }
    return told;
  });
  await signIn(page);
  await orderAsMyself(page.request, ordinarySku(), 1);
  const listed = await (await page.request.get('/api/order.list')).json();
  await page.goto(`/order?id=${listed.value.orders[0].id}&pay=1`);
  const sheet = page.getByRole('dialog', { name: '选择付款方式' });
  await expect(sheet.getByRole('radio', { name: /微信支付/ })).toBeChecked(SOON);
  await sheet.getByRole('button', { name: '去付款' }).click();
  await page.waitForURL(/\/paid\?order=/);
  await expect(page.getByText('支付成功')).toBeVisible(SOON);

  await page.goto('/me');
  await expect(page.getByText('已绑定你的微信')).toBeVisible(SOON);
  await page.getByRole('button', { name: '使用微信昵称' }).click();
  await expect(page.getByText('把昵称改成“小红”吗？')).toBeVisible(SOON);
  await page.getByRole('button', { name: '使用', exact: true }).click();
  await expect(page.getByRole('button', { name: /小红/ })).toBeVisible();
  await page.getByRole('button', { name: '解除绑定' }).click();
  await page.getByRole('dialog', { name: '解除微信绑定？' }).getByRole('button', { name: '解除绑定' }).click();
  await expect(page.getByRole('button', { name: '绑定微信' })).toBeVisible();
  await context.close();
});
