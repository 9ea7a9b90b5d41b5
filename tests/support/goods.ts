import { randomUUID } from 'node:crypto';
import type { Database } from '../../server/platform/database.ts';

export type GoodsSpec = {
  id: string;
  priceFen?: number;
  onHand?: number;
  limitPerPerson?: number | null;
  session?: {
    id: string;
    startsInMs: number;
    endsInMs: number;
    priceFen: number;
    limitPerPerson?: number;
    tiers?: { upTo: number; priceFen: number }[];
  };
};

/** Puts one product with one SKU on sale, with stock and, when asked, a session with its tier places. */
export async function putOnSale(db: Database, spec: GoodsSpec): Promise<void> {
  const { id, priceFen = 10_000, onHand = 100, limitPerPerson = null, session } = spec;
  await db.query(`insert into category (id, name) values ('test', '{"zh":"试","en":"Test"}') on conflict do nothing`);
  await db.query(
    `insert into product (handle, category_id, title) values ($1, 'test', '{"zh":"试品","en":"Test good"}')`,
    [`p-${id}`],
  );
  await db.query(
    `insert into sku (id, product_handle, code, price_fen, limit_per_person, shelf, slot)
     values ($1, $2, $1, $3, $4, $5, 0)`,
    [id, `p-${id}`, priceFen, limitPerPerson, `shelf-${id}`],
  );
  await db.query(`insert into stock_level (sku_id, location_id, on_hand) values ($1, 'central', $2)`, [id, onHand]);
  await db.query(
    `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ($1, 'central', 'intake', $2, $3)`,
    [id, onHand, `intake-${id}`],
  );
  if (!session) return;
  await db.query(
    `insert into sale_session (id, name, starts_at, ends_at)
     values ($1, '{"zh":"场","en":"Session"}', date_trunc('milliseconds', now()) + ($2 || ' milliseconds')::interval,
       date_trunc('milliseconds', now()) + ($3 || ' milliseconds')::interval)
     on conflict do nothing`,
    [session.id, session.startsInMs, session.endsInMs],
  );
  const tiers = session.tiers ?? [];
  await db.query(
    `insert into session_item (session_id, sku_id, price_fen, limit_per_person, tiers) values ($1, $2, $3, $4, $5)`,
    [session.id, id, session.priceFen, session.limitPerPerson ?? 99, JSON.stringify(tiers)],
  );
  await db.query(
    `insert into tier_slot (session_id, sku_id, slot_number) select $1, $2, n from generate_series(1, $3::integer) n`,
    [session.id, id, tiers.at(-1)?.upTo ?? 0],
  );
}

export const HOUR = 3_600_000;
export const running = (id: string, priceFen: number) => ({ id, startsInMs: -HOUR, endsInMs: HOUR, priceFen });
export const newKey = () => randomUUID();
