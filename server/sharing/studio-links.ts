import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { studioSearch, studioSubtree } from '../../lib/contracts/studio-graph.ts';
import type { studioLink, studioLinks } from '../../lib/contracts/studio-links.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Queryable } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { addressOf, consentedName, hasCampaign, labelOf, pseudonym, tallyOf, type UrlOf } from './studio-sql.ts';

const PAGE = 50;
const SUBTREE_MAX = 10_000;
const SEARCH_MAX = 50;

type Listed = ValueOf<typeof studioLinks>['links'][number];
type Row = Omit<Listed, 'path' | 'url' | 'label'> & { readonly pseudonym: string | null; readonly name: string | null };

/** SQL: links as marketers see them, from `share_link l`. */
const LINK = `
  select l.id, l.campaign_id as "campaignId", l.code, l.landing, l.depth, ${epochMs('l.made_at')} as "madeAt",
    l.channel, l.utm_source as "utmSource", l.utm_medium as "utmMedium", l.utm_campaign as "utmCampaign",
    l.utm_term as "utmTerm", l.utm_content as "utmContent", l.note, ${epochMs('l.expires_at')} as "expiresAt",
    ${epochMs('l.stopped_at')} as "stoppedAt", l.children, ${pseudonym('l.sharer_id', 'l.campaign_id')} as pseudonym,
    ${consentedName('l.sharer_id')} as name, coalesce(t.opens, 0) as opens, coalesce(t.visitors, 0) as visitors,
    coalesce(t.touched, 0) as touched, coalesce(e.orders, 0) as orders, coalesce(e.fen, 0)::bigint as fen
  from share_link l ${tallyOf('l.id')}
  left join lateral (
    select count(*) filter (where e.weight_ppm > 0)::integer as orders, sum(e.fen) as fen
    from share_credit_touch e join share_credit c on c.id = e.credit_id and c.state in ('qualified', 'vested')
    where e.link_id = l.id) e on true`;

function toLink({ pseudonym: who, name, ...row }: Row, urlOf: UrlOf): Listed {
  return { ...row, label: labelOf({ pseudonym: who, name }), ...addressOf(row.code, urlOf) };
}

type WithPlace = Row & { readonly id: number; readonly campaignId: string };
const withoutPlace = ({ id: _id, campaignId: _campaign, ...row }: WithPlace): Row => row;

/** A page of a campaign's links, newest first. */
export async function listLinks(
  db: Queryable,
  { campaignId, whose = 'own', after }: RequestOf<typeof studioLinks>,
  urlOf: UrlOf,
): Promise<AnswerOf<typeof studioLinks>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  const before = /^\d{1,15}$/.test(after ?? '') ? Number(after) : null;
  const rows = await db.query<WithPlace>(
    `${LINK} where l.campaign_id = $1 and ($2::bigint is null or l.id < $2) and ($3 or l.sharer_id is null)
     order by l.id desc limit ${PAGE + 1}`,
    [campaignId, before, whose === 'all'],
  );
  const page = rows.slice(0, PAGE);
  return accept({
    links: page.map((row) => toLink(withoutPlace(row), urlOf)),
    next: rows.length > PAGE ? String(page.at(-1)?.id) : null,
  });
}

const ABOVE = `
  with recursive up as (
    select p.* from share_link l join share_link p on p.id = l.parent_id where l.code = $1
    union select p.* from up join share_link p on p.id = up.parent_id)
  select code, depth, ${pseudonym('sharer_id', 'campaign_id')} as pseudonym, ${consentedName('sharer_id')} as name
  from up order by depth`;

/** One link, and those above it. */
export async function readLink(db: Queryable, code: string, urlOf: UrlOf): Promise<AnswerOf<typeof studioLink>> {
  const [row] = await db.query<WithPlace>(`${LINK} where l.code = $1`, [code]);
  if (!row) return refuse({ code: 'unknown_link' });
  type Above = { code: string; depth: number; pseudonym: string | null; name: string | null };
  const above = await db.query<Above>(ABOVE, [code]);
  return accept({
    campaignId: row.campaignId,
    link: toLink(withoutPlace(row), urlOf),
    above: above.map((one) => ({ code: one.code, depth: one.depth, label: labelOf(one) })),
  });
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
  from shown s left join shown p on p.id = s.parent_id ${tallyOf('s.id')}`;

export async function readSubtree(db: Queryable, code: string, urlOf: UrlOf): Promise<AnswerOf<typeof studioSubtree>> {
  const rows = await db.query<Omit<TreeLink, 'path' | 'url'>>(SUBTREE, [code]);
  if (rows.length === 0) return refuse({ code: 'unknown_link' });
  const links = rows.slice(0, SUBTREE_MAX).map((row) => ({ ...row, ...addressOf(row.code, urlOf) }));
  return accept({ links, isCut: rows.length > SUBTREE_MAX });
}

/** Names are looked through as they are shown, not as they were typed. */
const NAMED = `
  select a.person_id as id, p.display_name as name from share_name_consent a join person p on p.id = a.person_id
  where exists (select 1 from share_link l where l.sharer_id = a.person_id and l.campaign_id = $1)`;

const SEARCH = `
  select l.code, l.depth, ${pseudonym('l.sharer_id', 'l.campaign_id')} as pseudonym, ${consentedName('l.sharer_id')} as name,
    coalesce(t.visitors, 0) as visitors
  from share_link l ${tallyOf('l.id')}
  where l.campaign_id = $1 and (
    starts_with(l.code, $2) or starts_with(${pseudonym('l.sharer_id', 'l.campaign_id')}, lower($2))
    or l.sharer_id = any ($3::text[]) or strpos(lower(l.note), lower($2)) > 0)
  order by t.visitors desc nulls last, l.id limit ${SEARCH_MAX + 1}`;

export async function searchLinks(
  db: Queryable,
  { campaignId, query }: RequestOf<typeof studioSearch>,
): Promise<AnswerOf<typeof studioSearch>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  const people = await db.query<{ id: string; name: string }>(NAMED, [campaignId]);
  const wanted = query.toLowerCase();
  const called = people.filter(({ name }) => shownName(name)?.toLowerCase().includes(wanted)).map(({ id }) => id);
  type Found = { code: string; depth: number; pseudonym: string | null; name: string | null; visitors: number };
  const rows = await db.query<Found>(SEARCH, [campaignId, query, called]);
  const links = rows.slice(0, SEARCH_MAX).map(({ pseudonym: who, name, ...row }) => ({
    ...row,
    label: labelOf({ pseudonym: who, name }),
  }));
  return accept({ links, isCut: rows.length > SEARCH_MAX });
}
