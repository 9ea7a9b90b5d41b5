import { LIMITS } from '../../../server/platform/limits.ts';
import { median } from '../live/shared.ts';
import type { BenchOptions } from '../report.ts';
import { inArena, reportPromise } from './arena.ts';
import { type Contest, compete, enter, leave } from './contest.ts';
import type { ExpiryAnswer } from './expirer.ts';
import { askProcess, startProcess, stopProcess } from './pipe.ts';
import type { World } from './world.ts';

const ROW_BY_ROW = 300;

/** All orders of these goods were to be paid a while ago. */
async function letLapse(world: World, name: string): Promise<void> {
  await world.db.query(
    `update orders o set pay_before = now() - interval '2 minutes'
     where exists (select 1 from order_line l where l.order_id = o.id and l.sku_id like $1 || '-%') and o.state = 'pending_pay'`,
    [name],
  );
  await world.db.query('vacuum analyze orders, reservation, stock_level, order_line');
  await world.db.query('checkpoint');
}

/** Units that nobody sold and that are not back either. */
async function stillHeld(world: World, name: string): Promise<number> {
  const [row] = await world.db.query<{ held: number }>(
    `select coalesce(sum(reserved), 0)::integer as held from stock_level where sku_id like $1 || '-%'`,
    [name],
  );
  return row!.held;
}

/** Many holds that lapse in one second, while others go on buying. */
export async function measureExpiry(options: BenchOptions): Promise<void> {
  const { quick, report } = options;
  const holds = quick ? 1_000 : 10_000;
  const rounds = quick ? 1 : 3;
  const size = LIMITS.order.expiryBatchMax;
  await inArena(0, async ({ world }) => {
    const shop = await enter('festa', 1, world, null);
    const worker = await startProcess('./expirer.ts', [], { BENCH_DATABASE: world.url });
    const expire = (batch: number, max: number) => askProcess<ExpiryAnswer>(worker, { do: 'expire', size: batch, max });
    const buy = (name: string, attempts: number) => {
      const contest: Contest = { name, skus: 10, units: attempts, skew: 1, attempts, callers: 256 };
      return compete(shop, world, null, contest);
    };
    const [released, rates, ratios, perHold]: number[][] = [[], [], [], []];
    try {
      await buy('warm', 2_000);
      for (let round = 0; round < rounds; round += 1) {
        const lapsing = `lapsing-${round}`;
        await buy(lapsing, Math.round(holds * 1.1));
        await letLapse(world, lapsing);
        const slow = await expire(1, ROW_BY_ROW);
        const slowPerHold = slow.tookMs / slow.ended;
        const normal = await buy(`normal-${round}`, quick ? 2_000 : 12_000);
        await world.db.query('checkpoint');
        const buying = buy(`meanwhile-${round}`, quick ? 2_000 : 12_000);
        const fast = await expire(size, Number.MAX_SAFE_INTEGER);
        const meanwhile = await buying;
        const left = await stillHeld(world, lapsing);
        if (left !== 0) throw new Error(`${left} units of lapsed holds are still held`);
        released!.push((fast.tookMs / fast.ended) * holds);
        rates!.push(meanwhile.acceptedPerSecond / normal.acceptedPerSecond);
        ratios!.push(slowPerHold / (fast.tookMs / fast.ended));
        perHold!.push(fast.tookMs / fast.ended);
      }
    } finally {
      await leave(shop);
      await stopProcess(worker);
    }
    const notes = `${holds} holds in batches of ${size}, 256 callers buy other goods meanwhile`;
    reportPromise(options, { name: 'expiry-all-released', unit: 'ms', notes }, released!, 2_000);
    report({
      name: 'expiry-orders-meanwhile',
      ours: median(rates!) * 100,
      baseline: 70,
      ratio: median(rates!) / 0.7,
      unit: '% of the usual orders/s',
      runs: rounds,
      spread: rates!.map((rate) => Math.round(rate * 100)).join(', '),
      notes: `baseline is the promise; ${notes}`,
    });
    report({
      name: 'expiry-vs-row-by-row',
      ours: median(perHold!) * 1_000,
      baseline: median(perHold!) * median(ratios!) * 1_000,
      ratio: median(ratios!),
      unit: 'µs per released hold',
      runs: rounds,
      spread: ratios!.map((ratio) => ratio.toFixed(1)).join(', '),
      notes: `row by row: ${ROW_BY_ROW} holds without buyers; ours while 256 callers buy`,
    });
  });
}
