import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  opsApprovePromotion,
  opsMakePromotion,
  opsPromotionsRead,
  opsStopPromotion,
} from '../../lib/contracts/promotion.ts';
import { deepestCutPermille, type PromotionScope, ruleFault } from '../../lib/domain/pricing/promotion.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { audit } from './audit.ts';
import { unlawfulNow } from './law-facts.ts';
import { operatorActor } from './orders.ts';

type Listed = ValueOf<typeof opsPromotionsRead>;
const SHOWN_MAX = 200;

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** All promotions as this operator sees them, newest first. */
export async function listPromotions(db: Queryable, personId: string): Promise<Listed> {
  const [row] = await db.query<Listed>(
    `select ${epochMs('now()')} as now,
       coalesce((select jsonb_agg(to_jsonb(p)) from (
         select m.id, m.name, m.scope, m.rule, ${epochMs('m.starts_at')} as "startsAt", ${epochMs('m.ends_at')} as "endsAt",
           ${epochMs('m.valid_from')} as "validFrom", m.made_by = $1 as "isOwn",
           coalesce(nullif(trim(w.display_name), ''), m.made_by) as "madeBy",
           case when m.stopped_at is not null then 'stopped' when m.ends_at <= now() then 'over'
                when m.valid_from is null then 'waiting'
                when greatest(m.starts_at, m.valid_from) > now() then 'ahead' else 'running' end as state
         from promotion m left join person w on m.made_by = 'operator:' || w.id
         order by m.created_at desc, m.id limit ${SHOWN_MAX}) p), '[]') as promotions,
       coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by sort, id) from category), '[]')
         as categories`,
    [operatorActor(personId)],
  );
  return row ?? { now: 0, promotions: [], categories: [] };
}

/** The first of the scope's names that the shop does not know. */
export async function unknownIn(tx: Queryable, scope: PromotionScope): Promise<string | null> {
  if (scope.kind === 'all') return null;
  const [ids, table, column] =
    scope.kind === 'categories' ? [scope.ids, 'category', 'id'] : [scope.handles, 'product', 'handle'];
  const [unknown] = await tx.query<{ id: string }>(
    `select id from unnest($1::text[]) as asked (id) where id not in (select ${column} from ${table}) limit 1`,
    [ids],
  );
  return unknown?.id ?? null;
}

/**
 * From when a promotion may be in force. A deep one waits for a second person where there is one; an operator who is
 * alone has ten minutes to see what he has done and stop it.
 */
async function validFrom(tx: Queryable, cutPermille: number): Promise<Date | null> {
  const [clock] = await tx.query<{ now: Date; operators: number }>(
    `select now(), (select count(*) from person where role = 'operator') as operators`,
  );
  const now = clock?.now ?? new Date();
  if (cutPermille < LIMITS.promotion.deepPermille) return now;
  return (clock?.operators ?? 0) > 1 ? null : new Date(now.getTime() + LIMITS.promotion.aloneDelayMs);
}

/** Publishes a promotion, once per id. */
export function makePromotion(
  db: Database,
  wanted: RequestOf<typeof opsMakePromotion>,
  personId: string,
): Promise<AnswerOf<typeof opsMakePromotion>> {
  const { id, name, scope, rule, startsAt, endsAt } = wanted;
  const fault = ruleFault(rule);
  if (fault) return Promise.resolve(refuse({ code: 'promotion_wrong', fault }));
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    // One at a time: how many run together is a question about all of them.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('promotions', 0))`);
    const [known] = await tx.query<{ isSame: boolean }>(
      `select (name, scope, rule, starts_at, ends_at) is not distinct from ($2::jsonb, $3::jsonb, $4::jsonb,
         $5::timestamptz, $6::timestamptz) as "isSame" from promotion where id = $1`,
      [id, JSON.stringify(name), JSON.stringify(scope), JSON.stringify(rule), new Date(startsAt), new Date(endsAt)],
    );
    if (known) return known.isSame ? accept(await listPromotions(tx, personId)) : refuse({ code: 'key_reused' });
    const [times] = await tx.query<{ isSound: boolean }>(
      'select $2::timestamptz > greatest($1::timestamptz, now()) as "isSound"',
      [new Date(startsAt), new Date(endsAt)],
    );
    if (!times?.isSound) return refuse({ code: 'promotion_times_wrong' });
    const unknown = await unknownIn(tx, scope);
    if (unknown !== null) return refuse({ code: 'unknown_scope', id: unknown });
    const against = await unlawfulNow(tx, { kind: 'promotion', id, name, scope, rule, startsAt, endsAt });
    if (against) return against;
    const [open] = await tx.query<{ count: number }>(
      'select count(*) as count from promotion where ends_at > now() and stopped_at is null',
    );
    const max = LIMITS.promotion.openMax;
    if ((open?.count ?? 0) >= max) return refuse({ code: 'too_many_promotions', max });
    const from = await validFrom(tx, deepestCutPermille(rule));
    await tx.query(
      `insert into promotion (id, name, scope, rule, starts_at, ends_at, made_by, valid_from)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        JSON.stringify(name),
        JSON.stringify(scope),
        JSON.stringify(rule),
        new Date(startsAt),
        new Date(endsAt),
        actor,
        from,
      ],
    );
    await audit(tx, { actor, action: 'ops.makePromotion', target: id, detail: { ...wanted } });
    return accept(await listPromotions(tx, personId));
  });
}

/** A second person agrees; the one who made it cannot. */
export function approvePromotion(
  db: Database,
  { id }: RequestOf<typeof opsApprovePromotion>,
  personId: string,
): Promise<AnswerOf<typeof opsApprovePromotion>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const approved = await tx.query(
      `update promotion set valid_from = now(), approved_by = $2
       where id = $1 and valid_from is null and stopped_at is null and ends_at > now() and made_by <> $2 returning id`,
      [id, actor],
    );
    if (approved.length > 0) {
      await audit(tx, { actor, action: 'ops.approvePromotion', target: id });
      return accept(await listPromotions(tx, personId));
    }
    const listed = await listPromotions(tx, personId);
    const one = listed.promotions.find((promotion) => promotion.id === id);
    if (!one) return refuse({ code: 'not_found' });
    if (one.state !== 'waiting') {
      return one.validFrom === null ? refuse({ code: 'promotion_over' }) : accept(listed);
    }
    return refuse({ code: 'same_person' });
  });
}

/** Stops a promotion for good. Whoever was shown it is told the new price before he orders. */
export function stopPromotion(
  db: Database,
  { id, reason }: RequestOf<typeof opsStopPromotion>,
  personId: string,
): Promise<AnswerOf<typeof opsStopPromotion>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const stopped = await tx.query(
      `update promotion set stopped_at = now(), stopped_by = $2
       where id = $1 and stopped_at is null and ends_at > now() returning id`,
      [id, actor],
    );
    if (stopped.length > 0) await audit(tx, { actor, action: 'ops.stopPromotion', target: id, detail: { reason } });
    const listed = await listPromotions(tx, personId);
    const one = listed.promotions.find((promotion) => promotion.id === id);
    if (!one) return refuse({ code: 'not_found' });
    return one.state === 'stopped' ? accept(listed) : refuse({ code: 'promotion_over' });
  });
}
