import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { studioGraph } from '../../lib/contracts/studio-graph.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Queryable } from '../platform/database.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { EARNED, hasCampaign, pseudonym } from './studio-sql.ts';

/** What a browser draws smoothly, and one answer brings in a second. */
const NODES_MAX = 50_000;

/*
 * The picture of a spread. A link that somebody visited stands before one that nobody did, and the upper generations
 * before the lower: a parent was visited and is above its child, so whatever is cut off takes nobody's parent away.
 */

const OF_CAMPAIGN = 'select id from share_link where campaign_id = $1';
const BELOW = `
  select id from (
    with recursive tree as (
      select id from share_link where code = $2 and campaign_id = $1
      union all select l.id from tree join share_link l on l.parent_id = tree.id)
    select id from tree limit 200000) t`;

/**
 * Columns, not rows: fifty thousand rows of ten cells would be half a million objects on the way. They are put in order
 * once, below the aggregates, which take them as they come.
 */
const graph = (ids: string) => `
  with ids as materialized (${ids}),
  t as (select link_id, sum(visitors)::integer as visitors from share_tally where campaign_id = $1 group by 1),
  e as (${EARNED}),
  kept as materialized (
    select l.id, l.parent_id, l.code, l.depth, l.made_at, l.sharer_id, coalesce(t.visitors, 0) as visitors
    from ids join share_link l using (id) left join t on t.link_id = l.id
    order by coalesce(t.visitors, 0) > 0 desc, l.depth, l.id limit ${NODES_MAX}),
  placed as materialized (select id, (row_number() over (order by made_at, depth, id) - 1)::integer as place from kept),
  began as materialized (select min(made_at) as at from kept),
  n as (
    select k.code, coalesce(up.place, -1) as parent, k.depth, extract(epoch from k.made_at - began.at)::integer as age,
      k.visitors, coalesce(e.orders, 0) as orders, coalesce(e.fen, 0) as fen,
      ${pseudonym('k.sharer_id', '$1::text')} as who
    from placed p join kept k on k.id = p.id cross join began left join placed up on up.id = k.parent_id
    left join e on e.link_id = k.id order by p.place)
  select (select count(*) from ids) as total, (select ${epochMs('at')} from began) as "startedAt",
    json_agg(code) as code, json_agg(parent) as parent, json_agg(depth) as depth, json_agg(age) as "createdAt",
    json_agg(visitors) as visitors, json_agg(orders) as orders, json_agg(fen) as "revenueFen", json_agg(who) as who
  from n`;

const NAMES = `
  select ${pseudonym('a.person_id', '$1::text')} as who, p.display_name as name
  from share_name_consent a join person p on p.id = a.person_id
  where exists (select 1 from share_link l where l.sharer_id = a.person_id and l.campaign_id = $1)`;

type Row = {
  readonly total: number;
  readonly startedAt: number | null;
  readonly code: string[] | null;
  readonly parent: number[];
  readonly depth: number[];
  readonly createdAt: number[];
  readonly visitors: number[];
  readonly orders: number[];
  readonly revenueFen: number[];
  readonly who: (string | null)[];
};

/** Each label once, and for every node the place of its own; −1 for the shop. */
function labelsOf(who: readonly (string | null)[], names: ReadonlyMap<string, string>) {
  const labels: string[] = [];
  const named: number[] = [];
  const places = new Map<string, number>();
  const label = who.map((one) => {
    if (one === null) return -1;
    let place = places.get(one);
    if (place === undefined) {
      place = labels.length;
      places.set(one, place);
      const name = names.get(one);
      if (name !== undefined) named.push(place);
      labels.push(name ?? one);
    }
    return place;
  });
  return { label, labels, named };
}

/** A campaign's links, or those below one of them, as columns in which parents come before their children. */
export async function readGraph(
  db: Queryable,
  { campaignId, root }: RequestOf<typeof studioGraph>,
): Promise<AnswerOf<typeof studioGraph>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  const asOf = await databaseNow(db);
  const [[row], people] = await Promise.all([
    db.query<Row>(
      graph(root === undefined ? OF_CAMPAIGN : BELOW),
      root === undefined ? [campaignId] : [campaignId, root],
    ),
    db.query<{ who: string; name: string }>(NAMES, [campaignId]),
  ]);
  if (!row?.code || row.startedAt === null) {
    if (root !== undefined) return refuse({ code: 'unknown_link' });
    const none = { code: [], parent: [], depth: [], createdAt: [], visitors: [], orders: [], revenueFen: [] };
    return accept({ asOf, total: 0, isCut: false, startedAt: asOf, ...none, label: [], labels: [], named: [] });
  }
  const names = new Map(
    people.flatMap(({ who, name }) => (shownName(name) === null ? [] : [[who, shownName(name) as string] as const])),
  );
  const { who, total, startedAt, code, ...columns } = row;
  return accept({ asOf, total, isCut: total > code.length, startedAt, code, ...columns, ...labelsOf(who, names) });
}
