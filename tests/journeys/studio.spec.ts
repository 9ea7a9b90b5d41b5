import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioBulkMessages } from '../../lib/messages/studio-bulk.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { studioCampaignsMessages } from '../../lib/messages/studio-campaigns.ts';
import { studioGraphMessages } from '../../lib/messages/studio-graph.ts';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { PHONE_AGENT } from '../support/sharing.ts';
import { staffPage, stepOf } from '../support/studio-desk.ts';

const words = studioMessages['zh-CN'];
const campaigns = studioCampaignsMessages['zh-CN'];
const campaign = studioCampaignMessages['zh-CN'];
const links = studioLinksMessages['zh-CN'];
const bulk = studioBulkMessages['zh-CN'];
const graph = studioGraphMessages['zh-CN'];
/** Visits are written within a quarter of a second, and told within seconds; a bound on a fault. */
const TOLD = { timeout: 60_000 };

test('A marketer makes a campaign and its links, sees the funnel move as a stranger opens one, and reads the spread', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const desk = await staffPage(browser, baseURL ?? '', 'marketer');
  const name = `秋日分享 ${randomUUID().replaceAll(/[\d-]/g, '').slice(0, 6)}`;
  await desk.goto('/studio');
  await desk.getByRole('button', { name: campaigns.make }).click();
  await desk.getByRole('dialog').getByRole('button', { name: campaigns.save }).click();
  await expect(desk.getByText(campaigns.nameWrong)).toHaveCount(2);
  await desk.getByLabel(campaigns.nameZh).fill(name);
  await desk.getByLabel(campaigns.nameEn).fill(name);
  await desk.getByRole('dialog').getByRole('button', { name: campaigns.save }).click();
  await expectNoAxeFaults(desk, { schemes: SCHEMES });
  await desk.getByRole('link', { name }).click();
  await expect(desk.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(stepOf(desk, words.links)).toHaveText('0');
  const address = desk.url();

  // One by hand, to a page that was found by its name.
  await desk.getByRole('tab', { name: campaign.view_links }).click();
  await desk.getByRole('button', { name: links.make }).click();
  const panel = desk.getByRole('dialog');
  await panel.getByRole('button', { name: links.making }).click();
  await expect(panel.getByText(links.pageWrong)).toBeVisible();
  await panel.getByRole('searchbox').fill(links.page_coupons);
  await panel.getByRole('button', { name: links.page_coupons }).click();
  await panel.getByLabel(links.channel).fill('wechat');
  await panel.getByLabel(links.note).fill('第一批');
  await panel.getByRole('button', { name: links.making }).click();
  await expect(panel.getByRole('img', { name: links.qrAlt })).toBeVisible();
  const url = (await panel.getByTestId('studio-link').textContent()) ?? '';
  expect(url).toMatch(/\/s\/[0-9A-Za-z]{17}$/);
  await panel.getByRole('button', { name: links.done }).click();

  // Many from a file, one row of which is wrong: nothing is made until that is decided.
  await desk.getByRole('button', { name: links.bulk }).click();
  const rows = ['landing,channel,note', '/,weibo,海报', 'https://elsewhere.example/,qq,不对', '/team,sms,短信'];
  const file = { name: 'links.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) };
  await panel.locator('input[type=file]').setInputFiles(file);
  await expect(panel.getByText(bulk.good('2'))).toBeVisible();
  await expect(panel.getByRole('row').filter({ hasText: bulk.fault_not_our_page })).toContainText('3');
  await expectNoAxeFaults(desk, { schemes: SCHEMES });
  await panel.getByRole('button', { name: bulk.skip('2') }).click();
  await expect(panel.getByText(bulk.made('2'))).toBeVisible();
  const [saved] = await Promise.all([
    desk.waitForEvent('download'),
    panel.getByRole('button', { name: bulk.download }).click(),
  ]);
  expect(readFileSync(await saved.path(), 'utf8').match(/\/s\/[0-9A-Za-z]{17}/g)).toHaveLength(2);
  await panel.getByRole('button', { name: bulk.done }).click();
  await expect(desk.getByRole('table', { name: links.list }).getByRole('row')).toHaveCount(4);
  await expectNoAxeFaults(desk, { schemes: SCHEMES });

  // An operator looks on, and makes nothing; a stranger opens the link.
  const watcher = await staffPage(browser, baseURL ?? '', 'operator');
  await watcher.goto(address);
  await expect(stepOf(watcher, words.links)).toHaveText('3');
  await expect(stepOf(watcher, words.opens)).toHaveText('0');
  await expect(watcher.getByText(campaign.live, { exact: true })).toBeVisible(TOLD);
  const strangers = await browser.newContext({ baseURL, userAgent: PHONE_AGENT });
  const stranger = await strangers.newPage();
  await stranger.goto(url);
  await stranger.waitForURL(/\/coupons\?by=/);
  await expect(stepOf(watcher, words.opens)).toHaveText('1', TOLD);
  await expectNoAxeFaults(watcher, { schemes: SCHEMES });
  await watcher.getByRole('tab', { name: campaign.view_links }).click();
  await expect(watcher.getByRole('table', { name: links.list })).toBeVisible();
  await expect(watcher.getByRole('button', { name: links.make })).toHaveCount(0);

  // The picture, or the sentence where there is no WebGL; the table beside it either way.
  await desk.getByRole('tab', { name: campaign.view_graph }).click();
  await expect(desk.getByText(graph.count('3', '1'))).toBeVisible();
  const picture = desk.locator('[data-state="drawn"]').or(desk.getByText(graph.noPicture));
  await expect(picture).toBeVisible(TOLD);
  const table = desk.getByRole('table', { name: graph.roots });
  await expect(table.getByRole('row')).toHaveCount(4);
  await table.getByRole('button').first().click();
  await expect(desk.getByRole('region', { name: graph.chosen })).toContainText(graph.branch);
  await expect(desk.getByText(graph.noBelow)).toBeVisible();
  await expectNoAxeFaults(desk, { schemes: SCHEMES });
  await desk.getByRole('navigation', { name: graph.path }).getByRole('button', { name: graph.top }).click();
  await expect(table).toBeVisible();

  // What was made can be taken away, and stopped.
  await desk.getByRole('tab', { name: campaign.view_funnel }).click();
  const [exported] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('button', { name: `${campaign.what_links} CSV` }).click(),
  ]);
  const text = readFileSync(await exported.path(), 'utf8');
  expect(text).toContain(url.slice(-17));
  expect(text).not.toMatch(/1[3-9]\d{9}/);
  await desk.getByRole('tab', { name: campaign.view_links }).click();
  await desk.getByRole('button', { name: links.stopOf('/coupons') }).click();
  await panel.getByRole('button', { name: links.stop, exact: true }).click();
  await expect(desk.getByRole('row').filter({ hasText: '/coupons' })).toContainText(links.state_stopped);
  for (const { page } of [{ page: desk }, { page: watcher }, { page: stranger }]) await page.context().close();
});
