import { type Calendar, openingAt } from '../store/opening.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts';

/** From when the goods are ready. */
export const HELD_FOR_MS = 7 * DAY_MS;
/** What the store may add, once. */
export const EXTENSION_MS = 3 * DAY_MS;
/** A shopper who stands at the counter when the time runs out still gets his goods. Printed beside the deadline. */
export const GRACE_MS = 10 * MINUTE_MS;
/** A handing over is taken back within this time, by another clerk than who made it. */
export const UNDO_MS = 60 * SECOND_MS;
/** A scan shows that the shopper is there; the goods are handed over within this time of it. */
export const SCAN_GOOD_MS = 10 * MINUTE_MS;
/** How long one counter may be without network at the longest. */
export const LEASE_MS = 30 * MINUTE_MS;
/** The counter's clock runs by itself; its right ends this much before the server's. */
export const LEASE_MARGIN_MS = 1 * MINUTE_MS;

const REMIND_ON_DAYS = [1, 3, 6] as const;
/** Goods that are in the store are put aside within this time of being ordered, while somebody is there. */
const PREPARE_MS = 2 * HOUR_MS;
/** Goods that come from the warehouse are there on this day after the order, at this hour of China. */
const TRANSFER_DAYS = 2;
const TRANSFER_HOUR = 18;
const CHINA_AHEAD_MS = 8 * HOUR_MS;

/** Openings and closings that are looked through: two weeks of a store with three spans a day. */
const EDGES_LOOKED_AT = 100;

/** The moment after `waitMs` of opened hours from `from` on; where the hours are not known, or none are in sight, of any. */
function afterOpened(calendar: Calendar, from: number, waitMs: number): number {
  let at = from;
  let left = waitMs;
  for (let edges = 0; edges < EDGES_LOOKED_AT; edges += 1) {
    const { state, closesAt, opensAt } = openingAt(calendar, at);
    if (state === 'shut') {
      if (opensAt === null) break;
      at = opensAt;
    } else {
      if (closesAt === null || at + left <= closesAt) break;
      left -= closesAt - at;
      at = closesAt;
    }
  }
  return at + left;
}

/**
 * By when the goods are promised: after two hours in which the store is open, or, for what comes from the warehouse, in
 * the evening of the day after tomorrow, if the store is open then, else when it opens. Epoch ms.
 */
export function promiseOf(orderedAt: number, isTransfer: boolean, calendar: Calendar): number {
  if (!isTransfer) return afterOpened(calendar, orderedAt, PREPARE_MS);
  const day = Math.floor((orderedAt + CHINA_AHEAD_MS) / DAY_MS) + TRANSFER_DAYS;
  return afterOpened(calendar, day * DAY_MS + TRANSFER_HOUR * HOUR_MS - CHINA_AHEAD_MS, 0);
}

/** Until when the counter hands over: the deadline and the grace, up to, not including. */
export const counterUntil = (fetchBefore: number): number => fetchBefore + GRACE_MS;

/** When the owner is reminded: on days 1, 3 and 6, and one day before an extended end. Rising, epoch ms. */
export function reminderMoments(readyAt: number, fetchBefore: number): number[] {
  const moments = REMIND_ON_DAYS.map((day) => readyAt + day * DAY_MS);
  const last = fetchBefore - DAY_MS;
  return [...moments.filter((at) => at < last), last];
}

/**
 * How many reminders should have gone out by now; a worker that was away sends one, not all that it missed.
 * Nothing is due once the time is over.
 */
export function remindersDue(readyAt: number, fetchBefore: number, now: number): number {
  if (now >= fetchBefore) return 0;
  return reminderMoments(readyAt, fetchBefore).filter((at) => at <= now).length;
}
