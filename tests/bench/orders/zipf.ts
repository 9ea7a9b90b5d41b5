import type { BenchOptions } from '../report.ts';
import { type Entry, inArena, race, reportRatio } from './arena.ts';
import type { Contest, Result } from './contest.ts';

const accepted = (result: Result) => result.acceptedPerSecond;
const PROCESSES = 4;

/** A thousand SKUs, wanted by a zipf law, in one process and in four. */
export async function measureZipf(options: BenchOptions): Promise<void> {
  const { quick } = options;
  const contest: Contest = {
    name: 'zipf',
    skus: 1_000,
    units: quick ? 10 : 50,
    skew: 1,
    attempts: quick ? 6_000 : 40_000,
    callers: 512,
  };
  const entries: Entry[] = [
    { label: 'ours', design: 'festa' },
    { label: 'ours-4', design: 'festa', seats: PROCESSES },
    { label: 'row-update', design: 'row-update', change: { acceptedMax: quick ? 300 : 3_000 } },
    { label: 'redis-durable', design: 'redis-durable' },
    { label: 'redis-durable-4', design: 'redis-durable', seats: PROCESSES },
  ];
  const notes = `1000 SKUs of ${contest.units} units, zipf 1.0, ${contest.attempts} attempts, 512 callers`;
  await inArena(0, async (arena) => {
    const results = await race(arena, contest, entries, quick ? 1 : 5);
    const line = (name: string, who: string, against: string) =>
      reportRatio(
        options,
        { name, unit: 'accepted orders/s', notes },
        results.get(who),
        results.get(against),
        accepted,
        arena.redisMissing,
      );
    line('zipf-accepted-vs-row-update', 'ours', 'row-update');
    line('zipf-accepted-vs-redis-durable', 'ours', 'redis-durable');
    line('zipf-4-processes-vs-one', 'ours-4', 'ours');
    line('zipf-4-processes-vs-redis-durable-4', 'ours-4', 'redis-durable-4');
  });
}
