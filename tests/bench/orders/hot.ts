import type { BenchOptions } from '../report.ts';
import { type Entry, inArena, race, reportPromise, reportRatio } from './arena.ts';
import type { Contest, Result } from './contest.ts';

/** Baselines that take a transaction per order are stopped after so many accepts: their rate does not change. */
const SLOW_ACCEPTS = 1_200;

const accepted = (result: Result) => result.acceptedPerSecond;
const answers = (result: Result) => result.answersPerSecond;

/** One SKU that everybody wants. `syncDelayUs` is added to every sync of Postgres, as a cloud disk would. */
export async function measureHot(options: BenchOptions, syncDelayUs: number): Promise<void> {
  const { quick } = options;
  const prefix = syncDelayUs > 0 ? 'hot-sku-slow-sync' : 'hot-sku';
  const contest: Contest = {
    name: prefix,
    skus: 1,
    units: quick ? 2_000 : 10_000,
    skew: 1,
    attempts: quick ? 20_000 : syncDelayUs > 0 ? 60_000 : 200_000,
    callers: 512,
  };
  const slow = { acceptedMax: quick ? 200 : SLOW_ACCEPTS };
  const entries: Entry[] = [
    { label: 'ours', design: 'festa' },
    { label: 'row-update', design: 'row-update', change: slow },
    { label: 'for-update', design: 'for-update', change: slow },
    { label: 'redis-durable', design: 'redis-durable' },
    { label: 'redis-early', design: 'redis-early' },
  ];
  const size = `${contest.units} units, ${contest.attempts} attempts, 512 callers${syncDelayUs > 0 ? `, ${syncDelayUs / 1_000} ms added to each sync` : ''}`;
  await inArena(syncDelayUs, async (arena) => {
    const results = await race(arena, contest, entries, quick ? 1 : 5);
    const ours = results.get('ours')!;
    const line = (name: string, against: string, value: (result: Result) => number, unit: string, notes: string) =>
      reportRatio(
        options,
        { name: `${prefix}-${name}`, unit, notes: `${size}; ${notes}` },
        ours,
        results.get(against),
        value,
        arena.redisMissing,
      );
    const perSecond = 'accepted orders/s';
    line('accepted-vs-row-update', 'row-update', accepted, perSecond, 'one transaction per order, a guarded update');
    line('accepted-vs-for-update', 'for-update', accepted, perSecond, 'one transaction per order, select for update');
    line('accepted-vs-redis-durable', 'redis-durable', accepted, perSecond, 'Redis decides, answered after the insert');
    line('answers-vs-redis-durable', 'redis-durable', answers, 'answers/s', 'over the whole run');
    line('accepted-vs-redis-early', 'redis-early', accepted, perSecond, 'answered before the insert: not durable');
    reportPromise(
      options,
      { name: `${prefix}-accepted-p99`, unit: 'ms', notes: size },
      ours.map((result) => result.p99),
      150,
    );
  });
}
