import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { HOUR_MS } from '../../lib/domain/time.ts';
import { toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsPacketsMessages } from '../../lib/messages/ops-packets.ts';
import { opsRaiseMessages } from '../../lib/messages/ops-raise.ts';
import { opsRaisePanelMessages } from '../../lib/messages/ops-raise-panel.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

/** A page on which an operator of his own has signed in, in this language. */
async function operatorPage(browser: Browser, baseURL: string, isEnglish: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await openOperatorDoor(context.request, HOME, baseURL);
  const page = await context.newPage();
  await page.goto('/ops/packets');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  if (isEnglish) await page.getByRole('button', { name: 'English' }).click();
  return page;
}

type Locale = keyof typeof opsPacketsMessages;

/** Writes a campaign that promises more than it gives, with a superlative, and reads what the law has against it. */
async function tryUnlawful(desk: Page, locale: Locale): Promise<void> {
  const [words, common] = [opsPacketsMessages[locale], opsCampaignsMessages[locale]];
  await desk.getByRole('button', { name: words.make }).click();
  const panel = desk.getByRole('dialog');
  await panel.getByRole('button', { name: common.publish }).click();
  await expect(panel.getByText(common.nameWrong)).toHaveCount(2);
  await expect(panel.getByText(words.budgetWrong)).toBeVisible();
  await panel.getByLabel(common.nameZh).fill('全网最大的 ¥200 红包');
  await panel.getByLabel(common.nameEn).fill('Grows to ¥200');
  await panel.getByLabel(words.startsAt).fill(toBeijingInput(Date.now() - HOUR_MS));
  await panel.getByLabel(words.budgetYuan).fill('20,005');
  await expect(panel).toContainText(words.sayFirst('5', '0.50', '10', 10));
  await expect(panel).toContainText(words.sayGuest('2.50', '0.25', '5'));
  await expect(panel).toContainText(words.worst('2,000', '20,000'));
  await expect(panel).toContainText(words.budgetSpare('5'));
  await panel.getByRole('button', { name: common.publish }).click();
  const alert = panel.getByRole('alert').filter({ hasText: common.unlawful });
  await expect(alert).toContainText(locale === 'en-US' ? 'Advertising Law, art. 9' : '广告法第九条');
  await expect(alert).toContainText(locale === 'en-US' ? '(Order 56), art. 19' : '明码标价和禁止价格欺诈规定第十九条');
  await expectNoAxeFaults(desk);
}

test('What the law has against a packet campaign is read in English, too', async ({ browser, baseURL }) => {
  const desk = await operatorPage(browser, baseURL ?? '', true);
  await tryUnlawful(desk, 'en-US');
  await desk.context().close();
});

test('An operator makes a packet campaign, is told what the law has against it, publishes it with a second person, raises its budget, and takes it back', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const [words, common] = [opsPacketsMessages['zh-CN'], opsCampaignsMessages['zh-CN']];
  const name = `一起长大 ${randomUUID().replaceAll(/[\d-]/g, '').slice(0, 6)}`;
  const desk = await operatorPage(browser, baseURL ?? '', false);
  await tryUnlawful(desk, 'zh-CN');
  const panel = desk.getByRole('dialog');
  await panel.getByLabel(common.nameZh).fill(name);
  await panel.getByLabel(common.nameEn).fill(name);
  await panel.getByRole('button', { name: common.publish }).click();
  const row = desk.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText(words.waitingText);
  await expect(row.getByRole('button', { name: common.approve })).toHaveCount(0);

  const second = await operatorPage(browser, baseURL ?? '', false);
  const seen = second.getByRole('listitem').filter({ hasText: name });
  await seen.getByRole('button', { name: common.approve }).click();
  await expect(seen).toContainText(words.state_running);
  await seen.getByRole('button', { name: words.rulesOf(name) }).click();
  await expect(second.getByRole('dialog')).toContainText(/[0-9a-f]{64}/);
  await expectNoAxeFaults(second);
  await second.keyboard.press('Escape');

  const [raising, asking] = [opsRaiseMessages['zh-CN'], opsRaisePanelMessages['zh-CN']];
  await seen.getByRole('button', { name: raising.raise }).click();
  const raise = second.getByRole('dialog');
  await raise.getByRole('button', { name: asking.ask }).click();
  await expect(raise.getByText(asking.raiseWrong)).toBeVisible();
  await raise.getByLabel(asking.addYuan).fill('1,000');
  await expect(raise).toContainText(asking.raiseNow('21,005'));
  await raise.getByRole('button', { name: asking.ask }).click();
  await expect(seen).toContainText(raising.raiseNeeds);
  await desk.reload();
  await row.getByRole('button', { name: raising.approveRaise }).click();
  await expect(row).toContainText('预算¥21,005');
  await expectNoAxeFaults(desk);

  await row.getByRole('button', { name: common.stop }).click();
  await panel.getByLabel(words.withdrawHeld).check();
  await panel.getByRole('button', { name: common.stopNow }).click();
  await expect(panel.getByText(common.reasonWrong)).toBeVisible();
  await panel.getByLabel(common.reason).fill('金额设错了');
  await panel.getByRole('button', { name: common.stopNow }).click();
  await expect(row).toContainText(words.withdrawn);
  for (const each of [desk, second]) await each.context().close();
});
