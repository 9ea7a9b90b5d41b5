import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import jsQR from 'jsqr';
import sharp from 'sharp';

// The package is of the time before modules: Node gives the whole of it, its types the function.
const read = ((jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR) as typeof jsQR;

/** What the QR code in a picture says; null where no reader finds one. `width`: as a chat app shows it small, pixels. */
export async function codeInPicture(picture: Buffer, width?: number): Promise<string | null> {
  const sized = width === undefined ? sharp(picture) : sharp(picture).resize(width);
  const { data, info } = await sized.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return read(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}

/** Saves the poster that is open, as a person does who taps the button. */
export async function savePoster(page: Page): Promise<Buffer> {
  const button = page.getByRole('link', { name: '保存图片' });
  await expect(button).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFile(await download.path());
}
