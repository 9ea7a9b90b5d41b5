import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { studioSpreaders } from '../../lib/contracts/studio-figures.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Queryable } from '../platform/database.ts';
import { consentedName, hasCampaign, pseudonym } from './studio-sql.ts';

const SPREADERS_MAX = 50;

/** The shop has no sharer. What its links or a person's are in number is looked up for those at the top only. */
const SPREADERS = `
  with top as materialized (
    select l.sharer_id, sum(t.opens)::bigint as opens, sum(t.visitors)::bigint as visitors
    from share_tally t join share_link l on l.id = t.link_id where t.campaign_id = $1
    group by 1 order by 3 desc, 1 limit $2),
  earned as (
    select coalesce(l.sharer_id, '') as who, count(distinct e.credit_id) filter (where e.weight_ppm > 0) as orders,
      sum(e.fen) as fen
    from share_credit c join share_credit_touch e on e.credit_id = c.id join share_link l on l.id = e.link_id
    where c.campaign_id = $1 and c.state in ('qualified', 'vested') group by 1)
  select ${pseudonym('top.sharer_id', '$1::text')} as sharer, ${consentedName('top.sharer_id')} as name,
    coalesce(own.links, shop.links) as links, opens, visitors, coalesce(own.children, shop.children)::bigint as children,
    coalesce(orders, 0)::bigint as orders, coalesce(fen, 0)::bigint as fen
  from top left join earned on earned.who = coalesce(top.sharer_id, '')
  left join lateral (
    select count(*) as links, sum(children) as children from share_link
    where sharer_id = top.sharer_id and campaign_id = $1) own on top.sharer_id is not null
  left join lateral (
    select count(*) as links, sum(children) as children from share_link
    where campaign_id = $1 and sharer_id is null) shop on top.sharer_id is null
  order by visitors desc, top.sharer_id`;

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
