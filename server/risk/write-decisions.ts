import { type Columns, columnsOf, type RowOf, unnest } from '../platform/columns.ts';
import type { Queryable } from '../platform/database.ts';

const DECISION = {
  id: 'text',
  shopper_id: 'text',
  mechanic: 'text',
  command: 'text',
  campaign_id: 'text',
  key: 'uuid',
  mode: 'text',
  action: 'text',
  because: 'text',
  limit_kind: 'text',
  score: 'integer',
  reasons: 'jsonb',
  shadow: 'jsonb',
  signals: 'jsonb',
  device: 'text',
  payer: 'text',
  hold_until: 'bigint',
} as const satisfies Columns;
const USE = {
  campaign_id: 'text',
  kind: 'text',
  subject: 'text',
  shopper_id: 'text',
  number: 'integer',
} as const satisfies Columns;
const TIE = { a: 'text', b: 'text' } as const satisfies Columns;

export type DecisionRow = RowOf<typeof DECISION>;
export type UseRow = RowOf<typeof USE>;
export type TieRow = RowOf<typeof TIE>;

const texts = (column: string) => `array(select jsonb_array_elements_text(d.${column}))`;

/** A request that was not served may be decided otherwise when it is asked again; a person's word stays. */
const WRITE_DECISIONS = `
  insert into risk_decision as o (id, shopper_id, mechanic, command, campaign_id, key, mode, action, because, limit_kind,
    score, reasons, shadow, signals, device, payer, hold_until)
  select d.id, d.shopper_id, d.mechanic, d.command, d.campaign_id, d.key, d.mode, d.action, d.because, d.limit_kind,
    d.score, ${texts('reasons')}, ${texts('shadow')}, d.signals, d.device, d.payer,
    to_timestamp(d.hold_until / 1000.0)
  from ${unnest('d', DECISION, 1)}
  on conflict (id) do update set
    at = now(), mode = excluded.mode, action = excluded.action, because = excluded.because,
    limit_kind = excluded.limit_kind, score = excluded.score, reasons = excluded.reasons, shadow = excluded.shadow,
    signals = excluded.signals, device = excluded.device, payer = excluded.payer, hold_until = excluded.hold_until
  where o.action in ('challenge', 'refuse') and o.state = 'standing'`;

/** Taken by its number: whoever counted the same one at another process fails here, and counts again. */
const WRITE_USES = `
  insert into risk_use (campaign_id, kind, subject, shopper_id, number)
  select campaign_id, kind, subject, shopper_id, number from ${unnest('u', USE, 1)}`;

const WRITE_TIES = `
  insert into risk_tie (a, b) select distinct a, b from ${unnest('t', TIE, 1)} order by a, b
  on conflict (a, b) do nothing`;

/** Keeps what a batch decided; each statement only when there is something. */
export async function writeDecisions(
  tx: Queryable,
  rows: {
    readonly uses: readonly UseRow[];
    readonly decisions: readonly DecisionRow[];
    readonly ties: readonly TieRow[];
  },
): Promise<void> {
  await Promise.all([
    rows.uses.length > 0 && tx.query(WRITE_USES, columnsOf(USE, rows.uses)),
    rows.decisions.length > 0 && tx.query(WRITE_DECISIONS, columnsOf(DECISION, rows.decisions)),
    rows.ties.length > 0 && tx.query(WRITE_TIES, columnsOf(TIE, rows.ties)),
  ]);
}
