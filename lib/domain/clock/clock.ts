/*
 * Words used in this file:
 *
 * - local:   a monotonic clock of the phone, ms (`performance.now()`); a change of the wall clock does not touch it
 * - server:  the server's clock, ms since the Unix epoch
 * - sample:  one question and answer between the two
 * - offset:  server − local
 * - bound:   how wrong the offset can be, ms either way
 */

/** One exchange; `sentAt` and `heardAt` local, `receivedAt` and `answeredAt` server. */
export type ClockSample = {
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly answeredAt: number;
  readonly heardAt: number;
};

export type ClockEstimate = { readonly offsetMs: number; readonly boundMs: number; readonly samples: number };

export const WINDOW = 16;
const SAMPLE_AGE_MAX_MS = 5 * 60_000;
/** The shown clock is corrected by at most this share of the time that passes: it never jumps and never runs back. */
export const SLEW_SHARE = 0.25;

/** Time on the way, ms; what the server itself took is not part of it. */
export function roundTripOf(sample: ClockSample): number {
  return Math.max(0, sample.heardAt - sample.sentAt - (sample.answeredAt - sample.receivedAt));
}

export function offsetOf(sample: ClockSample): number {
  return (sample.receivedAt - sample.sentAt + (sample.answeredAt - sample.heardAt)) / 2;
}

/** Adds a sample to the rolling window: the last 16, none older than 5 minutes. A sample that runs back is dropped. */
export function withSample(window: readonly ClockSample[], sample: ClockSample): readonly ClockSample[] {
  const isSane =
    sample.heardAt >= sample.sentAt && sample.answeredAt >= sample.receivedAt && Number.isFinite(offsetOf(sample));
  const kept = window.filter((old) => sample.heardAt - old.heardAt <= SAMPLE_AGE_MAX_MS);
  return isSane ? [...kept, sample].slice(-WINDOW) : kept;
}

/**
 * The mean offset of the best quarter by round trip: the quick answers waited least in queues. The bound is half of the
 * quickest round trip: half of an asymmetric path can never be told from an offset.
 */
export function estimateOf(window: readonly ClockSample[]): ClockEstimate | null {
  if (window.length === 0) return null;
  const byTrip = [...window].sort((a, b) => roundTripOf(a) - roundTripOf(b));
  const best = byTrip.slice(0, Math.max(1, Math.ceil(window.length / 4)));
  const offsetMs = best.reduce((sum, sample) => sum + offsetOf(sample), 0) / best.length;
  return { offsetMs, boundMs: roundTripOf(byTrip[0]!) / 2, samples: window.length };
}

/** The offset that is shown at `at` (local); it walks towards the estimate. */
export type Slew = { readonly offsetMs: number; readonly at: number };

/**
 * Moves the shown offset towards `targetMs`. The first estimate is taken as it is, and so is one after a sleep
 * (`step`): there nobody watched the clock move.
 */
export function slewTo(shown: Slew | null, targetMs: number, at: number, step = false): Slew {
  if (!shown || step) return { offsetMs: targetMs, at };
  const most = Math.max(0, at - shown.at) * SLEW_SHARE;
  const wanted = targetMs - shown.offsetMs;
  return { offsetMs: shown.offsetMs + Math.sign(wanted) * Math.min(Math.abs(wanted), most), at };
}
