import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { opsAdjustStock, opsStock } from '../../lib/contracts/ops.ts';
import type { opsStoreStock } from '../../lib/contracts/ops-store.ts';
import { choiceWords } from '../../lib/domain/catalog/choice-words.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { audit } from './audit.ts';

const PAGE = 50;
const CENTRAL = 'central';

type StockRow = ValueOf<typeof opsStock>['rows'][number];
type Words = { zh: string; en: string };
type Stored = Omit<StockRow, 'choice'> & {
  choice: string[];
  options: { values: { id: string; label: Words }[] }[];
};

/** Rows of one place: `$1` is its id. */
const SELECT = `
  select s.id as "skuId", s.code, s.product_handle as "productHandle", p.title, s.choice, p.options,
    s.price_fen as "priceFen",
    coalesce(l.on_hand, 0) as "onHand", coalesce(l.reserved, 0) as reserved,
    coalesce(l.on_hand - l.reserved, 0) as available, coalesce(l.sold, 0) as sold
  from sku s join product p on p.handle = s.product_handle
  left join stock_level l on l.sku_id = s.id and l.location_id = $1`;

function shown({ options, choice, ...row }: Stored): StockRow {
  return { ...row, choice: choiceWords(choice, options) };
}

/** A search text as a LIKE pattern: what a person types has no wildcards. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

type Page = { rows: StockRow[]; nextAfter: string | null };

async function listPage(
  db: Queryable,
  place: string,
  { search, after }: RequestOf<typeof opsStock>,
  which = '',
): Promise<Page> {
  const rows = await db.query<Stored>(
    `${SELECT}
     where ($2::text is null or s.id > $2)
       and ($3::text is null or s.code ilike $3 or p.handle ilike $3 or p.title ->> 'zh' ilike $3 or p.title ->> 'en' ilike $3)
       ${which}
     order by s.id limit ${PAGE + 1}`,
    [place, after ?? null, search?.trim() ? containing(search.trim()) : null],
  );
  const page = rows.slice(0, PAGE).map(shown);
  return { rows: page, nextAfter: rows.length > PAGE ? (page.at(-1)?.skuId ?? null) : null };
}

export function listStock(db: Queryable, request: RequestOf<typeof opsStock>): Promise<Page> {
  return listPage(db, CENTRAL, request);
}

/** What lies in a store, or is held or was sold there. */
export function listStoreStock(db: Queryable, { id, ...request }: RequestOf<typeof opsStoreStock>): Promise<Page> {
  return listPage(db, id, request, 'and (l.on_hand > 0 or l.reserved > 0 or l.sold > 0)');
}

async function readRow(db: Queryable, skuId: string, place: string): Promise<StockRow> {
  const [row] = await db.query<Stored>(`${SELECT} where s.id = $2`, [place, skuId]);
  if (!row) throw new Error(`SKU ${skuId} vanished while its stock was adjusted`);
  return shown(row);
}

/**
 * Adds or takes units, once per key. The stock row is locked first, as every reservation locks it, so the check
 * against what is reserved holds until commit; the database's own `never_oversold` stands behind it.
 */
export function adjustStock(
  db: Database,
  { key, skuId, delta, reason, locationId = CENTRAL }: RequestOf<typeof opsAdjustStock>,
  actor: string,
): Promise<AnswerOf<typeof opsAdjustStock>> {
  return db.transaction(async (tx) => {
    const [known] = await tx.query('select 1 from sku where id = $1', [skuId]);
    if (!known) return refuse({ code: 'unknown_sku' });
    const [place] = await tx.query('select 1 from location where id = $1', [locationId]);
    if (!place) return refuse({ code: 'unknown_location' });
    await tx.query('insert into stock_level (sku_id, location_id) values ($1, $2) on conflict do nothing', [
      skuId,
      locationId,
    ]);
    const [level] = await tx.query<{ onHand: number; reserved: number }>(
      `select on_hand as "onHand", reserved from stock_level where sku_id = $1 and location_id = $2 for update`,
      [skuId, locationId],
    );
    if (!level) throw new Error(`Stock row of ${skuId} is not there`);
    const [earlier] = await tx.query<{ skuId: string; quantity: number; place: string }>(
      `select sku_id as "skuId", quantity, location_id as place from stock_move where reference = $1 and kind = 'adjust'`,
      [key],
    );
    if (earlier) {
      if (earlier.skuId !== skuId || earlier.quantity !== delta || earlier.place !== locationId)
        return refuse({ code: 'key_reused' });
      return accept({ row: await readRow(tx, skuId, locationId) });
    }
    if (level.onHand + delta < level.reserved) {
      return refuse({ code: 'below_reserved', available: level.onHand - level.reserved });
    }
    await tx.query(
      `with moved as (
         insert into stock_move (sku_id, location_id, kind, quantity, reference, reason, actor)
         values ($1, $2, 'adjust', $3, $4, $5, $6)
       )
       update stock_level set on_hand = on_hand + $3, version = version + 1
       where sku_id = $1 and location_id = $2 returning pg_notify('stock', $1)`,
      [skuId, locationId, delta, key, reason, actor],
    );
    // Who waits is served from where orders are.
    if (delta > 0 && locationId === CENTRAL) await serveWaitlist(tx, [skuId]);
    await audit(tx, {
      actor,
      action: 'ops.adjustStock',
      target: skuId,
      detail: { locationId, delta, reason, before: level.onHand, after: level.onHand + delta },
    });
    return accept({ row: await readRow(tx, skuId, locationId) });
  });
}
