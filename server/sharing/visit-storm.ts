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

/** A visit with what its counts are filed under. */
export type StormRow = VisitRow & { readonly campaign_id: string; readonly depth: number };

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
  with ${KEPT},
  counted as (
    select k.link_id, k.channel, k.hour, count(*)::integer as opens, count(*) filter (where (
      select 1 from share_visit e where e.visitor_id = k.visitor_id and e.link_id = k.link_id and e.hour <> k.hour limit 1
    ) is null)::integer as visitors
    from kept k group by 1, 2, 3)
  select c.*, l.campaign_id, l.depth from counted c join share_link l on l.id = c.link_id`;

const TALLY = {
  link_id: 'bigint',
  channel: 'text',
  campaign_id: 'text',
  depth: 'integer',
  opens: 'integer',
  visitors: 'integer',
} as const;
type Filed = Pick<StormRow, 'link_id' | 'channel' | 'campaign_id' | 'depth'>;
type Tally = Filed & { opens: number; visitors: number };
const HOUR = { campaign_id: 'text', hour: 'integer', channel: 'text', opens: 'integer' } as const;
type Hour = { campaign_id: string; hour: number; channel: string; opens: number };

/** In the order of keys, as everywhere: see `TALLIED` in visit-rows.ts. */
const RAISE_TALLIES = `
  insert into share_tally as t (link_id, channel, campaign_id, depth, opens, visitors)
  select link_id, channel, campaign_id, depth, opens, visitors from ${unnest('k', TALLY, 1)} order by 1, 2
  on conflict (link_id, channel) do update set opens = t.opens + excluded.opens, visitors = t.visitors + excluded.visitors`;

const RAISE_HOURS = `
  insert into share_hour as h (campaign_id, hour, channel, opens)
  select campaign_id, hour, channel, opens from ${unnest('k', HOUR, 1)} order by 1, 2, 3
  on conflict (campaign_id, hour, channel) do update set opens = h.opens + excluded.opens`;

/** Counts of links by their channels, and of campaigns by hours and channels: each key once. */
function openCounts() {
  const byChannel = new Map<string, Map<number, Tally>>();
  const hours = new Map<string, Hour>();

  /** The counts of the row's link and channel, at nought when nothing was there. */
  function tallyOf({ link_id, channel, campaign_id, depth }: Filed): Tally {
    let byLink = byChannel.get(channel);
    if (!byLink) {
      byLink = new Map();
      byChannel.set(channel, byLink);
    }
    let tally = byLink.get(link_id);
    if (!tally) {
      tally = { link_id, channel, campaign_id, depth, opens: 0, visitors: 0 };
      byLink.set(link_id, tally);
    }
    return tally;
  }

  return {
    tallyOf,
    tallies: () => [...byChannel.values()].flatMap((byLink) => [...byLink.values()]),
    addHour(hour: number, { campaign_id, channel, opens }: Omit<Hour, 'hour'>): void {
      const key = `${hour} ${campaign_id} ${channel}`;
      const known = hours.get(key);
      if (known) known.opens += opens;
      else hours.set(key, { campaign_id, hour, channel, opens });
    },
    hours: () => [...hours.values()],
  };
}

/**
 * Writes the pieces in this transaction. The same pieces again add nothing.
 * @throws 23505 when a row is there twice, or another edge has just written it: nothing is written then
 */
export async function writeStorm(tx: Queryable, pieces: readonly (readonly StormRow[])[]): Promise<void> {
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
  const others = new Set(
    answers.flatMap((answer, index) => answer.others.flatMap((place) => pieces[index]?.[place - 1] ?? [])),
  );
  const counts = openCounts();
  for (const piece of pieces) {
    for (const row of piece) {
      if (others.has(row)) continue;
      const tally = counts.tallyOf(row);
      tally.opens += 1;
      tally.visitors += 1;
    }
  }
  for (const tally of counts.tallies()) counts.addHour(answers[0]?.hour ?? 0, tally);
  const late = others.size > 0 ? await tx.query<Tally & Hour>(INSERT_OTHERS, columnsOf(VISIT, [...others])) : [];
  for (const row of late) {
    const tally = counts.tallyOf(row);
    tally.opens += row.opens;
    tally.visitors += row.visitors;
    counts.addHour(row.hour, row);
  }
  await Promise.all([
    tx.query(RAISE_TALLIES, columnsOf(TALLY, counts.tallies())),
    tx.query(RAISE_HOURS, columnsOf(HOUR, counts.hours())),
  ]);
}
