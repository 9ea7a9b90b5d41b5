import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { MINUTE_MS } from '../../lib/domain/time.ts';
import type { Queryable } from '../platform/database.ts';

export const CODE_VALID_MS = 5 * MINUTE_MS;
const TRIES_MAX = 5;

export type CodeRefused = { code: 'wrong_code' } | { code: 'code_expired' } | { code: 'too_many_tries' };

/** Keyed, and bound to the browser's challenge and the phone: a stolen table gives no code away. */
function hashOf(secret: string, id: string, phone: string, code: string): string {
  return createHmac('sha256', secret).update(`code:${id}:${phone}:${code}`).digest('base64url');
}

/** Makes a code of six digits; `id` goes into the asking browser's cookie and nowhere else. */
export async function makeCode(db: Queryable, secret: string, phone: string): Promise<{ id: string; code: string }> {
  const id = randomBytes(24).toString('base64url');
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  await db.query(
    `insert into one_time_code (id, phone, code_hash, expires_at)
     values ($1, $2, $3, now() + make_interval(secs => $4))`,
    [id, phone, hashOf(secret, id, phone, code), CODE_VALID_MS / 1_000],
  );
  return { id, code };
}

/**
 * Spends one try. The row's own counter decides, in one statement, so that parallel guesses cannot share a try and a
 * right code is taken by exactly one caller.
 */
export async function takeCode(
  db: Queryable,
  secret: string,
  given: { id: string; phone: string; code: string },
): Promise<Result<null, CodeRefused>> {
  const { id, phone, code } = given;
  const [tried] = await db.query<{ isRight: boolean }>(
    `update one_time_code
     set tries = tries + 1, used_at = case when code_hash = $3 then now() end
     where id = $1 and phone = $2 and used_at is null and tries < $4 and expires_at > now()
     returning used_at is not null as "isRight"`,
    [id, phone, hashOf(secret, id, phone, code), TRIES_MAX],
  );
  if (tried) return tried.isRight ? accept(null) : refuse({ code: 'wrong_code' });
  const [known] = await db.query<{ isWornOut: boolean }>(
    `select tries >= $3 and used_at is null as "isWornOut" from one_time_code where id = $1 and phone = $2`,
    [id, phone, TRIES_MAX],
  );
  return refuse({ code: known?.isWornOut ? 'too_many_tries' : 'code_expired' });
}
