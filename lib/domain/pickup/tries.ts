import { MINUTE_MS } from '../time.ts';

/** Wrong codes that one clerk may enter in a minute; the next one locks him. */
export const TRIES_PER_MINUTE = 5;
export const LOCK_MS = 10 * MINUTE_MS;

/** What is kept of a clerk's wrong codes; moments in epoch ms. */
export type Tries = { readonly wrongAt: readonly number[]; readonly lockedUntil: number };

export const NO_TRIES: Tries = { wrongAt: [], lockedUntil: 0 };

/** Whether codes of this clerk are looked at, right ones and wrong ones alike. */
export const isLocked = (tries: Tries, now: number): boolean => now < tries.lockedUntil;

/** One more wrong code. The fifth inside a minute locks the clerk, and with the lock the count begins anew. */
export function wrongCode(tries: Tries, now: number): Tries {
  const wrongAt = [...tries.wrongAt.filter((at) => at > now - MINUTE_MS), now];
  return wrongAt.length < TRIES_PER_MINUTE
    ? { wrongAt, lockedUntil: tries.lockedUntil }
    : { wrongAt: [], lockedUntil: now + LOCK_MS };
}

/** Wrong codes that are left before the lock. */
export const triesLeft = (tries: Tries, now: number): number =>
  TRIES_PER_MINUTE - tries.wrongAt.filter((at) => at > now - MINUTE_MS).length;
