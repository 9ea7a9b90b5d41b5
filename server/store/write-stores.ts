import type { Day } from '../../lib/domain/store/opening.ts';
import type { Datum } from '../../lib/domain/store/place.ts';
import type { Store } from '../../lib/domain/store/store.ts';
import { type Columns, columnsOf, unnest } from '../platform/columns.ts';
import type { Queryable } from '../platform/database.ts';

/** A store as it comes from outside; whether it is open now and its exceptions are the operators'. */
export type StoreRow = Omit<Store, 'state' | 'stateNote' | 'exceptions'> & {
  readonly region: { readonly zh: string; readonly en: string };
  /** `cellOf` its point. */
  readonly cell: string;
  /** Of the source. */
  readonly datum: Datum;
};

export type StoreChanges = { readonly new: number; readonly updated: number; readonly unchanged: number };

const COLUMNS = {
  id: 'text',
  code: 'text',
  name: 'jsonb',
  address: 'jsonb',
  region: 'jsonb',
  region_code: 'text',
  lng: 'text',
  lat: 'text',
  cell: 'text',
  datum: 'text',
  zone: 'text',
  hours: 'jsonb',
  services: 'jsonb',
  phone: 'text',
} as const satisfies Columns;

const WRITE = `
  with given as (
    select id, code, name, address, region, region_code, lng::double precision, lat::double precision, cell, datum,
           zone, hours, array(select jsonb_array_elements_text(services)) as services, phone
    from ${unnest('row', COLUMNS, 2)}
  ), placed as (
    insert into location (id, name, kind) select id, name, 'store' from given
    on conflict (id) do update set name = excluded.name
      where location.kind = 'store' and location.name is distinct from excluded.name
    returning id
  ), written as (
    insert into store (id, code, address, region, region_code, lng, lat, cell, datum, zone, hours, services, phone,
                       is_demo)
    select id, code, address, region, region_code, lng, lat, cell, datum, zone, hours, services, phone, $1::boolean
    from given
    on conflict (id) do update set
      address = excluded.address, region = excluded.region, region_code = excluded.region_code, lng = excluded.lng,
      lat = excluded.lat, cell = excluded.cell, datum = excluded.datum, zone = excluded.zone, hours = excluded.hours,
      services = excluded.services, phone = excluded.phone, updated_at = now()
    where (store.address, store.region, store.region_code, store.lng, store.lat, store.cell, store.datum, store.zone,
           store.hours, store.services, store.phone)
      is distinct from (excluded.address, excluded.region, excluded.region_code, excluded.lng, excluded.lat,
           excluded.cell, excluded.datum, excluded.zone, excluded.hours, excluded.services, excluded.phone)
    returning id, xmax = 0 as is_new
  )
  select count(*) filter (where written.is_new)::integer as new,
         count(*) filter (where not coalesce(written.is_new, false))::integer as updated
  from written full join placed using (id)`;

/**
 * Makes stores and changes those that are there; stock, state and exceptions stay as they are. Telling the edges is
 * the caller's (`tellStores`).
 */
export async function writeStores(
  tx: Queryable,
  rows: readonly StoreRow[],
  { isDemo = false }: { isDemo?: boolean } = {},
): Promise<StoreChanges> {
  const params = columnsOf(
    COLUMNS,
    rows.map(({ regionCode, lng, lat, ...row }) => ({
      ...row,
      region_code: regionCode,
      lng: String(lng),
      lat: String(lat),
    })),
  );
  const [counted] = await tx.query<{ new: number; updated: number }>(WRITE, [isDemo, ...params]);
  const { new: made = 0, updated = 0 } = counted ?? {};
  return { new: made, updated, unchanged: rows.length - made - updated };
}

const EXCEPTIONS = { store_id: 'text', date: 'text', spans: 'jsonb' } as const satisfies Columns;

/** Dates that a file names; a date that an operator has set stays as it is. Answers how many rows that changed. */
export async function writeExceptions(
  tx: Queryable,
  rows: readonly { readonly storeId: string; readonly date: string; readonly spans: Day }[],
): Promise<number> {
  const params = columnsOf(
    EXCEPTIONS,
    rows.map(({ storeId, ...row }) => ({ ...row, store_id: storeId })),
  );
  const changed = await tx.query(
    `insert into store_exception (store_id, date, spans, made_by)
     select store_id, date::date, spans, 'import' from ${unnest('row', EXCEPTIONS, 1)}
     on conflict (store_id, date) do update set spans = excluded.spans, made_at = now()
       where store_exception.made_by = 'import' and store_exception.spans <> excluded.spans
     returning 1`,
    params,
  );
  return changed.length;
}

/** Tells every edge that stores have changed: ids, or `*`. Heard when the transaction commits. */
export async function tellStores(tx: Queryable, ids: readonly string[] | '*'): Promise<void> {
  await tx.query(`select pg_notify('store', $1)`, [ids === '*' || ids.length > 100 ? '*' : ids.join(',')]);
}
