import type { Localized } from '../../../lib/contracts/contract.ts';
import type { Queryable } from '../../platform/database.ts';
import { type AssembledProduct, assemble } from './assemble.ts';
import type { CategoryWish, Fragment } from './fragment.ts';
import { type Problem, problem } from './problem.ts';

const ROWS_MAX = 1_000;
const BATCH_CHARS_MAX = 4_000_000;
const FETCH_ROWS = 200;

/** Collects rows and sends them as one JSON parameter a batch, so that memory stays flat whatever the file's size. */
function batches(tx: Queryable, sql: string) {
  let rows: string[] = [];
  let chars = 0;
  const flush = async () => {
    if (rows.length === 0) return;
    const json = `[${rows.join(',')}]`;
    rows = [];
    chars = 0;
    await tx.query(sql, [json]);
  };
  return {
    async add(row: object): Promise<void> {
      const json = JSON.stringify(row);
      rows.push(json);
      chars += json.length;
      if (rows.length >= ROWS_MAX || chars >= BATCH_CHARS_MAX) await flush();
    },
    flush,
  };
}

/** Temporary tables of this transaction; they go with it, whatever its end. */
export async function createStage(tx: Queryable): Promise<void> {
  await tx.query(`
    create temp table import_fragment (ordinal bigint, handle text, body jsonb) on commit drop;
    create temp table import_category (id text primary key, name jsonb, art text) on commit drop;
    create temp table import_product (
      handle text primary key, ordinal bigint, line integer, category_id text, title jsonb, subtitle jsonb,
      description jsonb, attributes jsonb, options jsonb, pictures jsonb, is_listed boolean) on commit drop;
    create temp table import_sku (
      id text, code text, handle text, line integer, place text, choice jsonb, price_fen bigint,
      list_price_fen bigint, list_price_basis text, stock integer, limit_per_person integer, is_listed boolean,
      sort integer, is_new boolean not null default true, shelf text, slot integer) on commit drop;`);
}

/** Takes fragments as they are read. */
export function fragmentStage(tx: Queryable) {
  const rows = batches(
    tx,
    'insert into import_fragment select * from jsonb_to_recordset($1) as r(ordinal bigint, handle text, body jsonb)',
  );
  let ordinal = 0;
  return {
    add: (fragment: Fragment) => rows.add({ ordinal: ++ordinal, handle: fragment.handle, body: fragment }),
    flush: rows.flush,
  };
}

/** Finds the category that a file means, by id or by name in either language; unknown ones are to be made. */
async function categoryFinder(tx: Queryable) {
  const known = await tx.query<{ id: string; name: Localized }>('select id, name from category');
  const ids = new Set(known.map(({ id }) => id));
  const byName = new Map(known.flatMap(({ id, name }) => [name.zh, name.en].map((one) => [one.toLowerCase(), id])));
  const wished = batches(
    tx,
    'insert into import_category select * from jsonb_to_recordset($1) as r(id text, name jsonb, art text)',
  );
  return {
    async find(wish: CategoryWish): Promise<string> {
      if (wish.id !== null && ids.has(wish.id)) return wish.id;
      const named = byName.get(wish.name.zh.toLowerCase()) ?? byName.get(wish.name.en.toLowerCase());
      if (named !== undefined) return named;
      const id = wish.id ?? wish.name.en;
      ids.add(id);
      for (const one of [wish.name.zh, wish.name.en]) byName.set(one.toLowerCase(), id);
      await wished.add({ ...wish, id });
      return id;
    },
    flush: wished.flush,
  };
}

export type PictureChoice = (product: AssembledProduct) => Promise<readonly { readonly file: string }[] | null>;

/**
 * Makes products of the staged fragments, handle by handle in the order of the file, and stages those without fault.
 * `skipped` are handles of which a record was refused: half a product is not a product.
 */
export async function stageProducts(
  tx: Queryable,
  skipped: Set<string>,
  picturesOf: PictureChoice,
  report: (problems: readonly Problem[]) => void,
): Promise<void> {
  const categories = await categoryFinder(tx);
  const products = batches(
    tx,
    `insert into import_product select * from jsonb_to_recordset($1) as r(handle text, ordinal bigint, line integer,
       category_id text, title jsonb, subtitle jsonb, description jsonb, attributes jsonb, options jsonb, pictures jsonb,
       is_listed boolean)`,
  );
  const skus = batches(
    tx,
    `insert into import_sku (id, code, handle, line, place, choice, price_fen, list_price_fen, list_price_basis, stock,
       limit_per_person, is_listed, sort)
     select * from jsonb_to_recordset($1) as r(id text, code text, handle text, line integer, place text, choice jsonb,
       price_fen bigint, list_price_fen bigint, list_price_basis text, stock integer, limit_per_person integer,
       is_listed boolean, sort integer)`,
  );
  let ordinal = 0;
  const settle = async (group: readonly Fragment[]): Promise<void> => {
    const { product, problems } = assemble(group);
    report(problems);
    const handle = group[0]!.handle;
    if (problems.length > 0) skipped.add(handle);
    if (!product || skipped.has(handle)) return;
    const { category, isListed, ...rest } = product;
    await products.add({
      ...rest,
      skus: undefined,
      ordinal: ++ordinal,
      category_id: await categories.find(category),
      pictures: await picturesOf(product),
      is_listed: isListed,
    });
    for (const [sort, sku] of product.skus.entries()) {
      await skus.add({
        id: sku.id,
        code: sku.code,
        handle,
        line: sku.line,
        place: sku.column,
        choice: sku.choice,
        price_fen: sku.priceFen,
        list_price_fen: sku.listPriceFen,
        list_price_basis: sku.listPriceBasis,
        stock: sku.stock,
        limit_per_person: sku.limitPerPerson,
        is_listed: sku.isListed,
        sort,
      });
    }
  };

  await tx.query(`declare import_cursor no scroll cursor for
    select body from (select body, ordinal, min(ordinal) over (partition by handle) as first from import_fragment) f
    order by first, ordinal`);
  let group: Fragment[] = [];
  for (;;) {
    const rows = await tx.query<{ body: Fragment }>(`fetch ${FETCH_ROWS} from import_cursor`);
    for (const { body } of rows) {
      if (group.length > 0 && group[0]!.handle !== body.handle) {
        await settle(group);
        group = [];
      }
      group.push(body);
    }
    if (rows.length === 0) break;
  }
  if (group.length > 0) await settle(group);
  await tx.query('close import_cursor');
  await categories.flush();
  await products.flush();
  await skus.flush();
  await tx.query('analyze import_product; analyze import_sku; drop table import_fragment');
}

/** What only the whole file and the shop together show: codes used twice, codes of other products. */
export async function codeProblems(tx: Queryable): Promise<{ handle: string; problem: Problem }[]> {
  const rows = await tx.query<{
    handle: string;
    line: number;
    place: string;
    code: string;
    first: number | null;
    owner: string | null;
  }>(
    `select i.handle, i.line, i.place, i.code, i.first, s.product_handle as owner
       from (select *, case when row_number() over w > 1 then first_value(line) over w end as first
               from import_sku window w as (partition by code order by line, sort)) i
       left join sku s on s.code = i.code and s.product_handle <> i.handle
      where i.first is not null or s.id is not null
      order by i.line, i.place`,
  );
  return rows.map(({ handle, line, place, code, first, owner }) => ({
    handle,
    problem:
      first !== null
        ? problem(line, place, 'duplicate_sku', { code, first })
        : problem(line, place, 'sku_of_other_product', { code, handle: owner ?? '' }),
  }));
}

/** Takes products with a fault out of the stage. */
export async function dropStaged(tx: Queryable, handles: ReadonlySet<string>): Promise<void> {
  for (const table of ['import_sku', 'import_product']) {
    await tx.query(`delete from ${table} where handle = any($1::text[])`, [[...handles]]);
  }
}
