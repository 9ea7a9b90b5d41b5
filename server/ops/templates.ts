import { accept, refuse } from '../../lib/domain/result.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { audit } from './audit.ts';

/*
 * What the desks of coupons, team packets and growing packets do alike: what either publishes is a template with an account, waits for
 * a second person when it is big, and can be stopped and taken back.
 */

/** SQL: an operator's name by his actor's text. */
export const nameOf = (actor: string) => `coalesce(
  (select nullif(trim(display_name), '') from person where 'operator:' || id = ${actor}), ${actor})`;

/** SQL: the state of a template `t` that operators see; a draft has none or is not published. */
export const STATE = `case when t.stopped_at is not null then 'stopped' when t.published_at is null then 'draft'
  when t.claim_until <= now() then 'over' when t.valid_from is null then 'waiting' when t.paused_at is not null then 'paused'
  when t.valid_from > now() then 'delayed' when t.claim_from > now() then 'ahead' else 'running' end`;

/** SQL: why a template `t` has stopped by itself. */
export const PAUSE = `(select jsonb_build_object('pausedAt', ${epochMs('p.paused_at')}, 'goneFen', p.gone_fen,
    'limitFen', p.limit_fen, 'minutes', p.window_ms / 60000, 'goesOnAt', ${epochMs('p.lifted_from')})
  from coupon_pause p where p.template_id = t.id and p.ended_at is null)`;

/** SQL: a raise of a template `t` that is not in force yet, as the operator `$1` sees it. */
export const RAISE = `(select jsonb_build_object('id', r.id, 'addFen', r.add_fen, 'addTotal', r.add_total,
    'askedBy', ${nameOf('r.asked_by')}, 'isOwn', r.asked_by = $1, 'validFrom', ${epochMs('r.valid_from')})
  from coupon_raise r where r.template_id = t.id and r.applied_at is null and r.undone_at is null)`;

/** Whether somebody else could agree; who is alone waits and can undo instead. */
export async function isAlone(tx: Queryable): Promise<boolean> {
  const [row] = await tx.query<{ n: number }>(`select count(*) as n from person where role = 'operator'`);
  return (row?.n ?? 0) <= 1;
}

/** From when a campaign that may cost so much is in force, epoch ms; null: a second person must agree. */
export async function inForceFrom(tx: Queryable, mayCostFen: number, now: number): Promise<number | null> {
  if (mayCostFen <= LIMITS.coupon.soloFen) return now;
  return (await isAlone(tx)) ? now + LIMITS.coupon.aloneDelayMs : null;
}

export type Kind = 'claim' | 'team' | 'packet' | 'store';
type Known = { isStopped: boolean; isOwn: boolean; claimUntil: number };

/** Locks what was published; null: nothing of this kind was. */
export async function lockPublished(tx: Queryable, id: string, kind: Kind, actor: string): Promise<Known | null> {
  const [row] = await tx.query<Known>(
    `select stopped_at is not null as "isStopped", $3 in (made_by, published_by) as "isOwn",
       ${epochMs('claim_until')} as "claimUntil"
     from coupon_template where id = $1 and kind = $2 and published_at is not null for update`,
    [id, kind, actor],
  );
  return row ?? null;
}

/** A second person agrees, once; who made or published it cannot. */
export async function approveTemplate(
  tx: Queryable,
  { id, kind, actor, action }: { id: string; kind: Kind; actor: string; action: string },
) {
  const known = await lockPublished(tx, id, kind, actor);
  if (!known) return refuse({ code: 'not_found' });
  if (known.isStopped || known.claimUntil <= (await databaseNow(tx))) return refuse({ code: 'over' });
  const [waiting] = await tx.query('select 1 from coupon_template where id = $1 and valid_from is null', [id]);
  if (!waiting) return accept(null);
  if (known.isOwn) return refuse({ code: 'same_person' });
  await tx.query('update coupon_template set valid_from = now(), approved_by = $2 where id = $1', [id, actor]);
  await audit(tx, { actor, action, target: id });
  return accept(null);
}

/**
 * Stops what was published at once; `withdraw` takes back coupons that nobody has used, except from orders that hold
 * them. Answers false when there is no such template.
 */
export async function stopTemplate(
  tx: Queryable,
  { id, kind, withdraw, actor }: { id: string; kind: Kind; withdraw: boolean; actor: string },
): Promise<'unknown' | 'changed' | 'unchanged'> {
  // An order that gives a coupon back at this moment has done so, or finds that the campaign was withdrawn.
  if (!(await lockPublished(tx, id, kind, actor))) return 'unknown';
  const [changed] = await tx.query(
    `update coupon_template set stopped_at = coalesce(stopped_at, now()), stopped_by = coalesce(stopped_by, $2),
       withdrawn_at = case when $3 then coalesce(withdrawn_at, now()) else withdrawn_at end
     where id = $1 and (stopped_at is null or ($3 and withdrawn_at is null)) returning id`,
    [id, actor, withdraw],
  );
  if (!changed) return 'unchanged';
  if (withdraw) {
    await tx.query(
      `with gone as (
         update coupon set state = 'void', ended_at = now(), is_unbooked = true
         where template_id = $1 and state = 'usable' returning id
       )
       insert into outbox (topic, aggregate, body) select 'coupon.withdrawn', id, '{}' from gone`,
      [id],
    );
  }
  return 'changed';
}

/**
 * Lets a campaign go on that has stopped by itself. Where more than one person's limit may still be spent, whoever made
 * or published it may not; who is alone waits ten minutes, and can stop it until then.
 */
export async function liftPause(
  tx: Queryable,
  given: { id: string; kind: Kind; reason: string; actor: string; action: string },
) {
  const { id, kind, reason, actor, action } = given;
  const known = await lockPublished(tx, id, kind, actor);
  if (!known) return refuse({ code: 'not_found' });
  const [pause] = await tx.query<{ id: number; leftFen: number; isLifted: boolean }>(
    `select p.id, a.left_fen as "leftFen", p.lifted_from is not null as "isLifted"
     from coupon_pause p join coupon_account a on a.template_id = p.template_id
     where p.template_id = $1 and p.ended_at is null for update of p`,
    [id],
  );
  if (!pause || known.isStopped) return refuse({ code: 'not_paused' });
  if (pause.isLifted) return accept(null);
  const isBig = pause.leftFen > LIMITS.coupon.soloFen;
  const alone = isBig && (await isAlone(tx));
  if (isBig && !alone && known.isOwn) return refuse({ code: 'same_person' });
  await tx.query(
    `with lifted as (
       update coupon_pause set lifted_by = $2, lifted_because = $3, lifted_from = now() + $4 * interval '1 millisecond',
         ended_at = case when $4 = 0 then now() end
       where id = $1 returning template_id, ended_at
     )
     update coupon_template t set paused_at = null from lifted l where t.id = l.template_id and l.ended_at is not null`,
    [pause.id, actor, reason, alone ? LIMITS.coupon.aloneDelayMs : 0],
  );
  await audit(tx, { actor, action, target: id, detail: { reason } });
  return accept(null);
}
