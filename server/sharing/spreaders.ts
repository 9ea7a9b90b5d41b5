import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { studioSpreaders } from '../../lib/contracts/studio.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Queryable } from '../platform/database.ts';
import { consentedName, hasCampaign, pseudonym } from './studio-sql.ts';

const SPREADERS_MAX = 50;

/** The shop has no sharer; as an empty text it can be joined by hash like all others. */
const SPREADERS = `
  with t as (
    select link_id, sum(opens) as opens, sum(visitors) as visitors from share_tally where campaign_id = $1 group by 1),
  top as (
    select coalesce(l.sharer_id, '') as who, count(*) as links, sum(l.children)::bigint as children,
      coalesce(sum(t.opens), 0)::bigint as opens, coalesce(sum(t.visitors), 0)::bigint as visitors
    from share_link l left join t on t.link_id = l.id where l.campaign_id = $1
    group by 1 order by 5 desc, 1 limit $2),
  earned as (
    select coalesce(l.sharer_id, '') as who, count(distinct e.credit_id) filter (where e.weight_ppm > 0) as orders,
      sum(e.fen) as fen
    from share_credit c join share_credit_touch e on e.credit_id = c.id join share_link l on l.id = e.link_id
    where c.campaign_id = $1 and c.state in ('qualified', 'vested') group by 1)
  select ${pseudonym(`nullif(who, '')`, '$1::text')} as sharer, ${consentedName(`nullif(who, '')`)} as name, links, opens,
    visitors, children, coalesce(orders, 0)::bigint as orders, coalesce(fen, 0)::bigint as fen
  from top left join earned using (who) order by visitors desc, who`;

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
