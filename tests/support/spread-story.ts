import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { borrowDatabase } from '../../server/start/database.ts';
import { command } from './phone.ts';

/* What the journeys of sharing have in common. */

/** Something ordinary that can be bought at any time. */
export function ordinarySku(home: string): { id: string; handle: string; title: string } {
  const { products } = JSON.parse(readFileSync(join(home, 'catalogue.json'), 'utf8')) as Catalogue;
  for (const { handle, title, skus } of products) {
    const sku = skus.find(({ offers, limitPerPerson }) => offers.length === 0 && limitPerPerson === null);
    if (sku) return { id: sku.id, handle, title: title.zh };
  }
  throw new Error('The demo has nothing ordinary');
}

/** The demo’s marketer, signed in with both factors. */
export async function signInMarketer(wire: APIRequestContext, home: string): Promise<void> {
  type Login = { role: string; email: string; password: string };
  const logins = JSON.parse(readFileSync(join(home, 'demo-logins.json'), 'utf8')) as Login[];
  const { email, password } = logins.find(({ role }) => role === 'marketer') as Login;
  const { sandboxCode } = await command<{ sandboxCode: string }>(wire, 'identity.staffSignIn', { email, password });
  await command(wire, 'identity.staffVerify', { code: sandboxCode });
}

/** Shares the page that is open, and reads the link. */
export async function shareHere(page: Page): Promise<string> {
  await page.getByRole('button', { name: '分享', exact: true }).click();
  const link = page.getByTestId('share-link');
  await expect(link).toContainText('/s/', { timeout: 60_000 });
  return (await link.textContent()) ?? '';
}

/** Looks at the page until it has told that somebody does: what listens for the first touch comes when it has loaded. */
export async function touchHere(page: Page): Promise<void> {
  let isTold = false;
  page.on('response', (response) => {
    if (response.url().endsWith('/api/share.touch')) isTold = true;
  });
  const lookOn = async () => {
    await page.mouse.wheel(0, 200);
    await page.mouse.click(195, 300);
    return isTold;
  };
  await expect.poll(lookOn, { timeout: 60_000 }).toBe(true);
}

/** Lets a day go by for a campaign of the running server: all that has happened in it is as if it were of yesterday. */
export async function dayLater(home: string, campaignId: string): Promise<void> {
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 1 });
  await db.transaction(async (tx) => {
    const ofCampaign = 'link_id in (select id from share_link where campaign_id = $1)';
    const day = `interval '1 day'`;
    await tx.query(
      `update share_visit set at = at - ${day}, touched_at = touched_at - ${day}, hour = hour - 24 where ${ofCampaign}`,
      [campaignId],
    );
    await tx.query(`update share_link set made_at = made_at - ${day} where campaign_id = $1`, [campaignId]);
    await tx.query(
      `update share_credit set clicked_at = clicked_at - ${day}, bound_at = bound_at - ${day} where campaign_id = $1`,
      [campaignId],
    );
  });
  await db.close();
  await database.stop();
}
