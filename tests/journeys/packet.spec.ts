import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import {
  acceptPacket,
  publishPackets,
  runOutPacketTime,
  stopPackets,
  takePacket,
  visitPacket,
} from '../support/packet-doors.ts';
import { orderAsMyself, signInHere } from '../support/phone.ts';
import { signUp } from '../support/screen-scenes.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** What comes over the socket, or by the question that is asked every five seconds where there is none. */
const NEWS_MS = 40_000;
const WECHAT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.16(0x18001028) NetType/WIFI Language/zh_CN';
/** What WeChat's rules do not want to read. */
const INDUCEMENT = /长大|邀请|分享|好友|口令|助力/;

/** In letters: with digits in it, a name would promise an amount. */
const uniqueName = (what: string) => `${what} ${randomUUID().replaceAll(/[\d-]/g, '').slice(0, 6)}`;
const linkOf = (code: string) => `/g?c=${code}`;

/** Another phone; signed in, with an address, unless it is a stranger's. */
async function phone(browser: Browser, baseURL: string | undefined, isStranger = false): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  if (!isStranger) await signUp(context.request);
  return context.newPage();
}

/** An ordinary SKU of which a packet may pay a part. */
function ordinarySku(): string {
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  for (const { skus } of products) {
    const sku = skus.find(({ offers, priceFen }) => offers.length === 0 && priceFen >= 10_000);
    if (sku) return sku.id;
  }
  throw new Error('The demo has no such SKU');
}

/** How much the packet on this page is worth now, as its meter says it. */
const worth = (page: Page, yuan: string, cap: string) =>
  expect(page.getByRole('meter', { name: '红包金额' })).toHaveAttribute(
    'aria-valuetext',
    `现在 ¥${yuan}，最多长到 ¥${cap}`,
    { timeout: NEWS_MS },
  );

/** Twice the size that most people read at. */
const bigText = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });

test('A packet grows over three generations on three phones: each friend gets his own, each owner’s grows before his eyes, and the fourth starts his own', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const name = uniqueName('三代');
  await publishPackets(HOME, name);
  const [first, second, third] = [
    await phone(browser, baseURL),
    await phone(browser, baseURL, true),
    await phone(browser, baseURL),
  ];

  await first.goto('/me');
  await first.getByRole('link', { name: '会长大的红包' }).click();
  const card = first.locator('section').filter({ has: first.getByRole('heading', { name }) });
  await card.getByRole('button', { name: '领 ¥5 红包' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await first.waitForURL(/\/g\?c=/);
  await worth(first, '5', '10');
  await first.getByRole('button', { name: '分享给好友' }).click();
  const sheet = first.getByRole('dialog', { name: '分享给好友' });
  await expect(sheet).toContainText('TA 也得 ¥2.50，你的还在');
  const link = await sheet.getByText(/\/g\?c=/).innerText();
  await first.goBack();
  await expect(sheet).toBeHidden();

  // Nobody knows him yet: he stays, touches the page, and it is noted as pending; then he signs in for his own.
  await second.goto(link);
  await expect(second.getByText(/再看 \d 秒/)).toBeVisible();
  await second.getByRole('heading', { level: 2 }).tap();
  await expect(second.getByText('你来看过了。你验证手机号后，TA 的红包长大 ¥0.50')).toBeVisible({ timeout: NEWS_MS });
  await expect(first.getByText('看过了，等 TA 验证手机号')).toBeVisible({ timeout: NEWS_MS });
  await worth(first, '5', '10');
  await second.getByRole('button', { name: '收下我的 ¥2.50 红包' }).click();
  await signInHere(second);
  await expect(second.getByRole('heading', { name: '红包从 ¥2.50 开始长大' })).toBeVisible({ timeout: NEWS_MS });
  await worth(second, '2.50', '5');
  await worth(first, '5.50', '10');
  await expect(first.getByRole('heading', { name: '红包正在长大：¥5 → ¥5.50' })).toBeVisible();

  // Who is signed in has visited by coming. Where sockets are blocked the page asks.
  await third.routeWebSocket(/socket\.io/, (socket) => socket.close());
  await third.goto(second.url());
  await expect(third.getByText('谢谢你，TA 的红包长大了 ¥0.25')).toBeVisible({ timeout: NEWS_MS });
  await worth(second, '2.75', '5');
  await third.getByRole('button', { name: '收下我的 ¥2.50 红包' }).click();
  await expect(third.getByRole('heading', { name: '红包从 ¥2.50 开始长大' })).toBeVisible({ timeout: NEWS_MS });

  const fourth = await phone(browser, baseURL);
  await fourth.goto(third.url());
  await expect(fourth.getByRole('heading', { name: '这个红包已经传了三代，从这里不能再领' })).toBeVisible();
  await expect(fourth.getByRole('link', { name: '自己领一个' })).toHaveAttribute('href', '/packet');
  await worth(third, '2.75', '5');
  // Only direct friends count.
  await worth(first, '5.50', '10');
  for (const each of [first, second, third, fourth]) await each.context().close();
});

test('An order holds the packet still, a friend comes meanwhile, the order is cancelled, and it grows on; the wallet shows and shares it', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(150_000);
  const campaignId = await publishPackets(HOME, uniqueName('下单'), { capPermille: 1_200 });
  await signUp(page.request);
  const code = await takePacket(page.request, campaignId);
  await page.goto(linkOf(code));
  await worth(page, '5', '6');
  await orderAsMyself(page.request, ordinarySku(), 1, true);
  await expect(page.getByRole('heading', { name: '在订单里，先不长大' })).toBeVisible({ timeout: NEWS_MS });
  const friends = [(await phone(browser, baseURL)).context(), (await phone(browser, baseURL)).context()] as const;
  await visitPacket(friends[0].request, code);
  await expect(page.getByText('看过了，等红包从订单回来')).toBeVisible({ timeout: NEWS_MS });
  await worth(page, '5', '6');

  await page.getByRole('link', { name: '查看订单' }).click();
  await page.getByRole('button', { name: '取消订单' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取消订单' }).click();
  await expect(page.getByText(/^已退回券包/)).toBeVisible({ timeout: 60_000 });
  await page.goto(linkOf(code));
  await worth(page, '5.50', '6');
  await visitPacket(friends[1].request, code);
  await expect(page.getByRole('heading', { name: '已长到最大' })).toBeVisible({ timeout: NEWS_MS });

  await page.goto('/wallet');
  await worth(page, '6', '6');
  await page.getByRole('button', { name: '分享给好友' }).click();
  await expect(page.getByRole('dialog').getByRole('img', { name: '这个红包的二维码' })).toBeVisible();
  for (const each of friends) await each.close();
});

test('Each state has its sentence and its way on: full, one’s own already, stopped, expired, unknown, offline', async ({
  page,
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(150_000);
  const wire = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const operator = await openOperatorDoor(wire, HOME, baseURL ?? '');
  const campaignId = await publishPackets(HOME, uniqueName('各种'), { capPermille: 1_100 });
  const [owner, friend] = [(await phone(browser, baseURL)).context(), (await phone(browser, baseURL)).context()];
  const code = await takePacket(owner.request, campaignId);
  const friends = await acceptPacket(friend.request, code);

  await page.goto(linkOf(code));
  await expect(page.getByText('这个红包已长到最大，来看也不会再长')).toBeVisible();
  await signUp(page.request);
  const own = await takePacket(page.request, campaignId);
  await page.reload();
  await expect(page.getByRole('heading', { name: '你已经有这个活动的红包了' })).toBeVisible();
  await expect(page.getByRole('link', { name: '看我的红包' })).toHaveAttribute('href', linkOf(own));

  await page.goto(linkOf('AAAAAAAAAAAA'));
  await expect(page.getByRole('heading', { name: '没有找到这个红包' })).toBeVisible();
  await page.getByRole('link', { name: '重新输入口令' }).click();
  const field = page.getByRole('textbox', { name: '粘贴口令或链接' });
  await field.fill('没有口令');
  await page.getByRole('button', { name: '去看看' }).click();
  await expect(page.getByText('没有认出口令')).toBeVisible();
  await field.fill(`【双11】我的红包在长大，来看一看，复制打开 ${baseURL}${linkOf(own)}`);
  await page.getByRole('button', { name: '去看看' }).click();
  await worth(page, '5', '5.50');
  await runOutPacketTime(HOME, own);
  await expect(page.getByRole('heading', { name: '红包已过期' })).toBeVisible({ timeout: 60_000 });
  await page.context().setOffline(true);
  await expect(page.getByText('现在没有网络')).toBeVisible();
  await page.context().setOffline(false);

  await stopPackets(operator, campaignId, false);
  const stranger = await phone(browser, baseURL, true);
  await stranger.goto(linkOf(friends));
  await expect(stranger.getByRole('heading', { name: '活动已停止' })).toBeVisible();
  await stopPackets(operator, campaignId, true);
  await expect(stranger.getByRole('heading', { name: '活动已被商家收回' }).first()).toBeVisible({ timeout: 60_000 });
  await page.goto('/packet');
  const earlier = page.locator('section').filter({ has: page.getByRole('heading', { name: '往期红包' }) });
  await expect(earlier.getByRole('link')).toContainText('已过期');
  for (const each of [owner, friend, stranger.context()]) await each.close();
  await wire.dispose();
});

test('In WeChat a stranger sees goods and the way to a browser and no word that asks to share; one’s own packet is used there', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const campaignId = await publishPackets(HOME, uniqueName('微信'));
  const owner = (await phone(browser, baseURL)).context();
  const code = await takePacket(owner.request, campaignId);
  const context = await browser.newContext({ baseURL: baseURL ?? '', userAgent: WECHAT });
  const page = await context.newPage();
  for (const path of [linkOf(code), '/packet', `/en${linkOf(code)}`]) {
    expect(await (await context.request.get(path)).text(), path).not.toMatch(INDUCEMENT);
  }
  for (const path of [linkOf(code), '/packet', linkOf('AAAAAAAAAAAA')]) {
    await page.goto(path);
    await expect(page.getByText('点击右上角“…”在浏览器打开')).toBeVisible();
    await expect(page.getByRole('main').getByRole('listitem').first().getByRole('link')).toBeVisible();
    expect(await page.getByRole('main').innerText(), path).not.toMatch(INDUCEMENT);
  }
  await expectNoAxeFaults(page);

  await signUp(context.request);
  const own = await takePacket(context.request, campaignId);
  await page.goto(linkOf(own));
  await expect(page.getByRole('link', { name: '去使用' })).toBeVisible();
  expect(await page.getByRole('main').innerText()).not.toMatch(INDUCEMENT);
  await page.goto('/wallet');
  await expect(page.getByRole('link', { name: '去使用' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: '分享给好友' })).toHaveCount(0);
  for (const each of [owner, context]) await each.close();
});

const WORDS = {
  zh: { tree: '', rules: '规则', share: '分享给好友', visited: /谢谢你/ },
  en: { tree: '/en', rules: 'Rules', share: 'Share it', visited: /Thank you/ },
} as const;

for (const language of ['zh', 'en'] as const) {
  test(`The pages of a packet and their sheets have no fault that axe finds, and open by the keyboard (${language})`, async ({
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const words = WORDS[language];
    const looks = () => expectNoAxeFaults(page, { schemes: SCHEMES });
    const campaignId = await publishPackets(HOME, uniqueName('查'));
    const owner = (await phone(browser, baseURL)).context();
    const code = await takePacket(owner.request, campaignId);
    await page.goto(words.tree + linkOf(code));
    await expect(page.getByRole('meter')).toBeVisible();
    await bigText(page);
    await looks();

    await signUp(page.request);
    await page.reload();
    await expect(page.getByText(words.visited)).toBeVisible({ timeout: NEWS_MS });
    const own = await acceptPacket(page.request, code);
    await visitPacket(owner.request, own);
    await page.goto(words.tree + linkOf(own));
    const sheet = page.getByRole('dialog');
    await page.getByRole('button', { name: words.share }).press('Enter');
    await expect(sheet.getByRole('img')).toBeVisible();
    await looks();
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: words.rules, exact: true }).press('Enter');
    await expect(sheet.getByRole('row')).toHaveCount(4);
    await expect(sheet).toContainText(/[0-9a-f]{64}/);
    await looks();
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await bigText(page);
    await looks();
    for (const path of ['/packet', '/wallet']) {
      await page.goto(words.tree + path);
      await expect(page.getByRole('meter').first()).toBeVisible();
      await looks();
    }
    await owner.close();
  });
}
