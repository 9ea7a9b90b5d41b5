import type { Database } from '../../../server/platform/database.ts';

export const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

export type GrownLink = {
  readonly id: number;
  readonly code: string;
  readonly campaignId: string;
  readonly depth: number;
};

/** A tree of so many links in a campaign of its own: each has eight children, every one another sharer. */
export async function growLinks(db: Database, campaignId: string, count: number): Promise<GrownLink[]> {
  await db.query(`insert into share_campaign (id, name, made_by) values ($1, '{"zh":"测","en":"Bench"}', 'bench')`, [
    campaignId,
  ]);
  const [first] = await db.query<{ id: number }>(
    `select setval('share_link_id_seq', greatest((select max(id) from share_link), 1)) + 1 as id`,
  );
  const firstId = first?.id ?? 1;
  const rows = await db.query<GrownLink>(
    `with recursive depths as (
       select 0 as n, 0 as depth
       union all select n + 1, case when n = 0 then 1 else floor(ln(7.0 * (n + 1) + 1) / ln(8.0) + 1e-9)::integer end
       from depths where n + 1 < $3),
     visits as (
       insert into share_visit (link_id, visitor_id, hour, at, touched_at, channel)
       select $2 + (n - 1) / 8, gen_random_uuid(), 0, now() - interval '2 days', now() - interval '2 days', 'direct' from depths
       where n > 0 order by n returning id, visitor_id, link_id),
     proofs as (select *, row_number() over (order by id) as n from visits)
     insert into share_link (id, code, campaign_id, parent_id, parent_visit_id, root_id, depth, children, sharer_id, visitor_id, landing)
     select $2 + d.n, lpad(($2 + d.n)::text, 17, 'A'), $1, case when d.n > 0 then $2 + (d.n - 1) / 8 end, p.id, $2, d.depth,
       greatest(0, least(8, $3 - 1 - d.n * 8)), 'sharer-' || d.n, coalesce(p.visitor_id, gen_random_uuid()), '/'
     from depths d left join proofs p on p.n = d.n order by d.n
     returning id, code, campaign_id as "campaignId", depth`,
    [campaignId, firstId, count],
  );
  await db.query(`select setval('share_link_id_seq', (select max(id) from share_link))`);
  await db.query('analyze share_link');
  return rows;
}
