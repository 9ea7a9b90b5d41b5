import { median } from '../live/shared.ts';
import type { BenchOptions } from '../report.ts';
import { type Contest, compete, type Entrant, enter, leave, type Result } from './contest.ts';
import { openRedis, openWorld, type RedisServer, type World } from './world.ts';

export type Arena = { readonly world: World; readonly redis: RedisServer | null; readonly redisMissing: string };

/** Runs `work` with a Postgres of its own and, where it is installed, a Redis. */
export async function inArena(syncDelayUs: number, work: (arena: Arena) => Promise<void>): Promise<void> {
  const world = await openWorld(syncDelayUs);
  let redis: RedisServer | null = null;
  let redisMissing = '';
  try {
    try {
      redis = await openRedis();
    } catch (error) {
      redisMissing = (error as Error).message;
    }
    await work({ world, redis, redisMissing });
  } finally {
    await redis?.stop();
    await world.stop();
  }
}

/** `many`: seats of the design. `change`: what is different for it, e.g. that it is stopped earlier. */
export type Entry = {
  readonly label: string;
  readonly design: string;
  readonly seats?: number;
  readonly change?: Partial<Contest>;
};

/** Rounds in turn, A B C A B C, after one round each that warms up; results by label. */
export async function race(
  arena: Arena,
  contest: Contest,
  entries: readonly Entry[],
  rounds: number,
): Promise<Map<string, Result[]>> {
  const { world, redis } = arena;
  const entrants = new Map<string, Entrant>();
  const results = new Map<string, Result[]>();
  try {
    for (const { label, design, seats = 1 } of entries) {
      if (design.startsWith('redis') && !redis) continue;
      entrants.set(label, await enter(design, seats, world, redis));
      results.set(label, []);
    }
    for (let round = -1; round < rounds; round += 1) {
      for (const { label, change } of entries) {
        const entrant = entrants.get(label);
        if (!entrant) continue;
        const own = { ...contest, ...change };
        // Warm: code is compiled, plans are made.
        const warm = { attempts: Math.min(own.attempts, 6_000), acceptedMax: 600 };
        const result = await compete(entrant, world, redis, round < 0 ? { ...own, ...warm } : own);
        if (round >= 0) results.get(label)!.push(result);
      }
    }
  } finally {
    for (const entrant of entrants.values()) await leave(entrant);
  }
  return results;
}

type Figure = { readonly name: string; readonly unit: string; readonly notes: string };

const spreadOf = (values: readonly number[]) => `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
const rangeOf = (values: readonly number[]) => `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`;

/** One line: ours over a baseline, paired by round; where the baseline could not run, that is said. */
export function reportRatio(
  { report }: BenchOptions,
  { name, unit, notes }: Figure,
  ours: readonly Result[] | undefined,
  baseline: readonly Result[] | undefined,
  value: (result: Result) => number,
  missing: string,
): void {
  if (!ours || !baseline) {
    process.stderr.write(`${name}: not run: ${missing}\n`);
    return;
  }
  const [mine, theirs] = [ours.map(value), baseline.map(value)];
  const pairs = mine.map((one, round) => one / theirs[round]!);
  report({
    name,
    ours: median(mine),
    baseline: median(theirs),
    ratio: median(pairs),
    unit,
    runs: pairs.length,
    spread: spreadOf(pairs),
    notes: `ours ${rangeOf(mine)}, baseline ${rangeOf(theirs)}; ${notes}`,
  });
}

/** One line against a promise: less is better. */
export function reportPromise(
  { report }: BenchOptions,
  { name, unit, notes }: Figure,
  values: readonly number[],
  promise: number,
): void {
  const ours = median(values);
  report({
    name,
    ours,
    baseline: promise,
    ratio: promise / ours,
    unit,
    runs: values.length,
    spread: rangeOf(values),
    notes: `baseline is the promise; ${notes}`,
  });
}
