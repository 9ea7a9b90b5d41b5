import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { shareLink, shareMine } from '../../lib/contracts/share.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { WINDOW_MS } from '../../lib/domain/sharing/attribution.ts';
import { CHILDREN_MAX, DEPTH_MAX } from '../../lib/domain/sharing/chain.ts';
import { ownLanding } from '../../lib/domain/sharing/share-link.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { makeShareCode } from './codes.ts';
import { addressOf, tallyOf, type UrlOf } from './studio-sql.ts';

/** Where a shopper's shares begin that nobody led here. */
const OWN_CAMPAIGN = 'everyday';

/** The last link that this browser touched and that is not this person's own, if its tree may grow. */
const READ_PARENT = `
  select v.id as "visitId", l.id as "linkId"
  from share_visit v join share_link l on l.id = v.link_id
  where v.visitor_id = $1 and v.touched_at is not null and v.at > now() - ${WINDOW_MS} * interval '1 millisecond'
    and l.sharer_id is distinct from $2 and l.visitor_id is distinct from $1 and l.stopped_at is null
    and l.depth < ${DEPTH_MAX} and l.children < ${CHILDREN_MAX}
  order by v.at desc, v.id desc limit 1`;

const FIND = `
  select code, depth from share_link where sharer_id = $1 and landing = $2 and parent_id is not distinct from $3
    and campaign_id = coalesce((select campaign_id from share_link where id = $3), '${OWN_CAMPAIGN}')
    and stopped_at is null`;

/** The parent's row is locked while it gets a child: its count is exact, and it was there before. */
const MAKE = `
  with parent as (
    update share_link set children = children + 1 where id = $5 and children < ${CHILDREN_MAX}
    returning id, root_id, depth, campaign_id),
  fresh as (select nextval('share_link_id_seq') as id)
  insert into share_link (id, code, campaign_id, parent_id, parent_visit_id, root_id, depth, sharer_id, visitor_id, landing,
    channel, made_at)
  select f.id, $1, coalesce(p.campaign_id, '${OWN_CAMPAIGN}'), p.id, case when p.id is null then null else $6::bigint end,
    coalesce(p.root_id, f.id), coalesce(p.depth + 1, 0), $2, $3, $4, null, clock_timestamp()
  from fresh f left join parent p on true
  on conflict do nothing returning code, depth`;

type Asking = { readonly shopperId: string; readonly visitorId: string | null; readonly path: string };
type Made = { readonly code: string; readonly depth: number };

/** Finds or makes one's link to a page: below the link by which one came, else as the root of a tree. */
export async function linkOf(
  db: Database,
  { shopperId, visitorId, path }: Asking,
  urlOf: UrlOf,
): Promise<AnswerOf<typeof shareLink>> {
  const landing = ownLanding(path);
  if (landing === null) return refuse({ code: 'not_our_page' });
  const [parent] =
    visitorId === null ? [] : await db.query<{ visitId: number; linkId: number }>(READ_PARENT, [visitorId, shopperId]);
  const find = () => db.query<Made>(FIND, [shopperId, landing, parent?.linkId ?? null]);
  const answer = ({ code, depth }: Made) => accept({ code, depth, ...addressOf(code, urlOf) });
  const [known] = await find();
  if (known) return answer(known);
  const [own] = await db.query<{ n: number }>('select count(*) as n from share_link where sharer_id = $1', [shopperId]);
  if ((own?.n ?? 0) >= LIMITS.sharing.linksMax) return refuse({ code: 'too_many_links', max: LIMITS.sharing.linksMax });
  const made = await db.transaction(async (tx) => {
    const [row] = await tx.query<Made>(MAKE, [
      makeShareCode(),
      shopperId,
      visitorId,
      landing,
      parent?.linkId ?? null,
      parent?.visitId ?? null,
    ]);
    // Another tap of the same person was faster: the child that was counted for this one is not there.
    if (!row && parent) await tx.query('update share_link set children = children - 1 where id = $1', [parent.linkId]);
    return row;
  });
  const [link] = made ? [made] : await find();
  // A stopped link of the same page and way: this person's share of it was taken back.
  return link ? answer(link) : refuse({ code: 'not_our_page' });
}

/** One's own links, newest first, with their counts. */
export async function listMine(db: Queryable, shopperId: string, urlOf: UrlOf): Promise<ValueOf<typeof shareMine>> {
  type Row = Omit<ValueOf<typeof shareMine>['links'][number], 'path' | 'url'>;
  const rows = await db.query<Row>(
    `select l.code, l.landing, l.depth, ${epochMs('l.made_at')} as "madeAt", coalesce(t.opens, 0) as opens,
       coalesce(t.visitors, 0) as visitors
     from share_link l ${tallyOf('l.id')} where l.sharer_id = $1 order by l.id desc limit 100`,
    [shopperId],
  );
  const consents = await db.query('select 1 from share_name_consent where person_id = $1', [shopperId]);
  return { links: rows.map((row) => ({ ...row, ...addressOf(row.code, urlOf) })), showsName: consents.length > 0 };
}
