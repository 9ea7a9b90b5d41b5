import * as z from 'zod/mini';
import { isCell } from '../domain/store/cell.ts';
import { isLocalDate } from '../domain/store/local-time.ts';
import { DAY_MINUTES, isDay } from '../domain/store/opening.ts';
import { SERVICES, STORE_STATES } from '../domain/store/store.ts';
import { epochShape, idShape, localizedShape, publicRead } from './contract.ts';

/*
 * Words used in this room: lib/domain/store. A store is a location of stock under the same id: its units are
 * `stock_level` rows, moved and held as everywhere.
 */

export const storeStateShape = z.enum(STORE_STATES);
export const serviceShape = z.enum(SERVICES);
export const cellShape = z.string().check(z.refine(isCell, 'a cell'));
export const localDateShape = z.string().check(z.refine(isLocalDate, 'a date'));
/** Six digits. */
export const regionCodeShape = z.string().check(z.regex(/^\d{6}$/));

const minuteShape = z.int().check(z.minimum(0), z.maximum(2 * DAY_MINUTES));
/** `[from, to)` in minutes of the day on which it begins; beyond 1,440 it is of the next. */
export const dayShape = z
  .array(z.tuple([minuteShape, minuteShape]))
  .check(z.refine(isDay, 'spans in order, apart, at most a day long'));
export const hoursShape = z.object({
  /** Monday first. */
  weekly: z.tuple([dayShape, dayShape, dayShape, dayShape, dayShape, dayShape, dayShape]),
  /** On public holidays; null: as on any other day. */
  holiday: z.nullable(dayShape),
});
export const exceptionShape = z.object({
  date: localDateShape,
  /** None: it is shut. */
  spans: dayShape,
  note: z.nullable(localizedShape),
});

export const storeShape = z.object({
  id: idShape,
  /** The merchant's own. */
  code: z.string(),
  name: localizedShape,
  address: localizedShape,
  regionCode: regionCodeShape,
  /** 省 · 市 · 区 in words. */
  region: localizedShape,
  /** WGS-84. */
  lng: z.number(),
  lat: z.number(),
  cell: cellShape,
  phone: z.nullable(z.string()),
  services: z.array(serviceShape),
  /** A name of the tz database. */
  zone: z.string(),
  /** Null: not known. */
  hours: z.nullable(hoursShape),
  /** From yesterday on, by date. */
  exceptions: z.array(exceptionShape),
  state: storeStateShape,
  stateNote: z.nullable(localizedShape),
});
export type StoreFacts = z.output<typeof storeShape>;

export const storeRead = publicRead('store', {
  summary: 'One store as it is now, with the public holidays that its hours may follow',
  sharedSeconds: 10,
  request: z.strictObject({ id: idShape }),
  value: z.object({ store: storeShape, holidays: z.array(localDateShape), asOf: epochShape }),
});

/** SKUs that one question may ask for. */
export const STORE_STOCK_SKUS_MAX = 50;
/** Ids with commas between, so that an address can be kept by a cache. */
const skusShape = z
  .string()
  .check(z.minLength(1), z.maxLength(STORE_STOCK_SKUS_MAX * 65), z.regex(/^[A-Za-z0-9_.:,-]+$/));

/** Units: what is free now, 99 for 99 or more. */
const unitsShape = z.array(z.int());

/** Served at /api/public/store-stock/<cell>?skus=; the phone sorts by its own distance. */
export const storeStockRead = publicRead('store-stock', {
  summary: 'Units of these SKUs in the stores of a cell of about 5 km and its neighbours',
  sharedSeconds: 5,
  inPath: 'cell',
  request: z.strictObject({ cell: cellShape, skus: skusShape }),
  value: z.object({
    asOf: epochShape,
    /** Of each SKU that was asked, in that order; unknown ones have 0 everywhere. */
    skus: z.array(idShape),
    /** Where orders are served from, and what can be brought to a store comes from. */
    central: unitsShape,
    /** Every store there that is not closed for good; a store that is not named no longer exists. */
    stores: z.array(z.tuple([idShape, storeStateShape, unitsShape])),
  }),
});
export type StoreStock = z.output<typeof storeStockRead.value>;
