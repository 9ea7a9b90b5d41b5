import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { APPLE_MARK, BADGE_MARK, MARK, MASKABLE_MARK } from './mark.ts';

/** Every icon the manifest, the head of a page and a notification name, with its side in pixels. */
const ICONS = [
  ['icon-192.png', MARK, 192],
  ['icon-512.png', MARK, 512],
  ['maskable-192.png', MASKABLE_MARK, 192],
  ['maskable-512.png', MASKABLE_MARK, 512],
  ['apple-touch-icon.png', APPLE_MARK, 180],
  ['badge-72.png', BADGE_MARK, 72],
] as const;

/**
 * Draws the icons of `public/` from the mark. They are committed, because they change with the mark and with nothing
 * else; run `npm run icons` after changing it.
 */
export async function drawIcons(publicDir: string): Promise<void> {
  await mkdir(join(publicDir, 'icons'), { recursive: true });
  for (const [name, svg, side] of ICONS) {
    // Twice the size first: curves of the mark are otherwise jagged at 72 pixels.
    const large = await sharp(Buffer.from(svg), { density: (72 * side * 2) / 512 })
      .resize(side * 2, side * 2)
      .png()
      .toBuffer();
    const image = sharp(large).resize(side, side, { kernel: 'lanczos3' });
    await writeFile(join(publicDir, 'icons', name), await image.png({ compressionLevel: 9, effort: 10 }).toBuffer());
  }
  await writeFile(join(publicDir, 'favicon.svg'), `${MARK.replace(/\n\s*/g, '')}\n`);
}

if (import.meta.main) await drawIcons(join(import.meta.dirname, '../../../public'));
