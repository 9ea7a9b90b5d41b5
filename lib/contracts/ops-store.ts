import * as z from 'zod/mini';
import { command, idShape, localizedShape, read, refusal } from './contract.ts';
import { stockRowShape } from './ops.ts';
import { localDateShape, storeShape, storeStateShape } from './store.ts';

/** Words as lib/contracts/store.ts; hours are written and read as `lib/domain/store/hours-text.ts` says. */

const reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const noteShape = z.nullable(
  z.strictObject({
    zh: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
    en: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  }),
);
const hoursTextShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));

export const opsStoreShape = z.object({
  ...storeShape.shape,
  /** As it is edited; null: not known. */
  hoursText: z.nullable(z.string()),
  /** Units of all SKUs. */
  onHand: z.int(),
  reserved: z.int(),
  arriving: z.int(),
});
export type OpsStore = z.output<typeof opsStoreShape>;

const holidayShape = z.object({ date: localDateShape, name: localizedShape });
const oneStore = z.object({ store: opsStoreShape });

export const opsStores = read('ops.stores', {
  who: 'operator',
  summary: 'Stores by code, 50 a page, found by name, code, address or region; with the public holidays ahead',
  request: z.strictObject({
    search: z.optional(z.string().check(z.maxLength(60))),
    state: z.optional(storeStateShape),
    after: z.optional(z.string().check(z.maxLength(60))),
  }),
  value: z.object({
    stores: z.array(opsStoreShape),
    nextAfter: z.nullable(z.string()),
    /** Of all stores, whatever was searched. */
    counts: z.object({ open: z.int(), closed_temporarily: z.int(), closed: z.int() }),
    holidays: z.array(holidayShape),
  }),
});

export const opsSetStoreState = command('ops.setStoreState', {
  who: 'operator',
  summary: 'Opens a store, closes it for now or for good; for good only when nothing is held there or on its way',
  request: z.strictObject({ id: idShape, state: storeStateShape, note: noteShape, reason }),
  value: oneStore,
  refusals: [refusal('store_busy', { reserved: z.int(), arriving: z.int(), orders: z.int() })],
});

export const opsSaveStoreHours = command('ops.saveStoreHours', {
  who: 'operator',
  summary: 'The hours of a store’s week and of public holidays; null: not known',
  request: z.strictObject({ id: idShape, hours: z.nullable(hoursTextShape) }),
  value: oneStore,
  refusals: [refusal('hours_unreadable', { fault: z.string() })],
});

export const opsSaveStoreDate = command('ops.saveStoreDate', {
  who: 'operator',
  summary: 'What holds on one date in one store, whatever the week says; `off`: shut, null: nothing special any more',
  request: z.strictObject({ id: idShape, date: localDateShape, hours: z.nullable(hoursTextShape), note: noteShape }),
  value: oneStore,
  refusals: [refusal('hours_unreadable', { fault: z.string() })],
});

export const opsSaveHoliday = command('ops.saveHoliday', {
  who: 'operator',
  summary: 'A public holiday, on which stores that have hours for it keep them; null: it is none',
  request: z.strictObject({ date: localDateShape, name: noteShape }),
  value: z.object({ holidays: z.array(holidayShape) }),
});

export const opsStoreStock = read('ops.storeStock', {
  who: 'operator',
  summary: 'What a store has, by SKU, 50 a page; changed by ops.adjustStock with its location, and by transfers',
  request: z.strictObject({
    id: idShape,
    search: z.optional(z.string().check(z.maxLength(60))),
    after: z.optional(idShape),
  }),
  value: z.object({ rows: z.array(stockRowShape), nextAfter: z.nullable(idShape) }),
});
