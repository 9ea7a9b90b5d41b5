import sharp, { type Sharp } from 'sharp';
import { flatPlate, floorPlate, PLATES, type PlateName, SIDE, STAGE_FLOOR, stagePlate } from './plates.ts';
import { castShadow, footprint, type Layer, layer, type Sprite, scaled, type Tint } from './sprite.ts';

export type Scene = 'front' | 'stage' | 'close' | 'colours' | 'pattern';

/** One drawing laid out on a plate. `tints` is for `colours`: two or three colourways, the first in front. */
export type DrawnPicture = {
  readonly art: string;
  readonly plate: PlateName;
  readonly scene?: Scene;
  readonly tint?: Tint;
  readonly tints?: readonly Tint[];
};

/** The longest side in pixels for a share of the plate: long thin things a little larger, square ones a little smaller. */
function fitted(master: Sprite, share: number): number {
  const slim = Math.min(master.width, master.height) / Math.max(master.width, master.height);
  return Math.round(SIDE * share * (1.12 - 0.14 * slim));
}

type Spot = { x: number; y: number; rx: number; ry: number; blur: number; opacity: number };

/** Soft ellipses of shadow in one layer. */
function spots(plate: PlateName, all: readonly Spot[]): Layer {
  const drawn = all.map(
    ({ x, y, rx, ry, blur, opacity }, index) =>
      `<filter id="b${index}" x="-60%" y="-300%" width="220%" height="700%"><feGaussianBlur stdDeviation="${blur}"/></filter>` +
      `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${PLATES[plate].shade}" fill-opacity="${opacity}" filter="url(#b${index})"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${drawn.join('')}</svg>`;
  return { input: Buffer.from(svg) };
}

/** A product that stands on the floor at `floorY`, with the shadow where it touches. */
async function standing(sprite: Sprite, centreX: number, floorY: number, plate: PlateName): Promise<Layer[]> {
  const feet = footprint(sprite);
  const left = centreX - sprite.width / 2;
  const spread = (feet.to - feet.from) * sprite.width;
  // What touches the floor with a point only would fall: it hovers above a wider, softer shadow.
  const hovers = spread < sprite.width * 0.28;
  const bottom = hovers ? floorY - 26 : floorY;
  const half = hovers ? sprite.width * 0.34 : spread / 2;
  const middle = left + ((feet.from + feet.to) / 2) * sprite.width;
  const shadow = hovers
    ? [{ x: centreX, y: floorY + 8, rx: half, ry: 16, blur: 13, opacity: 0.34 }]
    : [
        { x: centreX, y: floorY - 2, rx: Math.max(half, sprite.width * 0.4) * 1.06, ry: 24, blur: 19, opacity: 0.28 },
        { x: middle, y: floorY - 3, rx: half * 0.98, ry: 8, blur: 5, opacity: 0.5 },
      ];
  const top = bottom - sprite.height;
  return [
    spots(plate, shadow),
    await castShadow(sprite, left, top + 10, plate, 16, 0.16),
    await layer(sprite, left, top),
  ];
}

async function front(master: Sprite, { plate, tint }: DrawnPicture): Promise<Sharp> {
  const sprite = await scaled(master, fitted(master, 0.62), tint);
  // Optical middle: a little above the middle of what the shadow leaves.
  const floorY = Math.round(SIDE * 0.5 + sprite.height / 2 + 12);
  return sharp(floorPlate(plate)).composite(await standing(sprite, SIDE / 2, floorY, plate));
}

async function stage(master: Sprite, { plate, tint }: DrawnPicture): Promise<Sharp> {
  const sprite = await scaled(master, fitted(master, 0.54), tint);
  return sharp(stagePlate(plate)).composite(await standing(sprite, SIDE / 2, STAGE_FLOOR + 8, plate));
}

async function close(master: Sprite, { plate, tint }: DrawnPicture): Promise<Sharp> {
  const sprite = await scaled(master, Math.round(SIDE * 1.06), tint, -14);
  const left = SIDE * 0.56 - sprite.width / 2;
  const top = SIDE * 0.6 - sprite.height / 2;
  return sharp(flatPlate(plate)).composite([
    await castShadow(sprite, left - 10, top + 30, plate, 26, 0.26),
    await layer(sprite, left, top),
  ]);
}

async function colours(master: Sprite, { plate, tints = [] }: DrawnPicture): Promise<Sharp> {
  const [first = {}, second = {}, third] = tints;
  const side = fitted(master, third ? 0.43 : 0.48);
  const lead = await scaled(master, Math.round(side * 1.08), first);
  const right = await scaled(master, Math.round(side * 0.92), second);
  const left = third ? await scaled(master, Math.round(side * 0.92), third) : null;
  const floorY = Math.round(SIDE * 0.5 + lead.height / 2 + 30);
  const layers = left
    ? [
        ...(await standing(left, SIDE * 0.25, floorY - 62, plate)),
        ...(await standing(right, SIDE * 0.75, floorY - 62, plate)),
        ...(await standing(lead, SIDE * 0.5, floorY + 24, plate)),
      ]
    : [
        ...(await standing(right, SIDE * 0.66, floorY - 54, plate)),
        ...(await standing(lead, SIDE * 0.36, floorY + 18, plate)),
      ];
  return sharp(floorPlate(plate)).composite(layers);
}

/** Wrapping paper: staggered rows of small ones, each row turned the other way. */
async function pattern(master: Sprite, { plate, tint }: DrawnPicture): Promise<Sharp> {
  const step = 216;
  const turned = [await scaled(master, 142, tint, -16), await scaled(master, 142, tint, 14)] as const;
  const layers: Layer[] = [];
  for (let row = -1; row <= 4; row += 1) {
    const sprite = turned[row % 2 === 0 ? 0 : 1];
    for (let column = -1; column <= 5; column += 1) {
      const x = SIDE / 2 + (column - 1.5) * step + (row % 2 === 0 ? 0 : step / 2) - sprite.width / 2;
      const y = SIDE / 2 + (row - 1.5) * step * 0.86 - sprite.height / 2;
      // 40: the shadow's reach; a layer that is wholly outside is refused by libvips.
      if (x + sprite.width <= 0 || y + sprite.height <= 0 || x >= SIDE - 40 || y >= SIDE - 40) continue;
      layers.push(await castShadow(sprite, x + 4, y + 10, plate, 8, 0.22), await layer(sprite, x, y));
    }
  }
  return sharp(flatPlate(plate)).composite(layers);
}

const SCENES = { front, stage, close, colours, pattern } as const;

/** Draws one picture, 800 × 800, as raw RGB pixels. */
export async function compose(master: Sprite, picture: DrawnPicture): Promise<Buffer> {
  const drawn = await SCENES[picture.scene ?? 'front'](master, picture);
  return drawn.removeAlpha().raw().toBuffer();
}
