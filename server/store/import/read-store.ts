import { createHash } from 'node:crypto';
import { cellOf } from '../../../lib/domain/store/cell.ts';
import { readHours } from '../../../lib/domain/store/hours-text.ts';
import { isTimeZone } from '../../../lib/domain/store/local-time.ts';
import type { Exception } from '../../../lib/domain/store/opening.ts';
import { type Datum, type Point, pointFault } from '../../../lib/domain/store/place.ts';
import { DEFAULT_ZONE, SERVICES, type Service, storeIdOf } from '../../../lib/domain/store/store.ts';
import { type Facts, shown } from '../../publish/import/problem.ts';
import { toWgs84 } from '../datum.ts';
import { metresFromNamesake, placesNear } from '../known-places.ts';
import { type Region, regionWords, resolveRegion } from '../regions.ts';
import type { StoreRow } from '../write-stores.ts';
import type { Field, StoreProblem, StoreRecord } from './record.ts';

const CODE_MAX = 60;
const NAME_MAX = 80;
const ADDRESS_MAX = 200;
/** A shop whose nearest places are all in another province lies there, unless it is so near to its own city. */
const NEIGHBOURS = 6;
const NEAR_NAMESAKE_M = 60_000;
/** From its own city no shop is farther, but in the wide west. */
const FAR_M = 300_000;
const WIDE = new Set(['15', '23', '54', '62', '63', '65']);

const PHONE = /^\+?[\d\s()/,;-]{3,40}(?:(?:ext|转)\.?\s?\d{1,6})?$/i;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

export type ReadStore = {
  readonly row: StoreRow;
  /** Dates that the hours of the row name. */
  readonly exceptions: readonly Exception[];
  readonly region: Region;
  /** As written, before it was converted. */
  readonly written: Point;
  readonly isCoarse: boolean;
};

const NOT_A_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Where the point cannot be: abroad, or far from the region that the row names. */
function elsewhere(point: Point, region: Region): { code: StoreProblem['code']; facts: Facts } | null {
  const near = placesNear(point, NEIGHBOURS);
  const place = near[0]?.name ?? '';
  const facts = { lng: point.lng, lat: point.lat, place, region: regionWords(region).zh };
  if (near.slice(0, 3).every(({ province }) => province === null)) return { code: 'point_abroad', facts };
  const away = metresFromNamesake(region, point);
  if (away !== null && away <= NEAR_NAMESAKE_M) return null;
  const province = region.code.slice(0, 2);
  const isInProvince = near.some((one) => one.province === province);
  const isFar = away !== null && away > FAR_M && !region.code.endsWith('0000') && !WIDE.has(province);
  return isInProvince && !isFar ? null : { code: 'point_elsewhere', facts };
}

/** One record as a store, or everything that is wrong with it. */
export function readStore(record: StoreRecord, said: Datum | null): ReadStore | readonly StoreProblem[] {
  if (record.fault) return [record.fault];
  const { line, fields, columns } = record;
  const problems: StoreProblem[] = [];
  const wrong = (field: Field | null, code: StoreProblem['code'], facts: Facts = {}) => {
    problems.push({ line, column: field && (columns.get(field) ?? field), code, facts });
  };
  const text = (field: Field, max: number): string => {
    const value = (fields.get(field) ?? '').normalize('NFC').replace(/\s+/g, ' ');
    if (value.length > max) wrong(field, 'text_too_long', { max });
    return value;
  };

  const code = fields.get('code') ?? '';
  if (code === '') wrong('code', 'code_missing');
  else if (code.length > CODE_MAX) wrong('code', 'code_too_long', { max: CODE_MAX });
  const name = text('name', NAME_MAX);
  if (name === '') wrong('name', 'name_missing');
  const address = text('address', ADDRESS_MAX);
  if (address === '') wrong('address', 'address_missing');

  const given = {
    code: fields.get('region_code') ?? '',
    province: fields.get('province') ?? '',
    city: fields.get('city') ?? '',
    area: fields.get('area') ?? '',
    address,
  };
  const region = resolveRegion(given);
  if (!region) {
    const value = [given.code, given.province, given.city, given.area].filter((part) => part !== '').join(' ');
    wrong(given.code === '' ? 'city' : 'region_code', 'region_unknown', { value: shown(value) });
  }

  const datumText = fields
    .get('datum')
    ?.toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  const datum = datumText === undefined ? said : datumText === 'wgs84' || datumText === 'gcj02' ? datumText : null;
  if (datum === null) {
    if (datumText === undefined) wrong('datum', 'datum_missing');
    else wrong('datum', 'datum_unknown', { value: shown(fields.get('datum') ?? '') });
  }

  const [lngText, latText] = [fields.get('lng') ?? '', fields.get('lat') ?? ''];
  let written: Point | null = null;
  if (lngText === '' || latText === '') wrong(lngText === '' ? 'lng' : 'lat', 'point_missing');
  else if (!NOT_A_NUMBER.test(lngText)) wrong('lng', 'point_not_a_number', { value: shown(lngText) });
  else if (!NOT_A_NUMBER.test(latText)) wrong('lat', 'point_not_a_number', { value: shown(latText) });
  else {
    written = { lng: Number(lngText), lat: Number(latText) };
    const fault = pointFault(written);
    if (fault) {
      wrong('lng', `point_${fault}`, { lng: written.lng, lat: written.lat });
      written = null;
    } else if (region) {
      const away = elsewhere(written, region);
      if (away) wrong('lng', away.code, away.facts);
    }
  }

  let hours: StoreRow['hours'] = null;
  let exceptions: readonly Exception[] = [];
  const hoursGiven = fields.get('hours');
  if (hoursGiven !== undefined) {
    const read = readHours(hoursGiven);
    if ('fault' in read) wrong('hours', 'hours_unreadable', { value: shown(read.fault) });
    else ({ hours, exceptions } = read);
  }
  const services: Service[] = [];
  for (const part of (fields.get('services') ?? 'pickup').toLowerCase().split(/[,;|、\s]+/)) {
    const service = SERVICES.find((one) => one === part);
    if (service && !services.includes(service)) services.push(service);
    else if (!service && part !== '')
      wrong('services', 'service_unknown', { value: shown(part), known: SERVICES.join(', ') });
  }
  const phone = fields.get('phone') ?? null;
  if (phone !== null && !PHONE.test(phone)) wrong('phone', 'phone_invalid', { value: shown(phone) });
  const zone = fields.get('zone') ?? DEFAULT_ZONE;
  if (!isTimeZone(zone)) wrong('zone', 'zone_unknown', { value: shown(zone) });

  const nameEn = text('name_en', NAME_MAX) || name;
  const addressEn = text('address_en', ADDRESS_MAX) || address;
  if (problems.length > 0 || !region || !written || datum === null) return problems;
  const point = toWgs84(written, datum);
  const row: StoreRow = {
    id: storeIdOf(code, hashOf),
    code,
    name: { zh: name, en: nameEn },
    address: { zh: address, en: addressEn },
    regionCode: region.code,
    region: regionWords(region),
    ...point,
    cell: cellOf(point),
    datum,
    zone,
    hours,
    services,
    phone,
  };
  const decimals = (value: string) => value.split('.')[1]?.length ?? 0;
  return { row, exceptions, region, written, isCoarse: Math.max(decimals(lngText), decimals(latText)) <= 2 };
}
