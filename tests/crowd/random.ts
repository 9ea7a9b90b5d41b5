/** A stream of numbers in [0, 1) that a seed repeats (mulberry32). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** How long a person hesitates, in ms: mostly short, sometimes long, never beyond six times the mean. */
export function hesitationMs(random: Random, meanMs: number): number {
  return Math.min(6 * meanMs, -Math.log(1 - random()) * meanMs);
}
