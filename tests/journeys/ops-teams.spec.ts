import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { HOUR_MS } from '../../lib/domain/time.ts';
import { toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsRaiseMessages } from '../../lib/messages/ops-raise.ts';
import { opsRaisePanelMessages } from '../../lib/messages/ops-raise-panel.ts';
import { opsTeamsMessages } from '../../lib/messages/ops-teams.ts';
import { expectNoAxeFaults } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { pauseCampaign, publishTeams } from '../support/team-doors.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

/** A page on which an operator of his own has signed in, in this language. */
async function operatorPage(browser: Browser, baseURL: string, isEnglish: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await openOperatorDoor(context.request, HOME, baseURL);
  const page = await context.newPage();
  await page.goto('/ops/teams');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  if (isEnglish) await page.getByRole('button', { name: 'English' }).click();
  return page;
}

for (const locale of ['zh-CN', 'en-US'] as const) {
  const words = opsTeamsMessages[locale];
  const common = opsCampaignsMessages[locale];
  const isEnglish = locale === 'en-US';
  const [raising, asking] = [opsRaiseMessages[locale], opsRaisePanelMessages[locale]];

  test(`An operator makes a team campaign, is told what the law has against it, publishes it with a second person, and takes it back (${locale})`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const desk = await operatorPage(browser, baseURL ?? '', isEnglish);
    const name = isEnglish ? `Share with friends ${randomUUID().slice(0, 6)}` : `一起分 ${randomUUID().slice(0, 6)}`;
    await desk.getByRole('button', { name: words.make }).click();
    const panel = desk.getByRole('dialog');
    await panel.getByRole('button', { name: common.publish }).click();
    await expect(panel.getByText(common.nameWrong)).toHaveCount(2);
    await expect(panel.getByText(words.budgetWrong)).toBeVisible();

    // It says more than it gives, and with a superlative.
    await panel.getByLabel(common.nameZh).fill('全网最低的3人组队红包');
    await panel.getByLabel(common.nameEn).fill('Share ¥200');
    await panel.getByLabel(words.pot).fill('50');
    await panel.getByLabel(words.startsAt).fill(toBeijingInput(Date.now() - HOUR_MS));
    await panel.getByLabel(words.budgetYuan).fill('20,020');
    await expect(panel).toContainText(words.sayPot('50', 4, '2.50', '42.50'));
    await expect(panel).toContainText(words.worst('400', '20,000'));
    await expect(panel).toContainText(words.budgetSpare('20'));
    await panel.getByRole('button', { name: common.publish }).click();
    const alert = panel.getByRole('alert').filter({ hasText: common.unlawful });
    await expect(alert).toContainText(isEnglish ? 'Advertising Law, art. 9' : '广告法第九条');
    await expect(alert).toContainText(isEnglish ? '(Order 56), art. 19' : '明码标价和禁止价格欺诈规定第十九条');
    await expect(alert).toContainText(isEnglish ? '(Order 32), art. 20' : '规范促销行为暂行规定第二十条');
    await expectNoAxeFaults(desk);

    await panel.getByLabel(common.nameZh).fill(name);
    await panel.getByLabel(common.nameEn).fill(name);
    await panel.getByRole('button', { name: common.publish }).click();
    const row = desk.getByRole('listitem').filter({ hasText: name });
    await expect(row).toContainText(words.waitingText);
    await expect(row.getByRole('button', { name: common.approve })).toHaveCount(0);
    await expectNoAxeFaults(desk);

    const second = await operatorPage(browser, baseURL ?? '', isEnglish);
    const seen = second.getByRole('listitem').filter({ hasText: name });
    await seen.getByRole('button', { name: common.approve }).click();
    await expect(seen).toContainText(words.state_running);
    await seen.getByRole('button', { name: words.rulesOf(name) }).click();
    const rules = second.getByRole('dialog');
    await expect(rules).toContainText('42.50');
    await expect(rules).toContainText(/[0-9a-f]{64}/);
    await expectNoAxeFaults(second);
    await second.keyboard.press('Escape');

    await seen.getByRole('button', { name: raising.raise }).click();
    await second.getByRole('dialog').getByLabel(asking.addYuan).fill('500');
    await expect(second.getByRole('dialog')).toContainText(asking.raiseNow('20,520'));
    await second.getByRole('button', { name: asking.ask }).click();
    await expect(seen).toContainText(raising.raiseNeeds);
    await expect(seen.getByRole('button', { name: raising.approveRaise })).toHaveCount(0);
    await desk.reload();
    await row.getByRole('button', { name: raising.approveRaise }).click();
    await expect(row).toContainText(`${common.budget}¥20,520`);
    await second.reload();

    await seen.getByRole('button', { name: common.stop }).click();
    const stop = second.getByRole('dialog');
    await stop.getByLabel(words.withdrawHeld).check();
    await stop.getByRole('button', { name: common.stopNow }).click();
    await expect(stop.getByText(common.reasonWrong)).toBeVisible();
    await stop.getByLabel(common.reason).fill(isEnglish ? 'The pot was wrong' : '金额设错了');
    await stop.getByRole('button', { name: common.stopNow }).click();
    await expect(seen).toContainText(words.withdrawn);
    await desk.context().close();
    await second.context().close();
  });

  test(`A draft is kept with what the law has against it, mended, and thrown away (${locale})`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const desk = await operatorPage(browser, baseURL ?? '', isEnglish);
    const name = `${isEnglish ? 'Draft' : '草稿'} ${randomUUID().slice(0, 6)}`;
    await desk.getByRole('button', { name: words.make }).click();
    const panel = desk.getByRole('dialog');
    await panel.getByLabel(common.nameZh).fill(`${name} 现金大奖`);
    await panel.getByLabel(common.nameEn).fill(`${name} A cash prize`);
    await panel.getByLabel(words.budgetYuan).fill('200');
    await panel.getByRole('button', { name: common.save }).click();
    const row = desk.getByRole('listitem').filter({ hasText: name });
    await expect(row).toContainText(isEnglish ? '(Order 32), art. 5' : '规范促销行为暂行规定第五条');
    await expect(row.getByRole('button', { name: common.publish })).toHaveCount(0);

    await row.getByRole('button', { name: common.edit }).click();
    await panel.getByLabel(common.nameZh).fill(name);
    await panel.getByLabel(common.nameEn).fill(name);
    await panel.getByRole('button', { name: common.save }).click();
    await expect(row.getByRole('button', { name: common.publish })).toBeVisible();
    await row.getByRole('button', { name: words.discard }).click();
    await panel.getByLabel(common.reason).fill('-');
    await panel.getByRole('button', { name: words.discard }).click();
    await expect(row).toHaveCount(0);
    await desk.context().close();
  });
}

test('A campaign that has stopped by itself says why, and goes on when an operator has given a reason', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const [words, common] = [opsTeamsMessages['zh-CN'], opsCampaignsMessages['zh-CN']];
  const name = `停一停 ${randomUUID().slice(0, 6)}`;
  await pauseCampaign(HOME, await publishTeams(HOME, name));
  const desk = await operatorPage(browser, baseURL ?? '', false);
  const row = desk.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('10 分钟里发出 ¥26,000，超过计划的 ¥25,000');
  await expect(row).toContainText(words.state_paused);
  await expectNoAxeFaults(desk);
  await row.getByRole('button', { name: common.lift }).click();
  const panel = desk.getByRole('dialog');
  await panel.getByRole('button', { name: common.lift }).click();
  await expect(panel.getByText(common.reasonWrong)).toBeVisible();
  await panel.getByLabel(common.liftReason).fill('核对过，没有设错');
  await expectNoAxeFaults(desk);
  await panel.getByRole('button', { name: common.lift }).click();
  await expect(row).toContainText(words.state_running);
  await desk.context().close();
});
