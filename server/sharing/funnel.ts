import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { Funnel, studioFunnel } from '../../lib/contracts/studio-figures.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { hasCampaign } from './studio-sql.ts';

type Credits = Pick<Funnel, 'joined' | 'orders' | 'vested' | 'refunded' | 'gmvFen' | 'refundedFen' | 'vestedFen'>;

const CREDITS = `
  select count(*) as joined, count(c.order_id) as orders,
    count(*) filter (where c.state = 'vested') as vested, count(*) filter (where c.state = 'reversed') as refunded,
    coalesce(sum(c.order_fen), 0)::bigint as "gmvFen",
    coalesce(sum(least(c.order_fen, o.refunded_fen)), 0)::bigint as "refundedFen",
    coalesce(sum(c.vested_fen), 0)::bigint as "vestedFen"
  from share_credit c left join orders o on o.id = c.order_id where c.campaign_id = $1 and c.state <> 'clicked'`;

const CHANNELS = `
  select channel, sum(opens)::bigint as opens from share_hour where campaign_id = $1 group by 1 order by 2 desc, 1`;

/** Each of the two large tables is gone through once. */
const DEPTHS = `
  select depth, l.links, coalesce(t.opens, 0)::bigint as opens, coalesce(t.visitors, 0)::bigint as visitors
  from (select depth, count(*) as links from share_link where campaign_id = $1 group by 1) l
  left join (select depth, sum(opens) as opens, sum(visitors) as visitors from share_tally where campaign_id = $1 group by 1) t
    using (depth) order by 1`;

type Depth = Funnel['depths'][number] & { readonly visitors: number };

/** A campaign from its links to its orders, as it is now. `version` is the database's time before it was read. */
export async function funnelOf(db: Database, campaignId: string): Promise<{ version: number } & Funnel> {
  const version = await databaseNow(db);
  const [[touched], [credits], channels, depths] = await Promise.all([
    db.query<{ n: number }>('select count(*) as n from share_credit where campaign_id = $1', [campaignId]),
    db.query<Credits>(CREDITS, [campaignId]),
    db.query<Funnel['channels'][number]>(CHANNELS, [campaignId]),
    db.query<Depth>(DEPTHS, [campaignId]),
  ]);
  if (!touched || !credits) throw new Error('A sum without a row');
  const sum = (of: 'links' | 'opens' | 'visitors') => depths.reduce((total, depth) => total + depth[of], 0);
  return {
    version,
    links: sum('links'),
    opens: sum('opens'),
    visitors: sum('visitors'),
    touched: touched.n,
    ...credits,
    channels,
    depths: depths.map(({ visitors: _visitors, ...depth }) => depth),
  };
}

export async function readFunnel(db: Database, campaignId: string): Promise<AnswerOf<typeof studioFunnel>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  return accept(await funnelOf(db, campaignId));
}
