import { type Browser, expect, type Page } from '@playwright/test';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { studioGraphMessages } from '../../lib/messages/studio-graph.ts';
import { signInStaff } from './operator.ts';

/* The studio's pages as a Chinese marketer reads them. */

const words = studioMessages['zh-CN'];
const campaign = studioCampaignMessages['zh-CN'];
const graph = studioGraphMessages['zh-CN'];
/** A notice within a second or two, a spread that is read again within some more; a bound on a fault. */
const TOLD = { timeout: 60_000 };

/** A page on which somebody of the staff has signed in with both factors. */
export async function staffPage(browser: Browser, baseURL: string, role: 'marketer' | 'operator'): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await signInStaff(context.request, role);
  return context.newPage();
}

/** The number of a step of the funnel as it stands on the page. */
export const stepOf = (page: Page, name: string) =>
  page
    .getByRole('list', { name: campaign.funnel })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: words.countedOf(name), exact: true }) })
    .locator('.figures');

/** An amount of money as it stands on the page. */
const amountOf = (page: Page, name: string) =>
  page
    .locator('dl')
    .filter({ has: page.getByRole('button', { name: words.countedOf(words.gmv), exact: true }) })
    .locator('div')
    .filter({ has: page.getByRole('button', { name: words.countedOf(name), exact: true }) })
    .locator('dd.figures');

type Step = 'links' | 'opens' | 'visitors' | 'touched' | 'joined' | 'orders';

/** A second browser in which an operator looks on, from now on without touching it: the funnel, and the picture. */
export async function watchStudio(browser: Browser, baseURL: string, campaignId: string) {
  const funnel = await staffPage(browser, baseURL, 'operator');
  const spread = await funnel.context().newPage();
  for (const [page, view] of [
    [funnel, 'funnel'],
    [spread, 'graph'],
  ] as const) {
    await page.goto(`/studio/campaign?id=${campaignId}&view=${view}`);
    await expect(page.getByText(campaign.live, { exact: true })).toBeVisible(TOLD);
  }
  const picture = spread.locator('[data-nodes]');
  const hasPicture = await Promise.race([
    picture.waitFor().then(() => true),
    spread
      .getByText(graph.noPicture)
      .waitFor()
      .then(() => false),
  ]);
  // What a page has asked for by itself is gone when it is opened again: these are the pages of the beginning.
  for (const page of [funnel, spread]) await page.evaluate(() => Object.assign(window, { isFirst: true }));
  return {
    spread,
    async sees(steps: Partial<Record<Step, number>>): Promise<void> {
      for (const [step, count] of Object.entries(steps)) {
        await expect(stepOf(funnel, words[step as Step]), step).toHaveText(String(count), TOLD);
      }
    },
    async seesMoney(name: 'gmv' | 'refunded', text: string): Promise<void> {
      await expect(amountOf(funnel, words[name])).toHaveText(text, TOLD);
    },
    async seesLinks(links: number, generations: number): Promise<void> {
      await expect(spread.getByText(graph.count(String(links), String(generations)))).toBeVisible(TOLD);
      if (hasPicture) await expect(picture).toHaveAttribute('data-nodes', String(links), TOLD);
    },
    async close(): Promise<void> {
      for (const page of [funnel, spread]) expect(await page.evaluate(() => 'isFirst' in window)).toBe(true);
      await funnel.context().close();
    },
  };
}
