/*
 * Words used in this room:
 *
 * - plate: the tinted ground that a product stands on (底盘); the festival's paper and lacquer, softened
 * - scene: how the product is laid out on its plate (front, stage, close, colours, pattern)
 * - art:   the name of a drawing in server/publish/demo/art, without its extension
 * - tint:  a colourway of the same drawing
 */

/** Light in the middle, `edge` at the rim, `deep` for arches and plinths, `shade` for shadows. All `#RRGGBB`. */
export type Plate = { readonly light: string; readonly edge: string; readonly deep: string; readonly shade: string };

export const PLATES = {
  paper: { light: '#FFFDFA', edge: '#F2E3D6', deep: '#E9D3C1', shade: '#7A5A46' },
  rose: { light: '#FFF5F2', edge: '#F9D5CF', deep: '#F1B9B1', shade: '#8E4A42' },
  peach: { light: '#FFF7EE', edge: '#FAD6B8', deep: '#F2BC92', shade: '#8A5530' },
  honey: { light: '#FFFBEC', edge: '#F7E0A0', deep: '#EDC96C', shade: '#7F6118' },
  jade: { light: '#F4FBF7', edge: '#C3E3D5', deep: '#9BCDB8', shade: '#2F6655' },
  mist: { light: '#F7FBFD', edge: '#CCDEE8', deep: '#A9C6D6', shade: '#3F5F72' },
  lilac: { light: '#FBF8FE', edge: '#DDD1ED', deep: '#C3B1DE', shade: '#584678' },
  sand: { light: '#FCF8F1', edge: '#E5D4BD', deep: '#D3BB9B', shade: '#6E563A' },
  lacquer: { light: '#F0384B', edge: '#B4001D', deep: '#8F0016', shade: '#4A000B' },
  ink: { light: '#5B4A44', edge: '#2A1E1A', deep: '#1B120F', shade: '#0C0706' },
} as const satisfies Record<string, Plate>;

export type PlateName = keyof typeof PLATES;

/** Plates for goods that come without pictures: quiet, and different enough for neighbours in a grid. */
export const QUIET_PLATES: readonly PlateName[] = ['paper', 'sand', 'mist', 'rose', 'jade', 'peach'];

/** Side of the largest picture, in pixels; every composition is drawn at this size. */
export const SIDE = 800;

function defs(plate: Plate): string {
  return `<radialGradient id="wall" cx="50%" cy="40%" r="78%">
      <stop offset="0" stop-color="${plate.light}"/><stop offset="1" stop-color="${plate.edge}"/>
    </radialGradient>
    <linearGradient id="floor" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${plate.light}" stop-opacity="0"/>
      <stop offset=".3" stop-color="${plate.light}" stop-opacity=".5"/>
      <stop offset="1" stop-color="${plate.light}" stop-opacity=".08"/>
    </linearGradient>
    <linearGradient id="arch" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${plate.deep}" stop-opacity=".75"/>
      <stop offset="1" stop-color="${plate.deep}" stop-opacity=".3"/>
    </linearGradient>
    <linearGradient id="side" x1="0" y1="0" x2="1" y2="0">
      <stop offset="0" stop-color="${plate.deep}"/><stop offset=".42" stop-color="${plate.edge}"/>
      <stop offset="1" stop-color="${plate.deep}"/>
    </linearGradient>
    <radialGradient id="top" cx="42%" cy="35%" r="75%">
      <stop offset="0" stop-color="${plate.light}"/><stop offset="1" stop-color="${plate.edge}"/>
    </radialGradient>`;
}

function svg(plate: Plate, body: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}">` +
      `<defs>${defs(plate)}</defs><rect width="${SIDE}" height="${SIDE}" fill="url(#wall)"/>${body}</svg>`,
  );
}

/** A wall that turns softly into a floor. */
export function floorPlate(name: PlateName): Buffer {
  return svg(PLATES[name], `<rect y="560" width="${SIDE}" height="240" fill="url(#floor)"/>`);
}

/** No floor: for crops and patterns, where nothing stands. */
export function flatPlate(name: PlateName): Buffer {
  return svg(PLATES[name], '');
}

/** Where the product stands on a stage, from the top edge, in pixels. */
export const STAGE_FLOOR = 640;

/** An arch behind and a round plinth below. */
export function stagePlate(name: PlateName): Buffer {
  const plate = PLATES[name];
  return svg(
    plate,
    `<path d="M150 ${STAGE_FLOOR + 20}V370a250 250 0 0 1 500 0v${STAGE_FLOOR - 350}z" fill="url(#arch)"/>
     <path d="M150 ${STAGE_FLOOR + 20}V370a250 250 0 0 1 500 0v${STAGE_FLOOR - 350}" fill="none" stroke="${plate.light}" stroke-opacity=".5" stroke-width="3"/>
     <path d="M110 ${STAGE_FLOOR}v90a290 62 0 0 0 580 0v-90z" fill="url(#side)"/>
     <ellipse cx="400" cy="${STAGE_FLOOR}" rx="290" ry="62" fill="url(#top)"/>`,
  );
}
