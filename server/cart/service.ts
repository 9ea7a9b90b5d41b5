import type { CartLine } from '../../lib/contracts/cart.ts';
import type { Queryable } from '../platform/database.ts';

/** Lines of one shopper that are kept, removals included; the oldest make room. */
const KEPT_LINES_MAX = 200;

/**
 * The rule, once: per SKU the later edit wins, and of two of the same moment the larger quantity. It is an order over
 * edits, so merging is idempotent and it does not matter which phone speaks first.
 */
const LATER_WINS = `on conflict (shopper_id, sku_id) do update
  set quantity = excluded.quantity, changed_at = excluded.changed_at
  where (excluded.changed_at, excluded.quantity) > (cart_line.changed_at, cart_line.quantity)`;

/** The cart, newest edit first; `quantity` 0 is a removal that other phones still have to hear of. */
export async function readCart(db: Queryable, shopperId: string): Promise<CartLine[]> {
  const rows = await db.query<{ skuId: string; quantity: number; changedAt: Date }>(
    `select sku_id as "skuId", quantity, changed_at as "changedAt" from cart_line where shopper_id = $1
     order by changed_at desc, sku_id limit ${KEPT_LINES_MAX}`,
    [shopperId],
  );
  return rows.map(({ changedAt, ...line }) => ({ ...line, changedAt: changedAt.getTime() }));
}

/**
 * Merges edits of one phone. An edit "from the future" counts as made now, by the database's clock: a phone with a
 * wrong clock must not win against everybody for a week. Rows are written in SKU order, so two phones cannot deadlock.
 */
export async function mergeCart(db: Queryable, shopperId: string, lines: readonly CartLine[]): Promise<CartLine[]> {
  if (lines.length > 0) {
    await db.query(
      `insert into cart_line (shopper_id, sku_id, quantity, changed_at)
       select distinct on (sku_id) $1, sku_id, quantity, least(changed_at, date_trunc('milliseconds', now()))
       from unnest($2::text[], $3::int[], $4::timestamptz[]) as edit (sku_id, quantity, changed_at)
       order by sku_id, changed_at desc, quantity desc
       ${LATER_WINS}`,
      [
        shopperId,
        lines.map(({ skuId }) => skuId),
        lines.map(({ quantity }) => quantity),
        lines.map(({ changedAt }) => new Date(changedAt).toISOString()),
      ],
    );
    await db.query(
      `delete from cart_line where shopper_id = $1 and sku_id in (
         select sku_id from cart_line where shopper_id = $1 order by changed_at desc, sku_id offset ${KEPT_LINES_MAX})`,
      [shopperId],
    );
  }
  return readCart(db, shopperId);
}

/**
 * An anonymous shopper turned out to be `personId`: his edits are merged into that cart, and his cart is gone. Part of the
 * transaction that makes the two one.
 */
export async function claimCart(tx: Queryable, anonymousId: string, personId: string): Promise<void> {
  await tx.query(
    `insert into cart_line (shopper_id, sku_id, quantity, changed_at)
     select $2, sku_id, quantity, changed_at from cart_line where shopper_id = $1 order by sku_id
     ${LATER_WINS}`,
    [anonymousId, personId],
  );
  await tx.query('delete from cart_line where shopper_id = $1', [anonymousId]);
}

/** The carts of shoppers who are gone. */
export async function dropCarts(db: Queryable, shopperIds: readonly string[]): Promise<void> {
  if (shopperIds.length > 0) await db.query('delete from cart_line where shopper_id = any ($1)', [shopperIds]);
}
