import sharp from 'sharp';
import { MARK } from '../pictures/mark.ts';
import { lettering } from './lettering.ts';

/** What a card says in one language, and up to three pictures that it shows. */
export type PreviewFacts = {
  readonly shop: string;
  readonly title: string;
  readonly text: string;
  /** Files of square pictures; the first stands in front. */
  readonly tiles: readonly string[];
};

/** Raise it when the drawing changes: every cached picture is then drawn again. */
export const PREVIEW_RECIPE = 'festa-previews-1';

/** As chat apps show them: a wide one above the words, a square one beside them. Pixels. */
export const WIDE = { width: 1_200, height: 630 } as const;
export const SQUARE = { width: 300, height: 300 } as const;

const GROUND = `<defs>
  <linearGradient id="g" x1="0" y1="0" x2=".6" y2="1"><stop offset="0" stop-color="#EE2A44"/><stop offset=".55" stop-color="#D70022"/><stop offset="1" stop-color="#A5001A"/></linearGradient>
  <radialGradient id="h" cx=".5" cy=".5" r=".5"><stop offset="0" stop-color="#FF6A6A" stop-opacity=".55"/><stop offset="1" stop-color="#FF6A6A" stop-opacity="0"/></radialGradient>
</defs>`;

function star(x: number, y: number, radius: number, opacity = 1): string {
  const waist = radius * 0.2;
  return `<path d="M${x} ${y - radius}Q${x + waist} ${y - waist} ${x + radius} ${y}Q${x + waist} ${y + waist} ${x} ${y + radius}Q${x - waist} ${y + waist} ${x - radius} ${y}Q${x - waist} ${y - waist} ${x} ${y - radius}Z" fill="#FFD66B" fill-opacity="${opacity}"/>`;
}

const svg = ({ width, height }: { width: number; height: number }, body: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${GROUND}${body}</svg>`,
  );

const mark = (side: number) => sharp(Buffer.from(MARK), { density: 144 }).resize(side, side).png().toBuffer();

/** A picture with round corners, a white rim and a turn. */
async function tile(file: string, side: number, degrees: number): Promise<Buffer> {
  const rim = Math.round(side / 30);
  const inner = side - 2 * rim;
  const mask = (size: number) =>
    Buffer.from(
      `<svg width="${size}" height="${size}"><rect width="${size}" height="${size}" rx="${side / 9}"/></svg>`,
    );
  const picture = await sharp(file)
    .resize(inner, inner)
    .ensureAlpha()
    .composite([{ input: mask(inner), blend: 'dest-in' }])
    .png()
    .toBuffer();
  const framed = await sharp({ create: { width: side, height: side, channels: 4, background: '#FFF8F3' } })
    .composite([
      { input: picture, left: rim, top: rim },
      { input: mask(side), blend: 'dest-in' },
    ])
    .png()
    .toBuffer();
  return degrees === 0 ? framed : sharp(framed).rotate(degrees, { background: '#0000' }).png().toBuffer();
}

/** The last is drawn first. */
const WIDE_PLACES = [
  { side: 330, degrees: -5, left: 735, top: 215 },
  { side: 250, degrees: 7, left: 890, top: 25 },
  { side: 220, degrees: -9, left: 690, top: 20 },
] as const;

async function wide({ shop, title, text, tiles }: PreviewFacts): Promise<Buffer> {
  const place = { x: 76, widthMax: tiles.length > 0 ? 590 : 1_020 };
  const head = lettering(shop, { ...place, x: 164, y: 122, size: 44, color: '#FFE9D4', linesMax: 1 });
  const name = lettering(title, { ...place, y: 290, size: 104, color: '#FFFFFF', linesMax: 2 });
  const line = lettering(text, { ...place, y: name.baseline + 78, size: 42, color: '#FFD66B', linesMax: 2, step: 1.4 });
  const ground =
    `<rect width="1200" height="630" fill="url(#g)"/><circle cx="905" cy="330" r="430" fill="url(#h)"/>` +
    star(640, 110, 22) +
    star(1130, 330, 30) +
    star(660, 560, 16, 0.8) +
    star(1080, 580, 14, 0.7);
  const placed = await Promise.all(
    WIDE_PLACES.slice(0, tiles.length)
      .map(async ({ side, degrees, left, top }, index) => ({
        input: await tile(tiles[index] as string, side, degrees),
        left,
        top,
      }))
      .reverse(),
  );
  return sharp(svg(WIDE, `${ground}${head.svg}${name.svg}${line.svg}`))
    .composite([{ input: await mark(68), left: 76, top: 72 }, ...placed])
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer();
}

async function square({ title, tiles: [first] }: PreviewFacts): Promise<Buffer> {
  const name = lettering(title, { x: 20, y: 246, size: 46, color: '#FFFFFF', widthMax: 260, linesMax: 1 });
  const ground = `<rect width="300" height="300" fill="url(#g)"/><circle cx="150" cy="100" r="150" fill="url(#h)"/>`;
  const side = 172;
  const picture = first === undefined ? await mark(side) : await tile(first, side, 0);
  return sharp(svg(SQUARE, `${ground}${star(34, 44, 12)}${star(268, 150, 14)}${name.svg}`))
    .composite([{ input: picture, left: (300 - side) / 2, top: 22 }])
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer();
}

/** Draws the two pictures of a card. */
export async function drawPreview(facts: PreviewFacts): Promise<{ wide: Buffer; square: Buffer }> {
  return { wide: await wide(facts), square: await square(facts) };
}
