import type { Database } from '../platform/database.ts';

/** What the rules against fraud have to know of a team that somebody wants to join. */
export type TeamAbout = { readonly campaignId: string; readonly leaderId: string };

/** Of each code that was asked for, in order; null: there is no such team. */
export async function readAbout(db: Database, asked: readonly { code: string }[]): Promise<(TeamAbout | null)[]> {
  const rows = await db.query<TeamAbout & { code: string }>(
    `select t.code, t.campaign_id as "campaignId", m.shopper_id as "leaderId"
     from team t join team_member m on m.team_id = t.id and m.place = 1 where t.code = any($1::text[])`,
    [[...new Set(asked.map(({ code }) => code))]],
  );
  const found = new Map(rows.map(({ code, campaignId, leaderId }) => [code, { campaignId, leaderId }]));
  return asked.map(({ code }) => found.get(code) ?? null);
}

/** Whether each key has opened or joined a team, in order. */
export async function readAnswered(
  db: Database,
  asked: readonly { shopperId: string; key: string }[],
): Promise<boolean[]> {
  const rows = await db.query<{ at: number }>(
    `select a.at::int as at from unnest($1::text[], $2::uuid[]) with ordinality as a(shopper_id, key, at)
     where exists (select from team_member m where m.shopper_id = a.shopper_id and m.key = a.key)`,
    [asked.map(({ shopperId }) => shopperId), asked.map(({ key }) => key)],
  );
  const answered = new Set(rows.map(({ at }) => at));
  return asked.map((_, index) => answered.has(index + 1));
}
