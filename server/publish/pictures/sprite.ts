import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import { PLATES, type PlateName, SIDE } from './plates.ts';

/** A colourway: `hue` in degrees round the colour circle, `saturation` and `brightness` as factors. */
export type Tint = { readonly hue?: number; readonly saturation?: number; readonly brightness?: number };

/** A drawing as RGBA pixels, cut to what is visible. */
export type Sprite = { readonly pixels: Buffer; readonly width: number; readonly height: number };

export type Layer = OverlayOptions;

/** Fluent drawings are 32 units wide; at this density they are 934 pixels: 1.9 × the size that a plate shows. */
const DENSITY = 2_100;

async function toSprite(image: Sharp): Promise<Sprite> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

function fromSprite(sprite: Sprite): Sharp {
  return sharp(sprite.pixels, { raw: { width: sprite.width, height: sprite.height, channels: 4 } });
}

/**
 * Draws an SVG once, large; every picture of the product is scaled down from it, which keeps thin edges clean.
 * Drawings with many blurs cost up to 1.8 s of CPU, so nobody draws one twice.
 */
export async function drawMaster(svg: Buffer): Promise<Sprite> {
  return toSprite(sharp(svg, { density: DENSITY }).trim({ threshold: 1 }));
}

/** The master in one size, colourway and turn. `longest` is the longer side before turning, in pixels. */
export async function scaled(master: Sprite, longest: number, tint: Tint = {}, turnDegrees = 0): Promise<Sprite> {
  let image = fromSprite(master).resize(longest, longest, { fit: 'inside', kernel: 'lanczos3' });
  if (tint.hue !== undefined || tint.saturation !== undefined || tint.brightness !== undefined) {
    image = image.modulate({ hue: tint.hue ?? 0, saturation: tint.saturation ?? 1, brightness: tint.brightness ?? 1 });
  }
  const upright = await toSprite(image);
  return turnDegrees === 0 ? upright : toSprite(fromSprite(upright).rotate(turnDegrees, { background: '#0000' }));
}

/** Left and right end of what touches the floor, as shares of the width. */
export function footprint(sprite: Sprite): { from: number; to: number } {
  const firstRow = sprite.height - Math.max(2, Math.round(sprite.height * 0.09));
  let from = sprite.width;
  let to = -1;
  for (let y = firstRow; y < sprite.height; y += 1) {
    for (let x = 0; x < sprite.width; x += 1) {
      if ((sprite.pixels[(y * sprite.width + x) * 4 + 3] ?? 0) < 90) continue;
      if (x < from) from = x;
      if (x > to) to = x;
    }
  }
  return to < 0 ? { from: 0.3, to: 0.7 } : { from: from / sprite.width, to: (to + 1) / sprite.width };
}

/** A layer at any place of the plate: what lies outside is cut off, because libvips refuses it. */
export async function layer(sprite: Sprite, left: number, top: number): Promise<Layer> {
  const x = Math.round(left);
  const y = Math.round(top);
  const cut = { left: Math.max(0, -x), top: Math.max(0, -y) };
  const width = Math.min(sprite.width - cut.left, SIDE - Math.max(0, x));
  const height = Math.min(sprite.height - cut.top, SIDE - Math.max(0, y));
  const whole = width === sprite.width && height === sprite.height;
  const shown = whole ? sprite : await toSprite(fromSprite(sprite).extract({ ...cut, width, height }));
  return {
    input: shown.pixels,
    raw: { width: shown.width, height: shown.height, channels: 4 },
    left: Math.max(0, x),
    top: Math.max(0, y),
  };
}

/** The sprite's own silhouette, blurred: what makes it leave the plate. `blur` in pixels. */
export async function castShadow(
  sprite: Sprite,
  left: number,
  top: number,
  plate: PlateName,
  blur: number,
  opacity: number,
): Promise<Layer> {
  const pad = blur * 3;
  const width = sprite.width + 2 * pad;
  const height = sprite.height + 2 * pad;
  // Two pipelines: sharp takes a channel out last of all, whatever the order of the calls.
  const mask = await fromSprite(sprite).extractChannel('alpha').raw().toBuffer();
  const soft = await sharp(mask, { raw: { width: sprite.width, height: sprite.height, channels: 1 } })
    .extend({ top: pad, bottom: pad, left: pad, right: pad, background: '#000' })
    .blur(blur)
    .linear(opacity, 0)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const shade = PLATES[plate].shade;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(shade.slice(at, at + 2), 16));
  const pixels = Buffer.alloc(width * height * 4);
  for (let index = 0; index < width * height; index += 1) {
    pixels[index * 4] = red ?? 0;
    pixels[index * 4 + 1] = green ?? 0;
    pixels[index * 4 + 2] = blue ?? 0;
    pixels[index * 4 + 3] = soft[index] ?? 0;
  }
  return layer({ pixels, width, height }, left - pad, top - pad);
}
