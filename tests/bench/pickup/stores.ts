import type { Queryable } from '../../../server/platform/database.ts';
import { demoStores } from '../../../server/publish/demo/stores.ts';
import { type StoreRow, writeStores } from '../../../server/store/write-stores.ts';

export const SKUS = 200;
export const skuIds: readonly string[] = Array.from({ length: SKUS }, (_, n) => `near-${n}`);

/**
 * So many stores with units of 200 SKUs each. Rows are packed (fillfactor 100) and not checked against the tables that
 * they name, so that six million of them fit this machine; both sides of the comparison read the same tables.
 */
export async function fillStores(db: Queryable, count: number): Promise<StoreRow[]> {
  const rows = demoStores(count);
  for (let at = 0; at < rows.length; at += 2_000) await writeStores(db, rows.slice(at, at + 2_000));
  await db.query(`insert into category (id, name) values ('near', '{"zh":"近","en":"Near"}')`);
  await db.query(
    `insert into product (handle, category_id, title) values ('near', 'near', '{"zh":"近货","en":"Near goods"}')`,
  );
  await db.query(
    `insert into sku (id, product_handle, code, price_fen, shelf, slot)
     select id, 'near', id, 9900, 'near', n from unnest($1::text[]) with ordinality one (id, n)`,
    [skuIds],
  );
  await db.query('alter table stock_level set (fillfactor = 100)');
  await db.query('alter table stock_level disable trigger all');
  await db.query(
    `insert into stock_level (sku_id, location_id, on_hand)
     select sku.id, place.id, (hashtextextended(sku.id || place.id, 1) & 15)::integer
     from (select id from store order by cell, id) place cross join sku`,
  );
  await db.query(`insert into stock_level (sku_id, location_id, on_hand) select id, 'central', 500 from sku`);
  await db.query('alter table stock_level enable trigger all');
  await db.query('analyze store');
  await db.query('analyze stock_level');
  return rows;
}
