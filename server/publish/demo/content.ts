import type { DrawnPicture, Scene } from '../pictures/compose.ts';
import type { PlateName } from '../pictures/plates.ts';
import type { Tint } from '../pictures/sprite.ts';

/*
 * The demo's goods are written as tables and expanded by load.ts. All names are invented; prices are in yuan here,
 * because that is what a writer of goods thinks in, and become whole fen when they are loaded.
 */

/** Chinese first, English second. */
export type Words = readonly [zh: string, en: string];

export type DemoValue = {
  readonly id: string;
  readonly label: Words;
  readonly swatch?: string;
  readonly tint?: Tint;
};
export type DemoOption = { readonly name: Words; readonly values: readonly DemoValue[] };

/**
 * How the ordinary price went in the last 30 days, and who paid it:
 * - steady:  one price, bought every day
 * - dip:     a tenth off from the 5th to the 3rd day before, bought every day
 * - lowered: 8 % dearer until 10 days before, bought every day
 * - quiet:   one price, bought only more than a week before: nothing may be crossed out
 * - new:     one price, never bought
 */
export type History = 'steady' | 'dip' | 'lowered' | 'quiet' | 'new';

export type DemoProduct = {
  readonly handle: string;
  readonly art: string;
  readonly title: Words;
  readonly subtitle: Words;
  readonly description: Words;
  /** Name and value, each in both languages. */
  readonly attributes: readonly (readonly [...Words, ...Words])[];
  readonly options: readonly DemoOption[];
  /** The choice (`value/value`, in the order of the options), the price in yuan, the units in the warehouse. */
  readonly skus: readonly (readonly [choice: string, yuan: number, stock: number])[];
  readonly pictures: readonly Shot[];
  readonly history: History;
  /** Units one person may ever hold; left out where it does not matter. */
  readonly limit?: number;
};

export type DemoCategory = {
  readonly id: string;
  readonly name: Words;
  readonly art: string;
  /** The first letters of the merchant's codes. */
  readonly code: string;
  readonly products: readonly DemoProduct[];
};

export type Shot = { readonly scene: Scene; readonly plate: PlateName };

export const front = (plate: PlateName): Shot => ({ scene: 'front', plate });
export const stage = (plate: PlateName): Shot => ({ scene: 'stage', plate });
export const close = (plate: PlateName): Shot => ({ scene: 'close', plate });
/** The first two or three colourways side by side. */
export const colours = (plate: PlateName): Shot => ({ scene: 'colours', plate });
export const pattern = (plate: PlateName): Shot => ({ scene: 'pattern', plate });

/** One colour: how it is named, its dot, and how the drawing is dyed for it (left out: as drawn). */
export function dye(id: string, zh: string, en: string, swatch: string, tint?: Tint): DemoValue {
  return { id, label: [zh, en], swatch, ...(tint ? { tint } : {}) };
}

export function value(id: string, zh: string, en: string): DemoValue {
  return { id, label: [zh, en] };
}

export const colour = (...values: DemoValue[]): DemoOption => ({ name: ['颜色', 'Colour'], values });
export const flavour = (...values: DemoValue[]): DemoOption => ({ name: ['口味', 'Flavour'], values });
export const pack = (...values: DemoValue[]): DemoOption => ({ name: ['规格', 'Pack'], values });

/** Sizes that are the same word in both languages: `size('S', 'M')`, `size('38', '39')`. */
export function size(...labels: string[]): DemoOption {
  return {
    name: ['尺码', 'Size'],
    values: labels.map((label) => ({ id: label.toLowerCase().replace('–', '-'), label: [label, label] as const })),
  };
}

/** The pictures of a product as the catalogue keeps them. */
export function drawnPictures(product: DemoProduct): DrawnPicture[] {
  const dyes = product.options.flatMap(({ values }) => values).filter(({ swatch }) => swatch !== undefined);
  return product.pictures.map(({ scene, plate }) =>
    scene === 'colours'
      ? { art: product.art, plate, scene, tints: dyes.slice(0, 3).map(({ tint }) => tint ?? {}) }
      : { art: product.art, plate, scene },
  );
}
