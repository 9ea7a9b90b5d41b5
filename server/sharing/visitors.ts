import { randomUUID } from 'node:crypto';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { hideNames } from './hide-name.ts';

/** A browser turned out to be a person: what it touched is his, unless it was somebody's before. */
export async function bindVisitor(db: Queryable, visitorId: string, personId: string): Promise<void> {
  await db.query(
    `update share_credit set state = 'bound', person_id = $2, bound_at = now() where visitor_id = $1 and state = 'clicked'`,
    [visitorId, personId],
  );
}

/**
 * An anonymous shopper turned out to be a person: his links are that person's. Where both had shared the same page in the
 * same way the older account's link keeps its own name, so nothing that was handed out stops leading somewhere; and so
 * does a link through which this very person's order was credited before anybody could know.
 */
export async function claimLinks(db: Queryable, anonymousId: string, personId: string): Promise<void> {
  await db.query(
    `update share_link l set sharer_id = $2 where l.sharer_id = $1 and not exists (
       select 1 from share_link o where o.sharer_id = $2 and o.campaign_id = l.campaign_id and o.landing = l.landing
         and o.parent_id is not distinct from l.parent_id)
       and not exists (
         select 1 from share_credit_touch t join share_credit c on c.id = t.credit_id
         where t.link_id = l.id and c.person_id = $2)`,
    [anonymousId, personId],
  );
}

/**
 * Forgets browsers and people. Visits that prove nothing are deleted; those that prove a credit, and links that others
 * came through, stay without saying whose they were, so that the books of the others still balance.
 */
export async function forgetSharers(
  db: Database,
  who: { readonly visitorIds: readonly string[]; readonly personIds: readonly string[] },
): Promise<void> {
  const { personIds } = who;
  await db.transaction(async (tx) => {
    const found = await tx.query<{ visitor_id: string }>(
      `select visitor_id from share_credit where person_id = any ($1::text[])
       union select visitor_id from share_link where sharer_id = any ($1::text[]) and visitor_id is not null`,
      [personIds],
    );
    const visitorIds = [...new Set([...who.visitorIds, ...found.map(({ visitor_id }) => visitor_id)])];
    // One new random id for all rows of one browser: what proves a chain goes on proving it.
    const ids = [visitorIds, visitorIds.map(() => randomUUID())];
    await tx.query('delete from share_name_consent where person_id = any ($1::text[])', [personIds]);
    await hideNames(tx, personIds);
    const of = (statement: string) =>
      tx.query(`with f as (select * from unnest($1::uuid[], $2::uuid[]) f (old_id, new_id)) ${statement}`, ids);
    await of(
      `delete from share_visit v using f where v.visitor_id = f.old_id
         and not exists (select 1 from share_credit_touch t where t.visit_id = v.id)
         and not exists (select 1 from share_link l where l.parent_visit_id = v.id)`,
    );
    await of('update share_visit v set visitor_id = new_id, source = null from f where v.visitor_id = old_id');
    await of(`delete from share_credit c using f where c.visitor_id = f.old_id and c.state in ('clicked', 'bound')`);
    await of('update share_credit c set visitor_id = new_id, person_id = null from f where c.visitor_id = old_id');
    await of('update share_link l set visitor_id = new_id from f where l.visitor_id = old_id');
    await tx.query(
      `update share_link set sharer_id = 'gone_' || gen_random_uuid(), note = '' where sharer_id = any ($1::text[])`,
      [personIds],
    );
  });
}

/** Deletes visits that have become too old, but those that prove something. */
export async function tidyVisits(db: Database): Promise<boolean> {
  const gone = await db.query(
    `delete from share_visit where ctid = any (array(
       select ctid from share_visit v where at < now() - $1 * interval '1 millisecond'
         and not exists (select 1 from share_credit_touch t where t.visit_id = v.id)
         and not exists (select 1 from share_link l where l.parent_visit_id = v.id)
       order by at limit 20000)) returning 1`,
    [LIMITS.sharing.keepVisitsMs],
  );
  return gone.length === 20_000;
}
