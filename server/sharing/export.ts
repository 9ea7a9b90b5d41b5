import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { studioExport } from '../../lib/contracts/studio-tokens.ts';
import { type Cell, csvText } from '../../lib/domain/csv.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { ExportName } from '../../lib/domain/sharing/studio.ts';
import type { Queryable } from '../platform/database.ts';
import { CHANNEL_TABLE } from './figures.ts';
import { topSpreaders } from './spreaders.ts';
import { consentedName, EARNED, hasCampaign, labelOf, pseudonym, type UrlOf } from './studio-sql.ts';

const ROWS_MAX = 50_000;

type Table = readonly Readonly<Record<string, Cell>>[];

/** A moment as a file says it: UTC, to the second. */
const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const LINKS = `
  with t as (
    select link_id, sum(opens)::integer as opens, sum(visitors)::integer as visitors, sum(touched)::integer as touched
    from share_tally where campaign_id = $1 group by 1),
  e as (${EARNED})
  select l.code, p.code as parent, l.depth, ${pseudonym('l.sharer_id', 'l.campaign_id')} as pseudonym,
    ${consentedName('l.sharer_id')} as name, l.landing, l.channel, l.utm_source, l.utm_medium, l.utm_campaign, l.utm_term,
    l.utm_content, l.note, ${iso('l.made_at')} as made_at, ${iso('l.expires_at')} as expires_at,
    ${iso('l.stopped_at')} as stopped_at, l.children, coalesce(t.opens, 0) as opens, coalesce(t.visitors, 0) as visitors,
    coalesce(t.touched, 0) as touched, coalesce(e.orders, 0) as orders, coalesce(e.fen, 0)::bigint as revenue_fen
  from share_link l left join share_link p on p.id = l.parent_id left join t on t.link_id = l.id
  left join e on e.link_id = l.id
  where l.campaign_id = $1 order by l.id limit $2`;

/** Nothing of the buyer: an order is its place in the campaign. */
const ORDERS = `
  select row_number() over (order by c.qualified_at, c.id)::integer as number, ${iso('o.placed_at')} as placed_at,
    ${iso('c.qualified_at')} as credited_at, c.state, c.model, c.order_fen, least(c.order_fen, o.refunded_fen) as refunded_fen,
    coalesce(c.vested_fen, 0)::bigint as kept_fen, t.touches, t.first_link, t.last_link
  from share_credit c join orders o on o.id = c.order_id
  cross join lateral (
    select count(*)::integer as touches, (array_agg(l.code order by e.place))[1] as first_link,
      (array_agg(l.code order by e.place desc))[1] as last_link
    from share_credit_touch e join share_link l on l.id = e.link_id where e.credit_id = c.id) t
  where c.campaign_id = $1 order by 1 limit $2`;

type Named = { readonly pseudonym: string | null; readonly name: string | null };

/** One row more than is given away, to know whether there are more. */
const TABLES: Readonly<Record<ExportName, (db: Queryable, campaignId: string, urlOf: UrlOf) => Promise<Table>>> = {
  async links(db, campaignId, urlOf) {
    const rows = await db.query<Named & { code: string } & Record<string, Cell>>(LINKS, [campaignId, ROWS_MAX + 1]);
    return rows.map(({ pseudonym: who, name, code, ...rest }) => ({
      code,
      url: urlOf(code),
      sharer: labelOf({ pseudonym: who, name }),
      ...rest,
    }));
  },
  async spreaders(db, campaignId) {
    const rows = await topSpreaders(db, campaignId, ROWS_MAX + 1);
    return rows.map(({ sharer, name, links, opens, visitors, children, orders, fen }) => ({
      sharer,
      name,
      links,
      opens,
      visitors,
      children,
      orders,
      revenue_fen: fen,
    }));
  },
  async channels(db, campaignId) {
    type Row = Readonly<Record<string, Cell>> & { readonly fen: number };
    const rows = await db.query<Row>(`${CHANNEL_TABLE} limit $2`, [campaignId, ROWS_MAX + 1]);
    return rows.map(({ utmSource, utmMedium, utmCampaign, channel, opens, visitors, touched, orders, fen }) => ({
      channel: channel ?? null,
      utm_source: utmSource ?? null,
      utm_medium: utmMedium ?? null,
      utm_campaign: utmCampaign ?? null,
      opens: opens ?? 0,
      visitors: visitors ?? 0,
      touched: touched ?? 0,
      orders: orders ?? 0,
      revenue_fen: fen,
    }));
  },
  orders: (db, campaignId) => db.query(ORDERS, [campaignId, ROWS_MAX + 1]),
};

/** What an empty table’s header says. */
const NO_ROWS: Readonly<Record<ExportName, readonly string[]>> = {
  links: ['code', 'url', 'sharer'],
  spreaders: ['sharer', 'name'],
  channels: ['channel', 'utm_source', 'utm_medium', 'utm_campaign'],
  orders: ['number', 'placed_at', 'credited_at', 'state'],
};

/** A table of a campaign as a file. Money is in fen, moments are in UTC. */
export async function exportTable(
  db: Queryable,
  { campaignId, what, format }: RequestOf<typeof studioExport>,
  urlOf: UrlOf,
): Promise<AnswerOf<typeof studioExport>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  const all = await TABLES[what](db, campaignId, urlOf);
  const rows = all.slice(0, ROWS_MAX);
  const header = rows[0] ? Object.keys(rows[0]) : NO_ROWS[what];
  const text =
    format === 'json'
      ? `${JSON.stringify(rows)}\n`
      : csvText(
          header,
          rows.map((row) => header.map((name) => row[name] ?? null)),
        );
  return accept({
    fileName: `${campaignId.replaceAll(/[^A-Za-z0-9_-]/g, '-')}-${what}.${format}`,
    contentType: format === 'json' ? 'application/json' : 'text/csv; charset=utf-8',
    text,
    rows: rows.length,
    isCut: all.length > ROWS_MAX,
  });
}
