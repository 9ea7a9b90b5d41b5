/*
 * Words used in this file:
 *
 * - point: degrees; in Festa always WGS-84, whatever a file was written in
 * - datum: what a pair of degrees is measured against. Maps in China use GCJ-02, which lies 300 to 700 m beside WGS-84
 */

/** WGS-84, degrees. */
export type Point = { readonly lng: number; readonly lat: number };

export type Datum = 'wgs84' | 'gcj02';

const EARTH_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres along the earth's surface between two points. */
export function distanceM(a: Point, b: Point): number {
  const up = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const along = Math.sin(((b.lng - a.lng) * RADIANS) / 2);
  const part = up * up + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * along * along;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(part)));
}

/** How far `to` lies east and north of `from`, metres; for distances of some kilometres. */
export function offsetM(from: Point, to: Point): { east: number; north: number } {
  const east = (to.lng - from.lng) * RADIANS * Math.cos(((from.lat + to.lat) / 2) * RADIANS) * EARTH_M;
  return { east, north: (to.lat - from.lat) * RADIANS * EARTH_M };
}

/** China with its islands, degrees; what lies within may still be a neighbour's. */
const BOUNDS = { west: 73.4, east: 135.2, south: 3.7, north: 53.7 };

function isInBounds({ lng, lat }: Point): boolean {
  return lng >= BOUNDS.west && lng <= BOUNDS.east && lat >= BOUNDS.south && lat <= BOUNDS.north;
}

/**
 * - `not_degrees`: not a longitude and a latitude of this earth
 * - `zero`:        0/0, what a program writes that knows nothing
 * - `swapped`:     the other way round it would lie in China
 * - `outside`:     neither
 */
export type PointFault = 'not_degrees' | 'zero' | 'swapped' | 'outside';

/** What is wrong with a pair of degrees that should be a shop's in China; null: nothing that can be seen from itself. */
export function pointFault({ lng, lat }: Point): PointFault | null {
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return 'not_degrees';
  if (Math.abs(lng) < 1e-6 && Math.abs(lat) < 1e-6) return 'zero';
  if (isInBounds({ lng, lat })) return null;
  if (isInBounds({ lng: lat, lat: lng })) return 'swapped';
  return Math.abs(lng) > 180 || Math.abs(lat) > 90 ? 'not_degrees' : 'outside';
}

/** What the rows of one region say of their datum, metres east and north. */
export type DatumSample = {
  /** From the region's centre (WGS-84) to the middle of its rows' points as written. */
  readonly offset: { readonly east: number; readonly north: number };
  /** By how much GCJ-02 lies beside WGS-84 there. */
  readonly shift: { readonly east: number; readonly north: number };
};

/** Fewer regions say nothing: shops lie kilometres from their region's centre, the datums differ by half of one. */
const SAMPLES_MIN = 100;
/** Farther from its centre a region's rows say more about its size than about their datum. */
const NEAR_M = 10_000;
/** So many standard errors away from the other datum. */
const SURE = 3;

/**
 * In which datum the points of a file were written. Shops lie on all sides of their region's centre; written in GCJ-02
 * they lie, on average over many regions, one shift further. Null: the file does not say.
 */
export function detectDatum(regions: readonly DatumSample[]): { readonly datum: Datum; readonly lean: number } | null {
  const near = regions.filter(({ offset }) => Math.hypot(offset.east, offset.north) <= NEAR_M);
  if (near.length < SAMPLES_MIN) return null;
  // Each region's offset along the shift, in shifts: 0 on average for WGS-84, 1 for GCJ-02.
  const leans = near.map(({ offset, shift }) => {
    const square = shift.east ** 2 + shift.north ** 2;
    return square === 0 ? 0 : (offset.east * shift.east + offset.north * shift.north) / square;
  });
  const lean = leans.reduce((sum, one) => sum + one, 0) / leans.length;
  const variance = leans.reduce((sum, one) => sum + (one - lean) ** 2, 0) / (leans.length - 1);
  const error = Math.sqrt(variance / leans.length);
  if (lean >= 0.5 && lean >= SURE * error) return { datum: 'gcj02', lean };
  if (lean < 0.5 && 1 - lean >= SURE * error) return { datum: 'wgs84', lean };
  return null;
}
