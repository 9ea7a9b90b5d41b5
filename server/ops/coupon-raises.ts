import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { opsApproveRaise, opsRaiseCoupon, opsUndoRaise } from '../../lib/contracts/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { applyRaise } from '../promo/book-coupons.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { audit } from './audit.ts';
import { listCoupons, lockTemplate } from './coupons.ts';
import { operatorActor } from './orders.ts';
import { isAlone } from './templates.ts';

/** Asks for more; in force when somebody else agrees, or after ten minutes where there is nobody else. */
export function raiseCoupon(
  db: Database,
  wanted: RequestOf<typeof opsRaiseCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsRaiseCoupon>> {
  const { id, raiseId, addFen, addTotal } = wanted;
  const actor = operatorActor(personId);
  if (addFen === 0 && addTotal === 0) {
    return Promise.resolve(refuse({ code: 'coupon_wrong', fault: 'not_a_number' }));
  }
  return db.transaction(async (tx) => {
    const template = await lockTemplate(tx, id, actor);
    if (!template?.isPublished) return refuse({ code: 'not_found' });
    const [known] = await tx.query<{ isSame: boolean }>(
      `select (template_id, add_fen, add_total) = ($2, $3::bigint, $4::integer) as "isSame" from coupon_raise where id = $1`,
      [raiseId, id, addFen, addTotal],
    );
    if (known) return known.isSame ? accept(await listCoupons(tx, personId)) : refuse({ code: 'key_reused' });
    const now = await databaseNow(tx);
    if (template.isStopped || template.claimUntil <= now) return refuse({ code: 'coupon_over' });
    const validFrom = (await isAlone(tx)) ? new Date(now + LIMITS.coupon.aloneDelayMs) : null;
    const asked = await tx.query(
      `insert into coupon_raise (id, template_id, add_fen, add_total, asked_by, valid_from)
       values ($1, $2, $3, $4, $5, $6) on conflict (template_id) where applied_at is null and undone_at is null do nothing
       returning id`,
      [raiseId, id, addFen, addTotal, actor, validFrom],
    );
    if (asked.length === 0) return refuse({ code: 'raise_open' });
    await audit(tx, { actor, action: 'ops.raiseCoupon', target: id, detail: { addFen, addTotal, raiseId } });
    return accept(await listCoupons(tx, personId));
  });
}

type RaiseRow = { templateId: string; isOwn: boolean; isApplied: boolean; isUndone: boolean };

async function lockRaise(tx: Queryable, raiseId: string, actor: string): Promise<RaiseRow | null> {
  const [raise] = await tx.query<RaiseRow>(
    `select template_id as "templateId", asked_by = $2 as "isOwn", applied_at is not null as "isApplied",
       undone_at is not null as "isUndone" from coupon_raise where id::text = $1 for update`,
    [raiseId, actor],
  );
  return raise ?? null;
}

/** A second person agrees to a raise: it is in force at once. */
export function approveRaise(
  db: Database,
  { raiseId }: RequestOf<typeof opsApproveRaise>,
  personId: string,
): Promise<AnswerOf<typeof opsApproveRaise>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const raise = await lockRaise(tx, raiseId, actor);
    if (!raise) return refuse({ code: 'not_found' });
    if (raise.isUndone) return refuse({ code: 'coupon_over' });
    if (!raise.isApplied) {
      if (raise.isOwn) return refuse({ code: 'same_person' });
      await tx.query('update coupon_raise set valid_from = now(), approved_by = $2 where id::text = $1', [
        raiseId,
        actor,
      ]);
      await applyRaise(tx, raiseId, raise.templateId);
      await audit(tx, { actor, action: 'ops.approveRaise', target: raise.templateId, detail: { raiseId } });
    }
    return accept(await listCoupons(tx, personId));
  });
}

/** Takes back a raise that is not in force yet. */
export function undoRaise(
  db: Database,
  { raiseId }: RequestOf<typeof opsUndoRaise>,
  personId: string,
): Promise<AnswerOf<typeof opsUndoRaise>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const raise = await lockRaise(tx, raiseId, actor);
    if (!raise) return refuse({ code: 'not_found' });
    if (raise.isApplied) return refuse({ code: 'raise_in_force' });
    if (!raise.isUndone) {
      await tx.query('update coupon_raise set undone_at = now(), undone_by = $2 where id::text = $1', [raiseId, actor]);
      await audit(tx, { actor, action: 'ops.undoRaise', target: raise.templateId, detail: { raiseId } });
    }
    return accept(await listCoupons(tx, personId));
  });
}
