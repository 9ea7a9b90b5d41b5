import { assert } from '../../lib/domain/assert.ts';
import { type PushPurpose, REWARDS_A_DAY, sendFrom } from '../../lib/domain/outreach/purpose.ts';
import type { Queryable } from '../platform/database.ts';

/** What a person is told on all his devices that agreed to such news. */
export type PushWish = {
  readonly personId: string;
  /** Names what is told; under the same key it is told once. */
  readonly key: string;
  readonly purpose: PushPurpose;
  /** One or two lines, in his language; no name, no address. */
  readonly body: string;
  /** The page that it opens, in his language. */
  readonly path: string;
  /** How long it is of use. */
  readonly goodForMs: number;
};

const QUEUE = `
  insert into push_notice (device_id, notice_key, purpose, body, path, next_try_at, good_until)
  select d.id, $2, $3, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($7 / 1000.0)
  from push_device d
  where d.person_id = $1 and $3 = any (d.purposes)
    and ($8::integer is null or $8 > (
      select count(distinct n.notice_key) from push_notice n join push_device o on o.id = n.device_id
      where o.person_id = $1 and n.purpose = $3 and n.notice_key <> $2 and n.created_at > now() - interval '24 hours'))
  on conflict (device_id, notice_key) do nothing`;

/**
 * Puts a notice by for each device of a person that agreed to it; the worker sends it. Nothing happens for who has none.
 * Of rewards a fourth in 24 hours is left out, and nothing is sent at night. Safe to ask for again.
 */
export async function queuePush(db: Queryable, wish: PushWish): Promise<void> {
  const { personId, key, purpose, body, path, goodForMs } = wish;
  assert(body.length <= 500 && path.startsWith('/'), `notice ${key} is short and opens a page of ours`);
  const [time] = await db.query<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
  );
  const now = time?.now ?? 0;
  const from = sendFrom(purpose, now);
  const most = purpose === 'rewards' ? REWARDS_A_DAY : null;
  await db.query(QUEUE, [personId, key, purpose, body, path, from, from + goodForMs, most]);
}
