const RECONNECT_FIRST_MS = 2_000;
export const RECONNECT_MAX_MS = 60_000;

/**
 * How long to wait before opening the socket again, ms: anywhere in a window that doubles with each failed attempt.
 * The jitter is full (0 to the window) and comes last, so that phones that were dropped together do not come back
 * together, however long it takes.
 *
 * @param attempt failed attempts since the socket was last open, from 0
 * @param spreadMs the first window, as the server's welcome said: more phones, more spread
 * @param random 0 ≤ random < 1
 */
export function reconnectDelayMs(attempt: number, spreadMs: number, random: number): number {
  const doubled = RECONNECT_FIRST_MS * 2 ** attempt;
  const windowMs = attempt === 0 ? spreadMs : Math.max(spreadMs, doubled);
  return random * Math.min(RECONNECT_MAX_MS, windowMs);
}
