import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { studioSpreaders } from '../../lib/contracts/studio.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Queryable } from '../platform/database.ts';
import { consentedName, hasCampaign, pseudonym } from './studio-sql.ts';

const SPREADERS_MAX = 50;

const SPREADERS = `
  with top as (
    select l.sharer_id, count(distinct l.id) as links, sum(t.opens)::bigint as opens, sum(t.visitors)::bigint as visitors
    from share_tally t join share_link l on l.id = t.link_id where t.campaign_id = $1
    group by 1 order by 4 desc, 1 limit $2)
  select ${pseudonym('top.sharer_id', '$1::text')} as sharer, ${consentedName('top.sharer_id')} as name, top.links, opens,
    visitors, coalesce(k.children, 0)::bigint as children, coalesce(s.orders, 0)::bigint as orders, coalesce(s.fen, 0)::bigint as fen
  from top
  cross join lateral (
    select sum(children) as children from share_link
    where campaign_id = $1 and sharer_id is not distinct from top.sharer_id) k
  cross join lateral (
    select count(distinct e.credit_id) filter (where e.weight_ppm > 0) as orders, sum(e.fen) as fen
    from share_link l join share_credit_touch e on e.link_id = l.id
    join share_credit c on c.id = e.credit_id and c.state in ('qualified', 'vested')
    where l.campaign_id = $1 and l.sharer_id is not distinct from top.sharer_id) s
  order by visitors desc, 1`;

export type Spreader = ValueOf<typeof studioSpreaders>['spreaders'][number];

/** Who brought most visitors, so many at most. */
export async function topSpreaders(db: Queryable, campaignId: string, max: number): Promise<Spreader[]> {
  const rows = await db.query<Spreader>(SPREADERS, [campaignId, max]);
  return rows.map((row) => ({ ...row, name: row.name === null ? null : shownName(row.name) }));
}

export async function readSpreaders(db: Queryable, campaignId: string): Promise<AnswerOf<typeof studioSpreaders>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  return accept({ spreaders: await topSpreaders(db, campaignId, SPREADERS_MAX) });
}
