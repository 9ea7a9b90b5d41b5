import { splitFacts } from './split.ts';
import type { ShareOdds, TeamSettings } from './team.ts';

/*
 * What the rules sheet of a team campaign says about chance, computed exactly and never simulated: the draws of a split
 * are whole fen, each as likely as the next, so the chances are sums over whole fen too.
 */

/** Where bands begin, in halves of the mean: much less, less, more, much more, and twice as much or above. */
const BAND_HALVES = [1, 2, 3, 4] as const;

/** Spreads `shares` (together 1) over a million whole parts, largest remainders first. */
function perMillionOf(shares: readonly number[]): number[] {
  const million = shares.map((share) => share * 1_000_000);
  const whole = million.map(Math.floor);
  const missing = 1_000_000 - whole.reduce((sum, one) => sum + one, 0);
  const order = million.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  order.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, missing)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

/**
 * How likely each amount from 0 to `spareFen` is for one member's part of it: each draw takes 0 to twice the average of
 * what is left, the last takes the rest, and who gets which part is drawn too. O(parts × spareFen).
 */
export function partChances(spareFen: number, parts: number): Float64Array {
  const sum = new Float64Array(spareFen + 1);
  /** How likely it is that so much is left before this draw. */
  let left = new Float64Array(spareFen + 1);
  left[spareFen] = 1;
  for (let to = parts; to > 1; to -= 1) {
    const steps = new Float64Array(spareFen + 2);
    const reach = new Float64Array(spareFen + 2);
    for (let rest = 0; rest <= spareFen; rest += 1) {
      const chance = left[rest] ?? 0;
      if (chance === 0) continue;
      const most = Math.floor((2 * rest) / to);
      const each = chance / (most + 1);
      reach[most] = (reach[most] ?? 0) + each;
      steps[rest - most] = (steps[rest - most] ?? 0) + each;
      steps[rest + 1] = (steps[rest + 1] ?? 0) - each;
    }
    const after = new Float64Array(spareFen + 1);
    let running = 0;
    for (let rest = 0; rest <= spareFen; rest += 1) {
      running += steps[rest] ?? 0;
      after[rest] = Math.max(0, running);
    }
    let above = 0;
    for (let fen = spareFen; fen >= 0; fen -= 1) {
      above += reach[fen] ?? 0;
      sum[fen] = (sum[fen] ?? 0) + above;
    }
    left = after;
  }
  for (let fen = 0; fen <= spareFen; fen += 1) sum[fen] = ((sum[fen] ?? 0) + (left[fen] ?? 0)) / parts;
  return sum;
}

/** Larger pots are counted in steps of several fen, which moves no chance by as much as the last digit that is stated. */
const STEPS_MAX = 500_000;

/** How likely one member's part of `spareFen` is less than so many fen. */
function chanceBelow(spareFen: number, parts: number): (fen: number) => number {
  const stepFen = Math.max(1, Math.ceil(spareFen / STEPS_MAX));
  const sums = partChances(Math.floor(spareFen / stepFen), parts);
  for (let step = 1; step < sums.length; step += 1) sums[step] = (sums[step] ?? 0) + (sums[step - 1] ?? 0);
  return (fen) => (fen <= 0 ? 0 : (sums[Math.min(sums.length, Math.ceil(fen / stepFen)) - 1] ?? 0));
}

/**
 * The odds that a rules sheet states, of a random member: all amounts that there can be, in bands of half a mean. With an
 * extra for the leader one share in `size` is that much larger.
 */
export function shareOdds(
  settings: Pick<TeamSettings, 'potFen' | 'size' | 'leastPermille' | 'leaderExtraPermille'>,
): ShareOdds[] {
  const { potFen, size } = settings;
  const { leastFen, extraFen, spareFen } = splitFacts(settings);
  const partBelow = chanceBelow(spareFen, size);
  const below = (fen: number) => (partBelow(fen - leastFen) * (size - 1) + partBelow(fen - leastFen - extraFen)) / size;
  const endFen = leastFen + spareFen + extraFen + 1;
  const starts = [leastFen];
  for (const halves of BAND_HALVES) {
    const from = Math.ceil((potFen * halves) / (2 * size));
    if (from > (starts.at(-1) ?? 0) && from < endFen) starts.push(from);
  }
  const untilOf = (index: number) => starts[index + 1] ?? endFen;
  const perMillion = perMillionOf(starts.map((from, index) => below(untilOf(index)) - below(from)));
  return starts.map((fromFen, index) => ({
    fromFen,
    toFen: untilOf(index) - 1,
    perMillion: perMillion[index] ?? 0,
  }));
}
