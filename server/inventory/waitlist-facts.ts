import type { HeldOffer, WaitedSku, Waiter } from '../../lib/domain/inventory/waitlist.ts';
import type { Queryable } from '../platform/database.ts';

/** What serving and joining must know; read under the stock rows' locks. */
export type WaitFacts = {
  /** Database clock, epoch ms. */
  readonly now: number;
  /** `available`: units that nobody holds, whoever waits. */
  readonly skus: ReadonlyMap<string, WaitedSku>;
};

type SkuRow = {
  sku_id: string;
  price_fen: number;
  limit_per_person: number | null;
  is_for_sale: boolean;
  free: number;
  offers: WaitedSku['offers'];
  now: number;
};

/** Sessions that run or come, each with its lowest open tier places, as many as `slotsMax`. */
const READ_SKUS = `
  select s.id as sku_id, s.price_fen, s.limit_per_person,
         s.is_listed and p.is_listed
           and not exists (select 1 from sale_stop t where t.sku_id = s.id and t.opened_at is null) as is_for_sale,
         coalesce(l.on_hand - l.reserved, 0) as free,
         (extract(epoch from clock_timestamp()) * 1000)::bigint as now,
         coalesce((
           select jsonb_agg(jsonb_build_object(
             'sessionId', i.session_id, 'priceFen', i.price_fen, 'limitPerPerson', i.limit_per_person,
             'tiers', i.tiers,
             'startsAt', (extract(epoch from v.starts_at) * 1000)::bigint,
             'endsAt', (extract(epoch from v.ends_at) * 1000)::bigint,
             'openSlots', coalesce((
               select jsonb_agg(t.slot_number order by t.slot_number)
               from (select slot_number from tier_slot
                     where session_id = i.session_id and sku_id = i.sku_id and order_id is null
                     order by slot_number limit $2) t), '[]')))
           from session_item i join sale_session v on v.id = i.session_id and v.ends_at > clock_timestamp()
           where i.sku_id = s.id), '[]') as offers
  from sku s join product p on p.handle = s.product_handle
  left join stock_level l on l.sku_id = s.id and l.location_id = 'central'
  where s.id = any ($1::text[])`;

export async function readWaitFacts(tx: Queryable, skuIds: readonly string[], slotsMax: number): Promise<WaitFacts> {
  const rows = await tx.query<SkuRow>(READ_SKUS, [skuIds, slotsMax]);
  const skus = rows.map((row): [string, WaitedSku] => [
    row.sku_id,
    {
      isForSale: row.is_for_sale,
      priceFen: row.price_fen,
      limitPerPerson: row.limit_per_person,
      available: row.free,
      offers: row.offers,
    },
  ]);
  return { now: rows[0]?.now ?? 0, skus: new Map(skus) };
}

/** Units that these people hold or own, by `shopper|sku|scope`. */
export async function readHeldByPeople(
  tx: Queryable,
  shopperIds: readonly string[],
  skuIds: readonly string[],
): Promise<(shopperId: string, skuId: string, scope: string) => number> {
  const rows = await tx.query<{ key: string; quantity: number }>(
    `select u.shopper_id || '|' || u.sku_id || '|' || u.scope as key, u.quantity
     from unnest($1::text[]) as p (shopper_id)
     join limit_use u on u.shopper_id = p.shopper_id and u.sku_id = any ($2::text[]) and u.quantity > 0`,
    [[...new Set(shopperIds)], skuIds],
  );
  const used = new Map(rows.map((row) => [row.key, row.quantity]));
  return (shopperId, skuId, scope) => used.get(`${shopperId}|${skuId}|${scope}`) ?? 0;
}

/** The first who wait for each of these SKUs, at most `max` each, in published order. */
export async function readWaiters(
  tx: Queryable,
  skuIds: readonly string[],
  max: number,
): Promise<ReadonlyMap<string, readonly Waiter[]>> {
  const rows = await tx.query<Waiter & { skuId: string }>(
    `select w.id as "entryId", w.shopper_id as "shopperId", w.quantity, k.sku_id as "skuId"
     from unnest($1::text[]) as k (sku_id)
     cross join lateral (
       select id, shopper_id, quantity, ticket from waitlist_entry
       where sku_id = k.sku_id and state = 'waiting' order by ticket limit $2
     ) w order by k.sku_id, w.ticket`,
    [skuIds, max],
  );
  return Map.groupBy(rows, (row) => row.skuId);
}

/** Offers that these people may use, by `shopper|sku`. */
export async function readHeldOffers(
  tx: Queryable,
  shopperIds: readonly string[],
  skuIds: readonly string[],
): Promise<Map<string, HeldOffer>> {
  const rows = await tx.query<{
    key: string;
    id: string;
    quantity: number;
    ends_at: number;
    tier_session_id: string | null;
    tier_slot: number | null;
  }>(
    `select shopper_id || '|' || sku_id as key, id, offered_quantity as quantity, tier_session_id, tier_slot,
            (extract(epoch from offer_ends_at) * 1000)::bigint as ends_at
     from waitlist_entry
     where state = 'offered' and shopper_id = any ($1::text[]) and sku_id = any ($2::text[])`,
    [shopperIds, skuIds],
  );
  return new Map(
    rows.map((row) => [
      row.key,
      {
        entryId: row.id,
        quantity: row.quantity,
        endsAt: row.ends_at,
        place:
          row.tier_session_id !== null && row.tier_slot !== null
            ? { sessionId: row.tier_session_id, slot: row.tier_slot }
            : null,
      },
    ]),
  );
}
