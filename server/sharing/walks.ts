import type { WalkedPath } from '../../lib/domain/sharing/markov.ts';
import type { Queryable } from '../platform/database.ts';

/** Steps of a walk that are looked at: what is longer says no more. */
const STEPS_MAX = 20;

/**
 * All walks of a campaign's visitors, the same ones counted: by whose links they came, oldest first, and how many of them
 * ended in an order. The shop's own links are one state.
 */
export async function readWalks(tx: Queryable, campaignId: string): Promise<WalkedPath[]> {
  return tx.query<WalkedPath>(
    `select keys, count(*)::integer as walks, count(*) filter (where is_order)::integer as orders from (
       select c.id, c.state in ('qualified', 'vested', 'reversed') as is_order,
         (array_agg(coalesce(l.sharer_id, 'shop') order by v.at, v.id))[1:${STEPS_MAX}] as keys
       from share_credit c join share_visit v on v.visitor_id = c.visitor_id and v.touched_at is not null
       join share_link l on l.id = v.link_id and l.campaign_id = c.campaign_id
       where c.campaign_id = $1 group by c.id) w
     group by keys limit 20000`,
    [campaignId],
  );
}
