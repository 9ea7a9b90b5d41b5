import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  opsApproveCoupon,
  opsCouponsRead,
  opsLiftCoupon,
  opsPublishCoupon,
  opsSaveCoupon,
  opsStopCoupon,
} from '../../lib/contracts/coupon.ts';
import { changeFaults } from '../../lib/domain/law/time-law.ts';
import { type CouponFault, type CouponTemplate, templateFault, worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { fundCoupon } from '../promo/book-coupons.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { audit } from './audit.ts';
import { unlawful, unlawfulNow } from './law-facts.ts';
import { operatorActor } from './orders.ts';
import { unknownIn } from './promotions.ts';
import { approveTemplate, inForceFrom, liftPause, nameOf, PAUSE, RAISE, STATE, stopTemplate } from './templates.ts';

type Listed = ValueOf<typeof opsCouponsRead>;
const SHOWN_MAX = 200;

/** All campaigns as this operator sees them, newest first. */
export async function listCoupons(db: Queryable, personId: string): Promise<Listed> {
  const [row] = await db.query<Listed>(
    `select ${epochMs('now()')} as now,
       coalesce((select jsonb_agg(to_jsonb(x)) from (
         select t.id, t.name, t.rule, t.scope, t.validity, ${epochMs('t.claim_from')} as "claimFrom",
           ${epochMs('t.claim_until')} as "claimUntil", t.per_person as "perPerson", coalesce(a.total, t.total) as total,
           coalesce(a.left_fen + a.reserved_fen + a.spent_fen, t.budget_fen) as "budgetFen",
           ${epochMs('t.valid_from')} as "validFrom", ${nameOf('t.made_by')} as "madeBy",
           $1 in (t.made_by, t.published_by) as "isOwn",
           ${STATE} as state, ${PAUSE} as pause,
           ${RAISE} as raise,
           jsonb_build_object('claimed', coalesce(a.claimed, 0), 'usable', coalesce(n.usable, 0),
             'locked', coalesce(n.locked, 0), 'used', coalesce(n.used, 0), 'expired', coalesce(n.expired, 0),
             'voided', coalesce(n.voided, 0), 'leftFen', coalesce(a.left_fen, t.budget_fen),
             'reservedFen', coalesce(a.reserved_fen, 0), 'spentFen', coalesce(a.spent_fen, 0),
             'exposureFen', coalesce(a.reserved_fen, 0) + case when t.stopped_at is not null or t.claim_until <= now()
               then 0 else least(coalesce(a.left_fen, t.budget_fen),
                                 (coalesce(a.total, t.total) - coalesce(a.claimed, 0)) * t.worst_fen) end) as figures
         from coupon_template t
         left join coupon_account a on a.template_id = t.id
         left join lateral (
           select count(*) filter (where state = 'usable') as usable, count(*) filter (where state = 'locked') as locked,
             count(*) filter (where state = 'used') as used, count(*) filter (where state = 'expired') as expired,
             count(*) filter (where state = 'void') as voided
           from coupon c where c.template_id = t.id
         ) n on true
         where t.kind = 'claim'
         order by t.created_at desc, t.id limit ${SHOWN_MAX}) x), '[]') as templates,
       coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by sort, id) from category), '[]')
         as categories`,
    [operatorActor(personId)],
  );
  return row ?? { now: 0, templates: [], categories: [] };
}

type Drafted = CouponTemplate & { isPublished: boolean; isStopped: boolean; isOwn: boolean };

/** One template under its lock. */
async function lockTemplate(tx: Queryable, id: string, actor: string): Promise<Drafted | null> {
  const [row] = await tx.query<Drafted>(
    `select id, name, rule, scope, validity, ${epochMs('claim_from')} as "claimFrom", ${epochMs('claim_until')} as "claimUntil",
       per_person as "perPerson", total, budget_fen as "budgetFen", published_at is not null as "isPublished",
       stopped_at is not null as "isStopped", $2 in (made_by, published_by) as "isOwn"
     from coupon_template where id = $1 and kind = 'claim' for update`,
    [id, actor],
  );
  return row ?? null;
}

const wrong = (fault: CouponFault) => refuse({ code: 'coupon_wrong' as const, fault });

/** Saves a draft, as a whole; what is published does not change. */
export function saveCoupon(
  db: Database,
  wanted: RequestOf<typeof opsSaveCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsSaveCoupon>> {
  const { id, name, ...facts } = wanted;
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const fault = templateFault(facts, await databaseNow(tx));
    if (fault) return wrong(fault);
    const unknown = await unknownIn(tx, facts.scope);
    if (unknown !== null) return refuse({ code: 'unknown_scope', id: unknown });
    const saved = await tx.query(
      `insert into coupon_template (id, name, rule, scope, validity, claim_from, claim_until, per_person, total,
                                    budget_fen, worst_fen, made_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (id) do update set name = excluded.name, rule = excluded.rule, scope = excluded.scope,
         validity = excluded.validity, claim_from = excluded.claim_from, claim_until = excluded.claim_until,
         per_person = excluded.per_person, total = excluded.total, budget_fen = excluded.budget_fen,
         worst_fen = excluded.worst_fen, made_by = excluded.made_by
       where coupon_template.published_at is null and coupon_template.stopped_at is null
       returning id`,
      [
        id,
        ...[name, facts.rule, facts.scope, facts.validity].map((value) => JSON.stringify(value)),
        new Date(facts.claimFrom),
        new Date(facts.claimUntil),
        facts.perPerson,
        facts.total,
        facts.budgetFen,
        worstCaseFen(facts.rule),
        actor,
      ],
    );
    if (saved.length === 0) {
      const published = await lockTemplate(tx, id, actor);
      const changed =
        published && changeFaults({ kind: 'coupon', ...published }, { kind: 'coupon', id, name, ...facts });
      return unlawful(changed ?? []) ?? refuse({ code: 'coupon_published' });
    }
    await audit(tx, { actor, action: 'ops.saveCoupon', target: id, detail: { ...wanted } });
    return accept(await listCoupons(tx, personId));
  });
}

/** Publishes a draft, once. Its whole budget comes into the campaign's account. */
export function publishCoupon(
  db: Database,
  { id }: RequestOf<typeof opsPublishCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsPublishCoupon>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    // One at a time: how many run together is a question about all of them.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('coupons', 0))`);
    const draft = await lockTemplate(tx, id, actor);
    if (!draft) return refuse({ code: 'not_found' });
    if (draft.isStopped) return refuse({ code: 'coupon_over' });
    if (draft.isPublished) return accept(await listCoupons(tx, personId));
    const now = await databaseNow(tx);
    const fault = templateFault(draft, now);
    if (fault) return wrong(fault);
    const against = await unlawfulNow(tx, { kind: 'coupon', ...draft }, now);
    if (against) return against;
    const [open] = await tx.query<{ n: number }>(
      `select count(*) as n from coupon_template
       where kind = 'claim' and published_at is not null and stopped_at is null and claim_until > now()`,
    );
    const max = LIMITS.coupon.openMax;
    if ((open?.n ?? 0) >= max) return refuse({ code: 'too_many_coupons', max });
    const mayCostFen = Math.min(draft.budgetFen, draft.total * worstCaseFen(draft.rule));
    const validFrom = await inForceFrom(tx, mayCostFen, now);
    await tx.query(
      'update coupon_template set published_at = now(), published_by = $2, valid_from = $3 where id = $1',
      [id, actor, validFrom === null ? null : new Date(validFrom)],
    );
    await fundCoupon(tx, id);
    await audit(tx, { actor, action: 'ops.publishCoupon', target: id, detail: { mayCostFen } });
    return accept(await listCoupons(tx, personId));
  });
}

/** A second person agrees; who made or published it cannot. */
export function approveCoupon(
  db: Database,
  { id }: RequestOf<typeof opsApproveCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsApproveCoupon>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const agreed = await approveTemplate(tx, { id, kind: 'claim', actor, action: 'ops.approveCoupon' });
    if (agreed.ok) return accept(await listCoupons(tx, personId));
    return refuse(agreed.refusal.code === 'over' ? { code: 'coupon_over' } : agreed.refusal);
  });
}

/** Stops a campaign at once; `withdraw` takes back what nobody has used, except from orders that hold it. */
export function stopCoupon(
  db: Database,
  { id, withdraw, reason }: RequestOf<typeof opsStopCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsStopCoupon>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const stopped = await stopTemplate(tx, { id, kind: 'claim', withdraw, actor });
    const done = stopped === 'unknown' ? await discardDraft(tx, id, actor) : stopped;
    if (done === 'unknown') return refuse({ code: 'not_found' });
    if (done === 'changed') {
      await audit(tx, { actor, action: 'ops.stopCoupon', target: id, detail: { reason, withdraw } });
    }
    return accept(await listCoupons(tx, personId));
  });
}

/** Lets a campaign go on that has stopped by itself. */
export function liftCoupon(
  db: Database,
  { id, reason }: RequestOf<typeof opsLiftCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsLiftCoupon>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const lifted = await liftPause(tx, { id, kind: 'claim', reason, actor, action: 'ops.liftCoupon' });
    return lifted.ok ? accept(await listCoupons(tx, personId)) : lifted;
  });
}

/** Throws away a draft that nobody wants any more. */
async function discardDraft(tx: Queryable, id: string, actor: string): Promise<'unknown' | 'changed' | 'unchanged'> {
  const gone = await tx.query(
    `update coupon_template set stopped_at = now(), stopped_by = $2
     where id = $1 and kind = 'claim' and published_at is null and stopped_at is null returning id`,
    [id, actor],
  );
  if (gone.length > 0) return 'changed';
  const [known] = await tx.query('select 1 from coupon_template where id = $1', [id]);
  return known ? 'unchanged' : 'unknown';
}
