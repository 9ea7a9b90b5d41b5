import { type EpochMs, MINUTE_MS } from '../time.ts';

/** How long before and after a session's start the app leaves the shopper alone. */
export const QUIET_MS = 15 * MINUTE_MS;

/**
 * Whether a session starts within `QUIET_MS` of `now`, before or after. In these minutes no new version of the app is
 * looked for, offered or taken: the app that the shopper has open is the one he buys with.
 *
 * @param now the server's clock
 */
export function isSaleWindow(now: EpochMs, startsAt: readonly EpochMs[]): boolean {
  return startsAt.some((start) => Math.abs(now - start) <= QUIET_MS);
}

/** Pages on which money is being decided; nothing may come between. `path` is without its language. */
export function isMoneyPath(path: string): boolean {
  return /^(?:\/en)?\/(?:checkout|cashier|paid)(?:\/|$)/.test(path);
}
