import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { opsApproveRaise, opsRaiseCoupon, opsUndoRaise } from '../../lib/contracts/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { listCoupons } from './coupons.ts';
import { operatorActor } from './orders.ts';
import { agreeToRaise, askRaise, undoRaiseOf } from './raises.ts';

const KIND = 'claim';

/** Asks for more; in force when somebody else agrees, or after ten minutes where there is nobody else. */
export function raiseCoupon(
  db: Database,
  wanted: RequestOf<typeof opsRaiseCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsRaiseCoupon>> {
  const actor = operatorActor(personId);
  if (wanted.addFen === 0 && wanted.addTotal === 0) {
    return Promise.resolve(refuse({ code: 'coupon_wrong', fault: 'not_a_number' }));
  }
  return db.transaction(async (tx) => {
    const asked = await askRaise(tx, { ...wanted, kind: KIND, actor, action: 'ops.raiseCoupon' });
    if (asked.ok) return accept(await listCoupons(tx, personId));
    return refuse(asked.refusal.code === 'over' ? { code: 'coupon_over' } : asked.refusal);
  });
}

/** A second person agrees to a raise: it is in force at once. */
export function approveRaise(
  db: Database,
  { raiseId }: RequestOf<typeof opsApproveRaise>,
  personId: string,
): Promise<AnswerOf<typeof opsApproveRaise>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const agreed = await agreeToRaise(tx, { raiseId, kind: KIND, actor, action: 'ops.approveRaise' });
    if (agreed.ok) return accept(await listCoupons(tx, personId));
    return refuse(agreed.refusal.code === 'over' ? { code: 'coupon_over' } : agreed.refusal);
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
    const undone = await undoRaiseOf(tx, { raiseId, kind: KIND, actor, action: 'ops.undoRaise' });
    return undone.ok ? accept(await listCoupons(tx, personId)) : undone;
  });
}
