import { columnsOf, unnest } from '../platform/columns.ts';
import type { Queryable } from '../platform/database.ts';

/** One opening of a link; `ageMs` ago when it is written. The database's clock makes a moment of it: no edge's, no phone's. */
export type VisitRow = {
  readonly link_id: number;
  readonly visitor_id: string;
  readonly age_ms: number;
  readonly channel: string;
  readonly source: string | null;
};
export type TouchRow = VisitRow & { readonly person_id: string | null };

export const VISIT = {
  link_id: 'bigint',
  visitor_id: 'uuid',
  age_ms: 'integer',
  channel: 'text',
  source: 'text',
} as const;
const TOUCH = { ...VISIT, person_id: 'text' } as const;

export const AT = `now() - age_ms * interval '1 millisecond'`;
export const hourOf = (at: string) => `floor(date_part('epoch', ${at}) / 3600)::integer`;

/**
 * Each with its campaign, and whether this browser was never at this link before. Links are looked up one by one: a plain
 * join would read all links there are for each batch.
 */
const COUNTED = `
  counted as materialized (
    select k.link_id, k.channel, k.hour, l.campaign_id, l.depth, not exists (
      select 1 from share_visit e where e.visitor_id = k.visitor_id and e.link_id = k.link_id and e.hour <> k.hour
    ) as is_first
    from kept k cross join lateral (select campaign_id, depth from share_link where id = k.link_id limit 1) l)`;

/**
 * Rows are written and counted in the order of their keys, so that the batches of two edges do not wait for each other in
 * a circle.
 */
const TALLIED = `
  tallied as (
    insert into share_tally as t (link_id, channel, campaign_id, depth, opens, visitors)
    select link_id, channel, min(campaign_id), min(depth), count(*), count(*) filter (where is_first) from counted
    group by 1, 2 order by 1, 2
    on conflict (link_id, channel) do update set opens = t.opens + excluded.opens, visitors = t.visitors + excluded.visitors
    returning 1),
  hours as (
    insert into share_hour as h (campaign_id, hour, channel, opens)
    select campaign_id, hour, channel, count(*) from counted group by 1, 2, 3 order by 1, 2, 3
    on conflict (campaign_id, hour, channel) do update set opens = h.opens + excluded.opens returning 1)`;

/** What was not there yet, as `kept`. */
export const KEPT = `
  kept as (
    insert into share_visit (link_id, visitor_id, hour, at, channel, source)
    select link_id, visitor_id, ${hourOf(AT)}, ${AT}, channel, source from ${unnest('g', VISIT, 1)}
    order by visitor_id, link_id, age_ms
    on conflict (visitor_id, link_id, hour) do nothing
    returning link_id, visitor_id, hour, channel)`;

const RECORD = `
  with ${KEPT}, ${COUNTED}, ${TALLIED}
  select count(*) as n from kept`;

/** Visits of the last hour are touched; whoever was not counted when he came (§ newcomers) is now. */
const TOUCH_VISITS = `
  with given as (select distinct on (visitor_id, link_id) *, ${AT} as at from ${unnest('g', TOUCH, 1)}
                 order by visitor_id, link_id, age_ms desc),
  recent as (
    select g.link_id, g.visitor_id, g.at, v.hour from given g cross join lateral (
      select hour from share_visit where visitor_id = g.visitor_id and link_id = g.link_id and at > g.at - interval '1 hour'
      order by at desc limit 1) v),
  touched as (
    update share_visit v set touched_at = greatest(v.at, r.at) from recent r
    where v.visitor_id = r.visitor_id and v.link_id = r.link_id and v.hour = r.hour and v.touched_at is null
    returning v.link_id, v.channel),
  kept as (
    insert into share_visit (link_id, visitor_id, hour, at, touched_at, channel, source)
    select link_id, visitor_id, ${hourOf('at')}, at, at, channel, source from given g
    where not exists (select 1 from recent r where r.link_id = g.link_id and r.visitor_id = g.visitor_id)
    order by visitor_id, link_id
    on conflict (visitor_id, link_id, hour) do nothing
    returning link_id, visitor_id, hour, channel),
  ${COUNTED},
  ${TALLIED}
  select link_id, channel, count(*)::integer as n
  from (select link_id, channel from touched union all select link_id, channel from kept) t
  group by 1, 2 order by 1, 2`;

const COUNTED_TOUCHES = { link_id: 'bigint', channel: 'text', n: 'integer' } as const;

const COUNT_TOUCHED = `
  insert into share_tally as t (link_id, channel, campaign_id, depth, touched)
  select k.link_id, k.channel, l.campaign_id, l.depth, k.n from ${unnest('k', COUNTED_TOUCHES, 1)}
  join share_link l on l.id = k.link_id order by 1, 2
  on conflict (link_id, channel) do update set touched = t.touched + excluded.touched`;

/** A browser's first touch in a campaign; whoever is signed in there is the one it belongs to, once and for all. */
const CREDIT = `
  insert into share_credit as c (campaign_id, visitor_id, state, person_id, bound_at)
  select distinct on (l.campaign_id, g.visitor_id) l.campaign_id, g.visitor_id,
    case when g.person_id is null then 'clicked' else 'bound' end, g.person_id, case when g.person_id is null then null else now() end
  from ${unnest('g', { link_id: 'bigint', visitor_id: 'uuid', person_id: 'text' }, 1)} join share_link l on l.id = g.link_id
  order by 1, 2, g.person_id nulls last
  on conflict (campaign_id, visitor_id) do update set state = 'bound', person_id = excluded.person_id, bound_at = now()
    where c.state = 'clicked' and excluded.person_id is not null`;

/** Writes a batch in one statement, whatever is in it; answers how many were new. The same batch again adds nothing. */
export async function writeVisits(tx: Queryable, rows: readonly VisitRow[]): Promise<number> {
  const [row] = await tx.query<{ n: number }>(RECORD, columnsOf(VISIT, rows));
  return row?.n ?? 0;
}

/** Marks the visits of these rows as touched, making the ones that are missing, and opens a credit for each browser. */
export async function writeTouches(tx: Queryable, rows: readonly TouchRow[]): Promise<void> {
  type Touched = { link_id: number; channel: string; n: number };
  const touched = await tx.query<Touched>(TOUCH_VISITS, columnsOf(TOUCH, rows));
  if (touched.length > 0) await tx.query(COUNT_TOUCHED, columnsOf(COUNTED_TOUCHES, touched));
  await tx.query(CREDIT, columnsOf({ link_id: 'bigint', visitor_id: 'uuid', person_id: 'text' }, rows));
}
