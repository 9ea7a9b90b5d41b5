import { afterEach, beforeEach, expect, test } from 'vitest';
import { opsChecks, opsOpenSale } from '../../lib/contracts/check.ts';
import { checkRoutes } from '../../server/check/check.http.ts';
import { startChecker } from '../../server/check/check.job.ts';
import { INVARIANTS } from '../../server/check/check.ts';
import { openLog } from '../../server/platform/log.ts';
import { openMetrics } from '../../server/platform/metrics.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { putOnSale } from '../support/goods.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { staffBrowser } from '../support/staff.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let shop: Shop;

beforeEach(async () => {
  database = await testDatabase();
  shop = await openShop(database.db);
  await putOnSale(database.db, { id: 'wrong' });
  await putOnSale(database.db, { id: 'right' });
});
afterEach(() => database.drop());

const steal = (units: number) =>
  database.db.query(`update stock_level set on_hand = on_hand - $1 where sku_id = 'wrong'`, [units]);

/** One run of the worker, whenever the last one was; answers what it says of itself on /metrics. */
async function runChecker(): Promise<string> {
  await database.db.query(
    `update setting set value = jsonb_set(value, '{at}', '0') where name = 'invariants-last-run'`,
  );
  const metrics = openMetrics();
  const loop = startChecker({ db: database.db, metrics, log: openLog('silent') });
  await loop.stop();
  return metrics.registry.metrics();
}

const problemOf = async (skuId: string) => {
  const answer = await shop.submit('ann', [{ skuId, quantity: 1 }]);
  if (answer.ok) return null;
  return 'problems' in answer.refusal ? answer.refusal.problems : answer.refusal.code;
};

test('[CHK1] a SKU whose books do not balance is not sold, the others are, and what was ordered can be paid', async () => {
  const { orderId } = await shop.order('bob', 'wrong');
  await steal(1);
  expect(await problemOf('wrong')).toBeNull();
  const metrics = await runChecker();
  expect(metrics).toContain('festa_invariant_violations{invariant="level-is-its-moves"} 1');
  expect(metrics).toContain('festa_invariant_violations{invariant="level-in-bounds"} 0');
  expect(metrics).toContain('festa_sale_stops_total 1');
  expect(await problemOf('wrong')).toEqual([{ skuId: 'wrong', code: 'sale_stopped' }]);
  expect(await problemOf('right')).toBeNull();
  expect(await shop.pay(orderId)).toBe('applied');
});

test('an operator sees why, opens the sale with a reason, and only a new finding stops it again', async () => {
  const edge = await identityEdge(database.db, () => checkRoutes({ db: database.db }));
  const operator = await staffBrowser(edge, 'operator');
  await steal(2);
  await runChecker();
  const seen = accepted(await operator.call(opsChecks, {}));
  expect(seen.stops).toMatchObject([
    {
      skuId: 'wrong',
      reasons: [{ invariant: 'level-is-its-moves', detail: 'beyond the moves: on hand -2, reserved 0, sold 0' }],
    },
  ]);
  expect(seen.lastRun?.asked).toBe(INVARIANTS.filter(({ when }) => when === 'always').length);

  expect(outcomeOf(await operator.call(opsOpenSale, { skuId: 'wrong', reason: ' ' }))).toBe('invalid_input');
  const opened = accepted(await operator.call(opsOpenSale, { skuId: 'wrong', reason: '已盘点' }));
  expect(opened.stops).toEqual([]);
  expect(outcomeOf(await operator.call(opsOpenSale, { skuId: 'wrong', reason: '已盘点' }))).toBe('not_stopped');
  expect(await database.db.query(`select target, detail from audit where action = 'ops.openSale'`)).toMatchObject([
    { target: 'wrong', detail: { reason: '已盘点', opened: [{ invariant: 'level-is-its-moves' }] } },
  ]);

  await runChecker();
  expect(await problemOf('wrong')).toBeNull();
  await steal(1);
  await runChecker();
  expect(await problemOf('wrong')).toEqual([{ skuId: 'wrong', code: 'sale_stopped' }]);
  await edge.app.close();
});

test('of two workers one asks, and a minute passes before the next run', async () => {
  const runs = await Promise.all(
    [1, 2].map(async () => {
      const metrics = openMetrics();
      const loop = startChecker({ db: database.db, metrics, log: openLog('silent') });
      await loop.stop();
      return metrics.registry.getSingleMetricAsString('festa_invariant_run_seconds');
    }),
  );
  expect(runs.filter((text) => !text.endsWith('festa_invariant_run_seconds 0'))).toHaveLength(1);
});

test('a violation that names no SKU is told and stops nothing', async () => {
  const { orderId } = await shop.order('bob', 'right');
  await database.db.query(`update orders set freight_fen = freight_fen + 1 where id = $1`, [orderId]);
  expect(await runChecker()).toContain('festa_invariant_violations{invariant="totals-are-sums"} 1');
  expect(await database.db.query('select 1 from sale_stop')).toEqual([]);
});
