import type { Database } from '../../server/platform/database.ts';
import { makeShareCode } from '../../server/sharing/codes.ts';
import { growColumns } from './grow-columns.ts';

const CHANNELS = ['wechat', 'moments', 'weibo', 'qq', 'direct'] as const;
const HOUR_SECONDS = 3_600;

/** A campaign that has spread for a week to so many links, with its visits counted; everybody who shares came by a link, nothing was bought. */
export async function growCampaign(
  db: Database,
  { id, zh, en, size, seed }: { id: string; zh: string; en: string; size: number; seed: number },
): Promise<{ codes: string[] }> {
  const { parent, createdAt, visitors } = growColumns(size, seed);
  const depth: number[] = [];
  for (const above of parent) depth.push(above === -1 ? 0 : depth[above]! + 1);
  const children = parent.map(() => 0);
  for (const above of parent) if (above !== -1) children[above]! += 1;
  const root = parent.map((above, node) => (above === -1 ? node : -1));
  for (const [node, above] of parent.entries()) if (above !== -1) root[node] = root[above]!;
  const codes = parent.map(makeShareCode);
  const age = createdAt.map((at) => 7 * 86_400 + HOUR_SECONDS - at);
  return db.transaction(async (tx) => {
    await tx.query(
      `insert into share_campaign (id, name, made_by, made_at) values ($1, $2, 'scenes', now() - interval '8 days')`,
      [id, JSON.stringify({ zh, en })],
    );
    const [first] = await tx.query<{ id: number }>(
      `select setval('share_link_id_seq', (select last_value from share_link_id_seq) + $1) - $1 + 1 as id`,
      [size],
    );
    const firstId = first?.id ?? 1;
    await tx.query(
      `with nodes as (
         select n - 1 as node, parent, age, depth, children, root, code, gen_random_uuid() as visitor_id
         from unnest($3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::integer[], $8::text[])
           with ordinality as x (parent, age, depth, children, root, code, n)),
       visits as (
         insert into share_visit (link_id, visitor_id, hour, at, touched_at, channel)
         select $2::bigint + parent, visitor_id, floor(extract(epoch from now() - make_interval(secs => age + 60)) / 3600)::integer,
           now() - make_interval(secs => age + 60), now() - make_interval(secs => age + 30), 'wechat'
         from nodes where parent >= 0 returning id, visitor_id)
       insert into share_link (id, code, campaign_id, parent_id, parent_visit_id, root_id, depth, children, sharer_id,
         visitor_id, made_by, landing, channel, utm_source, utm_medium, note, made_at)
       select $2::bigint + node, code, $1, case when parent >= 0 then $2::bigint + parent end, v.id, $2::bigint + root, depth,
         children, case when parent >= 0 then 'grown-' || $1 || node end, case when parent >= 0 then n.visitor_id end,
         case when parent < 0 then 'scenes' end, case when node % 3 = 0 then '/' else '/coupons' end,
         case when parent < 0 then ($9::text[])[1 + node % 5] end, case when parent < 0 then ($9::text[])[1 + node % 5] end,
         case when parent < 0 then 'post' end, case when parent < 0 then '第 ' || (node + 1) || ' 批' else '' end,
         now() - make_interval(secs => age)
       from nodes n left join visits v using (visitor_id) order by node`,
      [id, firstId, parent, age, depth, children, root, codes, [...CHANNELS]],
    );
    // Whoever shares on has touched the page before; every second of them has signed in.
    await tx.query(
      `insert into share_credit (campaign_id, visitor_id, state, person_id, bound_at)
       select $1, visitor_id, case when id % 2 = 0 then 'bound' else 'clicked' end, case when id % 2 = 0 then sharer_id end,
         case when id % 2 = 0 then made_at end
       from share_link where campaign_id = $1 and visitor_id is not null`,
      [id],
    );
    await tx.query(
      `insert into share_tally (link_id, campaign_id, channel, depth, opens, visitors, touched)
       select $2::bigint + n - 1, $1, ($4::text[])[1 + n % 5], depth, visitors + visitors / 3, visitors, visitors / 2
       from unnest($3::integer[], $5::integer[]) with ordinality as x (visitors, depth, n) where visitors > 0`,
      [id, firstId, visitors, [...CHANNELS], depth],
    );
    await tx.query(
      `insert into share_hour (campaign_id, hour, channel, opens)
       select $1, floor(extract(epoch from now()) / 3600)::integer - (age / 3600), ($4::text[])[1 + n % 5],
         sum(visitors + visitors / 3)
       from unnest($2::integer[], $3::integer[]) with ordinality as x (age, visitors, n) where visitors > 0
       group by 2, 3`,
      [id, age, visitors, [...CHANNELS]],
    );
    return { codes };
  });
}
