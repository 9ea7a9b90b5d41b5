import { accept, refuse } from '../../lib/domain/result.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { applyRaise } from '../promo/book-coupons.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { audit } from './audit.ts';
import { isAlone, type Kind, lockPublished } from './templates.ts';

/* More budget for a campaign of whatever kind: two people, or ten minutes in which it can be undone. */

type Doing = { readonly kind: Kind; readonly actor: string; readonly action: string };

/** Asks for more, once per `raiseId`. */
export async function askRaise(
  tx: Queryable,
  given: Doing & { readonly id: string; readonly raiseId: string; readonly addFen: number; readonly addTotal: number },
) {
  const { id, raiseId, addFen, addTotal, kind, actor, action } = given;
  const template = await lockPublished(tx, id, kind, actor);
  if (!template) return refuse({ code: 'not_found' });
  const [known] = await tx.query<{ isSame: boolean }>(
    `select (template_id, add_fen, add_total) = ($2, $3::bigint, $4::integer) as "isSame" from coupon_raise where id = $1`,
    [raiseId, id, addFen, addTotal],
  );
  if (known) return known.isSame ? accept(null) : refuse({ code: 'key_reused' });
  const now = await databaseNow(tx);
  if (template.isStopped || template.claimUntil <= now) return refuse({ code: 'over' });
  const validFrom = (await isAlone(tx)) ? new Date(now + LIMITS.coupon.aloneDelayMs) : null;
  const asked = await tx.query(
    `insert into coupon_raise (id, template_id, add_fen, add_total, asked_by, valid_from)
     values ($1, $2, $3, $4, $5, $6) on conflict (template_id) where applied_at is null and undone_at is null do nothing
     returning id`,
    [raiseId, id, addFen, addTotal, actor, validFrom],
  );
  if (asked.length === 0) return refuse({ code: 'raise_open' });
  await audit(tx, { actor, action, target: id, detail: { addFen, addTotal, raiseId } });
  return accept(null);
}

type RaiseRow = { templateId: string; isOwn: boolean; isApplied: boolean; isUndone: boolean };

/** Locks a raise of a campaign of this kind; null: there is none. */
async function lockRaise(tx: Queryable, raiseId: string, { kind, actor }: Doing): Promise<RaiseRow | null> {
  const [raise] = await tx.query<RaiseRow>(
    `select r.template_id as "templateId", r.asked_by = $2 as "isOwn", r.applied_at is not null as "isApplied",
       r.undone_at is not null as "isUndone"
     from coupon_raise r join coupon_template t on t.id = r.template_id
     where r.id::text = $1 and t.kind = $3 for update of r`,
    [raiseId, actor, kind],
  );
  return raise ?? null;
}

/** A second person agrees to a raise: it is in force at once. */
export async function agreeToRaise(tx: Queryable, given: Doing & { readonly raiseId: string }) {
  const { raiseId, actor, action } = given;
  const raise = await lockRaise(tx, raiseId, given);
  if (!raise) return refuse({ code: 'not_found' });
  if (raise.isUndone) return refuse({ code: 'over' });
  if (raise.isApplied) return accept(null);
  if (raise.isOwn) return refuse({ code: 'same_person' });
  await tx.query('update coupon_raise set valid_from = now(), approved_by = $2 where id::text = $1', [raiseId, actor]);
  await applyRaise(tx, raiseId, raise.templateId);
  await audit(tx, { actor, action, target: raise.templateId, detail: { raiseId } });
  return accept(null);
}

/** Takes back a raise that is not in force yet. */
export async function undoRaiseOf(tx: Queryable, given: Doing & { readonly raiseId: string }) {
  const { raiseId, actor, action } = given;
  const raise = await lockRaise(tx, raiseId, given);
  if (!raise) return refuse({ code: 'not_found' });
  if (raise.isApplied) return refuse({ code: 'raise_in_force' });
  if (raise.isUndone) return accept(null);
  await tx.query('update coupon_raise set undone_at = now(), undone_by = $2 where id::text = $1', [raiseId, actor]);
  await audit(tx, { actor, action, target: raise.templateId, detail: { raiseId } });
  return accept(null);
}
