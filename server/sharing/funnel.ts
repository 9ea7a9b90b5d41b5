import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { Funnel, studioFunnel } from '../../lib/contracts/studio.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { hasCampaign } from './studio-sql.ts';

type Counts = Pick<Funnel, 'links' | 'opens' | 'visitors' | 'touched'>;
type Credits = Omit<Funnel, keyof Counts | 'channels' | 'depths'>;

const COUNTS = `
  select (select count(*) from share_link where campaign_id = $1) as links,
    coalesce(sum(opens), 0)::bigint as opens, coalesce(sum(visitors), 0)::bigint as visitors,
    (select count(*) from share_credit where campaign_id = $1) as touched
  from share_tally where campaign_id = $1`;

const CREDITS = `
  select count(*) as joined, count(c.order_id) as orders,
    count(*) filter (where c.state = 'vested') as vested, count(*) filter (where c.state = 'reversed') as refunded,
    coalesce(sum(c.order_fen), 0)::bigint as "gmvFen",
    coalesce(sum(least(c.order_fen, o.refunded_fen)), 0)::bigint as "refundedFen",
    coalesce(sum(c.vested_fen), 0)::bigint as "vestedFen"
  from share_credit c left join orders o on o.id = c.order_id where c.campaign_id = $1 and c.state <> 'clicked'`;

const CHANNELS = `
  select channel, sum(opens)::bigint as opens from share_hour where campaign_id = $1 group by 1 order by 2 desc, 1`;

const DEPTHS = `
  select l.depth, count(*) as links, coalesce(sum(t.opens), 0)::bigint as opens
  from share_link l
  left join (select link_id, sum(opens) as opens from share_tally where campaign_id = $1 group by 1) t on t.link_id = l.id
  where l.campaign_id = $1 group by 1 order by 1`;

/** A campaign from its links to its orders, as it is now. `version` is the database's time before it was read. */
export async function funnelOf(db: Database, campaignId: string): Promise<{ version: number } & Funnel> {
  const version = await databaseNow(db);
  const [[counts], [credits], channels, depths] = await Promise.all([
    db.query<Counts>(COUNTS, [campaignId]),
    db.query<Credits>(CREDITS, [campaignId]),
    db.query<Funnel['channels'][number]>(CHANNELS, [campaignId]),
    db.query<Funnel['depths'][number]>(DEPTHS, [campaignId]),
  ]);
  if (!counts || !credits) throw new Error('A sum without a row');
  return { version, ...counts, ...credits, channels, depths };
}

export async function readFunnel(db: Database, campaignId: string): Promise<AnswerOf<typeof studioFunnel>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  return accept(await funnelOf(db, campaignId));
}
