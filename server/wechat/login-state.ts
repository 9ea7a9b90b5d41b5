import { createHash, randomBytes } from 'node:crypto';
import type { WechatIntent } from '../../lib/contracts/wechat-login.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

export type LoginState = { readonly intent: WechatIntent; readonly returnTo: string };

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** 256 random bits in letters that WeChat takes as a state (a–z, 0–9, 128 at most). */
const makeState = (): string => randomBytes(32).toString('hex');

/** Begins a sign-in for one browser; `browserId` is in its cookie. Answers the state. */
export async function openState(db: Queryable, browserId: string, state: LoginState): Promise<string> {
  const made = makeState();
  await db.query(
    `insert into wechat_state (state_hash, browser_hash, intent, return_to, expires_at)
     values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')`,
    [hashOf(made), hashOf(browserId), state.intent, state.returnTo, LIMITS.wechat.stateMs],
  );
  return made;
}

/**
 * Takes a state: of many who bring the same one, one has it. Null: nobody's, another browser's, used. `isLate`: it was
 * this browser's own, and its ten minutes are over; it says only where to go back to.
 */
export async function takeState(
  db: Queryable,
  browserId: string,
  state: string,
): Promise<(LoginState & { isLate: boolean }) | null> {
  const [taken] = await db.query<LoginState & { isLate: boolean }>(
    `delete from wechat_state where state_hash = $1 and browser_hash = $2
     returning intent, return_to as "returnTo", expires_at <= now() as "isLate"`,
    [hashOf(state), hashOf(browserId)],
  );
  return taken ?? null;
}

/** States that nobody came back with. */
export async function tidyStates(db: Queryable): Promise<void> {
  await db.query(`delete from wechat_state where expires_at < now() - interval '1 hour'`);
}
