import { setTimeout as pause } from 'node:timers/promises';
import { openFestival } from './phone.ts';
import { randomOf } from './random.ts';
import { CrowdShopper, NotDemo, type World } from './shopper.ts';
import { Tally } from './tally.ts';

export const SHOPPERS_MAX = 2_000;
export const MINUTES_MAX = 30;
/** Connections are shared, as phones behind one proxy would. */
const CONNECTIONS_MAX = 256;
const LINE_EVERY_MS = 5_000;
/** All have come after this share of the time. */
const ARRIVAL_SHARE = 0.5;

export type CrowdOptions = {
  readonly origin: URL;
  readonly loadIdentity: string;
  readonly shoppers: number;
  readonly durationMs: number;
  readonly seed: number;
  readonly handles: readonly string[];
  readonly pace?: number;
  readonly say?: (line: string) => void;
  /** Ends the crowd early; requests under way are finished. */
  readonly stop?: AbortSignal;
};

/**
 * A number nobody has: no operator was given 154. The seed moves the whole crowd to other numbers, so that a new run
 * has new people with their own limits and the same run has the same.
 */
export function phoneNumber(seed: number, index: number): string {
  const number = (Math.imul(seed, 2_654_435_761) >>> 0) % 90_000_000;
  return `154${String(number + index).padStart(8, '0')}`;
}

/** Lets a crowd shop until the time is over, and gives what it met. @throws NotDemo where no crowd may be. */
export async function runCrowd(options: CrowdOptions): Promise<Tally> {
  const { shoppers, durationMs, seed, handles, pace = 1, say = () => {} } = options;
  const tally = new Tally();
  const festival = openFestival(options.origin, options.loadIdentity, tally, Math.min(shoppers, CONNECTIONS_MAX));
  const closing = new AbortController();
  const started = performance.now();
  const timer = setTimeout(() => closing.abort(), durationMs);
  options.stop?.addEventListener('abort', () => closing.abort(), { once: true });
  const lines = setInterval(() => say(tally.line(performance.now() - started)), LINE_EVERY_MS);
  const world: World = { festival, handles, closing: closing.signal, durationMs, pace };
  const causes = new Map<string, number>();
  let stopped: Error | null = null;

  const lives = Array.from({ length: shoppers }, async (_, index) => {
    const random = randomOf(seed + index * 7_919);
    try {
      await pause(random() * durationMs * ARRIVAL_SHARE, undefined, { signal: closing.signal });
      await new CrowdShopper(world, phoneNumber(seed, index), random).live();
    } catch (error) {
      if (closing.signal.aborted && (error as Error).name === 'AbortError') return;
      if (error instanceof NotDemo) {
        stopped = error;
        closing.abort();
        return;
      }
      tally.errors++;
      const cause = (error as Error).message.slice(0, 160);
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
  });
  try {
    await Promise.all(lives);
  } finally {
    clearTimeout(timer);
    clearInterval(lines);
    festival.agent.destroy();
  }
  if (stopped) throw stopped;
  for (const [cause, count] of [...causes].slice(0, 10)) say(`  error × ${count}: ${cause}`);
  return tally;
}
