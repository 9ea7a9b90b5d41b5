import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { studioGraph } from '../../lib/contracts/studio.ts';
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

/** Columns, not rows: fifty thousand rows of ten cells would be half a million objects on the way. */
const graph = (ids: string) => `
  with ids as materialized (${ids}),
  t as (select link_id, sum(visitors)::integer as visitors from share_tally where campaign_id = $1 group by 1),
  e as (${EARNED}),
  kept as materialized (
    select l.id, l.parent_id, l.code, l.depth, l.made_at, l.sharer_id, coalesce(t.visitors, 0) as visitors
    from ids join share_link l using (id) left join t on t.link_id = l.id
    order by coalesce(t.visitors, 0) > 0 desc, l.depth, l.id limit ${NODES_MAX}),
  n as (
    select k.*, row_number() over w - 1 as place, coalesce(e.orders, 0) as orders, coalesce(e.fen, 0) as fen,
      extract(epoch from k.made_at - min(k.made_at) over ())::integer as age
    from kept k left join e on e.link_id = k.id window w as (order by k.made_at, k.depth, k.id))
  select (select count(*) from ids) as total, ${epochMs('min(n.made_at)')} as "startedAt",
    json_agg(n.code order by n.place) as code, json_agg(coalesce(p.place, -1) order by n.place) as parent,
    json_agg(n.depth order by n.place) as depth, json_agg(n.age order by n.place) as "createdAt",
    json_agg(n.visitors order by n.place) as visitors, json_agg(n.orders order by n.place) as orders,
    json_agg(n.fen order by n.place) as "revenueFen",
    json_agg(${pseudonym('n.sharer_id', '$1::text')} order by n.place) as who
  from n left join n p on p.id = n.parent_id`;

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
