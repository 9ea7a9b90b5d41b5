import type { Queryable } from '../platform/database.ts';

/**
 * Pending visits of an anonymous shopper become those of the person he turned out to be. A packet that the person has
 * visited already keeps its one visit of his; the other stays nobody's and ends with the packet.
 * @returns whether there is anything to look at
 */
export async function claimVisits(db: Queryable, anonymousId: string, personId: string): Promise<boolean> {
  const claimed = await db.query(
    `update packet_step s set visitor_id = $2, is_ripe = true
     where s.visitor_id = $1 and s.state = 'pending' and not exists (
       select 1 from packet_step o where o.visitor_id = $2 and (o.packet_id = s.packet_id or o.key = s.key))
     returning place`,
    [anonymousId, personId],
  );
  return claimed.length > 0;
}
