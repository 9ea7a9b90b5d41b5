import { assert } from '../assert.ts';
import { splitFen, toFen } from '../money/fen.ts';
import { DAY_MS, type EpochMs } from '../time.ts';
import type { Touch } from './chain.ts';
import { removalEffects, type WalkedPath } from './markov.ts';

/** Ways to divide the credit for one order among the touches that led to it. */
export const MODELS = ['first', 'last', 'linear', 'position', 'decay', 'markov'] as const;
export type Model = (typeof MODELS)[number];

export const DEFAULT_MODEL: Model = 'last';
/** An order counts for a touch that is not older than this. */
export const WINDOW_MS = 7 * DAY_MS;
/** After this time a touch weighs half. */
export const HALF_LIFE_MS = 2 * DAY_MS;
/** The weights of one order's touches add up to this. */
export const WHOLE_PPM = 1_000_000;

/** First and last 40 % each, those between share 20 %; two share alike. */
function byPosition(count: number): number[] {
  if (count <= 2) return Array<number>(count).fill(1);
  return Array.from({ length: count }, (_, at) => (at === 0 || at === count - 1 ? 2 * (count - 2) : 1));
}

/** Whole numbers, so that the same touches always weigh the same. */
function byAge(touches: readonly Touch[], orderAt: EpochMs): number[] {
  return touches.map(({ at }) => Math.max(1, Math.round(2 ** (-(orderAt - at) / HALF_LIFE_MS) * 1e9)));
}

/**
 * Whose removal costs most orders weighs most. Where removing none of them would cost anything (no walks are known), all
 * weigh alike.
 */
function byRemoval(touches: readonly Touch[], effects: ReadonlyMap<string, number>, keyOf: (touch: Touch) => string) {
  const weights = touches.map((touch) => Math.round((effects.get(keyOf(touch)) ?? 0) * 1e9));
  return weights.some((weight) => weight > 0) ? weights : touches.map(() => 1);
}

export type MarkovFacts = {
  readonly effects: ReadonlyMap<string, number>;
  /** The state of the walk that a touch stands for: its sharer, or its channel. */
  readonly keyOf: (touch: Touch) => string;
};

/** What `markov` needs, from all paths that are stored of a campaign. */
export function markovFacts(paths: readonly WalkedPath[], keyOf: MarkovFacts['keyOf']): MarkovFacts {
  return { effects: removalEffects(paths), keyOf };
}

/** What each touch weighs, oldest first as they are given, in parts per million; together exactly a million. */
export function weigh(model: Model, touches: readonly Touch[], orderAt: EpochMs, markov?: MarkovFacts): number[] {
  assert(touches.length > 0, 'an order without touches is nobody’s');
  const only = (index: number) => touches.map((_, at) => (at === index ? 1 : 0));
  switch (model) {
    case 'first':
      return splitFen(toFen(WHOLE_PPM), only(0));
    case 'last':
      return splitFen(toFen(WHOLE_PPM), only(touches.length - 1));
    case 'linear':
      return splitFen(
        toFen(WHOLE_PPM),
        touches.map(() => 1),
      );
    case 'position':
      return splitFen(toFen(WHOLE_PPM), byPosition(touches.length));
    case 'decay':
      return splitFen(toFen(WHOLE_PPM), byAge(touches, orderAt));
    case 'markov':
      assert(markov !== undefined, 'a walk is weighed against all walks');
      return splitFen(toFen(WHOLE_PPM), byRemoval(touches, markov.effects, markov.keyOf));
  }
}

export type CreditedTouch = Touch & { readonly weightPpm: number; readonly fen: number };

/** The touches of one order with their weights and their parts of its money; the parts add up to `orderFen`, to the fen. */
export function creditTouches(
  model: Model,
  touches: readonly Touch[],
  order: { readonly placedAt: EpochMs; readonly fen: number },
  markov?: MarkovFacts,
): CreditedTouch[] {
  const weights = weigh(model, touches, order.placedAt, markov);
  const parts = splitFen(toFen(order.fen), weights);
  return touches.map((touch, at) => ({ ...touch, weightPpm: weights[at] ?? 0, fen: parts[at] ?? 0 }));
}
