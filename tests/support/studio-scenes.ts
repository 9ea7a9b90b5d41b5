import type { Page } from '@playwright/test';
import type { Locale } from '../../lib/messages/define.ts';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { borrowDatabase } from '../../server/start/database.ts';
import { growCampaign } from './grown-campaign.ts';
import type { Room, Scene } from './screen-scenes.ts';

/* The marketers' studio as npm run screens sees it: two campaigns that have spread for a week. */

const CAMPAIGNS = [
  { id: 'scene-autumn', zh: '秋季上新', en: 'Autumn arrivals', size: 1_200, seed: 3 },
  { id: 'scene-eleven', zh: '双11预热', en: 'Before the 11th', size: 300, seed: 9 },
] as const;
const PATIENCE_MS = 60_000;

/** Grown once, whoever asks first. */
async function grown({ home }: Room): Promise<void> {
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 2 });
  for (const campaign of CAMPAIGNS) {
    const known = await db.query('select 1 from share_campaign where id = $1', [campaign.id]);
    if (known.length === 0) await growCampaign(db, campaign);
  }
  await db.close();
  await database.stop();
}

const scene = (name: string, path: string, act?: Scene['act']): Scene => ({
  name,
  who: 'marketer',
  async arrange(room) {
    await grown(room);
    return path;
  },
  ...(act ? { act } : {}),
});

const campaignPath = (view: string) => `/studio/campaign?id=${CAMPAIGNS[0].id}&view=${view}`;

async function makeLink(page: Page, locale: Locale): Promise<void> {
  await page.getByRole('button', { name: studioLinksMessages[locale].make }).click({ timeout: PATIENCE_MS });
  await page.getByRole('searchbox').waitFor();
}

export const studioScenes: readonly Scene[] = [
  scene('studio-campaigns', '/studio'),
  scene('studio-overview', campaignPath('funnel')),
  scene('studio-links', campaignPath('links'), async (page) => {
    await page.locator('main .skeleton').first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  }),
  scene('studio-make-link', campaignPath('links'), makeLink),
  scene('studio-graph', campaignPath('graph'), async (page) => {
    await page.locator('[data-state="drawn"], [role="alert"]').first().waitFor({ timeout: PATIENCE_MS });
  }),
  scene('studio-compare', `/studio/compare?left=${CAMPAIGNS[0].id}&right=${CAMPAIGNS[1].id}`, async (page) => {
    await page.getByRole('table').first().waitFor({ timeout: PATIENCE_MS });
  }),
  scene('studio-tokens', '/studio/tokens'),
  scene('studio-domains', '/studio/domains'),
];
