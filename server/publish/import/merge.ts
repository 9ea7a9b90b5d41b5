import { placeOnShelf } from '../../catalog/shelves.ts';
import { serveWaitlist } from '../../inventory/waitlist-offers.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Note } from './problem.ts';

export type Changes = {
  products: { new: number; updated: number; unchanged: number };
  skus: { new: number; updated: number; unchanged: number; unlisted: number };
  /** Units put on hand for new SKUs, and SKUs whose units were adjusted. */
  stock: { intakeUnits: number; adjustedSkus: number };
  categories: { new: number };
};

const PLACES_A_BATCH = 2_000;

async function count(tx: Queryable, sql: string, params: readonly unknown[] = []): Promise<number> {
  const [row] = await tx.query<{ n: number }>(sql, params);
  return row?.n ?? 0;
}

/** A shop opens with its first goods: without a festival nothing can be published. */
async function openShop(tx: Queryable): Promise<void> {
  await tx.query(
    `insert into festival (id, name) select 'own', '{"zh":"双十一会场","en":"Double 11"}'
      where not exists (select from festival)`,
  );
}

async function mergeCategories(tx: Queryable): Promise<number> {
  return count(
    tx,
    `with made as (
       insert into category (id, name, art, sort)
       select c.id, c.name, c.art, (select coalesce(max(sort), 0) from category) + row_number() over (order by min(p.ordinal))
         from import_category c join import_product p on p.category_id = c.id group by c.id
       on conflict (id) do nothing returning 1)
     select count(*) as n from made`,
  );
}

async function mergeProducts(tx: Queryable): Promise<void> {
  await tx.query(
    `update product p set category_id = i.category_id, title = i.title,
            subtitle = coalesce(i.subtitle, p.subtitle), description = coalesce(i.description, p.description),
            attributes = coalesce(i.attributes, p.attributes), options = i.options,
            pictures = coalesce(i.pictures, p.pictures), is_listed = coalesce(i.is_listed, p.is_listed), updated_at = now()
       from import_product i
      where p.handle = i.handle and not i.is_new and i.is_changed`,
  );
  await tx.query(
    `insert into product (handle, category_id, title, subtitle, description, attributes, options, pictures, is_listed, sort)
     select handle, category_id, title, coalesce(subtitle, '{"zh":"","en":""}'), coalesce(description, '{"zh":"","en":""}'),
            coalesce(attributes, '[]'), options, coalesce(pictures, '[]'), coalesce(is_listed, true),
            (select coalesce(max(sort), 0) from product) + ordinal
       from import_product where is_new`,
  );
}

/** Marks what is new and what differs, before anything is written. */
async function compare(tx: Queryable): Promise<void> {
  await tx.query(`
    alter table import_product add is_new boolean not null default true, add is_changed boolean not null default true;
    update import_product i set is_new = false, is_changed =
        (p.category_id, p.title, p.subtitle, p.description, p.attributes, p.options, p.pictures, p.is_listed) is distinct from
        (i.category_id, i.title, coalesce(i.subtitle, p.subtitle), coalesce(i.description, p.description),
         coalesce(i.attributes, p.attributes), i.options, coalesce(i.pictures, p.pictures), coalesce(i.is_listed, p.is_listed))
      from product p where p.handle = i.handle;
    alter table import_sku add is_changed boolean not null default true;
    update import_sku i set is_new = false, id = s.id, is_changed =
        (s.choice, s.price_fen, s.list_price_fen, s.list_price_basis, s.limit_per_person, s.is_listed, s.sort) is distinct from
        (i.choice, i.price_fen, i.list_price_fen, i.list_price_basis, coalesce(i.limit_per_person, s.limit_per_person),
         i.is_listed, i.sort)
      from sku s where s.code = i.code;
    create index on import_sku (id);
    create index on import_sku (handle);
    analyze import_sku`);
}

/** New SKUs get their shelf and slot, product by product; SKUs that have one keep it for ever. */
async function placeNewSkus(tx: Queryable): Promise<void> {
  const groups = await tx.query<{ category: string; ids: string[] }>(
    `select p.category_id as category, array_agg(s.id order by s.sort) as ids
       from import_sku s join import_product p using (handle)
      where s.is_new group by p.handle, p.category_id, p.ordinal order by p.ordinal`,
  );
  let places: { id: string; shelf: string; slot: number }[] = [];
  const flush = async () => {
    await tx.query(
      `update import_sku i set shelf = r.shelf, slot = r.slot
         from jsonb_to_recordset($1) as r(id text, shelf text, slot integer) where r.id = i.id`,
      [JSON.stringify(places)],
    );
    places = [];
  };
  for (const { category, ids } of groups) {
    for (const [id, place] of await placeOnShelf(tx, category, ids)) places.push({ id, ...place });
    if (places.length >= PLACES_A_BATCH) await flush();
  }
  await flush();
}

async function mergeSkus(tx: Queryable): Promise<void> {
  await tx.query(`
    update price_history h set valid_to = now() from sku s join import_sku i on i.id = s.id and not i.is_new
      where h.sku_id = s.id and h.valid_to is null and s.price_fen <> i.price_fen;
    create temp table import_price on commit drop as
      select s.id from sku s join import_sku i on i.id = s.id where not i.is_new and s.price_fen <> i.price_fen;
    update sku s set choice = i.choice, price_fen = i.price_fen, list_price_fen = i.list_price_fen,
        list_price_basis = i.list_price_basis, limit_per_person = coalesce(i.limit_per_person, s.limit_per_person),
        is_listed = i.is_listed, sort = i.sort
      from import_sku i where i.id = s.id and not i.is_new and i.is_changed;
    insert into sku (id, product_handle, code, choice, price_fen, list_price_fen, list_price_basis, limit_per_person,
        is_listed, sort, shelf, slot)
      select id, handle, code, choice, price_fen, list_price_fen, list_price_basis, limit_per_person, is_listed, sort, shelf, slot
        from import_sku where is_new;
    insert into price_history (sku_id, price_fen, valid_from)
      select id, price_fen, now() from import_sku where is_new or id in (select id from import_price)`);
}

/** SKUs that the file's products no longer have are taken off the shop; rows stay for the orders that name them. */
async function unlistAbsent(tx: Queryable): Promise<Note[]> {
  const rows = await tx.query<{ line: number; code: string }>(
    `update sku s set is_listed = false from import_product p
      where s.product_handle = p.handle and s.is_listed
        and not exists (select from import_sku i where i.id = s.id)
      returning p.line, s.code`,
  );
  return rows.map(({ line, code }) => ({ line, column: null, code: 'sku_unlisted', facts: { code } }));
}

/** Puts the units of new SKUs on hand, with the move that explains them. */
async function stockNewSkus(tx: Queryable, reference: string, defaultUnits: number): Promise<number> {
  await tx.query(
    `insert into stock_level (sku_id, location_id, on_hand)
     select id, 'central', coalesce(stock, $1) from import_sku where is_new`,
    [defaultUnits],
  );
  return count(
    tx,
    `with moved as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference, actor)
       select id, 'central', 'intake', coalesce(stock, $1), $2, 'import' from import_sku where is_new and coalesce(stock, $1) > 0
       returning quantity)
     select coalesce(sum(quantity), 0)::bigint as n from moved`,
    [defaultUnits, reference],
  );
}

/**
 * Follows the merchant's count for SKUs that the shop has: by the difference to what imports brought so far, never to
 * what is on hand. The same file again changes nothing, whatever was sold since, and a count that rose by 50 adds 50.
 * SKUs that no import ever stocked are compared with all units that ever came in (on hand and sold).
 * Units that orders hold stay: on hand never falls below reserved.
 */
async function adjustStock(tx: Queryable, reference: string): Promise<{ adjusted: number; notes: Note[] }> {
  await tx.query(`
    insert into stock_level (sku_id, location_id)
      select i.id, 'central' from import_sku i where not i.is_new and i.stock is not null on conflict do nothing;
    create temp table import_delta on commit drop as
      select i.id, i.code, i.line, (i.stock - coalesce(m.units, l.on_hand + l.sold))::integer as delta
        from import_sku i
        join stock_level l on l.sku_id = i.id and l.location_id = 'central'
        left join (select sku_id, sum(quantity) as units from stock_move
                    where reference like 'import:%' and location_id = 'central' group by sku_id) m on m.sku_id = i.id
       where not i.is_new and i.stock is not null
         and i.stock <> coalesce(m.units, l.on_hand + l.sold)`);
  const clamped = await tx.query<{ line: number; code: string; wanted: number; reserved: number }>(
    // Locked in the order of ids, as every order does: two writers that meet wait, and do not deadlock.
    `with locked as (
       select l.sku_id, l.on_hand, l.reserved, d.delta, d.code, d.line
         from stock_level l join import_delta d on d.id = l.sku_id
        where l.location_id = 'central' order by l.sku_id for update of l)
     select line, code, greatest(on_hand + delta, 0) as wanted, reserved from locked
      where on_hand + delta < reserved order by line`,
  );
  const adjusted = await count(
    tx,
    `with changed as (
       select l.sku_id, greatest(l.on_hand + d.delta, l.reserved) - l.on_hand as units
         from stock_level l join import_delta d on d.id = l.sku_id
        where l.location_id = 'central' and greatest(l.on_hand + d.delta, l.reserved) <> l.on_hand),
     moved as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference, actor)
       select sku_id, 'central', 'adjust', units, $1, 'import' from changed returning sku_id, quantity)
     , applied as (
       update stock_level l set on_hand = l.on_hand + c.units, version = l.version + 1
         from changed c where l.sku_id = c.sku_id and l.location_id = 'central' returning 1)
     select count(*) as n from applied`,
    [reference],
  );
  return {
    adjusted,
    notes: clamped.map(({ line, code, wanted, reserved }) => ({
      line,
      column: null,
      code: 'stock_clamped',
      facts: { code, wanted, reserved },
    })),
  };
}

/**
 * Who waits is served before this import is seen: units that it brought, and goods that it put on sale again. A row
 * that an order holds is left to the waitlist's sweep: this transaction holds rows already and may not wait for more.
 */
async function serveWaiting(tx: Queryable): Promise<void> {
  const skus = await tx.query<{ sku_id: string }>(
    `select sku_id from stock_level
     where location_id = 'central' and waiting > 0 and on_hand > reserved order by sku_id for update skip locked`,
  );
  if (skus.length === 0) return;
  await serveWaitlist(
    tx,
    skus.map((row) => row.sku_id),
  );
}

/**
 * Brings the staged products into the shop, set by set, in the caller's transaction.
 * `reference` names this import in the stock's moves; `defaultUnits` are for new SKUs whose count the file does not say.
 */
export async function merge(
  tx: Queryable,
  reference: string,
  defaultUnits: number,
): Promise<{ changes: Changes; notes: Note[] }> {
  await compare(tx);
  const [products] = await tx.query<Changes['products']>(
    `select count(*) filter (where is_new) as new, count(*) filter (where not is_new and is_changed) as updated,
            count(*) filter (where not is_new and not is_changed) as unchanged from import_product`,
  );
  const [skus] = await tx.query<Omit<Changes['skus'], 'unlisted'>>(
    `select count(*) filter (where is_new) as new, count(*) filter (where not is_new and is_changed) as updated,
            count(*) filter (where not is_new and not is_changed) as unchanged from import_sku`,
  );
  await openShop(tx);
  const newCategories = await mergeCategories(tx);
  await mergeProducts(tx);
  await placeNewSkus(tx);
  await mergeSkus(tx);
  const unlisted = await unlistAbsent(tx);
  const intakeUnits = await stockNewSkus(tx, reference, defaultUnits);
  const { adjusted, notes } = await adjustStock(tx, reference);
  await serveWaiting(tx);
  // Every live board reads its numbers anew.
  await tx.query("select pg_notify('stock', '*')");
  return {
    changes: {
      products: products!,
      skus: { ...skus!, unlisted: unlisted.length },
      stock: { intakeUnits, adjustedSkus: adjusted },
      categories: { new: newCategories },
    },
    notes: [...unlisted, ...notes],
  };
}
