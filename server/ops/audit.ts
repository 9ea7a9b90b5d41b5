import type { Queryable } from '../platform/database.ts';

/** Writes down who changed what behind the counter; in the change's own transaction where there is one. */
export async function audit(
  tx: Queryable,
  entry: { actor: string; action: string; target: string; detail?: Record<string, unknown> },
): Promise<void> {
  await tx.query('insert into audit (actor, action, target, detail) values ($1, $2, $3, $4)', [
    entry.actor,
    entry.action,
    entry.target,
    entry.detail ?? {},
  ]);
}
