import type { Queryable } from '../platform/database.ts';

/**
 * Where people's whole names stood in rooms of teams and packets, their first letters are left; whoever looks on sees it.
 * Anonymous shoppers have no name. The database itself does so for accounts that are deleted.
 */
export async function hideNames(tx: Queryable, personIds: readonly string[]): Promise<void> {
  // In one order of people, whoever else does so.
  await tx.query(
    `select hide_shown_name(id)
     from (select id from person where id = any ($1::text[]) and is_anonymous is not true order by id) named`,
    [personIds],
  );
}
