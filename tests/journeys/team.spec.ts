import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { signInHere } from '../support/phone.ts';
import { signUp } from '../support/screen-scenes.ts';
import { joinTeam, openShare, openTeam, publishTeams, runOutTeamTime, takeTeamsBack } from '../support/team-doors.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
/** What comes over the socket, or by the question that is asked every five seconds where there is none. */
const NEWS_MS = 40_000;
const WECHAT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.16(0x18001028) NetType/WIFI Language/zh_CN';
/** What WeChat's rules do not want to read. */
const INDUCEMENT = /瓜分|邀请|开红包|拆一个|分享|一起分|口令/;

const uniqueName = (what: string) => `${what} ${randomUUID().slice(0, 6)}`;
const linkOf = (code: string) => `/t?c=${code}`;

let wire: APIRequestContext;

test.beforeAll(async ({ playwright, baseURL }) => {
  wire = await playwright.request.newContext({ baseURL: baseURL ?? '' });
});
test.afterAll(() => wire.dispose());

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

async function viewOf(request: APIRequestContext, code: string) {
  const answer = await (await request.get(`/api/team.room?code=${code}`)).json();
  return (answer as { value: ValueNamed<'team.room'> }).value;
}

/** Twice the size that most people read at. */
const bigText = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });

test('Four phones share a packet: one signs in on the way, it splits on all, a share is used, and a cancelled order gives it back', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const name = uniqueName('四人');
  await publishTeams(HOME, name);
  const leader = await phone(browser, baseURL);
  const stranger = await phone(browser, baseURL, true);
  const others = [await phone(browser, baseURL), await phone(browser, baseURL)];

  await leader.goto('/me');
  await leader.getByRole('link', { name: '组队红包' }).click();
  const card = leader.locator('section').filter({ has: leader.getByRole('heading', { name }) });
  await card.getByRole('button', { name: '开红包' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await leader.waitForURL(/\/t\?c=/);
  await leader.getByRole('button', { name: '邀请好友一起拆' }).click();
  const sheet = leader.getByRole('dialog', { name: '邀请好友一起拆' });
  await expect(sheet.getByRole('img', { name: '这个红包的二维码' })).toBeVisible();
  const link = await sheet.getByText(/\/t\?c=/).innerText();
  const code = link.split('c=')[1] ?? '';
  await leader.goBack();
  await expect(sheet).toBeHidden();

  await stranger.goto(link);
  await expect(stranger.getByRole('heading', { name: /邀你一起分/ })).toBeVisible();
  await expect(stranger.getByText('还差 3 人即可瓜分 ¥20')).toBeVisible();
  await stranger.getByRole('button', { name: '加入，一起分 ¥20' }).click();
  await signInHere(stranger);
  await expect(stranger.getByRole('heading', { name: '你已在队里' })).toBeVisible();
  await expect(leader.getByText('还差 2 人即可瓜分 ¥20')).toBeVisible({ timeout: NEWS_MS });
  // Where sockets are blocked the page asks.
  await (others[0] as Page).routeWebSocket(/socket\.io/, (socket) => socket.close());
  for (const other of others) {
    await other.goto(link);
    await other.getByRole('button', { name: '加入，一起分 ¥20' }).click();
    await expect(other.getByRole('heading', { name: /你已在队里|已瓜分/ })).toBeVisible();
  }

  const phones = [leader, stranger, ...others];
  for (const each of phones) {
    await expect(each.getByRole('heading', { name: '¥20 已瓜分' })).toBeVisible({ timeout: NEWS_MS });
  }
  for (const each of phones) {
    await each.getByRole('button', { name: '拆我的红包' }).click();
    await expect(each.getByRole('heading', { name: /恭喜你，分到/ })).toBeVisible();
  }
  const { places, luckiestPlace } = (await viewOf(wire, code)).room;
  expect(places.map(({ share }) => share?.fen ?? 0).reduce((sum, fen) => sum + fen, 0)).toBe(2_000);
  const luckiest = leader.getByRole('listitem').filter({ hasText: '手气最佳' });
  await expect(luckiest).toHaveCount(1);
  await expect(leader.getByRole('listitem').nth((luckiestPlace ?? 0) - 1)).toContainText('手气最佳');
  await leader.getByRole('button', { name: '验证这次抽签' }).click();
  await expect(leader.getByRole('dialog')).toContainText('一致：指纹对得上');

  const buyer = others[1] as Page;
  await buyer.getByRole('link', { name: '立即使用' }).click();
  await buyer.waitForURL(/127\.0\.0\.1:\d+\/$/);
  await buyer.goto(`/checkout?buy=${ordinarySku()}:1`);
  const breakdown = buyer.locator('section').filter({ has: buyer.getByRole('heading', { name: '价格明细' }) });
  await expect(breakdown).toContainText(name);
  // The fourth place’s own share, to the fen, and nothing else of the packet.
  await expect(breakdown).toContainText(yuanText(places[3]?.share?.fen ?? 0));
  await buyer.getByRole('button', { name: '提交订单' }).click();
  await buyer.waitForURL(/\/cashier\?trade=/);
  await buyer.goto('/orders');
  await buyer.getByRole('main').getByRole('link').first().click();
  await buyer.waitForURL(/\/order\?id=/);
  await buyer.getByRole('button', { name: '取消订单' }).click();
  await buyer.getByRole('dialog').getByRole('button', { name: '取消订单' }).click();
  await expect(buyer.getByText(/^已退回券包/)).toBeVisible({ timeout: 60_000 });
  await buyer.goto('/wallet');
  await expect(
    buyer.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: '去使用' }),
  ).toBeVisible();
  for (const each of phones) await each.context().close();
});

test('A team that does not fill says so, with the leader’s consolation and the way to a new one; a stranger reads that it is over', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const name = uniqueName('没凑齐');
  const campaignId = await publishTeams(HOME, name);
  await signUp(page.request);
  const code = await openTeam(page.request, campaignId);
  await page.goto(linkOf(code));
  await expect(page.getByText('还差 3 人即可瓜分 ¥20')).toBeVisible();
  await runOutTeamTime(HOME, code);
  await expect(page.getByRole('heading', { name: '这次没凑齐' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('送你 ¥1 安慰红包')).toBeVisible({ timeout: 60_000 });
  const stranger = await phone(browser, baseURL, true);
  await stranger.goto(linkOf(code));
  await expect(stranger.getByRole('heading', { name: '超过规定时间，该红包不能拆了' })).toBeVisible();
  await stranger.context().setOffline(true);
  await expect(stranger.getByText('现在没有网络')).toBeVisible();
  await stranger.context().close();
  await page.getByRole('link', { name: '拆一个新红包' }).click();
  await page.waitForURL(/\/team$/);
  const earlier = page.locator('section').filter({ has: page.getByRole('heading', { name: '往期红包' }) });
  await expect(earlier.getByRole('link')).toContainText('没凑齐，送 ¥1');
});

test('A code that is typed or pasted leads to its team, one that is none is told in its field, and a campaign taken back is told at once', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const campaignId = await publishTeams(HOME, uniqueName('口令'), { size: 2 });
  await signUp(page.request);
  const own = await openTeam(page.request, campaignId);
  await page.goto(linkOf('AAAAAAAAAAAA'));
  await expect(page.getByRole('heading', { name: '没有找到这个红包' })).toBeVisible();
  await page.getByRole('link', { name: '重新输入口令' }).click();
  const field = page.getByRole('textbox', { name: '粘贴口令或链接' });
  await field.fill('没有口令');
  await page.getByRole('button', { name: '去看看' }).click();
  await expect(page.getByText('没有认出口令')).toBeVisible();
  await field.fill(`【双11】¥20 红包等你拆，复制打开 ${baseURL}/t?c=${own}`);
  await page.getByRole('button', { name: '去看看' }).click();
  await expect(page.getByRole('heading', { name: '红包已包好' })).toBeVisible();
  await takeTeamsBack(HOME, campaignId);
  await expect(page.getByRole('heading', { name: '活动已被商家收回' })).toBeVisible({ timeout: 60_000 });
});

test('In WeChat a stranger sees goods and the way to a browser and no word that asks to share; what was won is opened and used there', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const name = uniqueName('微信');
  const campaignId = await publishTeams(HOME, name, { size: 2 });
  const leader = (await phone(browser, baseURL)).context();
  const code = await openTeam(leader.request, campaignId);
  const context = await browser.newContext({ baseURL: baseURL ?? '', userAgent: WECHAT });
  const page = await context.newPage();
  for (const path of [linkOf(code), '/team', `/en${linkOf(code)}`]) {
    expect(await (await context.request.get(path)).text(), path).not.toMatch(INDUCEMENT);
  }
  for (const path of [linkOf(code), '/team', linkOf('AAAAAAAAAAAA')]) {
    await page.goto(path);
    await expect(page.getByText('点击右上角“…”在浏览器打开')).toBeVisible();
    await expect(page.getByRole('main').getByRole('listitem').first().getByRole('link')).toBeVisible();
    expect(await page.getByRole('main').innerText(), path).not.toMatch(INDUCEMENT);
  }
  await expectNoAxeFaults(page);

  await signUp(context.request);
  await joinTeam(context.request, code);
  await page.goto('/team');
  await page.getByRole('link', { name: '待拆开' }).click();
  await page.getByRole('button', { name: '拆我的红包' }).click();
  await expect(page.getByRole('heading', { name: /恭喜你，分到/ })).toBeVisible();
  await expect(page.getByRole('link', { name: '立即使用' })).toBeVisible();
  await expect(page.getByRole('link', { name: '拆一个新红包' })).toHaveCount(0);
  for (const each of [leader, context]) await each.close();
});

const WORDS = {
  zh: { tree: '', rules: '规则', invite: '邀请好友一起拆', check: '验证这次抽签', open: '拆我的红包' },
  en: { tree: '/en', rules: 'Rules', invite: 'Invite friends', check: 'Check this draw', open: 'Open mine' },
} as const;

for (const [language, scheme] of [
  ['zh', 'light'],
  ['en', 'dark'],
] as const) {
  test(`The pages of a team and their sheets have no fault that axe finds, and open by the keyboard (${language}, ${scheme})`, async ({
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const words = WORDS[language];
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const campaignId = await publishTeams(HOME, uniqueName('查'), { size: 2 });
    const [leader, friend] = [(await phone(browser, baseURL)).context(), (await phone(browser, baseURL)).context()];
    const code = await openTeam(leader.request, campaignId);
    await page.goto(words.tree + linkOf(code));
    await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible();
    await bigText(page);
    await expectNoAxeFaults(page);

    await signUp(page.request);
    const own = await openTeam(page.request, campaignId);
    await page.goto(words.tree + linkOf(own));
    const sheet = page.getByRole('dialog');
    await page.getByRole('button', { name: words.invite }).press('Enter');
    await expect(sheet.getByRole('img')).toBeVisible();
    await expectNoAxeFaults(page);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: words.rules, exact: true }).press('Enter');
    await expect(sheet.getByRole('table')).toBeVisible();
    const { campaign, hash } = await viewOf(wire, own);
    await expect(sheet).toContainText(hash);
    await expect(sheet.getByRole('row')).toHaveCount(campaign.odds.length + 1);
    await expectNoAxeFaults(page);
    await page.keyboard.press('Escape');

    await joinTeam(friend.request, own);
    await openShare(friend.request, own);
    await page.getByRole('button', { name: words.open }).press('Enter', { timeout: NEWS_MS });
    await page.getByRole('button', { name: words.check }).press('Enter');
    await expect(sheet.getByRole('table')).toBeVisible();
    await expectNoAxeFaults(page);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await bigText(page);
    await expectNoAxeFaults(page);
    await page.goto(`${words.tree}/team`);
    await expect(page.getByRole('main').getByRole('heading', { level: 2 }).nth(1)).toBeVisible();
    await expectNoAxeFaults(page);
    for (const each of [leader, friend]) await each.close();
  });
}
