import { median } from '../live/shared.ts';
import type { BenchOptions } from '../report.ts';
import { inArena } from './arena.ts';
import { compete, enter, leave } from './contest.ts';
import type { World } from './world.ts';

const TABLES = ['orders', 'order_line', 'order_log', 'reservation', 'stock_move', 'limit_use', 'outbox'] as const;

async function walBytes(world: World): Promise<number> {
  const [row] = await world.db.query<{ bytes: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as bytes`,
  );
  return row!.bytes;
}

async function rowsWritten(world: World): Promise<number> {
  const counts = await Promise.all(
    TABLES.map((table) => world.db.query<{ n: number }>(`select count(*) as n from ${table}`)),
  );
  return counts.reduce((sum, [row]) => sum + row!.n, 0);
}

/** What an accepted order costs (rows, log bytes, CPU), and a refused one, beside one transaction per order. */
export async function measureCosts(options: BenchOptions): Promise<void> {
  const { quick, report } = options;
  const rounds = quick ? 1 : 3;
  const orders = quick ? 2_000 : 10_000;
  const baselineOrders = quick ? 200 : 1_200;
  const refusals = quick ? 10_000 : 100_000;
  const base = { skus: 1, skew: 1, callers: 512 };
  const [cpu, seat, bytes, theirCpu, theirBytes, refusedCpu, refusedSeat, theirRefused]: number[][] = [
    [],
    [],
    [],
    [],
    [],
    [],
    [],
    [],
  ];
  let rows = 0;
  await inArena(0, async ({ world }) => {
    const ours = await enter('festa', 1, world, null);
    const usual = await enter('row-update', 1, world, null);
    const run = (who: typeof ours, name: string, units: number, attempts: number) =>
      compete(who, world, null, { ...base, name, units, attempts });
    try {
      await run(ours, 'warm', 2_000, 2_000);
      await run(usual, 'warm', 200, 200);
      for (let round = 0; round < rounds; round += 1) {
        const [rowsBefore, walBefore] = [await rowsWritten(world), await walBytes(world)];
        const sold = await run(ours, 'cost', orders, orders);
        rows = ((await rowsWritten(world)) - rowsBefore - 1) / sold.acknowledged.length;
        bytes!.push(((await walBytes(world)) - walBefore) / sold.acknowledged.length);
        seat!.push(sold.cpuUs / sold.acknowledged.length);
        cpu!.push((sold.cpuUs + sold.postgresUs) / sold.acknowledged.length);
        const walBetween = await walBytes(world);
        const theirs = await run(usual, 'cost', baselineOrders, baselineOrders);
        theirBytes!.push(((await walBytes(world)) - walBetween) / theirs.acknowledged.length);
        theirCpu!.push((theirs.cpuUs + theirs.postgresUs) / theirs.acknowledged.length);
        const refused = await run(ours, 'none', 0, refusals);
        refusedCpu!.push((refused.cpuUs + refused.postgresUs) / refused.answered);
        refusedSeat!.push(refused.cpuUs / refused.answered);
        const refusedThere = await run(usual, 'none', 0, Math.round(refusals / 20));
        theirRefused!.push((refusedThere.cpuUs + refusedThere.postgresUs) / refusedThere.answered);
      }
    } finally {
      await leave(ours);
      await leave(usual);
    }
  });
  const line = (name: string, unit: string, mine: number[], theirs: number[], notes: string) =>
    report({
      name,
      ours: median(mine),
      baseline: median(theirs),
      ratio: median(theirs) / median(mine),
      unit,
      runs: rounds,
      spread: `${Math.min(...mine).toFixed(1)}–${Math.max(...mine).toFixed(1)}`,
      notes: `${notes}; baseline: one transaction per order`,
    });
  const shares = (of: number[], all: number[]) =>
    `${median(of).toFixed(1)} in the process, ${(median(all) - median(of)).toFixed(1)} in Postgres`;
  line('accepted-cpu', 'µs CPU per accepted order', cpu!, theirCpu!, shares(seat!, cpu!));
  line('accepted-wal', 'bytes of WAL per accepted order', bytes!, theirBytes!, `${rows.toFixed(1)} rows`);
  line('refused-cpu', 'µs CPU per sold-out answer', refusedCpu!, theirRefused!, shares(refusedSeat!, refusedCpu!));
}
