import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { adjustStock } from '../../server/ops/stock.ts';
import type { Database } from '../../server/platform/database.ts';
import { randomOf } from '../crowd/random.ts';
import { HOUR, putOnSale } from '../support/goods.ts';
import { type CheckResult, checkBooks, checkGoods, checkHistory } from './checks.ts';
import type { Cluster } from './cluster.ts';
import { History } from './history.ts';
import { ageOrders, type Injected, injectFaults, killsOf, nothingInjected } from './injectors.ts';
import { NoAnswer } from './line.ts';
import { Phone } from './phone.ts';
import { FaultShopper } from './shopper.ts';

export type RoundOptions = {
  readonly cluster: Cluster;
  readonly seed: number;
  readonly phones: readonly Phone[];
  readonly units: number;
  /** Ends the load, whichever comes first. */
  readonly attemptsMax: number;
  readonly killsMax: number;
  readonly endsAt: number;
  /** Mean ms between two blows. */
  readonly meanMs: number;
  readonly historyFile: string | null;
};

export type RoundResult = {
  readonly seed: number;
  readonly attempts: number;
  readonly accepted: number;
  readonly inDoubt: number;
  readonly inDoubtCommitted: number;
  /** Pictures of the shelf that were looked at. */
  readonly frames: number;
  readonly injected: Injected;
  readonly refusals: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly checks: readonly CheckResult[];
};

/** Three tiers; fewer places than phones, because a person gets one. */
const TIERS = [
  { upTo: 20, priceFen: 4_000 },
  { upTo: 40, priceFen: 5_000 },
  { upTo: 60, priceFen: 6_000 },
];
const PLACES = 60;
const QUIET_MS_MAX = 120_000;
const LEFT_MAX = 400;
/** Nothing of a round is bought before its time; the other half of P19. */
const OPENS_IN_MS = 30 * 60_000;

/** Reads a shelf again and again: within an epoch its version never goes back, whatever happens to the line. */
async function watchShelf(phone: Phone, skuId: string, history: History, isOver: () => boolean): Promise<void> {
  const seen = new Map<string, number>();
  while (!isOver()) {
    try {
      const frame = await phone.shelf(`shelf-${skuId}`);
      if (!frame) throw new NoAnswer('the shelf is not known yet');
      const { epoch, version } = frame;
      const before = seen.get(epoch) ?? 0;
      if (version < before) history.regressions.push(`shelf ${epoch}: ${version} after ${before}`);
      seen.set(epoch, version);
      history.frames += 1;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
    await pause(100);
  }
}

/** Waits until nothing is under way: notices and messages are gone and, when `ends`, all unpaid orders have lapsed. */
export async function settle(cluster: Cluster, random: () => number, ends: boolean): Promise<void> {
  const until = performance.now() + QUIET_MS_MAX;
  for (;;) {
    if (ends) await ageOrders({ cluster, random, share: 1.1 });
    // The gateway's own waits between tries grow to minutes while nobody listens; they are over too.
    await cluster.db.query(
      'update sandbox_notice set next_try_at = now() where delivered_at is null and next_try_at > now()',
    );
    const [row] = await cluster.db.query<{ n: number }>(
      `select (select count(*) from orders where state in ('closing', 'refunding') or ($1 and state = 'pending_pay'))
            + (select count(*) from payment_notice where settled_at is null) + (select count(*) from refund where state = 'requested')
            + (select count(*) from sandbox_notice where delivered_at is null) + (select count(*) from outbox where sent_at is null) as n`,
      [ends],
    );
    if (row?.n === 0) return;
    if (performance.now() > until) return; // what hangs is named by the invariants
    await pause(200);
  }
}

/** An operator takes most of what is left away, so that selling out takes seconds. Answers how many units are ours still. */
async function takeAway(db: Database, skuId: string, units: number): Promise<number> {
  const [level] = await db.query<{ available: number }>(
    'select on_hand - reserved as available from stock_level where sku_id = $1',
    [skuId],
  );
  const delta = LEFT_MAX - (level?.available ?? 0);
  if (delta >= 0) return units;
  const adjusted = await adjustStock(
    db,
    { key: randomUUID(), skuId, delta, reason: 'end of the run' },
    'operator:faults',
  );
  if (!adjusted.ok) throw new Error(JSON.stringify(adjusted.refusal));
  return units + delta;
}

/** What is left is bought one by one: units that nobody can buy are stranded. */
async function sellOut(shoppers: readonly FaultShopper[]): Promise<void> {
  let isSelling = true;
  while (isSelling) {
    const bought = await Promise.all(shoppers.map((one) => one.attempt(1, false)));
    // Twice nothing: the first refusals may have been about a price that changed.
    isSelling = bought.some(Boolean) || (await Promise.all(shoppers.map((one) => one.attempt(1, false)))).some(Boolean);
  }
}

/** One sale under fire, then quiet, then the last units; answers with what contradicts the promises. */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const { cluster, seed, phones, units } = options;
  const startedAt = performance.now();
  const random = randomOf(seed);
  const history = new History(options.historyFile);
  const skuId = `f${seed}`;
  await putOnSale(cluster.db, {
    id: skuId,
    onHand: units,
    session: {
      id: `ses-${skuId}`,
      startsInMs: -HOUR,
      endsInMs: HOUR,
      priceFen: 8_000,
      limitPerPerson: 99,
      tiers: TIERS,
    },
  });
  const early = `${skuId}-early`;
  await putOnSale(cluster.db, {
    id: early,
    session: { id: `ses-${early}`, startsInMs: OPENS_IN_MS, endsInMs: HOUR, priceFen: 8_000 },
  });
  const shoppers = phones.map(
    (phone, index) => new FaultShopper(phone, skuId, randomOf(seed * 7_919 + index), history),
  );
  const eager = new FaultShopper(phones[0] as Phone, early, randomOf(seed + 1), history);
  const injected = nothingInjected();
  let isOver = false;
  let attempts = 0;
  let earlySales = 0;
  await Promise.all([eager, ...shoppers].map((one) => one.arrive()));
  for (const proxy of cluster.proxies) proxy.setFaulty(true);

  const mayGoOn = () =>
    !isOver && attempts < options.attemptsMax && Date.now() < options.endsAt && killsOf(injected) < options.killsMax;
  const buying = shoppers.map(async (shopper, index) => {
    const own = randomOf(seed * 104_729 + index);
    while (mayGoOn()) {
      attempts += 1;
      await shopper.attempt(1 + Math.floor(own() * 3));
    }
  });
  const over = () => isOver;
  const ports = cluster.proxies.map(({ port }) => port);
  const watchers = [0, 1].map((n) => new Phone(10_000 + n, ports, phones[0]?.loadIdentity ?? ''));
  const rest = [
    injectFaults({ cluster, random, meanMs: options.meanMs, injected, isOver: () => !mayGoOn() }),
    ...watchers.map((watcher) => watchShelf(watcher, skuId, history, over)),
    (async () => {
      while (!isOver) {
        await pause(700 + random() * 600);
        // The database may be away just now; time passes another time.
        await ageOrders({ cluster, random, share: 0.3 }).catch(() => {});
        if (await eager.attempt(1, false)) earlySales += 1;
      }
    })(),
  ];
  try {
    await Promise.all(buying);
  } finally {
    isOver = true;
    await Promise.allSettled(rest);
  }
  for (const watcher of watchers) watcher.close();
  for (const proxy of cluster.proxies) proxy.setFaulty(false);
  await cluster.ensurePostgres();
  await cluster.allUp();
  await settle(cluster, random, true);
  const unitsKept = await takeAway(cluster.db, skuId, units);
  await sellOut(shoppers);
  await settle(cluster, random, false);

  const { db } = cluster;
  const checks = [
    ...(await checkHistory(db, history)),
    ...(await checkGoods(db, skuId, unitsKept, PLACES)),
    { name: 'nothing is sold before its opening', found: earlySales === 0 ? [] : [`${earlySales} orders`] },
    ...(await checkBooks(db)),
  ];
  // The next round's people begin without unpaid orders.
  await settle(cluster, random, true);
  history.flush();
  return {
    seed,
    attempts: history.submitted.size,
    accepted: history.count((one) => one.final === 'ok'),
    inDoubt: history.count((one) => one.doubts > 0),
    inDoubtCommitted: history.count((one) => one.wasCommitted),
    frames: history.frames,
    injected,
    refusals: Object.fromEntries(history.refusals),
    seconds: (performance.now() - startedAt) / 1_000,
    checks,
  };
}
