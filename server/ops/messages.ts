import type { RequestOf } from '../../lib/contracts/contract.ts';
import type { opsMessages } from '../../lib/contracts/ops.ts';
import { maskRecipient } from '../outreach/message-port.ts';
import type { Queryable } from '../platform/database.ts';

const PAGE = 50;

type Row = { id: number; at: Date; channel: string; to: string; text: string; state: string };

/** The local outbox, newest first; recipients and codes are masked for everybody. */
export async function listMessages(db: Queryable, { before }: RequestOf<typeof opsMessages>) {
  const rows = await db.query<Row>(
    `select id, created_at as at, channel, recipient as "to", body_masked as text, state from message
     where $1::bigint is null or id < $1 order by id desc limit ${PAGE + 1}`,
    [before ?? null],
  );
  const messages = rows
    .slice(0, PAGE)
    .map((row) => ({ ...row, id: String(row.id), at: row.at.getTime(), to: maskRecipient(row.to) }));
  return { messages, nextBefore: rows.length > PAGE ? (messages.at(-1)?.id ?? null) : null };
}
