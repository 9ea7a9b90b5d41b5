/*
 * The server's time as its answers told it, for pages that need seconds and not milliseconds: how long an order may
 * still be paid, when it was last seen. Good to the time that an answer was on its way.
 */

let offsetMs: number | null = null;

/** `now` of an answer, ms. Counted on from a monotonic clock, so a change of the phone's own clock does not matter. */
export function hearServerTime(nowMs: number): void {
  offsetMs = nowMs - performance.now();
}

/** The `Date` of an answer: whole seconds, good enough until an answer tells more. */
export function hearServerDate(date: string | null): void {
  const dateMs = Date.parse(date ?? '');
  if (offsetMs === null && Number.isFinite(dateMs)) hearServerTime(dateMs + 500);
}

/** Epoch in ms; the phone's own clock until an answer has told the time. */
export function serverNow(): number {
  return offsetMs === null ? Date.now() : performance.now() + offsetMs;
}
