import type { Queryable } from '../platform/database.ts';

/* What the rules against fraud have to know of packets before a command is settled. */

export type PendingVisit = { readonly personId: string; readonly campaignId: string; readonly ownerId: string };

/** Visits of this person that may make a packet grow. */
export function pendingVisits(db: Queryable, personId: string): Promise<PendingVisit[]> {
  return db.query<PendingVisit>(
    `select s.visitor_id as "personId", m.campaign_id as "campaignId", min(m.owner_id) as "ownerId"
     from packet_step s join packet m on m.id = s.packet_id
     where s.visitor_id = $1 and s.state = 'pending' group by 1, 2`,
    [personId],
  );
}

/** Whose packet this code names, and of which campaign; null: there is none. */
export async function aboutPacket(
  db: Queryable,
  code: string,
): Promise<{ campaignId: string; ownerId: string; packetId: string } | null> {
  const [row] = await db.query<{ campaignId: string; ownerId: string; packetId: string }>(
    'select campaign_id as "campaignId", owner_id as "ownerId", id as "packetId" from packet where code = $1',
    [code],
  );
  return row ?? null;
}
