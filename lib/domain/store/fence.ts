import { HOUR_MS } from '../time.ts';
import { metresToPatch, type PatchId } from './cell.ts';
import { distanceM, type Point } from './place.ts';

/*
 * Words used in this file:
 *
 * - fence: the ring of 500 m around a store inside which its offers are found; drawn on the phone
 * - fix:   what a phone says of where it is: a point (WGS-84), and how far off it may be
 */

export const FENCE_M = 500;
/** A fix that may be farther off than this decides nothing: a street away is another store. */
export const ACCURACY_MAX_M = 100;
/** Faster than any train that stops where stores are. */
const SPEED_MAX_KMH = 150;

export type Fix = { readonly point: Point; readonly accuracyM: number };

/** How good a fix was, as far as a claim says it: at most so many metres off. */
export const ACCURACY_BUCKETS_M = [20, 50, 100] as const;
export type AccuracyBucket = (typeof ACCURACY_BUCKETS_M)[number];

/** The bucket of an accuracy in metres; null: too rough to decide anything. */
export function accuracyBucket(accuracyM: number): AccuracyBucket | null {
  return ACCURACY_BUCKETS_M.find((most) => accuracyM <= most) ?? null;
}

/** Whether a phone stands inside the fence of a store; `metres` to it. */
export type FenceVerdict =
  | { readonly kind: 'inside' | 'outside'; readonly metres: number }
  | { readonly kind: 'imprecise' };

/**
 * Decides by the measured point alone once it is good to 100 m: 490 m is inside and 510 m is not, whichever way the
 * error leans. The store's point is WGS-84, whatever datum its source was written in.
 */
export function fenceVerdict({ point, accuracyM }: Fix, store: Point): FenceVerdict {
  if (accuracyBucket(accuracyM) === null) return { kind: 'imprecise' };
  const metres = distanceM(point, store);
  return { kind: metres <= FENCE_M ? 'inside' : 'outside', metres };
}

/** Whether somebody in this patch may stand inside the store's fence; the store's own patch and those around it. */
export const mayBeInside = (patch: PatchId, store: Point): boolean => metresToPatch(patch, store) <= FENCE_M;

type Seen = { readonly point: Point; readonly at: number };

/** Whether nobody can have been inside both stores' fences at these moments (epoch ms). */
export function isTooFast(before: Seen, now: Seen): boolean {
  const metres = Math.max(0, distanceM(before.point, now.point) - 2 * FENCE_M);
  const hours = Math.max(0, now.at - before.at) / HOUR_MS;
  return metres / 1_000 > SPEED_MAX_KMH * hours;
}
