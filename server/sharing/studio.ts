import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  studioCampaigns,
  studioFunnel,
  studioMakeLink,
  studioSaveCampaign,
  studioSpreaders,
  studioStopLink,
  studioSubtree,
} from '../../lib/contracts/share.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { cleanTag, ownLanding, sharePath } from '../../lib/domain/sharing/share-link.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { makeShareCode } from './codes.ts';

/* What marketers make and read. Who shared is a pseudonym of one campaign; a person's id never leaves this room. */

const SUBTREE_MAX = 10_000;
const SPREADERS_MAX = 50;
const pseudonym = (sharer: string, campaign: string) =>
  `case when ${sharer} is null then null else left(md5(${campaign} || ':' || ${sharer}), 12) end`;

export async function listCampaigns(db: Queryable): Promise<ValueOf<typeof studioCampaigns>> {
  return {
    campaigns: await db.query(
      `select id, name, model, window_ms as "windowMs", ${epochMs('made_at')} as "madeAt" from share_campaign
       order by made_at desc, id limit 500`,
    ),
  };
}

async function hasCampaign(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('select 1 from share_campaign where id = $1', [id])).length > 0;
}

/** Makes a campaign, or gives it another name; its model and window stay what they were. */
export async function saveCampaign(
  db: Queryable,
  marketerId: string,
  { id, name, model = 'last', windowDays = 7 }: RequestOf<typeof studioSaveCampaign>,
): Promise<AnswerOf<typeof studioSaveCampaign>> {
  const saved = await db.query(
    `insert into share_campaign as c (id, name, model, window_ms, made_by) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = excluded.name
       where c.model = excluded.model and c.window_ms = excluded.window_ms and c.made_by <> 'migration' returning 1`,
    [id, JSON.stringify(name), model, windowDays * DAY_MS, marketerId],
  );
  return saved.length > 0 ? accept({ id }) : refuse({ code: 'campaign_is_fixed' });
}

export async function makeLink(
  db: Queryable,
  marketerId: string,
  given: RequestOf<typeof studioMakeLink>,
): Promise<AnswerOf<typeof studioMakeLink>> {
  const landing = ownLanding(given.landing);
  if (landing === null) return refuse({ code: 'not_our_page' });
  if (!(await hasCampaign(db, given.campaignId))) return refuse({ code: 'unknown_campaign' });
  const code = makeShareCode();
  await db.query(
    `insert into share_link (id, code, campaign_id, root_id, depth, made_by, landing, channel, utm_source, utm_medium, note,
       expires_at)
     select id, $1, $2, id, 0, $3, $4, $5, $6, $7, $8, to_timestamp($9 / 1000.0)
     from (select nextval('share_link_id_seq') as id) f`,
    [
      code,
      given.campaignId,
      marketerId,
      landing,
      cleanTag(given.channel),
      cleanTag(given.utmSource),
      cleanTag(given.utmMedium),
      given.note ?? '',
      given.expiresAt ?? null,
    ],
  );
  return accept({ code, path: sharePath(code) });
}

/** Whoever's link it is: a shopper's that is misused can be stopped, too. */
export async function stopLink(db: Queryable, code: string): Promise<AnswerOf<typeof studioStopLink>> {
  const stopped = await db.query(
    'update share_link set stopped_at = coalesce(stopped_at, now()) where code = $1 returning 1',
    [code],
  );
  return stopped.length > 0 ? accept({}) : refuse({ code: 'unknown_link' });
}

type Funnel = ValueOf<typeof studioFunnel>;

const COUNTS = `
  select (select count(*) from share_link where campaign_id = $1) as links,
    coalesce(sum(opens), 0)::bigint as opens, coalesce(sum(visitors), 0)::bigint as visitors,
    (select count(*) from share_credit where campaign_id = $1) as touched
  from share_tally where campaign_id = $1`;

const CREDITS = `
  select count(*) filter (where state <> 'clicked') as joined, count(order_id) as orders,
    count(*) filter (where state = 'vested') as vested, count(*) filter (where state = 'reversed') as refunded,
    coalesce(sum(order_fen), 0)::bigint as "gmvFen",
    coalesce(sum(order_fen) filter (where state = 'reversed'), 0)::bigint as "refundedFen"
  from share_credit where campaign_id = $1 and state <> 'clicked'`;

const DEPTHS = `
  select l.depth, count(*) as links, coalesce(sum(t.opens), 0)::bigint as opens
  from share_link l left join share_tally t on t.link_id = l.id where l.campaign_id = $1 group by 1 order by 1`;

export async function readFunnel(db: Database, campaignId: string): Promise<AnswerOf<typeof studioFunnel>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  const [[counts], [credits], channels, depths] = await Promise.all([
    db.query<Pick<Funnel, 'links' | 'opens' | 'visitors' | 'touched'>>(COUNTS, [campaignId]),
    db.query<Omit<Funnel, 'links' | 'opens' | 'visitors' | 'touched' | 'channels' | 'depths'>>(CREDITS, [campaignId]),
    db.query<Funnel['channels'][number]>(
      'select channel, sum(opens)::bigint as opens from share_hour where campaign_id = $1 group by 1 order by 2 desc, 1',
      [campaignId],
    ),
    db.query<Funnel['depths'][number]>(DEPTHS, [campaignId]),
  ]);
  if (!counts || !credits) throw new Error('A sum without a row');
  return accept({ ...counts, ...credits, channels, depths });
}

const SPREADERS = `
  with top as (
    select l.sharer_id, count(*) as links, sum(t.opens)::bigint as opens, sum(t.visitors)::bigint as visitors
    from share_tally t join share_link l on l.id = t.link_id where t.campaign_id = $1
    group by 1 order by 4 desc, 1 limit ${SPREADERS_MAX})
  select ${pseudonym('top.sharer_id', '$1::text')} as sharer, links, opens, visitors, coalesce((
      select sum(e.fen) from share_link l join share_credit_touch e on e.link_id = l.id
      join share_credit c on c.id = e.credit_id and c.state <> 'reversed'
      where l.campaign_id = $1 and l.sharer_id is not distinct from top.sharer_id), 0)::bigint as fen
  from top order by visitors desc, 1`;

export async function readSpreaders(db: Queryable, campaignId: string): Promise<AnswerOf<typeof studioSpreaders>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  return accept({ spreaders: await db.query(SPREADERS, [campaignId]) });
}

type TreeLink = ValueOf<typeof studioSubtree>['links'][number];

/** Level by level, so that the newest generations are the ones that are cut off. */
const SUBTREE = `
  with recursive tree as (
    select id, code, parent_id, campaign_id, sharer_id, landing, depth, made_at from share_link where code = $1
    union all
    select l.id, l.code, l.parent_id, l.campaign_id, l.sharer_id, l.landing, l.depth, l.made_at
    from tree join share_link l on l.parent_id = tree.id),
  shown as materialized (select * from tree limit ${SUBTREE_MAX + 1})
  select s.code, s.landing, s.depth, ${epochMs('s.made_at')} as "madeAt", p.code as parent,
    ${pseudonym('s.sharer_id', 's.campaign_id')} as sharer, coalesce(t.opens, 0) as opens, coalesce(t.visitors, 0) as visitors
  from shown s left join shown p on p.id = s.parent_id left join share_tally t on t.link_id = s.id`;

export async function readSubtree(db: Queryable, code: string): Promise<AnswerOf<typeof studioSubtree>> {
  const rows = await db.query<Omit<TreeLink, 'path'>>(SUBTREE, [code]);
  if (rows.length === 0) return refuse({ code: 'unknown_link' });
  const links = rows.slice(0, SUBTREE_MAX).map((row) => ({ ...row, path: sharePath(row.code) }));
  return accept({ links, isCut: rows.length > SUBTREE_MAX });
}
