import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  OpsOffer,
  opsApproveStoreOffer,
  opsLiftStoreOffer,
  opsMakeStoreOffer,
  opsNewStorePassword,
  opsStopStoreOffer,
  opsStoreOffers,
} from '../../lib/contracts/ops-offer.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { offerFault, templateOf } from '../../lib/domain/store/offer.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { publishStoreOffer } from '../store/offer/offer-rows.ts';
import type { StorePasswords } from '../store/offer/passwords.ts';
import { audit } from './audit.ts';
import { unlawfulNow } from './law-facts.ts';
import { operatorActor } from './orders.ts';
import { approveTemplate, inForceFrom, liftPause, nameOf, PAUSE, STATE, stopTemplate } from './templates.ts';

type Listed = ValueOf<typeof opsStoreOffers>;

const OFFERS = `
  select t.id, t.name, t.rule, jsonb_build_array(o.hours_from, o.hours_to) as hours,
    ${epochMs('t.claim_from')} as "from", ${epochMs('t.claim_until')} as until, o.good_minutes as "goodMinutes",
    o.per_day as "perDay", a.total, a.left_fen + a.reserved_fen + a.spent_fen as "budgetFen", ${STATE} as state,
    ${PAUSE} as pause, ${epochMs('t.valid_from')} as "validFrom", ${nameOf('t.made_by')} as "madeBy",
    $1 in (t.made_by, t.published_by) as "isOwn", p.stores, p.n as "storeCount",
    jsonb_build_object('claimed', a.claimed, 'near', x.near, 'byPassword', x.password, 'usable', x.usable,
      'redeemed', x.used, 'expired', x.expired, 'voided', x.voided, 'leftFen', a.left_fen, 'reservedFen', a.reserved_fen,
      'spentFen', a.spent_fen, 'exposureFen', a.reserved_fen + case when t.stopped_at is not null or t.claim_until <= now()
        then 0 else least(a.left_fen, (a.total - a.claimed) * t.worst_fen) end) as figures
  from store_offer o join coupon_template t on t.id = o.id join coupon_account a on a.template_id = t.id
  cross join lateral (
    select count(*) filter (where y.via = 'near') as near, count(*) filter (where y.via = 'password') as password,
      count(*) filter (where c.state = 'usable') as usable, count(*) filter (where c.state = 'used') as used,
      count(*) filter (where c.state = 'expired') as expired, count(*) filter (where c.state = 'void') as voided
    from store_claim y join coupon c on c.id = y.coupon_id where y.offer_id = o.id
  ) x
  cross join lateral (
    select max(n)::integer as n, jsonb_agg(jsonb_build_object('id', id, 'name', name, 'passwordSetAt', set_at) order by code)
        filter (where place <= 20) as stores
    from (select s.id, s.code, l.name, ${epochMs('w.set_at')} as set_at, count(*) over () as n,
                 row_number() over (order by s.code) as place
          from store_offer_place q join store s on s.id = q.store_id join location l on l.id = s.id
          left join store_password w on w.store_id = s.id where q.offer_id = o.id) z
  ) p
  order by t.created_at desc, t.id limit 200`;

/** All offers as this operator sees them, newest first. */
export async function listStoreOffers(db: Queryable, personId: string): Promise<Listed> {
  const offers = await db.query<OpsOffer>(OFFERS, [operatorActor(personId)]);
  return { now: await databaseNow(db), offers };
}

/** Publishes an offer that the law allows, once per id; its whole budget comes into its account. */
export async function makeStoreOffer(
  db: Database,
  offer: RequestOf<typeof opsMakeStoreOffer>,
  personId: string,
): Promise<AnswerOf<typeof opsMakeStoreOffer>> {
  const actor = operatorActor(personId);
  const made = await db.transaction(async (tx): Promise<AnswerOf<typeof opsMakeStoreOffer> | null> => {
    // One at a time: how many run together, and what was offered before, are questions about all of them.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('store offers', 0))`);
    const [known] = await tx.query<{ kind: string }>('select kind from coupon_template where id = $1', [offer.id]);
    if (known?.kind === 'store') return null;
    if (known) return refuse({ code: 'key_reused' });
    const now = await databaseNow(tx);
    const fault = offerFault(offer, now);
    if (fault) return refuse({ code: 'offer_wrong', fault });
    const against = await unlawfulNow(tx, { kind: 'coupon', ...templateOf(offer) }, now, {
      stores: offer.storeIds,
    });
    if (against) return against;
    const unknown = await tx.query<{ id: string }>(
      `select w.id from unnest($1::text[]) as w (id) left join store s on s.id = w.id and s.state <> 'closed'
       where s.id is null order by 1`,
      [offer.storeIds],
    );
    if (unknown.length > 0) return refuse({ code: 'unknown_stores', ids: unknown.map(({ id }) => id) });
    const [open] = await tx.query<{ offers: number; places: number }>(
      `select count(distinct t.id)::integer as offers, count(*)::integer as places
       from store_offer_place p join coupon_template t on t.id = p.offer_id
       where t.stopped_at is null and t.claim_until > now()`,
    );
    const { openMax, placesMax } = LIMITS.storeOffer;
    if ((open?.offers ?? 0) >= openMax || (open?.places ?? 0) + offer.storeIds.length > placesMax) {
      return refuse({ code: 'too_many_offers', max: openMax });
    }
    const mayCostFen = Math.min(offer.budgetFen, offer.total * offer.rule.cutFen);
    const validFrom = await inForceFrom(tx, mayCostFen, now);
    await publishStoreOffer(tx, offer, { by: actor, at: now, validFrom });
    await audit(tx, { actor, action: 'ops.makeStoreOffer', target: offer.id, detail: { ...offer, mayCostFen } });
    return null;
  });
  // Of a moment after it is in force.
  return made ?? accept(await listStoreOffers(db, personId));
}

/** A second person agrees; who made it cannot. */
export function approveStoreOffer(
  db: Database,
  { id }: RequestOf<typeof opsApproveStoreOffer>,
  personId: string,
): Promise<AnswerOf<typeof opsApproveStoreOffer>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const agreed = await approveTemplate(tx, { id, kind: 'store', actor, action: 'ops.approveStoreOffer' });
    if (agreed.ok) return accept(await listStoreOffers(tx, personId));
    return refuse(agreed.refusal.code === 'over' ? { code: 'offer_over' } : agreed.refusal);
  });
}

/** Stops an offer at once; `withdraw` takes back coupons that no counter has redeemed. */
export function stopStoreOffer(
  db: Database,
  { id, withdraw, reason }: RequestOf<typeof opsStopStoreOffer>,
  personId: string,
): Promise<AnswerOf<typeof opsStopStoreOffer>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const done = await stopTemplate(tx, { id, kind: 'store', withdraw, actor });
    if (done === 'unknown') return refuse({ code: 'not_found' });
    if (done === 'changed') {
      await audit(tx, { actor, action: 'ops.stopStoreOffer', target: id, detail: { reason, withdraw } });
    }
    return accept(await listStoreOffers(tx, personId));
  });
}

/** Lets an offer go on that has stopped by itself. */
export function liftStoreOffer(
  db: Database,
  { id, reason }: RequestOf<typeof opsLiftStoreOffer>,
  personId: string,
): Promise<AnswerOf<typeof opsLiftStoreOffer>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const lifted = await liftPause(tx, { id, kind: 'store', reason, actor, action: 'ops.liftStoreOffer' });
    return lifted.ok ? accept(await listStoreOffers(tx, personId)) : lifted;
  });
}

/** Draws a new password for a store; it is told here and never again, not even in the audit log. */
export function newStorePassword(
  db: Database,
  passwords: StorePasswords,
  storeId: string,
  personId: string,
): Promise<AnswerOf<typeof opsNewStorePassword>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx): Promise<AnswerOf<typeof opsNewStorePassword>> => {
    const [store] = await tx.query<{ name: { zh: string; en: string } }>(
      `select l.name from store s join location l on l.id = s.id where s.id = $1 and s.state <> 'closed'`,
      [storeId],
    );
    if (!store) return refuse({ code: 'unknown_store' });
    const password = await passwords.renew(tx, storeId, actor);
    await audit(tx, { actor, action: 'ops.newStorePassword', target: storeId });
    return accept({ storeId, name: store.name, password });
  });
}
