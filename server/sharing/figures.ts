import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  Figures,
  Funnel,
  studioChannels,
  studioCompare,
  studioFigures,
} from '../../lib/contracts/studio-figures.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import {
  type HourOfOpens,
  halfLife,
  kFactor,
  type Offspring,
  RIPE_MS,
  rateOf,
} from '../../lib/domain/sharing/spread.ts';
import { HOUR_MS, toEpochMs } from '../../lib/domain/time.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { CAMPAIGN } from './campaigns.ts';
import { funnelOf } from './funnel.ts';
import { EARNED, hasCampaign } from './studio-sql.ts';

const HOURS_MAX = 720;
const CHANNEL_ROWS_MAX = 500;

const DEPTHS = `
  with l as (select depth, count(*) as links from share_link where campaign_id = $1 group by 1),
  t as (
    select depth, sum(opens) as opens, sum(visitors) as visitors from share_tally where campaign_id = $1 group by 1),
  e as (
    select l.depth, sum(e.orders) as orders, sum(e.fen) as fen from (${EARNED}) e join share_link l on l.id = e.link_id
    group by 1)
  select depth, links, coalesce(opens, 0)::bigint as opens, coalesce(visitors, 0)::bigint as visitors,
    coalesce(orders, 0)::bigint as orders, coalesce(fen, 0)::bigint as fen
  from l left join t using (depth) left join e using (depth) order by 1`;

/** Each person is brought once, by the maker of the link that his first share grew from; whom the shop brought is nobody's. */
const OFFSPRING = `
  with people as (
    select distinct on (sharer_id) sharer_id, parent_id, made_at <= now() - $2 * interval '1 millisecond' as is_ripe
    from share_link where campaign_id = $1 and sharer_id is not null order by sharer_id, id),
  brought as (
    select p.sharer_id, count(*) as n from people k join share_link p on p.id = k.parent_id
    where p.sharer_id <> k.sharer_id group by 1)
  select count(*) filter (where is_ripe) as sharers, count(*) filter (where not is_ripe) as recent,
    coalesce(sum(b.n) filter (where is_ripe), 0)::bigint as brought,
    coalesce(sum(b.n * b.n) filter (where is_ripe), 0)::bigint as squares
  from people left join brought b using (sharer_id)`;

const HOURS = `
  select hour, opens from (
    select hour, sum(opens)::bigint as opens from share_hour where campaign_id = $1
    group by 1 order by 1 desc limit ${HOURS_MAX}) h order by 1`;

type FiguresRead = Omit<Figures, 'rates'>;

async function readParts(db: Database, campaignId: string): Promise<FiguresRead> {
  const [depths, [offspring], hours] = await Promise.all([
    db.query<Figures['depths'][number]>(DEPTHS, [campaignId]),
    db.query<Offspring & { recent: number }>(OFFSPRING, [campaignId, RIPE_MS]),
    db.query<HourOfOpens>(HOURS, [campaignId]),
  ]);
  if (!offspring) throw new Error('A sum without a row');
  const k = kFactor(offspring) ?? { value: null, low: null, high: null };
  const { ms, peakHour, opensAfter } = halfLife(hours);
  return {
    depths,
    k: { ...k, sharers: offspring.sharers, brought: offspring.brought, recent: offspring.recent, ripeMs: RIPE_MS },
    halfLife: { ms, peakAt: peakHour === null ? null : toEpochMs(peakHour * HOUR_MS), opensAfter },
    hours: hours.map(({ hour, opens }) => ({ at: hour * HOUR_MS, opens })),
  };
}

async function ratesOf(db: Queryable, campaignId: string, funnel: Funnel): Promise<Figures['rates']> {
  const [row] = await db.query<{ touched: number; opens: number }>(
    `select coalesce(sum(touched), 0)::bigint as touched, coalesce(sum(opens), 0)::bigint as opens
     from share_tally where campaign_id = $1`,
    [campaignId],
  );
  return {
    touched: rateOf(row?.touched ?? 0, row?.opens ?? 0),
    joined: rateOf(funnel.joined, funnel.touched),
    ordered: rateOf(funnel.orders, funnel.joined),
    refunded: rateOf(funnel.refunded, funnel.orders),
  };
}

async function wholeOf(db: Database, campaignId: string) {
  const [funnel, parts] = await Promise.all([funnelOf(db, campaignId), readParts(db, campaignId)]);
  const { version, ...counts } = funnel;
  return { version, funnel: counts, figures: { ...parts, rates: await ratesOf(db, campaignId, counts) } };
}

export async function readFigures(db: Database, campaignId: string): Promise<AnswerOf<typeof studioFigures>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  const { version, figures } = await wholeOf(db, campaignId);
  return accept({ asOf: version, ...figures });
}

/** Two campaigns, read at about the same time. */
export async function compareCampaigns(
  db: Database,
  { left, right }: { left: string; right: string },
): Promise<AnswerOf<typeof studioCompare>> {
  type Campaign = ValueOf<typeof studioCompare>['left']['campaign'];
  const rows = await db.query<Campaign>(`select ${CAMPAIGN} from share_campaign c where c.id = any ($1::text[])`, [
    [left, right],
  ]);
  const [one, other] = [left, right].map((id) => rows.find((row) => row.id === id));
  if (!one || !other) return refuse({ code: 'unknown_campaign' });
  const [a, b] = await Promise.all([wholeOf(db, left), wholeOf(db, right)]);
  return accept({
    asOf: a.version,
    left: { campaign: one, funnel: a.funnel, figures: a.figures },
    right: { campaign: other, funnel: b.funnel, figures: b.figures },
  });
}

/** What a marketer wrote at a root holds for all that grew from it; how each visitor came is his visit's own. */
export const CHANNEL_TABLE = `
  with t as (
    select r.utm_source, r.utm_medium, r.utm_campaign, t.channel, sum(t.opens) as opens, sum(t.visitors) as visitors,
      sum(t.touched) as touched
    from share_tally t join share_link l on l.id = t.link_id join share_link r on r.id = l.root_id
    where t.campaign_id = $1 group by 1, 2, 3, 4),
  e as (
    select r.utm_source, r.utm_medium, r.utm_campaign, v.channel, count(*) filter (where e.weight_ppm > 0) as orders,
      sum(e.fen) as fen
    from share_credit c join share_credit_touch e on e.credit_id = c.id join share_visit v on v.id = e.visit_id and v.touched_at is not null
    join share_link l on l.id = e.link_id join share_link r on r.id = l.root_id
    where c.campaign_id = $1 and c.state in ('qualified', 'vested') group by 1, 2, 3, 4)
  select t.channel, t.utm_source as "utmSource", t.utm_medium as "utmMedium", t.utm_campaign as "utmCampaign",
    t.opens::bigint as opens, t.visitors::bigint as visitors, t.touched::bigint as touched,
    coalesce(e.orders, 0)::bigint as orders, coalesce(e.fen, 0)::bigint as fen
  from t left join e on e.channel = t.channel and e.utm_source is not distinct from t.utm_source
    and e.utm_medium is not distinct from t.utm_medium and e.utm_campaign is not distinct from t.utm_campaign
  order by t.visitors desc, t.opens desc, 1, 2, 3, 4`;

export async function readChannels(db: Queryable, campaignId: string): Promise<AnswerOf<typeof studioChannels>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  type Row = ValueOf<typeof studioChannels>['rows'][number];
  const rows = await db.query<Row>(`${CHANNEL_TABLE} limit ${CHANNEL_ROWS_MAX + 1}`, [campaignId]);
  return accept({ rows: rows.slice(0, CHANNEL_ROWS_MAX), isCut: rows.length > CHANNEL_ROWS_MAX });
}
