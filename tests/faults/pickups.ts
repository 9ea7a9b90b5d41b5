import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import {
  counterHandOver,
  counterHome,
  counterLease,
  counterReady,
  counterReconcile,
  counterScan,
} from '../../lib/contracts/counter.ts';
import { type CodeRow, pickupCodes } from '../../server/pickup/codes.ts';
import type { Database } from '../../server/platform/database.ts';
import { randomOf } from '../crowd/random.ts';
import { putOnSale } from '../support/goods.ts';
import { buyPickup, LAST_FOUR, post } from '../support/pickups.ts';
import { openShop } from '../support/shop.ts';
import { putStore, putUnits } from '../support/stores.ts';
import { type CheckResult, checkBooks } from './checks.ts';
import { type Cluster, SECRET } from './cluster.ts';
import { History } from './history.ts';
import { type Injected, injectFaults, killsOf, nothingInjected } from './injectors.ts';
import type { Phone } from './phone.ts';

/*
 * P6: orders that two counters hand over at the same moment, and a counter without network that sends its list later,
 * while edges, worker and database are killed and replies are lost. Clerks send again with the same key what nobody
 * answered. Then what they were told is held against the database.
 */

const SKU = 'pickup-faults';
/** Orders that one counter has under way. */
const DRIVERS = 4;
/** Orders that are bought at the same time, before anything breaks. */
const BUYERS = 8;
const QUIET_MS_MAX = 60_000;

/** Clerks: two at the first store, two at the second, of which one loses its network. */
export const PICKUP_CLERKS = 4;

export type PickupsResult = {
  readonly seed: number;
  readonly orders: number;
  readonly doubts: number;
  readonly conflicts: number;
  readonly seconds: number;
  readonly injected: Injected;
  readonly checks: readonly CheckResult[];
};

type Order = { readonly id: string; digits: string };

/** What clerks were told. */
class Told {
  /** Keys under which an order was said to be handed over. */
  readonly handed = new Map<string, Set<string>>();
  readonly wrong: string[] = [];
  readonly history = new History(null);
  doubts = 0;
  conflicts = 0;

  readonly onDoubt = () => {
    this.doubts += 1;
  };

  hand(orderId: string, key: string): void {
    this.handed.set(orderId, (this.handed.get(orderId) ?? new Set()).add(key));
  }
}

async function inTurn<T>(items: readonly T[], drivers: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const drive = async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: drivers }, drive));
}

/** Paid orders of one store, by the shop's own services. */
async function buy(db: Database, storeId: string, count: number): Promise<Order[]> {
  const shop = await openShop(db);
  const orders: Order[] = [];
  await inTurn(
    Array.from({ length: count }, (_, n) => n),
    BUYERS,
    async (n) => {
      const id = await buyPickup(shop, `pickup-${randomUUID()}-${n}`, storeId, [{ skuId: SKU, quantity: 1 }]);
      orders.push({ id, digits: '' });
    },
  );
  return orders;
}

/** Somebody who was signed in as a shopper stands at a counter from now on. */
async function makeClerk(db: Database, phone: Phone, storeId: string): Promise<void> {
  await db.query(`update person set role = 'clerk' where id = $1`, [phone.shopperId]);
  await post(db, phone.shopperId, storeId);
}

/** An edge remembers for some seconds who somebody was; both must have heard that these are clerks now. */
async function untilKnown(told: Told, clerk: Phone): Promise<void> {
  const until = performance.now() + QUIET_MS_MAX;
  // Each next request takes the other edge.
  for (let known = 0; known < 2; ) {
    const answer = await clerk.ask(counterHome, {}, told.history);
    known = answer.ok ? known + 1 : 0;
    if (performance.now() > until) throw new Error('An edge does not hear that somebody is a clerk');
    if (known === 0) await pause(100);
  }
}

async function putAside(db: Database, told: Told, clerk: Phone, orders: readonly Order[]): Promise<void> {
  await inTurn(orders, DRIVERS, async ({ id }) => {
    const answer = await clerk.ask(counterReady, { orderId: id }, told.history, told);
    if (!answer.ok) told.wrong.push(`ready ${id}: ${answer.refusal.code}`);
  });
  const codes = pickupCodes(SECRET);
  const rows = await db.query<CodeRow>('select * from pickup_code where order_id = any ($1::text[])', [
    orders.map(({ id }) => id),
  ]);
  const digits = new Map(rows.map((row) => [row.order_id, codes.open(row).digits]));
  for (const order of orders) order.digits = digits.get(order.id) ?? '';
}

/** One counter scans an order and hands it over; answers what it came to. */
async function hand(told: Told, clerk: Phone, { id, digits }: Order): Promise<string> {
  const scanned = await clerk.ask(counterScan, { text: digits, lastFour: LAST_FOUR }, told.history, told);
  if (!scanned.ok) return scanned.refusal.code;
  const key = randomUUID();
  const { ticket } = scanned.value;
  const handed = await clerk.ask(counterHandOver, { key, ticket }, told.history, told);
  if (!handed.ok) return handed.refusal.code;
  told.hand(id, key);
  return 'ok';
}

/** Both counters of a store want every order. */
async function rush(told: Told, counters: readonly [Phone, Phone], orders: readonly Order[]): Promise<void> {
  await inTurn(orders, DRIVERS, async (order) => {
    const answers = await Promise.all(counters.map((clerk) => hand(told, clerk, order)));
    if (answers.toSorted().join() !== 'already_handed,ok') told.wrong.push(`${order.id}: ${answers.join(', ')}`);
  });
}

type Lease = ValueOf<typeof counterLease>['lease'];

/**
 * The counter that has lost its network hands over from its list, in two halves that are heard later: while it has its
 * lease others must wait; then they may come first, and it is told what it lost.
 */
async function offline(
  told: Told,
  [away, beside]: readonly [Phone, Phone],
  deviceId: string,
  lease: Lease,
  orders: readonly Order[],
): Promise<void> {
  const at = lease.until - 20 * 60_000;
  const given = orders.map(({ id, digits }) => ({ key: randomUUID(), orderId: id, at, digits, lastFour: LAST_FOUR }));
  const half = Math.floor(given.length / 2);
  const send = async (handovers: typeof given) => {
    const answer = await away.ask(counterReconcile, { leaseId: lease.id, deviceId, handovers }, told.history, told);
    if (!answer.ok) return void told.wrong.push(`reconcile: ${answer.refusal.code}`);
    for (const { key, orderId, outcome, reason } of answer.value.results) {
      if (outcome === 'handed') told.hand(orderId, key);
      else if (reason === 'already_handed') told.conflicts += 1;
      else told.wrong.push(`${orderId}: ${reason}`);
    }
  };
  await inTurn(orders, DRIVERS, async (order) => {
    const answer = await hand(told, beside, order);
    if (answer !== 'held_by_counter') told.wrong.push(`${order.id} is held, but: ${answer}`);
  });
  await send(given.slice(0, half));
  const rest = orders.slice(half);
  await Promise.all([
    send(given.slice(half)),
    inTurn(rest, DRIVERS, async (order) => {
      const answer = await hand(told, beside, order);
      if (answer !== 'ok' && answer !== 'already_handed') told.wrong.push(`${order.id}: ${answer}`);
    }),
  ]);
  // Sent once more as a device does that was not answered: nothing is new.
  await send(given);
}

async function check(db: Database, told: Told, orders: readonly Order[]): Promise<CheckResult[]> {
  const rows = await db.query<{ order_id: string; id: string; state: string }>(
    `select h.order_id, h.id, p.state from pickup_handover h join pickup p on p.order_id = h.order_id
     where h.order_id = any ($1::text[]) and h.undone_at is null`,
    [orders.map(({ id }) => id)],
  );
  const found = new Map<string, string[]>();
  for (const { order_id, id } of rows) found.set(order_id, [...(found.get(order_id) ?? []), id]);
  const [double, lost, open]: string[][] = [[], [], []];
  for (const { id } of orders) {
    const there = found.get(id) ?? [];
    const said = [...(told.handed.get(id) ?? [])];
    if (there.length > 1 || said.length > 1) double?.push(`${id}: ${there.length} there, ${said.length} told`);
    for (const key of said) if (!there.includes(key)) lost?.push(`${id}: ${key} was told and is not there`);
    if (there.length === 0 || said.length === 0) open?.push(`${id}: ${there.length} there, ${said.length} told`);
  }
  for (const { order_id, state } of rows) if (state !== 'handed_over') open?.push(`${order_id} is ${state}`);
  return [
    { name: 'nothing is handed over twice', found: double ?? [] },
    { name: 'no handing over that was told is lost', found: lost ?? [] },
    { name: 'every order was handed over', found: open ?? [] },
    { name: 'every answer at the counters was the right one', found: told.wrong },
    { name: 'no fault of our own was answered', found: told.history.faults },
  ];
}

async function quiet(db: Database): Promise<void> {
  const until = performance.now() + QUIET_MS_MAX;
  for (;;) {
    const [row] = await db.query<{ n: number }>('select count(*) as n from outbox where sent_at is null');
    if (row?.n === 0 || performance.now() > until) return;
    await pause(200);
  }
}

/** `count` orders at two stores, handed over under fire; then quiet, then the books. */
export async function runPickups(options: {
  cluster: Cluster;
  seed: number;
  /** Signed in; the first `PICKUP_CLERKS` are clerks from now on. */
  phones: readonly Phone[];
  count: number;
  meanMs: number;
}): Promise<PickupsResult> {
  const { cluster, seed, phones, count, meanMs } = options;
  const { db } = cluster;
  const startedAt = performance.now();
  const random = randomOf(seed);
  const told = new Told();
  const [left, right, away, beside] = phones as [Phone, Phone, Phone, Phone];
  await putOnSale(db, { id: SKU, onHand: 0 });
  const stores: string[] = [];
  for (const name of ['online', 'offline']) {
    const storeId = await putStore(db, `${name}-${seed}`);
    await putUnits(db, storeId, SKU, count);
    stores.push(storeId);
  }
  const [near = '', far = ''] = stores;
  for (const clerk of [left, right]) await makeClerk(db, clerk, near);
  for (const clerk of [away, beside]) await makeClerk(db, clerk, far);
  const online = await buy(db, near, Math.ceil(count / 2));
  const listed = await buy(db, far, Math.floor(count / 2));
  await Promise.all([left, right, away, beside].map((clerk) => untilKnown(told, clerk)));
  for (const proxy of cluster.proxies) proxy.setFaulty(true);
  const injected = nothingInjected();
  let isOver = false;
  const injecting = injectFaults({ cluster, random, meanMs, injected, isOver: () => isOver });
  try {
    await Promise.all([putAside(db, told, left, online), putAside(db, told, away, listed)]);
    const deviceId = randomUUID();
    const leased = await away.ask(counterLease, { deviceId }, told.history, told);
    if (!leased.ok) throw new Error(`The counter gets no list: ${leased.refusal.code}`);
    const { lease } = leased.value;
    const isListed = new Set(lease.orders.map(({ orderId }) => orderId));
    const own = listed.filter(({ id }) => isListed.has(id));
    // What somebody else held at that moment is not on the list, and handed over as ever.
    const unlisted = listed.filter(({ id }) => !isListed.has(id));
    await Promise.all([
      rush(told, [left, right], online),
      offline(told, [away, beside], deviceId, lease, own),
      inTurn(unlisted, 1, async (order) => void (await hand(told, beside, order))),
    ]);
  } finally {
    isOver = true;
    await injecting;
  }
  for (const proxy of cluster.proxies) proxy.setFaulty(false);
  await cluster.ensurePostgres();
  await cluster.allUp();
  await quiet(db);
  const checks = [...(await check(db, told, [...online, ...listed])), ...(await checkBooks(db))];
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seed, orders: count, doubts: told.doubts, conflicts: told.conflicts, seconds, injected, checks };
}

/** One line about a run, for people. */
export function describePickups(result: PickupsResult): string {
  const { seed, orders, doubts, conflicts, seconds, injected, checks } = result;
  const broken = checks.filter(({ found }) => found.length > 0).length;
  return [
    `${broken === 0 ? '✓' : '✗'} seed ${seed}: ${orders} orders handed over in ${seconds.toFixed(0)} s; `,
    `${killsOf(injected)} kills (edge ${injected.edge}, worker ${injected.worker}, Postgres ${injected.postgres}), `,
    `${injected.restart} restarts, ${injected.freeze} freezes, ${injected.clock} clock jumps; ${doubts} sendings without an `,
    `answer, ${conflicts} offline handovers that others came before; ${checks.length - broken} of ${checks.length} checks kept`,
  ].join('');
}
