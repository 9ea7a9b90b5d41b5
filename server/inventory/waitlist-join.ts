import { randomUUID } from 'node:crypto';
import { type JoinRefusal, joinRefusal } from '../../lib/domain/inventory/waitlist.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { readHeldByPeople, readWaitFacts } from './waitlist-facts.ts';

export type JoinCommand = {
  readonly shopperId: string;
  readonly key: string;
  readonly skuId: string;
  readonly quantity: number;
};

export type JoinOutcome =
  | { readonly kind: 'waits'; readonly entryId: string }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly refusal: JoinRefusal };

type Known = { id: string; shopper_id: string; key: string; sku_id: string; quantity: number; is_live: boolean };

/** Entries that these commands may meet: of the same key, or live ones of the same person. */
function readKnown(tx: Queryable, commands: readonly JoinCommand[]): Promise<Known[]> {
  return tx.query<Known>(
    `select id, shopper_id, key, sku_id, quantity, state in ('waiting', 'offered') as is_live
     from waitlist_entry
     where (shopper_id = any ($1::text[]) and state in ('waiting', 'offered'))
        or (shopper_id, key) in (select * from unnest($1::text[], $2::uuid[]))`,
    [commands.map((command) => command.shopperId), commands.map((command) => command.key)],
  );
}

/**
 * Settles joins together, in the order of their arrival, which is the published order: the stock rows are locked, so
 * nothing is freed and nobody else joins meanwhile. One person has one live entry per SKU; a second join finds it.
 */
export async function joinWaitlist(db: Database, commands: readonly JoinCommand[]): Promise<JoinOutcome[]> {
  const skuIds = [...new Set(commands.map((command) => command.skuId))].sort();
  const people = [...new Set(commands.map((command) => command.shopperId))];
  return db.transaction(async (tx) => {
    const stock = await tx.query<{ sku_id: string; waiting: number }>(
      `select sku_id, waiting from stock_level where location_id = 'central' and sku_id = any ($1::text[])
       order by sku_id for update`,
      [skuIds],
    );
    const waiting = new Map(stock.map((row) => [row.sku_id, row.waiting]));
    const facts = await readWaitFacts(tx, skuIds, 1);
    const held = await readHeldByPeople(tx, people, skuIds);
    const known = await readKnown(tx, commands);
    const byKey = new Map(known.map((entry) => [`${entry.shopper_id}|${entry.key}`, entry]));
    const live = known.filter((entry) => entry.is_live);
    const bySku = new Map(live.map((entry) => [`${entry.shopper_id}|${entry.sku_id}`, entry.id]));
    const waits = new Map<string, number>();
    for (const entry of live) waits.set(entry.shopper_id, (waits.get(entry.shopper_id) ?? 0) + 1);
    const rows: (JoinCommand & { id: string; n: number })[] = [];

    const outcomes = commands.map((command): JoinOutcome => {
      const { shopperId, key, skuId, quantity } = command;
      const earlier = byKey.get(`${shopperId}|${key}`);
      if (earlier) {
        const isSame = earlier.sku_id === skuId && earlier.quantity === quantity;
        return isSame ? { kind: 'waits', entryId: earlier.id } : { kind: 'key_reused' };
      }
      const standing = bySku.get(`${shopperId}|${skuId}`);
      if (standing) return { kind: 'waits', entryId: standing };
      const sku = facts.skus.get(skuId);
      const seen = sku && { ...sku, available: (waiting.get(skuId) ?? 0) > 0 ? 0 : sku.available };
      const own = waits.get(shopperId) ?? 0;
      const used = (scope: string) => held(shopperId, skuId, scope);
      const refusal = joinRefusal(seen, quantity, used, own, LIMITS.waitlist.perPersonMax, facts.now);
      if (refusal) return { kind: 'refused', refusal };
      const id = `wtl_${randomUUID()}`;
      rows.push({ ...command, id, n: rows.length });
      bySku.set(`${shopperId}|${skuId}`, id);
      waits.set(shopperId, own + 1);
      waiting.set(skuId, (waiting.get(skuId) ?? 0) + 1);
      return { kind: 'waits', entryId: id };
    });
    if (rows.length > 0) {
      await tx.query(
        `with joined as (
           insert into waitlist_entry (id, shopper_id, key, sku_id, quantity)
           select id, "shopperId", key, "skuId", quantity
           from jsonb_to_recordset($1::jsonb) as j (id text, "shopperId" text, key uuid, "skuId" text,
             quantity integer, n integer)
           order by n returning sku_id
         ), c as (
           select sku_id, count(*)::integer as n from joined group by sku_id
         )
         update stock_level s set waiting = s.waiting + c.n from c
         where s.sku_id = c.sku_id and s.location_id = 'central'`,
        [JSON.stringify(rows)],
      );
    }
    return outcomes;
  });
}
