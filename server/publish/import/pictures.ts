import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { AssembledProduct } from './assemble.ts';
import type { Note } from './problem.ts';
import { shown } from './problem.ts';

/** Formats that a photograph comes in; a drawing (SVG) may name other files and is not taken. */
const EXTENSION: Readonly<Record<string, string>> = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif', heif: 'avif' };
const PIXELS_MAX = 60_000_000;
const BYTES_MAX = 40_000_000;

export type PictureFolder = {
  /** The product's pictures that are in the folder; null when there are none: what the shop has stays. */
  choose(product: AssembledProduct, notes: Note[]): Promise<readonly { readonly file: string }[] | null>;
  /** Copies what was chosen to where the publish finds it. */
  keep(): Promise<void>;
};

/**
 * Pictures of a local folder, found by name (upper and lower case alike). They are kept in `keepDir` under a name made
 * of their content, so that two merchants' `1.jpg` do not meet and a later import does not change what is published.
 */
export async function openPictureFolder(folder: string, keepDir: string): Promise<PictureFolder> {
  const entries = await readdir(folder, { withFileTypes: true });
  // Plain files only: a link could lead out of the folder.
  const names = new Map(
    entries.filter((entry) => entry.isFile()).map(({ name }) => [name.normalize('NFC').toLowerCase(), name]),
  );
  const known = new Map<string, Promise<{ file: string } | { reason: string }>>();
  const chosen = new Map<string, string>();

  async function look(name: string): Promise<{ file: string } | { reason: string }> {
    const path = join(folder, name);
    try {
      const bytes = await readFile(path);
      if (bytes.length > BYTES_MAX) return { reason: `> ${BYTES_MAX / 1e6} MB` };
      const { format, width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: PIXELS_MAX }).metadata();
      const extension = EXTENSION[format ?? ''];
      if (!extension) return { reason: format ?? '?' };
      if (width * height > PIXELS_MAX) return { reason: `${width} × ${height}` };
      const file = `${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}.${extension}`;
      chosen.set(file, path);
      return { file };
    } catch (error) {
      return { reason: shown((error as Error).message) };
    }
  }

  return {
    async choose(product, notes) {
      if (product.pictures.length === 0) return null;
      const found: { file: string }[] = [];
      for (const wanted of product.pictures) {
        const name = names.get(wanted.normalize('NFC').toLowerCase());
        if (name === undefined) {
          notes.push({ line: product.line, column: null, code: 'picture_missing', facts: { file: shown(wanted) } });
          continue;
        }
        let looked = known.get(name);
        if (!looked) {
          looked = look(name);
          known.set(name, looked);
        }
        const picture = await looked;
        if ('file' in picture) found.push(picture);
        else {
          const facts = { file: shown(wanted), reason: picture.reason };
          notes.push({ line: product.line, column: null, code: 'picture_unusable', facts });
        }
      }
      return found.length > 0 ? found : null;
    },
    async keep() {
      if (chosen.size === 0) return;
      await mkdir(keepDir, { recursive: true });
      for (const [file, path] of chosen) {
        await copyFile(path, join(keepDir, `${file}.part`));
        await rename(join(keepDir, `${file}.part`), join(keepDir, file));
      }
    },
  };
}
