import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { command } from '../support/phone.ts';
import { becomeWeixin, WEIXIN_AGENTS, type WeixinKind, watchStrangers } from '../support/weixin-phone.ts';
import { openWeixinShop } from '../support/weixin-shop.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** What is asked behind the page comes when the page has loaded; a bound on a fault. */
const SOON = { timeout: 60_000 };

let shop: Awaited<ReturnType<typeof openWeixinShop>>;
test.beforeAll(async () => {
  shop = await openWeixinShop(HOME);
});
test.afterAll(() => shop.close());

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
