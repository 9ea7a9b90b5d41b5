/*
 * How many commands a batch takes and how long it waits for more, from what was seen. Words used here:
 *
 * - limit:  commands that the next batch may take
 * - linger: how long a batch that could start waits for company
 */

export type PaceLimits = {
  readonly batchMin: number;
  readonly batchMax: number;
  /** A batch that takes longer makes the next ones smaller: who came last in it has waited for all of it. */
  readonly batchMsMax: number;
  /** Longest wait for company; 0: never. */
  readonly lingerMsMax: number;
};

export type Pace = {
  limit(): number;
  /** How long a batch of `waiting` commands should wait for more, ms. */
  lingerMs(waiting: number): number;
  arrived(nowMs: number): void;
  /** A batch has landed. */
  landed(size: number, tookMs: number): void;
};

const SHRINK = 0.8;
const GROW = 1.25;
/** Weight of the newest gap between two arrivals. */
const NEWEST = 1 / 64;
const PAUSE_MS = 1_000;
/** Waiting pays when at least this many come in the meantime for each one that waits. */
const WORTH = 1;

/** Starts at `batchMax`: the first crowd is the largest. Holds no timers and no clock. */
export function openPace({ batchMin, batchMax, batchMsMax, lingerMsMax }: PaceLimits): Pace {
  let limit = batchMax;
  let gapMs = Number.POSITIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    limit: () => Math.round(limit),
    lingerMs(waiting) {
      const coming = lingerMsMax / gapMs;
      if (waiting >= limit || coming < waiting * WORTH || coming < 2) return 0;
      return Math.min(lingerMsMax, (limit - waiting) * gapMs);
    },
    arrived(nowMs) {
      const gap = nowMs - lastAt;
      lastAt = nowMs;
      // After a pause the rate is unknown: it is learnt anew from the next gap.
      if (gap > PAUSE_MS) gapMs = Number.POSITIVE_INFINITY;
      else gapMs = Number.isFinite(gapMs) ? gapMs + (gap - gapMs) * NEWEST : gap;
    },
    landed(size, tookMs) {
      if (tookMs > batchMsMax) limit = Math.max(batchMin, Math.min(limit, size) * SHRINK);
      else if (size >= Math.round(limit)) limit = Math.min(batchMax, limit * GROW);
    },
  };
}
