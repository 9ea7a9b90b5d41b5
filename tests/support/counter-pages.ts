import { writeFile } from 'node:fs/promises';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { findChromium, LEAN } from '../../bin/chromium.mjs';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { type Login, signInClerk } from './counter-doors.ts';

/* The pages of a counter as a clerk uses them, in Chinese. */

export const COUNTER_PATIENCE_MS = 30_000;
const frame = counterMessages['zh-CN'];
const lists = counterListsMessages['zh-CN'];

/** The counter of a clerk who is signed in already, in a browser of his own. */
export async function counterPage(
  browser: Browser,
  baseURL: string,
  clerk: Pick<Login, 'email' | 'password'>,
): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  await signInClerk(context.request, clerk);
  const page = await context.newPage();
  await page.goto('/counter');
  await expect(page.getByRole('navigation', { name: frame.nav })).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  return page;
}

/** To another place of the counter. */
export const goTo = (page: Page, place: string): Promise<void> =>
  page.getByRole('navigation', { name: frame.nav }).getByRole('button', { name: place }).click();

/** The large word of what lies on the counter. */
export const counterSays = (page: Page, word: string): Promise<void> =>
  expect(page.getByRole('heading', { level: 2, name: word, exact: true })).toBeVisible({
    timeout: COUNTER_PATIENCE_MS,
  });

/** Puts orders aside, one after the other, on the page of what is to be prepared. */
export async function putAsideHere(page: Page, orderIds: readonly string[]): Promise<void> {
  await goTo(page, frame.preparing);
  for (const orderId of orderIds) {
    const row = page.getByRole('listitem').filter({ hasText: orderId });
    await row.getByRole('button', { name: lists.markReady }).click();
    await expect(row).toHaveCount(0, { timeout: COUNTER_PATIENCE_MS });
  }
}

/** A browser whose camera shows the film in `file`; what is written there before the camera is opened is seen. */
export function browserWithCamera(file: string): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: [
      '--no-sandbox',
      LEAN,
      '--disable-gpu',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
  });
}

/** Holds a phone's screen before the camera: the whole of it, upright on a table, as small as that makes it. */
export async function filmPhone(file: string, screen: Buffer): Promise<void> {
  const phone = await sharp(screen).resize({ height: 680 }).toBuffer();
  const table = { width: 1280, height: 720, channels: 3, background: '#776655' } as const;
  const picture = await sharp({ create: table })
    .composite([{ input: phone }])
    .jpeg({ quality: 80 })
    .toBuffer();
  await writeFile(file, Buffer.concat([picture, picture, picture]));
}
