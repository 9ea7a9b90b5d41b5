import type { RequestOf } from '../../lib/contracts/contract.ts';
import type { LineProblem } from '../../lib/contracts/order.ts';
import type { pickupChangeStore } from '../../lib/contracts/pickup.ts';
import { assert } from '../../lib/domain/assert.ts';
import { promiseOf } from '../../lib/domain/pickup/deadlines.ts';
import { CENTRAL, sourceOf } from '../../lib/domain/pickup/place.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { tellStock } from '../inventory/holds.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { type Facts, readFacts } from './counter-facts.ts';
import { moveReference, tellPickup } from './prepare.ts';
import type { PickupPlace } from './stores.ts';

type Units = { skuId: string; from: string; quantity: number };
type Swap = Units & { to: string };
type Level = { sku_id: string; location_id: string; free: number; waiting: number };

export type ChangeRefusal =
  | { code: 'not_found' }
  | { code: 'pickup_cannot_move'; state: Facts['state'] | null }
  | { code: 'lines_refused'; problems: LineProblem[] };

/** Locks the rows of these SKUs at all places that come into question; in the one order of every writer. */
function lockLevels(tx: Queryable, units: readonly Units[], storeId: string): Promise<Level[]> {
  return tx.query<Level>(
    `select s.sku_id, s.location_id, s.waiting, case when s.waiting > 0 then 0 else s.on_hand - s.reserved end as free
     from stock_level s
     where s.sku_id = any ($1::text[]) and s.location_id = any ($2::text[])
     order by s.sku_id, s.location_id for update`,
    [units.map(({ skuId }) => skuId), [...new Set([storeId, CENTRAL, ...units.map(({ from }) => from)])]],
  );
}

/**
 * Where each SKU of the order would come from now. What waits in the warehouse is simply sent elsewhere; what another
 * store has put by stays there for sale, and its like is taken from the new store or from the warehouse.
 */
function plan(
  units: readonly Units[],
  levels: readonly Level[],
  storeId: string,
): Result<Swap[], { code: 'lines_refused'; problems: LineProblem[] }> {
  const freeAt = (skuId: string, place: string) =>
    levels.find((level) => level.sku_id === skuId && level.location_id === place)?.free ?? 0;
  const swaps: Swap[] = [];
  const problems: LineProblem[] = [];
  for (const one of units) {
    const { skuId, from, quantity } = one;
    if (from === CENTRAL || from === storeId) {
      swaps.push({ ...one, to: from });
      continue;
    }
    const source = sourceOf(storeId, quantity, { store: freeAt(skuId, storeId), central: freeAt(skuId, CENTRAL) });
    if (source.available < quantity) problems.push({ skuId, code: 'sold_out', left: Math.max(0, source.available) });
    else swaps.push({ ...one, to: source.location });
  }
  return problems.length > 0 ? refuse({ code: 'lines_refused', problems }) : accept(swaps);
}

/** The old place has its units for sale again, the new one has sold as many: two moves of one name. */
async function swapUnits(tx: Queryable, orderId: string, swaps: readonly Swap[]): Promise<void> {
  const [done] = await tx.query<{ levels: number; lines: number }>(
    `with u as (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::integer[]) as u (sku_id, old, new, quantity)
     ), sides as (
       select sku_id, old as location_id, 'swap_in' as kind, quantity, 1 as sign from u
       union all
       select sku_id, new, 'swap_out', quantity, -1 from u
     ), moves as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference)
       select sku_id, location_id, kind, quantity, $6 from sides
     ), lines as (
       update pickup_line l set location_id = u.new from u where l.order_id = $5 and l.sku_id = u.sku_id returning 1
     ), levels as (
       update stock_level s set on_hand = s.on_hand + b.sign * b.quantity, sold = s.sold - b.sign * b.quantity,
         version = s.version + 1
       from sides b where s.sku_id = b.sku_id and s.location_id = b.location_id returning 1
     )
     select (select count(*) from levels) as levels, (select count(*) from lines) as lines`,
    [
      swaps.map(({ skuId }) => skuId),
      swaps.map(({ from }) => from),
      swaps.map(({ to }) => to),
      swaps.map(({ quantity }) => quantity),
      orderId,
      moveReference(orderId),
    ],
  );
  assert(done?.levels === 2 * swaps.length, 'a swap gives at one place what it takes at another');
}

/**
 * Another store for a paid order whose goods are not put by yet: all of its lines or none. The same store again changes
 * nothing; a store that is faster with "ready" wins.
 */
export async function changeStore(
  db: Database,
  shopperId: string,
  { orderId }: RequestOf<typeof pickupChangeStore>,
  place: PickupPlace,
): Promise<Result<null, ChangeRefusal>> {
  return db.transaction(async (tx): Promise<Result<null, ChangeRefusal>> => {
    const [own] = await tx.query<{ is_fetched: boolean }>(
      'select store_id is not null as is_fetched from orders where id = $1 and shopper_id = $2',
      [orderId, shopperId],
    );
    if (!own) return refuse({ code: 'not_found' });
    const facts = await readFacts(tx, orderId, { isLocked: true });
    if (!facts) return refuse({ code: 'pickup_cannot_move', state: null });
    if (facts.storeId === place.id && facts.state === 'preparing') return accept(null);
    if (facts.state !== 'preparing' || facts.orderState !== 'paid') {
      return refuse({ code: 'pickup_cannot_move', state: facts.state });
    }
    // Units that have gone back meanwhile are nobody's to move.
    const units = await tx.query<Units>(
      `select p.sku_id as "skuId", p.location_id as "from", sum(p.quantity - l.refunded_quantity)::integer as quantity
       from pickup_line p join order_line l using (order_id, line_number) where p.order_id = $1
       group by 1, 2 having sum(p.quantity - l.refunded_quantity) > 0 order by 1`,
      [orderId],
    );
    const levels = await lockLevels(tx, units, place.id);
    const planned = plan(units, levels, place.id);
    if (!planned.ok) return planned;
    const swaps = planned.value.filter(({ from, to }) => from !== to);
    if (swaps.length > 0) await swapUnits(tx, orderId, swaps);
    const isTransfer = planned.value.some(({ to }) => to === CENTRAL);
    const promisedAt = promiseOf(facts.now, isTransfer, place.calendar);
    await tx.query(
      `with p as (update pickup set store_id = $2, promised_at = to_timestamp($3 / 1000.0) where order_id = $1)
       update orders set store_id = $2, promised_at = to_timestamp($3 / 1000.0),
         address = address || jsonb_build_object('region', $4::text, 'street', $5::text) where id = $1`,
      [orderId, place.id, promisedAt, place.region, place.street],
    );
    await tellStock(
      tx,
      swaps.map(({ skuId }) => skuId),
    );
    await tellPickup(tx, orderId, null);
    const waitedFor = levels.filter(({ location_id, waiting }) => location_id === CENTRAL && waiting > 0);
    const freed = waitedFor
      .map(({ sku_id }) => sku_id)
      .filter((id) => swaps.some((s) => s.skuId === id && s.from === CENTRAL));
    if (freed.length > 0) await serveWaitlist(tx, freed);
    return accept(null);
  });
}
