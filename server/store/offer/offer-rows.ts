import type { OfferShown, OffersShown, StoreCoupon } from '../../../lib/contracts/store-offer.ts';
import { type StoreOffer, templateOf } from '../../../lib/domain/store/offer.ts';
import { DAY_MS } from '../../../lib/domain/time.ts';
import type { PickupCodes } from '../../pickup/codes.ts';
import type { Queryable } from '../../platform/database.ts';
import { publishCampaignTemplate } from '../../promo/campaigns.ts';
import { databaseNow, epochMs } from '../../promo/coupon-rows.ts';

/**
 * Publishes an offer: the template with its account and budget, and the stores. Once: a second time the database
 * refuses.
 * @param validFrom epoch ms; null: a second person must agree
 */
export async function publishStoreOffer(
  tx: Queryable,
  offer: StoreOffer,
  { by, at, validFrom }: { by: string; at: number; validFrom: number | null },
): Promise<void> {
  const { claimFrom: startsAt, claimUntil: endsAt, ...template } = templateOf(offer);
  await publishCampaignTemplate(tx, { kind: 'store', ...template, startsAt, endsAt, madeBy: by, by, at, validFrom });
  await tx.query(
    'insert into store_offer (id, hours_from, hours_to, good_minutes, per_day) values ($1, $2, $3, $4, $5)',
    [offer.id, ...offer.hours, offer.goodMinutes, offer.perDay],
  );
  await tx.query('insert into store_offer_place (offer_id, store_id) select $1, unnest($2::text[])', [
    offer.id,
    offer.storeIds,
  ]);
}

const SHOWN = `
  select t.id, t.name, t.rule, jsonb_build_array(o.hours_from, o.hours_to) as hours,
    ${epochMs('greatest(t.claim_from, t.valid_from)')} as "from", ${epochMs('t.claim_until')} as until,
    o.good_minutes as "goodMinutes", a.claimed >= a.total or a.left_fen < t.worst_fen as "isGone",
    (select jsonb_agg(p.store_id order by p.store_id) from store_offer_place p join store s on s.id = p.store_id
     where p.offer_id = t.id and s.state = 'open') as "storeIds"
  from store_offer o join coupon_template t on t.id = o.id join coupon_account a on a.template_id = t.id
  where t.valid_from <= now() + interval '1 day' and t.claim_from <= now() + interval '1 day' and t.claim_until > now()
    and t.stopped_at is null and t.paused_at is null
  order by t.worst_fen desc, t.id`;

/** What runs now, or will within a day: what most is given by first. */
export async function shownOffers(db: Queryable): Promise<OfferShown[]> {
  const rows = await db.query<Omit<OfferShown, 'storeIds'> & { storeIds: string[] | null }>(SHOWN);
  return rows.map(({ storeIds, ...offer }) => ({ ...offer, storeIds: storeIds ?? [] }));
}

/** As `shownOffers`, without what changes by the minute: a publish happens where something else is to be said. */
export async function publishedOffers(db: Queryable): Promise<OffersShown> {
  return { asOf: 0, offers: (await shownOffers(db)).map((offer) => ({ ...offer, isGone: false })) };
}

/** Of a store's offers the one that gives most and can be claimed now, as far as can be told without its locks. */
export async function bestOfferAt(db: Queryable, storeId: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    `select t.id from store_offer_place p join coupon_template t on t.id = p.offer_id
     join coupon_account a on a.template_id = t.id
     where p.store_id = $1 and t.valid_from is not null
     order by t.stopped_at is null and t.paused_at is null and t.valid_from <= now() and t.claim_from <= now()
         and t.claim_until > now() desc,
       a.claimed < a.total and a.left_fen >= t.worst_fen desc, t.worst_fen desc, t.claim_until desc, t.id
     limit 1`,
    [storeId],
  );
  return row?.id ?? null;
}

type CouponRow = Omit<StoreCoupon, 'code'> & { codeId: string | null; sealed: Buffer | null };

const COUPONS = `
  select c.id, c.template_id as "offerId", t.name, t.rule,
    jsonb_build_object('id', s.id, 'name', l.name, 'address', s.address, 'phone', s.phone) as store,
    case when c.state = 'usable' and c.valid_until <= clock_timestamp() then 'expired' else c.state end as state,
    ${epochMs('c.claimed_at')} as "claimedAt", ${epochMs('c.valid_until')} as "validUntil",
    ${epochMs('r.at')} as "redeemedAt", coalesce(right(p.phone_number, 4), '') as "lastFour", k.id as "codeId", k.sealed
  from coupon c join coupon_template t on t.id = c.template_id join store s on s.id = c.store_id
  join location l on l.id = s.id left join store_redemption r on r.id = c.redemption_id
  left join person p on p.id = c.shopper_id left join store_coupon_code k on k.coupon_id = c.id`;

const ENDED_SHOWN_MS = 30 * DAY_MS;

function toShown({ codeId, sealed, ...coupon }: CouponRow, codes: PickupCodes): StoreCoupon {
  if (coupon.state !== 'usable' || codeId === null || sealed === null) return { ...coupon, code: null };
  const { digits, secret } = codes.open({ id: codeId, sealed });
  return { ...coupon, code: { codeId, digits, secret } };
}

/** One's store coupons with their codes: usable first. */
export async function listCoupons(db: Queryable, codes: PickupCodes, shopperId: string) {
  const rows = await db.query<CouponRow>(
    `${COUPONS} where c.shopper_id = $1 and c.store_id is not null
       and (c.state = 'usable' or c.ended_at > now() - $2 * interval '1 millisecond')
     order by c.state <> 'usable', c.claimed_at desc limit 50`,
    [shopperId, ENDED_SHOWN_MS],
  );
  return { now: await databaseNow(db), coupons: rows.map((row) => toShown(row, codes)) };
}

/** @throws when it vanished */
export async function readCoupon(db: Queryable, codes: PickupCodes, couponId: string): Promise<StoreCoupon> {
  const [row] = await db.query<CouponRow>(`${COUPONS} where c.id = $1`, [couponId]);
  if (!row) throw new Error(`store coupon ${couponId} vanished`);
  return toShown(row, codes);
}
