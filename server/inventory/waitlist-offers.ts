import { assert } from '../../lib/domain/assert.ts';
import { type NewOffer, serveWaiters } from '../../lib/domain/inventory/waitlist.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { endUnits, holdUnits, tellStock } from './holds.ts';
import { readHeldByPeople, readWaiters, readWaitFacts } from './waitlist-facts.ts';

/** Waiters that are looked at together; more are served in further rounds of the same transaction. */
const ROUND = 500;
const CENTRAL = 'central';

type OfferRow = NewOffer & { readonly skuId: string };

/** Writes offers: the reservation, its tier place, the entry, the counters, and what must be told. */
async function writeOffers(tx: Queryable, offers: readonly OfferRow[], passed: readonly string[]): Promise<void> {
  await holdUnits(
    tx,
    offers.map(({ entryId, skuId, shopperId, quantity, endsAt }) => ({
      ownerId: entryId,
      skuId,
      locationId: CENTRAL,
      shopperId,
      quantity,
      endsAt,
    })),
  );
  const rows = offers.map((offer) => ({
    id: offer.entryId,
    quantity: offer.quantity,
    ends_at: offer.endsAt,
    opens_at: offer.opensAt,
    tier_session_id: offer.place?.sessionId ?? null,
    tier_slot: offer.place?.slot ?? null,
  }));
  const [written] = await tx.query<{ offered: number; places: number }>(
    `with o as (
       select * from jsonb_to_recordset($1::jsonb) as o (id text, quantity integer, ends_at bigint, opens_at bigint,
         tier_session_id text, tier_slot integer)
     ), offered as (
       update waitlist_entry w set state = 'offered', offered_quantity = o.quantity,
         offer_ends_at = to_timestamp(o.ends_at / 1000.0), opens_at = to_timestamp(o.opens_at / 1000.0),
         tier_session_id = o.tier_session_id, tier_slot = o.tier_slot
       from o where w.id = o.id and w.state = 'waiting' returning w.id, w.sku_id, w.shopper_id
     ), passed as (
       update waitlist_entry set state = 'passed', ended_at = clock_timestamp()
       where id = any ($2::text[]) and state = 'waiting' returning id, sku_id, shopper_id
     ), levels as (
       update stock_level s set waiting = s.waiting - c.n, offered = s.offered + c.offered
       from (select sku_id, count(*)::integer as n, (count(*) filter (where is_offer))::integer as offered
             from (select sku_id, true as is_offer from offered union all select sku_id, false from passed) both_of_them
             group by sku_id) c
       where s.sku_id = c.sku_id and s.location_id = '${CENTRAL}'
     ), places as (
       update tier_slot t set order_id = o.id
       from o join offered w on w.id = o.id
       where t.session_id = o.tier_session_id and t.sku_id = w.sku_id and t.slot_number = o.tier_slot
         and t.order_id is null
       returning 1
     ), told as (
       insert into outbox (topic, aggregate, body)
       select 'waitlist.offered', id, jsonb_build_object('entryId', id) from offered
     )
     select (select count(*) from offered) as offered, (select count(*) from places) as places`,
    [JSON.stringify(rows), passed],
  );
  assert(written?.offered === offers.length, 'every waiter that got an offer was waiting');
  assert(
    written?.places === rows.filter((row) => row.tier_slot !== null).length,
    'every place that was given was open',
  );
  await tellWaiters(tx, [...rows.map((row) => row.id), ...passed]);
}

/** Tells the phones of these people that their entries have changed, at commit. */
export async function tellWaiters(tx: Queryable, entryIds: readonly string[]): Promise<void> {
  if (entryIds.length === 0) return;
  await tx.query(
    `select pg_notify('waitlist', jsonb_build_object('entryId', id, 'shopperId', shopper_id, 'skuId', sku_id,
                                                     'state', state)::text)
     from waitlist_entry where id = any ($1::text[])`,
    [entryIds],
  );
}

/**
 * Offers the free units of these SKUs to those who wait for them, first come first served, before this transaction
 * ends. The caller has locked their stock rows in SKU order: whoever frees units calls this, so that no moment exists
 * in which units are free, somebody waits and a new buyer comes.
 */
export async function serveWaitlist(tx: Queryable, skuIds: readonly string[]): Promise<void> {
  for (;;) {
    const stock = await tx.query<{ sku_id: string; free: number }>(
      `select sku_id, on_hand - reserved as free from stock_level
       where location_id = '${CENTRAL}' and sku_id = any ($1::text[]) and waiting > 0 and on_hand > reserved
       order by sku_id`,
      [skuIds],
    );
    if (stock.length === 0) return;
    const free = stock.map((row) => row.sku_id);
    const waiters = await readWaiters(tx, free, ROUND);
    const facts = await readWaitFacts(tx, free, ROUND);
    const people = [...waiters.values()].flat().map((waiter) => waiter.shopperId);
    const held = await readHeldByPeople(tx, people, free);
    const offers: OfferRow[] = [];
    const passed: string[] = [];
    for (const [skuId, queue] of waiters) {
      const sku = facts.skus.get(skuId);
      if (!sku) continue;
      const used = (shopperId: string, scope: string) => held(shopperId, skuId, scope);
      const served = serveWaiters(queue, sku, used, facts.now, LIMITS.waitlist.offerMs);
      offers.push(...served.offers.map((offer) => ({ ...offer, skuId })));
      passed.push(...served.passed);
    }
    if (offers.length === 0 && passed.length === 0) return;
    await writeOffers(tx, offers, passed);
    await tellStock(tx, free);
  }
}

/**
 * Ends offers, under the stock rows' locks: their units and tier places are free. Whoever calls serves the next.
 * @returns the entries that ended now
 */
export async function endOffers(
  tx: Queryable,
  entryIds: readonly string[],
  state: 'lapsed' | 'left',
): Promise<string[]> {
  const ended = await tx.query<{ id: string }>(
    `with ended as (
       update waitlist_entry set state = $2, ended_at = clock_timestamp()
       where id = any ($1::text[]) and state = 'offered' returning id, sku_id
     ), levels as (
       update stock_level s set offered = s.offered - c.n
       from (select sku_id, count(*)::integer as n from ended group by sku_id) c
       where s.sku_id = c.sku_id and s.location_id = '${CENTRAL}'
     ), places as (
       update tier_slot set order_id = null where order_id in (select id from ended)
     ), told as (
       insert into outbox (topic, aggregate, body)
       select 'waitlist.lapsed', id, jsonb_build_object('entryId', id) from ended where $2 = 'lapsed'
     )
     select id from ended`,
    [entryIds, state],
  );
  const ids = ended.map((row) => row.id);
  await endUnits(tx, ids, state === 'lapsed' ? 'expired' : 'cancelled');
  await tellWaiters(tx, ids);
  return ids;
}

/**
 * The orders of one batch take the units that were offered to their shoppers: the offer's hold ends here and the
 * order's begins in the same transaction, under the same lock, so nobody can come between.
 */
export async function takeOffers(tx: Queryable, taken: readonly { entryId: string; orderId: string }[]): Promise<void> {
  const ids = taken.map((one) => one.entryId);
  const orderIds = taken.map((one) => one.orderId);
  const [done] = await tx.query<{ n: number }>(
    `with taken as (
       update waitlist_entry w set state = 'taken', order_id = t.order_id, ended_at = clock_timestamp()
       from unnest($1::text[], $2::text[]) as t (id, order_id)
       where w.id = t.id and w.state = 'offered' returning w.id, w.sku_id
     ), levels as (
       update stock_level s set offered = s.offered - c.n
       from (select sku_id, count(*)::integer as n from taken group by sku_id) c
       where s.sku_id = c.sku_id and s.location_id = '${CENTRAL}'
     ), places as (
       update tier_slot set order_id = null where order_id in (select id from taken)
     )
     select count(*) as n from taken`,
    [ids, orderIds],
  );
  assert(done?.n === taken.length, 'every offer that an order used was open');
  await endUnits(tx, ids, 'cancelled');
  await tellWaiters(tx, ids);
}
