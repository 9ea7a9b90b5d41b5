import { setImmediate as nextTurn } from 'node:timers/promises';
import { columnsOf, unnest } from '../platform/columns.ts';
import type { Queryable } from '../platform/database.ts';
import { AT, hourOf, KEPT, VISIT, type VisitRow } from './visit-rows.ts';

/*
 * Visits of a storm: nearly every one is the first of its browser at its link, in the hour that is. Postgres looks that up
 * once for each row and inserts what is new without asking again; the few others go the usual way. What was inserted is
 * known here, too, so it is counted here, and each link's counts are raised once for all pieces of a transaction.
 *
 * The unique index has the last word: when another edge was quicker, the insert fails, and the whole transaction with it.
 * Then its caller writes the same rows by `writeVisits`.
 */

const NUMBERED = unnest('g', VISIT, 1).replace(/ as g \((.*)\)$/, ' with ordinality as g ($1, place)');

/** `limit`, or the planner would rather read all visits that there are. `others`: places in the piece, from 1. */
const INSERT_NEW = `
  with clock as materialized (
    select ${hourOf('now()')} as hour, floor(1000 * date_part('epoch', now() - to_timestamp(${hourOf('now()')} * 3600.0))) as ms),
  given as materialized (
    select g.*, age_ms <= (select ms from clock) and (
      select 1 from share_visit e where e.visitor_id = g.visitor_id and e.link_id = g.link_id limit 1) is null as is_new
    from ${NUMBERED} order by visitor_id, link_id),
  kept as (
    insert into share_visit (link_id, visitor_id, hour, at, channel, source)
    select link_id, visitor_id, (select hour from clock), ${AT}, channel, source from given where is_new)
  select (select hour from clock) as hour, coalesce(array_agg(place::integer) filter (where not is_new), '{}') as others
  from given`;

const INSERT_OTHERS = `
  with ${KEPT}
  select k.link_id, k.channel, k.hour, count(*)::integer as opens, count(*) filter (where (
    select 1 from share_visit e where e.visitor_id = k.visitor_id and e.link_id = k.link_id and e.hour <> k.hour limit 1
  ) is null)::integer as visitors
  from kept k group by 1, 2, 3`;

type Counted = { link_id: number; channel: string; hour: number; opens: number; visitors: number };
const COUNTED = { link_id: 'bigint', channel: 'text', hour: 'integer', opens: 'integer', visitors: 'integer' } as const;

/** In the order of keys, as everywhere: see `TALLIED` in visit-rows.ts. */
const COUNT = `
  with counted as materialized (
    select k.*, l.campaign_id, l.depth from ${unnest('k', COUNTED, 1)}
    cross join lateral (select campaign_id, depth from share_link where id = k.link_id limit 1) l),
  tallied as (
    insert into share_tally as t (link_id, channel, campaign_id, depth, opens, visitors)
    select link_id, channel, min(campaign_id), min(depth), sum(opens), sum(visitors) from counted group by 1, 2 order by 1, 2
    on conflict (link_id, channel) do update set opens = t.opens + excluded.opens, visitors = t.visitors + excluded.visitors
    returning 1),
  hours as (
    insert into share_hour as h (campaign_id, hour, channel, opens)
    select campaign_id, hour, channel, sum(opens) from counted group by 1, 2, 3 order by 1, 2, 3
    on conflict (campaign_id, hour, channel) do update set opens = h.opens + excluded.opens returning 1)
  select 1`;

/** How many of these rows are of each link and channel. */
function countNew(hour: number, pieces: readonly (readonly VisitRow[])[], others: ReadonlySet<VisitRow>): Counted[] {
  const byChannel = new Map<string, Map<number, Counted>>();
  for (const piece of pieces) {
    for (const row of piece) {
      if (others.has(row)) continue;
      const { link_id, channel } = row;
      let byLink = byChannel.get(channel);
      if (!byLink) {
        byLink = new Map();
        byChannel.set(channel, byLink);
      }
      const counted = byLink.get(link_id);
      if (counted) {
        counted.opens += 1;
        counted.visitors += 1;
      } else byLink.set(link_id, { link_id, channel, hour, opens: 1, visitors: 1 });
    }
  }
  return [...byChannel.values()].flatMap((byLink) => [...byLink.values()]);
}

/**
 * Writes the pieces in this transaction. The same pieces again add nothing.
 * @throws 23505 when a row is there twice, or another edge has just written it: nothing is written then
 */
export async function writeStorm(tx: Queryable, pieces: readonly (readonly VisitRow[])[]): Promise<void> {
  type Answer = { hour: number; others: number[] };
  const asked: Promise<Answer[]>[] = [];
  for (const piece of pieces) {
    const answer = tx.query<Answer>(INSERT_NEW, columnsOf(VISIT, piece));
    // Heard below, with all of them.
    answer.catch(() => {});
    asked.push(answer);
    // Postgres has work for the while in which others get their turn here, and the next piece is put into words.
    await nextTurn();
  }
  const answers = (await Promise.all(asked)).flat();
  const others = answers.flatMap((answer, index) => answer.others.flatMap((place) => pieces[index]?.[place - 1] ?? []));
  const counted = countNew(answers[0]?.hour ?? 0, pieces, new Set(others));
  if (others.length > 0) counted.push(...(await tx.query<Counted>(INSERT_OTHERS, columnsOf(VISIT, others))));
  if (counted.length > 0) await tx.query(COUNT, columnsOf(COUNTED, counted));
}
