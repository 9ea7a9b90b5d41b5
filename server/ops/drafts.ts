import type { Queryable } from '../platform/database.ts';

/* Drafts of campaigns that become one frozen object: team packets and growing packets keep theirs alike. */

type Table = 'team_campaign' | 'packet_campaign';
export type Draft<S> = { readonly settings: S; readonly frozen: string | null; readonly isGone: boolean };

/** One draft, or what it has become, under its lock. */
export async function lockDraft<S>(tx: Queryable, table: Table, id: string): Promise<Draft<S> | null> {
  const [row] = await tx.query<Draft<S>>(
    `select settings, frozen, discarded_at is not null as "isGone" from ${table} where id = $1 for update`,
    [id],
  );
  return row ?? null;
}

/** Writes a draft, as a whole. @returns false: it was published, or nobody wants it any more */
export async function writeDraft(
  tx: Queryable,
  table: Table,
  { id, settings, actor }: { readonly id: string; readonly settings: object; readonly actor: string },
): Promise<boolean> {
  const saved = await tx.query(
    `insert into ${table} as g (id, settings, made_by) values ($1, $2, $3)
     on conflict (id) do update set settings = excluded.settings, made_by = excluded.made_by
     where g.frozen is null and g.discarded_at is null returning id`,
    [id, JSON.stringify(settings), actor],
  );
  return saved.length > 0;
}

/** Throws away a draft that nobody wants any more. */
export async function discardDraft(
  tx: Queryable,
  table: Table,
  id: string,
  actor: string,
): Promise<'unknown' | 'changed' | 'unchanged'> {
  const gone = await tx.query(
    `update ${table} set discarded_at = now(), discarded_by = $2
     where id = $1 and frozen is null and discarded_at is null returning id`,
    [id, actor],
  );
  if (gone.length > 0) return 'changed';
  const [known] = await tx.query(`select 1 from ${table} where id = $1`, [id]);
  return known ? 'unchanged' : 'unknown';
}

/** How many campaigns of a kind are published and neither stopped nor over. */
export async function openCampaigns(tx: Queryable, kind: 'team' | 'packet'): Promise<number> {
  const [open] = await tx.query<{ n: number }>(
    'select count(*) as n from coupon_template where kind = $1 and stopped_at is null and claim_until > now()',
    [kind],
  );
  return open?.n ?? 0;
}
