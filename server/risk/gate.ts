import { MINUTE_MS } from '../../lib/domain/time.ts';
import type { Queryable } from '../platform/database.ts';

/** A control that has not reported for so long is dead, whatever it was doing. */
export const SILENT_MS = 10 * MINUTE_MS;

/**
 * SQL: whether rewards are held for everybody. By the clock alone: a worker that is dead writes nothing, and the gate is
 * closed all the same. A control counts from its first report on.
 */
export const IS_GATE_CLOSED = `(
  not exists (select 1 from risk_gate where closed_because is null or opens_at <= now())
  or exists (select 1 from risk_control where reported_at < now() - interval '${SILENT_MS} milliseconds'))`;

/** A control is alive, and what it saw last. */
export async function reportControl(db: Queryable, name: string, detail = ''): Promise<void> {
  await db.query(
    `insert into risk_control (name, detail) values ($1, $2)
     on conflict (name) do update set reported_at = now(), detail = excluded.detail`,
    [name, detail],
  );
}

/**
 * Holds every reward from now on, in all processes. A gate that is being lifted is closed anew; one that is closed keeps
 * its first reason. @returns whether it was open
 */
export async function closeGate(
  db: Queryable,
  because: 'canary' | 'operator',
  detail: string,
  by: string | null = null,
): Promise<boolean> {
  const closed = await db.query(
    `update risk_gate set closed_because = $1, detail = $2, closed_at = now(), closed_by = $3, lift_by = null,
       lift_reason = null, opens_at = null
     where closed_because is null or lift_by is not null returning id`,
    [because, detail, by],
  );
  return closed.length > 0;
}

/** Whether rewards are held for everybody now. */
export async function isGateClosed(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ isClosed: boolean }>(`select ${IS_GATE_CLOSED} as "isClosed"`);
  return row?.isClosed ?? true;
}

/** A gate whose delay is over is open, and no row says otherwise. */
export async function openLiftedGate(db: Queryable): Promise<void> {
  await db.query(
    `update risk_gate set closed_because = null, detail = null, closed_at = null, closed_by = null, lift_by = null,
       lift_reason = null, opens_at = null where opens_at <= now()`,
  );
}

type Lift = 'lifted' | 'waits' | 'open' | 'silent' | 'needs_another';

/**
 * An operator asks for the gate to be opened: the second one who does opens it; who is alone opens it in ten minutes.
 * Silence cannot be lifted: the control has to report.
 */
export async function liftGate(
  tx: Queryable,
  given: { readonly by: string; readonly reason: string; readonly isAlone: boolean; readonly delayMs: number },
): Promise<Lift> {
  const [gate] = await tx.query<{ isClosed: boolean; liftBy: string | null; isWaiting: boolean }>(
    `select closed_because is not null and coalesce(opens_at > now(), true) as "isClosed", lift_by as "liftBy",
       opens_at is not null as "isWaiting" from risk_gate for update`,
  );
  if (!gate?.isClosed) return (await isGateClosed(tx)) ? 'silent' : 'open';
  if (gate.liftBy === given.by) return gate.isWaiting || given.isAlone ? 'waits' : 'needs_another';
  if (gate.liftBy !== null) {
    await tx.query('update risk_gate set opens_at = now()');
    return 'lifted';
  }
  await tx.query(
    `update risk_gate set lift_by = $1, lift_reason = $2,
       opens_at = case when $3 then now() + $4 * interval '1 millisecond' end`,
    [given.by, given.reason, given.isAlone, given.delayMs],
  );
  return 'waits';
}
