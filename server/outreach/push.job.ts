import { isNight } from '../../lib/domain/outreach/purpose.ts';
import { HOUR_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { PushOutcome, PushPort } from './push-port.ts';

type Due = {
  id: number;
  device_id: string;
  endpoint: string;
  p256dh: Buffer;
  auth: Buffer;
  body: string;
  path: string;
  now: number;
  good_for: number;
};

/** Takes the oldest notices that are due; one that is not ended is due again later (5 s … 30 min, doubling). */
const TAKE = `
  with due as (
    update push_notice set attempts = attempts + 1,
      next_try_at = now() + least(interval '30 minutes', interval '5 seconds' * power(2, least(attempts, 10)))
    where id in (
      select n.id from push_notice n join push_device d on d.id = n.device_id
      where n.ended_at is null and n.next_try_at <= now() and n.good_until > now() and d.key_id = $2
      order by n.next_try_at, n.id limit $1 for update of n skip locked)
    returning *
  )
  select n.id, n.device_id, d.endpoint, d.p256dh, d.auth, n.body, n.path,
    (extract(epoch from clock_timestamp()) * 1000)::bigint as now,
    (extract(epoch from n.good_until - now()) * 1000)::bigint as good_for
  from due n join push_device d on d.id = n.device_id order by n.id`;

const END = `update push_notice set ended_at = now(), outcome = $2, last_error = null where id = $1 and ended_at is null`;
const LATE = `update push_notice set ended_at = now(), outcome = 'late' where ended_at is null and good_until <= now()`;
/** A day's notices are kept for the count of rewards; a device of an old key is nobody's any more. */
const TIDY = [
  `delete from push_notice where ended_at < now() - interval '2 days'`,
  `delete from push_device where key_id <> $1`,
];

export type PushDeps = {
  readonly db: Database;
  readonly push: PushPort;
  readonly keyId: string;
  readonly log: Log;
  readonly onSent: (outcome: PushOutcome | 'failed') => void;
};

/** Sends what waits; a device that is gone is forgotten with all that waits for it. Answers whether there may be more. */
export async function sendNotices({ db, push, keyId, onSent }: PushDeps): Promise<boolean> {
  const due = await db.query<Due>(TAKE, [LIMITS.push.batchMax, keyId]);
  await Promise.all(
    due.map(async ({ id, device_id, endpoint, p256dh, auth, body, path, now, good_for }) => {
      const notice = { body, path, isSilent: isNight(now), goodForMs: good_for };
      try {
        const outcome = await push.send({ endpoint, p256dh, auth }, notice);
        if (outcome === 'gone') await db.query('delete from push_device where id = $1', [device_id]);
        else await db.query(END, [id, outcome]);
        onSent(outcome);
      } catch (error) {
        onSent('failed');
        await db.query('update push_notice set last_error = $2 where id = $1', [
          id,
          (error as Error).message.slice(0, 300),
        ]);
      }
    }),
  );
  await db.query(LATE);
  return due.length === LIMITS.push.batchMax;
}

export function startPushJobs(deps: PushDeps): Loop[] {
  const { db, log, keyId } = deps;
  return [
    startLoop('push', LIMITS.push.everyMs, () => sendNotices(deps), log),
    startLoop(
      'push-tidy',
      1 * HOUR_MS,
      async () => {
        await db.query(TIDY[0] ?? '');
        await db.query(TIDY[1] ?? '', [keyId]);
      },
      log,
    ),
  ];
}
