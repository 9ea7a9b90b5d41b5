import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { opsRaiseCoupon } from '../../lib/contracts/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { listCoupons } from './coupons.ts';
import { operatorActor } from './orders.ts';
import { listPackets } from './packets.ts';
import { agreeToRaise, askRaise, undoRaiseOf } from './raises.ts';
import { listTeams } from './teams.ts';
import type { Kind } from './templates.ts';

type Desk<Value, Over extends string> = {
  readonly kind: Kind;
  /** What every answer of this desk is: all its campaigns. */
  readonly list: (db: Queryable, personId: string) => Promise<Value>;
  /** Why there is nothing to raise any more. */
  readonly over: Over;
  /** What the audit log calls it. */
  readonly actions: { readonly ask: string; readonly agree: string; readonly undo: string };
};

/** The three commands by which the budget of a campaign of one kind is raised. */
function raiseDesk<Value, Over extends string>({ kind, list, over, actions }: Desk<Value, Over>) {
  const overOr = <R extends { readonly code: string }>(refusal: R) =>
    refuse(refusal.code === 'over' ? ({ code: over } as const) : (refusal as Exclude<R, { readonly code: 'over' }>));
  return {
    /** Asks for more; in force when somebody else agrees, or after ten minutes where there is nobody else. */
    ask(
      db: Database,
      wanted: { readonly id: string; readonly raiseId: string; readonly addFen: number; readonly addTotal?: number },
      personId: string,
    ) {
      return db.transaction(async (tx) => {
        const actor = operatorActor(personId);
        const asked = await askRaise(tx, { addTotal: 0, ...wanted, kind, actor, action: actions.ask });
        return asked.ok ? accept(await list(tx, personId)) : overOr(asked.refusal);
      });
    },

    /** A second person agrees to a raise: it is in force at once. */
    agree(db: Database, { raiseId }: { readonly raiseId: string }, personId: string) {
      return db.transaction(async (tx) => {
        const actor = operatorActor(personId);
        const agreed = await agreeToRaise(tx, { raiseId, kind, actor, action: actions.agree });
        return agreed.ok ? accept(await list(tx, personId)) : overOr(agreed.refusal);
      });
    },

    /** Takes back a raise that is not in force yet. */
    undo(db: Database, { raiseId }: { readonly raiseId: string }, personId: string) {
      return db.transaction(async (tx) => {
        const actor = operatorActor(personId);
        const undone = await undoRaiseOf(tx, { raiseId, kind, actor, action: actions.undo });
        return undone.ok ? accept(await list(tx, personId)) : undone;
      });
    },
  };
}

export const couponRaises = raiseDesk({
  kind: 'claim',
  list: listCoupons,
  over: 'coupon_over',
  actions: { ask: 'ops.raiseCoupon', agree: 'ops.approveRaise', undo: 'ops.undoRaise' },
});

/** Of a coupon the number can be raised, too: one of the two at least. */
export async function raiseCoupon(
  db: Database,
  wanted: RequestOf<typeof opsRaiseCoupon>,
  personId: string,
): Promise<AnswerOf<typeof opsRaiseCoupon>> {
  if (wanted.addFen === 0 && wanted.addTotal === 0) return refuse({ code: 'coupon_wrong', fault: 'not_a_number' });
  return couponRaises.ask(db, wanted, personId);
}

export const teamRaises = raiseDesk({
  kind: 'team',
  list: listTeams,
  over: 'team_campaign_over',
  actions: { ask: 'ops.raiseTeamCampaign', agree: 'ops.approveTeamRaise', undo: 'ops.undoTeamRaise' },
});

export const packetRaises = raiseDesk({
  kind: 'packet',
  list: listPackets,
  over: 'packet_campaign_over',
  actions: { ask: 'ops.raisePacketCampaign', agree: 'ops.approvePacketRaise', undo: 'ops.undoPacketRaise' },
});
