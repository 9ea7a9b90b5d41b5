import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type {
  opsApprovePacketRaise,
  opsRaisePacketCampaign,
  opsUndoPacketRaise,
} from '../../lib/contracts/ops-packet.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { operatorActor } from './orders.ts';
import { listPackets } from './packets.ts';
import { agreeToRaise, askRaise, undoRaiseOf } from './raises.ts';

const KIND = 'packet';

/** Asks for more budget; in force when somebody else agrees, or after ten minutes where there is nobody else. */
export function raisePackets(
  db: Database,
  wanted: RequestOf<typeof opsRaisePacketCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsRaisePacketCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const asked = await askRaise(tx, { ...wanted, addTotal: 0, kind: KIND, actor, action: 'ops.raisePacketCampaign' });
    if (asked.ok) return accept(await listPackets(tx, personId));
    return refuse(asked.refusal.code === 'over' ? { code: 'packet_campaign_over' } : asked.refusal);
  });
}

/** A second person agrees to a raise: it is in force at once. */
export function approvePacketRaise(
  db: Database,
  { raiseId }: RequestOf<typeof opsApprovePacketRaise>,
  personId: string,
): Promise<AnswerOf<typeof opsApprovePacketRaise>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const agreed = await agreeToRaise(tx, { raiseId, kind: KIND, actor, action: 'ops.approvePacketRaise' });
    if (agreed.ok) return accept(await listPackets(tx, personId));
    return refuse(agreed.refusal.code === 'over' ? { code: 'packet_campaign_over' } : agreed.refusal);
  });
}

/** Takes back a raise that is not in force yet. */
export function undoPacketRaise(
  db: Database,
  { raiseId }: RequestOf<typeof opsUndoPacketRaise>,
  personId: string,
): Promise<AnswerOf<typeof opsUndoPacketRaise>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const undone = await undoRaiseOf(tx, { raiseId, kind: KIND, actor, action: 'ops.undoPacketRaise' });
    return undone.ok ? accept(await listPackets(tx, personId)) : undone;
  });
}
