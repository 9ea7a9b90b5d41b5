import gcoord from 'gcoord';
import type { Datum, Point } from '../../lib/domain/store/place.ts';

const pair = ([lng, lat]: readonly number[]): Point => ({ lng: lng!, lat: lat! });
/** A centimetre; the conversion back is not exact to more. */
const round = (value: number) => Math.round(value * 1e7) / 1e7;

/** A point of a map in China, from WGS-84. */
export function toGcj02({ lng, lat }: Point): Point {
  return pair(gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02));
}

/** A point in WGS-84, from the datum it was written in. */
export function toWgs84({ lng, lat }: Point, datum: Datum): Point {
  if (datum === 'wgs84') return { lng, lat };
  const point = pair(gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84));
  return { lng: round(point.lng), lat: round(point.lat) };
}
