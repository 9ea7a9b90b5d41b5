import { randomUUID } from 'node:crypto';
import { assert } from '../../../lib/domain/assert.ts';
import {
  dayKey,
  type OfferClaim,
  type OfferDecision,
  type OfferFacts,
  type OfferRefusal,
  type StoreAt,
  settleOfferClaims,
  visitKey,
} from '../../../lib/domain/store/settle-offer-claims.ts';
import type { PickupCodes } from '../../pickup/codes.ts';
import { type Columns, columnsOf, type RowOf, unnest } from '../../platform/columns.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import { epochMs } from '../../promo/coupon-rows.ts';
import { holidaysAhead } from '../store-rows.ts';
import { makeCouponCode } from './coupon-codes.ts';

export type OfferOutcome =
  | { readonly kind: 'claimed' | 'replay'; readonly couponId: string }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly refusal: OfferRefusal };

/** Lock order: the accounts by id, then the claimers by id. Whoever claims the same offer queues at its account. */
const LOCK = `
  select template_id, total, claimed, left_fen from coupon_account
  where template_id = any ($1::text[]) order by template_id for no key update`;

const LOCK_CLAIMERS = `select 1 from store_claimer where shopper_id = any ($1::text[]) order by shopper_id for update`;

const READ_OFFERS = `
  select o.id, o.hours_from, o.hours_to, o.good_minutes, o.per_day, t.worst_fen,
    t.stopped_at is not null as is_stopped, t.paused_at is not null as is_paused,
    ${epochMs('t.claim_from')} as claim_from, ${epochMs('t.claim_until')} as claim_until,
    ${epochMs('t.valid_from')} as valid_from
  from store_offer o join coupon_template t on t.id = o.id where o.id = any ($1::text[])`;

/** The stores that are asked about, where they are places of the offer. */
const READ_PLACES = `
  select p.offer_id, s.id, s.lng, s.lat, s.zone, s.hours, s.state, coalesce((
      select jsonb_agg(jsonb_build_object('date', e.date, 'spans', e.spans, 'note', e.note))
      from store_exception e where e.store_id = s.id and e.date >= current_date - 2), '[]') as exceptions
  from unnest($1::text[], $2::text[]) as w (offer_id, store_id)
  join store_offer_place p on p.offer_id = w.offer_id and p.store_id = w.store_id join store s on s.id = p.store_id`;

const READ_DAYS = `
  select offer_id, day::text, claimed from store_offer_day where offer_id = any ($1::text[]) and day >= current_date - 2`;

const READ_VISITS = `
  select shopper_id, store_id, day::text from store_claim where shopper_id = any ($1::text[]) and day >= current_date - 2`;

const READ_LAST_NEAR = `
  select w.id as shopper_id, s.lng, s.lat, c.at
  from unnest($1::text[]) as w (id) cross join lateral (
    select store_id, ${epochMs('at')} as at from store_claim
    where shopper_id = w.id and via = 'near' order by store_claim.at desc limit 1
  ) c join store s on s.id = c.store_id`;

const READ_EARLIER = `
  select c.id, c.template_id, c.store_id, c.shopper_id, c.key
  from unnest($1::text[], $2::uuid[]) as k (shopper_id, key) join coupon c on c.shopper_id = k.shopper_id and c.key = k.key`;

const READ_HELD = `
  select w.shopper_id, w.offer_id, (select count(*) from coupon
    where template_id = w.offer_id and shopper_id = w.shopper_id)::integer as n
  from unnest($1::text[], $2::text[]) as w (shopper_id, offer_id)`;

type OfferRow = {
  id: string;
  hours_from: number;
  hours_to: number;
  good_minutes: number;
  per_day: number;
  worst_fen: number;
  is_stopped: boolean;
  is_paused: boolean;
  claim_from: number;
  claim_until: number;
  valid_from: number | null;
};
type PlaceRow = Omit<StoreAt, 'holidays'> & { offer_id: string; id: string };

const distinct = (ids: readonly string[]) => [...new Set(ids)].sort();

async function readBooks(tx: Queryable, commands: readonly OfferClaim[]) {
  const offerIds = distinct(commands.map(({ offerId }) => offerId));
  const shoppers = commands.map(({ shopperId }) => shopperId);
  const offersOf = commands.map(({ offerId }) => offerId);
  await tx.query(
    'insert into store_claimer (shopper_id) select distinct unnest($1::text[]) order by 1 on conflict do nothing',
    [shoppers],
  );
  // Sent in one go and answered in this order: what follows the locks is read when they are held.
  const [accounts, , offers, places, days, visits, near, earlier, held, [time], holidays] = await Promise.all([
    tx.query<{ template_id: string; total: number; claimed: number; left_fen: number }>(LOCK, [offerIds]),
    tx.query(LOCK_CLAIMERS, [distinct(shoppers)]),
    tx.query<OfferRow>(READ_OFFERS, [offerIds]),
    tx.query<PlaceRow>(READ_PLACES, [offersOf, commands.map(({ storeId }) => storeId)]),
    tx.query<{ offer_id: string; day: string; claimed: number }>(READ_DAYS, [offerIds]),
    tx.query<{ shopper_id: string; store_id: string; day: string }>(READ_VISITS, [distinct(shoppers)]),
    tx.query<{ shopper_id: string; lng: number; lat: number; at: number }>(READ_LAST_NEAR, [distinct(shoppers)]),
    tx.query<{ id: string; template_id: string; store_id: string; shopper_id: string; key: string }>(READ_EARLIER, [
      shoppers,
      commands.map(({ key }) => key),
    ]),
    tx.query<{ shopper_id: string; offer_id: string; n: number }>(READ_HELD, [shoppers, offersOf]),
    tx.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`),
    holidaysAhead(tx),
  ]);
  const account = new Map(accounts.map((row) => [row.template_id, row]));
  const facts = new Map(
    offers.map((row): [string, OfferFacts] => {
      const { total = 0, claimed = 0, left_fen: leftFen = 0 } = account.get(row.id) ?? {};
      return [
        row.id,
        {
          ...{ total, claimed, leftFen, hours: [row.hours_from, row.hours_to], goodMinutes: row.good_minutes },
          ...{ perDay: row.per_day, worstFen: row.worst_fen, from: row.claim_from, until: row.claim_until },
          ...{ validFrom: row.valid_from, isStopped: row.is_stopped, isPaused: row.is_paused },
          storeIds: new Set(places.filter(({ offer_id }) => offer_id === row.id).map(({ id }) => id)),
        },
      ];
    }),
  );
  const days_off = new Set(holidays);
  const books = {
    now: time?.now ?? 0,
    offers: facts,
    stores: new Map(
      places.map(({ offer_id: _, id, ...place }): [string, StoreAt] => [id, { ...place, holidays: days_off }]),
    ),
    claimedOn: new Map(days.map(({ offer_id, day, claimed }) => [dayKey(offer_id, day), claimed])),
    visits: new Set(visits.map(({ shopper_id, store_id, day }) => visitKey(shopper_id, store_id, day))),
    lastNear: new Map(near.map(({ shopper_id, lng, lat, at }) => [shopper_id, { point: { lng, lat }, at }])),
    earlier: new Map(
      earlier.map((row) => [
        `${row.shopper_id}|${row.key}`,
        { couponId: row.id, offerId: row.template_id, storeId: row.store_id },
      ]),
    ),
  };
  return { books, held: new Map(held.map((row) => [`${row.shopper_id}|${row.offer_id}`, row.n])) };
}

const COLUMNS = {
  id: 'text',
  offer_id: 'text',
  store_id: 'text',
  shopper_id: 'text',
  key: 'uuid',
  number: 'integer',
  day: 'text',
  via: 'text',
  ends_by: 'text',
  claimed_at: 'bigint',
  valid_until: 'bigint',
  reserved_fen: 'bigint',
} as const satisfies Columns;

const moment = (column: string) => `to_timestamp(${column} / 1000.0)`;

const WRITE = `
  with given as materialized (
    select * from ${unnest('c', COLUMNS, 1)}
  ), made as (
    insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen, store_id)
    select id, offer_id, shopper_id, key, number, ${moment('claimed_at')}, ${moment('claimed_at')},
           ${moment('valid_until')}, reserved_fen, store_id from given
  ), sums as (
    select offer_id, count(*)::integer as n, sum(reserved_fen)::bigint as fen from given group by offer_id
  ), entries as (
    insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
    select offer_id, 'left', 'reserved', fen, 'claim', n from sums
  ), days as (
    insert into store_offer_day as d (offer_id, day, claimed, per_day)
    select g.offer_id, g.day::date, count(*)::integer, o.per_day from given g join store_offer o on o.id = g.offer_id
    group by g.offer_id, g.day, o.per_day
    on conflict (offer_id, day) do update set claimed = d.claimed + excluded.claimed
  )
  update coupon_account a
  set claimed = a.claimed + s.n, left_fen = a.left_fen - s.fen, reserved_fen = a.reserved_fen + s.fen
  from sums s where a.template_id = s.offer_id returning s.n`;

/** After the coupons themselves, which it names. */
const WRITE_CLAIMS = `
  insert into store_claim (coupon_id, offer_id, store_id, shopper_id, day, via, ends_by, at)
  select id, offer_id, store_id, shopper_id, day::date, via, ends_by, ${moment('claimed_at')}
  from ${unnest('c', COLUMNS, 1)}`;

/**
 * Settles one batch of claims in one transaction: lock, read, decide (pure), write. Of where a phone said it was nothing
 * is written: a claim has its store, and whether it was made near it or by its password.
 */
export async function claimOffers(
  db: Database,
  codes: PickupCodes,
  commands: readonly OfferClaim[],
): Promise<OfferOutcome[]> {
  return db.transaction(async (tx) => {
    const { books, held } = await readBooks(tx, commands);
    const rows: (RowOf<typeof COLUMNS> & { id: string; store_id: string })[] = [];
    const outcomes = settleOfferClaims(commands, books).map((decision: OfferDecision, index): OfferOutcome => {
      if (decision.kind !== 'claimed') return decision;
      const { shopperId, key, offerId, storeId, patch } = commands[index] as OfferClaim;
      const id = `cpn_${randomUUID()}`;
      rows.push({
        ...{ id, offer_id: offerId, store_id: storeId, shopper_id: shopperId, key, day: decision.day },
        number: (held.get(`${shopperId}|${offerId}`) ?? 0) + 1,
        via: patch === null ? 'password' : 'near',
        ends_by: decision.endsBy,
        claimed_at: books.now,
        valid_until: decision.validUntil,
        reserved_fen: decision.reservedFen,
      });
      return { kind: 'claimed', couponId: id };
    });
    if (rows.length > 0) {
      const columns = columnsOf(COLUMNS, rows);
      const written = await tx.query<{ n: number }>(WRITE, columns);
      assert(written.reduce((sum, { n }) => sum + n, 0) === rows.length, 'every claim was booked');
      await tx.query(WRITE_CLAIMS, columns);
      for (const { id, store_id } of rows) await makeCouponCode(tx, codes, { couponId: id, storeId: store_id });
    }
    return outcomes;
  });
}
