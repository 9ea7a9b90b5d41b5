import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { compose, type DrawnPicture } from './pictures/compose.ts';
import { PLATES, QUIET_PLATES, SIDE } from './pictures/plates.ts';
import { drawMaster, type Sprite } from './pictures/sprite.ts';

/** What a picture is made from, as it stands in `product.pictures`. `file` is a local file's name, never an address. */
export type PictureSource = DrawnPicture | { readonly file: string };

/** One picture that the catalogue asks for, known by `key`. */
export type PictureRow = {
  readonly key: string;
  /** What the files are called before their hash; the key when left out. Goods on the same quiet plate share one name. */
  readonly name?: string;
  readonly source: PictureSource;
  /** Drawn on a quiet plate when `source` names a file that is not there or cannot be read. */
  readonly spareArt: string;
};

/** `path` is `/img/<name>.<hash>` without width and extension; `color` fills the box until the picture is there. */
export type RenderedPicture = { readonly path: string; readonly color: string };

export type RenderOptions = {
  /** Where `img/` is made, e.g. `.festa/public`. */
  readonly outDir: string;
  /** Kept between publishes; safe to delete. */
  readonly cacheDir: string;
  /** Local pictures of imported goods, by name. */
  readonly imagesDir?: string;
  /** Called once per picture; `rendered` is false when the cache had it. */
  readonly onPicture?: (key: string, rendered: boolean) => void;
  /** A file that a product names and `imagesDir` has not, or that is no picture. */
  readonly onMissing?: (key: string, file: string) => void;
};

const WIDTHS = [200, 400, 800] as const;
const FORMATS = ['avif', 'webp'] as const;

/** Raise it when the drawing changes: every cached picture is then drawn again. */
const RECIPE = 'festa-pictures-1';

/** Drawn at publish for goods whose category has no drawing of its own. */
export const SPARE_ART = 'wrapped-gift';

const artDir = join(import.meta.dirname, 'demo', 'art');

/** Whether `server/publish/demo/art` has this drawing. */
export function isArt(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name) && existsSync(join(artDir, `${name}.svg`));
}

/** The designed plate of goods without pictures: the same for the same handle, at every publish. */
export function quietPicture(handle: string, art: string): DrawnPicture {
  const at = createHash('sha256').update(handle).digest()[0] ?? 0;
  return { art: isArt(art) ? art : SPARE_ART, plate: QUIET_PLATES[at % QUIET_PLATES.length] ?? 'paper' };
}

type Prepared = { hash: string; color: string; draw: () => Promise<Sharp> };

function hashOf(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256').update(RECIPE);
  for (const part of parts) hash.update('\0').update(part);
  return hash.digest('hex').slice(0, 24);
}

/** Every drawing is rasterised once per run, however many pictures it is in. */
class Masters {
  private readonly kept = new Map<string, Promise<Sprite>>();

  of(art: string, svg: Buffer): Promise<Sprite> {
    const known = this.kept.get(art);
    if (known) return known;
    // Rows come product by product: a few are enough, and 934 × 934 pixels are 3.5 MB each.
    if (this.kept.size >= 8) this.kept.delete(this.kept.keys().next().value ?? '');
    const made = drawMaster(svg);
    this.kept.set(art, made);
    return made;
  }
}

async function prepareDrawn(picture: DrawnPicture, masters: Masters): Promise<Prepared> {
  const svg = await readFile(join(artDir, `${basename(picture.art)}.svg`));
  return {
    hash: hashOf(svg, JSON.stringify(picture)),
    color: PLATES[picture.plate].edge,
    draw: async () => {
      const pixels = await compose(await masters.of(picture.art, svg), picture);
      return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } });
    },
  };
}

async function dominantColor(image: Buffer): Promise<string> {
  const { dominant } = await sharp(image).stats();
  const hex = [dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0')).join('');
  return `#${hex.toUpperCase()}`;
}

/** A merchant's own picture, cut to a square, or null when it is not there or is no picture. */
async function prepareFile(file: string, { imagesDir, cacheDir }: RenderOptions): Promise<Prepared | null> {
  // Only a name: a path in an imported file must not reach out of the folder.
  if (!imagesDir || basename(file) !== file) return null;
  try {
    const bytes = await readFile(join(imagesDir, file));
    const hash = hashOf(bytes);
    const square = () =>
      sharp(bytes)
        .rotate()
        .resize(SIDE, SIDE, { fit: 'cover', position: 'attention' })
        .flatten({ background: PLATES.paper.light })
        .png({ compressionLevel: 1 })
        .toBuffer();
    // Kept beside the pictures: a warm publish of many goods must not decode them all to know their colours.
    const colorFile = join(cacheDir, `${hash}.color`);
    if (!existsSync(colorFile)) await writeFile(colorFile, await dominantColor(await square()));
    return { hash, color: await readFile(colorFile, 'utf8'), draw: async () => sharp(await square()) };
  } catch {
    return null;
  }
}

async function encode(image: Sharp, format: (typeof FORMATS)[number], width: number): Promise<Buffer> {
  const sized = image.clone().resize(width);
  return format === 'avif' ? sized.avif({ quality: 50, effort: 2 }).toBuffer() : sized.webp({ quality: 72 }).toBuffer();
}

/** Fills the cache for one picture. A file is complete when it has its name: it is written beside and renamed. */
async function renderIntoCache(prepared: Prepared, cacheDir: string): Promise<boolean> {
  const target = (width: number, format: string) => join(cacheDir, `${prepared.hash}-${width}.${format}`);
  const wanted = WIDTHS.flatMap((width) => FORMATS.map((format) => ({ width, format })));
  const lacking = wanted.filter(({ width, format }) => !existsSync(target(width, format)));
  if (lacking.length === 0) return false;
  const image = await prepared.draw();
  for (const { width, format } of lacking) {
    const path = target(width, format);
    await writeFile(`${path}.part`, await encode(image, format, width));
    await rename(`${path}.part`, path);
  }
  return true;
}

/** Runs `work` over all items, `lanes` at a time, in order of start. */
async function inLanes<Item>(items: readonly Item[], lanes: number, work: (item: Item) => Promise<void>) {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * Makes every picture of the catalogue in AVIF and WebP at 200, 400 and 800 pixels, below `outDir/img`.
 *
 * What the cache holds is copied and nothing is drawn: a picture's name carries a hash of all that it is made from
 * (drawing, scene, recipe), so it never goes stale and may be served as immutable.
 *
 * @throws when a drawn picture names art that does not exist: that is a fault of the catalogue, not of its data.
 */
export async function renderPictures(
  rows: readonly PictureRow[],
  options: RenderOptions,
): Promise<Map<string, RenderedPicture>> {
  const imgDir = join(options.outDir, 'img');
  await mkdir(imgDir, { recursive: true });
  await mkdir(options.cacheDir, { recursive: true });
  const masters = new Masters();
  const pictures = new Map<string, RenderedPicture>();
  // Two products with the same plate must not draw it twice at the same time.
  const drawing = new Map<string, Promise<boolean>>();

  const one = async ({ key, name, source, spareArt }: PictureRow): Promise<void> => {
    let prepared: Prepared | null = null;
    if ('file' in source) {
      prepared = await prepareFile(source.file, options);
      if (!prepared) options.onMissing?.(key, source.file);
    }
    const drawn = 'file' in source ? quietPicture(key, spareArt) : source;
    prepared ??= await prepareDrawn(drawn, masters);

    const underway = drawing.get(prepared.hash);
    const rendering = underway ?? renderIntoCache(prepared, options.cacheDir);
    drawing.set(prepared.hash, rendering);
    const rendered = (await rendering) && underway === undefined;

    const fileName = `${name ?? key}.${prepared.hash.slice(0, 8)}`;
    for (const width of WIDTHS) {
      for (const format of FORMATS) {
        const file = join(imgDir, `${fileName}-${width}.${format}`);
        if (!existsSync(file)) await copyFile(join(options.cacheDir, `${prepared.hash}-${width}.${format}`), file);
      }
    }
    pictures.set(key, { path: `/img/${fileName}`, color: prepared.color });
    options.onPicture?.(key, rendered);
  };

  // One thread a picture, one picture a core: a third faster than all threads on one picture. The cores are the system's
  // number; sharp's own is 1 wherever the C library is glibc.
  const threads = sharp.concurrency();
  sharp.concurrency(1);
  try {
    await inLanes(rows, availableParallelism(), one);
  } finally {
    sharp.concurrency(threads);
  }
  return pictures;
}
