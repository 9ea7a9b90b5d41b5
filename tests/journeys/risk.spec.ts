import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import type { RequestNamed } from '../../lib/contracts/named.ts';
import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { riskDecisionsMessages } from '../../lib/messages/risk-decisions.ts';
import { riskSheetsMessages } from '../../lib/messages/risk-sheets.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { type OperatorDoor, openOperatorDoor } from '../support/operator-door.ts';
import { signUp } from '../support/screen-scenes.ts';
import { joinTeam, openTeam, publishTeams } from '../support/team-doors.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
const NEWS_MS = 40_000;
const desk = opsRiskMessages['zh-CN'];
const words = riskDecisionsMessages['zh-CN'];
const sheets = riskSheetsMessages['zh-CN'];

type Counter = { readonly page: Page; readonly door: OperatorDoor };

/** An operator of one's own with a screen. */
async function counter(browser: Browser, baseURL: string): Promise<Counter> {
  const context = await browser.newContext({ baseURL });
  const door = await openOperatorDoor(context.request, HOME, baseURL);
  return { page: await context.newPage(), door };
}

async function phone(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await signUp(context.request);
  return context.newPage();
}

/** A packet that is shared out; its leader looks at his closed share. */
async function sharedOut(browser: Browser, baseURL: string, name: string): Promise<Page> {
  const campaignId = await publishTeams(HOME, name);
  const leader = await phone(browser, baseURL);
  const code = await openTeam(leader.request, campaignId);
  const others: APIRequestContext[] = [];
  for (let count = 0; count < 3; count += 1) {
    const friend = await phone(browser, baseURL);
    others.push(friend.request);
    await joinTeam(friend.request, code);
  }
  await leader.goto(`/t?c=${code}`);
  await leader.getByRole('button', { name: '拆我的红包' }).click();
  await expect(leader.getByText(/^奖励审核中，最迟.*\d\d:\d\d ?到账/)).toBeVisible({ timeout: NEWS_MS });
  return leader;
}

const own = (page: Page, name: string) => page.getByRole('article').filter({ hasText: name });

/** Opens what waits about this campaign on the counter, chooses, and says why. */
async function decide(page: Page, row: string, act: string, choice: string, said: string): Promise<void> {
  await page.goto('/ops/risk');
  await page.getByRole('listitem').filter({ hasText: row }).first().getByRole('button', { name: act }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('radio', { name: choice }).check();
  await panel.getByLabel(desk.words).fill(said);
  await panel.getByRole('button', { name: desk.confirm }).click();
  await expect(panel).toBeHidden({ timeout: NEWS_MS });
}

test('a phone that joins signs with a key of its own and has done its work, and the join is taken', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const campaignId = await publishTeams(HOME, `同行 ${randomUUID().slice(0, 6)}`);
  const leader = await phone(browser, baseURL ?? '');
  const friend = await phone(browser, baseURL ?? '');
  const code = await openTeam(leader.request, campaignId);
  // Over HTTP what goes up can be read.
  await friend.routeWebSocket(/socket\.io/, (socket) => socket.close());
  await friend.goto(`/t?c=${code}`);
  const sent = friend.waitForRequest(/api\/team\.join$/, { timeout: 90_000 });
  await friend.getByRole('button', { name: '加入，一起分 ¥20' }).click();
  const { key, device, work } = (await sent).postDataJSON() as RequestNamed<'team.join'>;
  expect(device?.id).toMatch(/^[\w-]{43}$/);
  expect(device?.signature).toMatch(/^[\w-]{86}$/);
  expect(JSON.parse(atob(work ?? ''))).toMatchObject({ challenge: { parameters: { data: { command: 'team.join' } } } });
  expect(key).toBeTruthy();
  await expect(friend.getByRole('heading', { name: '你已在队里' })).toBeVisible({ timeout: NEWS_MS });
  for (const page of [leader, friend]) await page.context().close();
});

test.describe('While the gate is closed', () => {
  let first: Counter;
  let second: Counter;

  test.beforeAll(async ({ browser, baseURL }) => {
    first = await counter(browser, baseURL ?? '');
    second = await counter(browser, baseURL ?? '');
    await first.page.goto('/ops/risk');
    await first.page.getByRole('button', { name: desk.close }).click();
    const panel = first.page.getByRole('dialog');
    await panel.getByLabel(desk.reason).fill('journey: everything is looked at');
    await panel.getByRole('button', { name: desk.confirm }).click();
    await expect(first.page.getByRole('heading', { name: desk.gateClosed })).toBeVisible({ timeout: NEWS_MS });
  });

  test.afterAll(async () => {
    // Two operators agree, and the shop goes on for whoever comes next.
    await first.door.ask('ops.liftRiskGate', { reason: 'journey is over' });
    await second.door.ask('ops.liftRiskGate', { reason: 'journey is over' });
    for (const { page } of [first, second]) await page.context().close();
  });

  test('a share is held with its moment told, an operator frees it, and it can be used', async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const name = `待审 ${randomUUID().slice(0, 6)}`;
    const leader = await sharedOut(browser, baseURL ?? '', name);
    await expectNoAxeFaults(leader);
    await leader.getByRole('link', { name: '看原因' }).click();
    await leader.waitForURL(/\/decisions$/);
    await expect(own(leader, name).getByText(words.held, { exact: true })).toBeVisible();
    await expect(own(leader, name)).toContainText(words.because_gate);
    await expectNoAxeFaults(leader, { schemes: SCHEMES });
    await leader.goto('/wallet');
    const ticket = leader.getByRole('listitem').filter({ hasText: name });
    await expect(ticket).toContainText(/奖励审核中，最迟.*到账/);

    await decide(first.page, name, desk.decide, desk.free, '看过了，没有问题');
    await leader.goto('/wallet');
    await expect(ticket.getByRole('link', { name: '去使用' })).toBeVisible({ timeout: NEWS_MS });
    await leader.goto('/decisions');
    await expect(own(leader, name).getByText(words.freed, { exact: true })).toBeVisible();
    await expect(own(leader, name)).toContainText('看过了，没有问题');
    await leader.context().close();
  });

  test('a share that was refused is appealed once, and the answer is read where the refusal was', async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const name = `申诉 ${randomUUID().slice(0, 6)}`;
    const leader = await sharedOut(browser, baseURL ?? '', name);
    await decide(first.page, name, desk.decide, desk.refuse, '同一台设备上的人太多');
    await leader.goto('/decisions');
    const card = own(leader, name);
    await expect(card).toContainText('同一台设备上的人太多');
    await card.getByRole('button', { name: words.appeal }).click();
    const sheet = leader.getByRole('dialog', { name: sheets.appealTitle });
    await expectNoAxeFaults(leader);
    await sheet.getByRole('button', { name: sheets.sendAppeal }).click();
    await expect(sheet.getByText(sheets.appealMissing)).toBeVisible();
    await sheet.getByLabel(sheets.appealLabel).fill('一家四口合用一部手机');
    await sheet.getByRole('button', { name: sheets.sendAppeal }).click();
    await expect(card).toContainText(words.waiting);
    await expect(card.getByRole('button', { name: words.appeal })).toHaveCount(0);

    await first.page.goto('/ops/risk');
    await expect(first.page.getByText('一家四口合用一部手机')).toBeVisible();
    await expectNoAxeFaults(first.page, { schemes: SCHEMES });
    await decide(first.page, '一家四口合用一部手机', desk.answer, desk.uphold, '合用手机没有问题，奖励还给你');
    await leader.goto('/decisions');
    await expect(card).toContainText(words.upheld);
    await expect(card).toContainText('合用手机没有问题，奖励还给你');
    await leader.context().close();
  });
});
