import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpReservations, StoreSystemSilent } from '../../server/inventory/reservation-port.http.ts';
import { postgresReservations } from '../../server/inventory/reservation-port.postgres.ts';
import type { Branch, ReservationPort } from '../../server/inventory/reservation-port.ts';
import { storeSystem, storeSystemDocument } from '../../server/inventory/store-system.ts';
import { waitlistService } from '../../server/inventory/waitlist-service.ts';
import type { Database } from '../../server/platform/database.ts';
import { atOnce, CONTESTS, contests } from '../support/contest.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop } from '../support/shop.ts';
import { openStoreSystem, type StoreWhim } from '../support/store-system.ts';

type Level = { onHand: number; reserved: number; sold: number };

/** One adapter with what the suite must see and do behind its back. */
type Store = {
  readonly port: ReservationPort;
  /** A second client of the same stock. */
  readonly other: ReservationPort;
  put(skuId: string, units: number): Promise<void>;
  level(skuId: string): Promise<Level>;
  /** Lets the time of a hold run out, as the clock would. */
  runOut(ownerId: string): Promise<void>;
  close(): Promise<string[]>;
};

/** Owners of the port itself are no orders, so what is sold here belongs to none; everything else must balance. */
const ORDERS_ONLY = /sold-is-owned-lines|confirmed-is-paid/;

let db: Database;

async function ownStock(): Promise<Store> {
  const database = await testDatabase();
  db = database.db;
  return {
    port: postgresReservations(db),
    other: postgresReservations(db),
    put: (id, onHand) => putOnSale(db, { id, onHand }),
    async level(skuId) {
      const [row] = await db.query<Level>(
        'select on_hand as "onHand", reserved, sold from stock_level where sku_id = $1',
        [skuId],
      );
      return row as Level;
    },
    async runOut(ownerId) {
      await db.query(`update reservation set expires_at = now() - interval '1 ms' where order_id = $1`, [ownerId]);
    },
    async close() {
      const broken = (await violations(db)).filter((one) => !ORDERS_ONLY.test(one));
      await database.drop();
      return broken;
    },
  };
}

const STORE_SECRET = 'shared with the store';
const account = (origin: string) => ({ origin, secret: STORE_SECRET, timeoutMs: 5_000, triesMax: 6, backoffMs: 2 });

/** A store's own system over HTTP; every command meets what `whims` say, in turn, until it goes well. */
async function storeStock(whims: readonly (StoreWhim | null)[] = [null]): Promise<Store> {
  const system = await openStoreSystem(
    STORE_SECRET,
    ({ command, tried }) => whims[(command + tried) % whims.length] ?? null,
  );
  const level = (skuId: string) => system.books.levels.get(`${skuId}|central`);
  return {
    port: httpReservations(account(system.origin)),
    other: httpReservations(account(system.origin)),
    async put(skuId, units) {
      system.put(skuId, 'central', units);
    },
    level: async (skuId) => ({ ...(level(skuId) as Level) }),
    async runOut(ownerId) {
      const hold = system.books.holds.get(ownerId);
      if (hold) hold.endsAt = 0;
    },
    async close() {
      await system.close();
      return system.books.faults();
    },
  };
}

const MISBEHAVING = [
  ['loses answers', ['lose_answer', null, null]],
  ['loses what is asked', ['lose_request', 'lose_request', null]],
  ['does everything twice', ['twice', 'twice_at_once']],
  ['hears some calls when they were made again', ['too_late', null, null, null]],
  ['is out of order, talks nonsense, stops in mid-sentence', ['broken', 'nonsense', 'half_an_answer', null]],
] as const;

/** Every adapter of the port passes this suite. */
describe.each([
  ['our own Postgres', ownStock],
  ['a store’s system over HTTP', () => storeStock()],
  ...MISBEHAVING.map(([how, whims]) => [`a store’s system that ${how}`, () => storeStock(whims)] as const),
] as const)('reservations of %s', (_, open) => {
  let store: Store;
  const branch = (skuId: string, quantity = 1): Branch => ({ skuId, locationId: 'central', quantity });
  const hold = (ownerId: string, ...branches: Branch[]) => ({ ownerId, shopperId: 'ann', branches, holdMs: 60_000 });

  beforeEach(async () => {
    store = await open();
  });
  afterEach(async () => {
    expect(await store.close()).toEqual([]);
  });

  test('a try holds all branches or none, and says what is short', async () => {
    await store.put('a', 2);
    await store.put('b', 1);
    expect(await store.port.try(hold('o1', branch('b', 2), branch('a', 2)))).toEqual({
      kind: 'sold_out',
      short: [{ ...branch('b', 2), left: 1 }],
    });
    expect(await store.level('a')).toEqual({ onHand: 2, reserved: 0, sold: 0 });
    expect(await store.port.try(hold('o2', branch('nothing')))).toEqual({ kind: 'unknown_sku', skuIds: ['nothing'] });
    expect(await store.port.try(hold('o3', branch('b'), branch('a', 2)))).toMatchObject({ kind: 'held' });
    expect([await store.level('a'), await store.level('b')]).toEqual([
      { onHand: 2, reserved: 2, sold: 0 },
      { onHand: 1, reserved: 1, sold: 0 },
    ]);
  });

  test('a repeated try is the same hold; another wish under the same owner is refused', async () => {
    await store.put('a', 5);
    const first = await store.port.try(hold('o', branch('a', 2)));
    const again = await store.other.try(hold('o', branch('a', 2)));
    expect([first, again]).toMatchObject([
      { kind: 'held', isReplay: false },
      { kind: 'held', isReplay: true },
    ]);
    expect(first.kind === 'held' && again.kind === 'held' && first.endsAt === again.endsAt).toBe(true);
    expect(await store.port.try(hold('o', branch('a', 3)))).toEqual({ kind: 'owner_reused' });
    expect(await store.level('a')).toMatchObject({ reserved: 2 });
  });

  test('confirm and cancel may be repeated; whichever came first stays', async () => {
    await store.put('a', 2);
    await store.port.try(hold('sold', branch('a')));
    await store.port.try(hold('gone', branch('a')));
    expect([await store.port.confirm('sold'), await store.other.confirm('sold')]).toEqual(['confirmed', 'confirmed']);
    expect(await store.port.cancel('sold', [branch('a')])).toBe('confirmed');
    expect([await store.port.cancel('gone', [branch('a')]), await store.port.cancel('gone', [branch('a')])]).toEqual([
      'cancelled',
      'cancelled',
    ]);
    expect(await store.port.confirm('gone')).toBe('cancelled');
    expect(await store.level('a')).toEqual({ onHand: 1, reserved: 0, sold: 1 });
  });

  test('a confirm without a try sells nothing', async () => {
    await store.put('a', 1);
    expect(await store.port.confirm('nobody')).toBe('unknown');
    expect(await store.level('a')).toEqual({ onHand: 1, reserved: 0, sold: 0 });
  });

  test('[R-59] a cancel that comes before its try leaves a fence: the late try is refused and nothing is held', async () => {
    await store.put('a', 1);
    expect(await store.port.cancel('late', [branch('a')])).toBe('cancelled');
    expect(await store.port.cancel('late', [branch('a')])).toBe('cancelled');
    expect(await store.port.try(hold('late', branch('a')))).toEqual({ kind: 'over', state: 'cancelled' });
    expect(await store.port.confirm('late')).toBe('cancelled');
    expect(await store.level('a')).toEqual({ onHand: 1, reserved: 0, sold: 0 });
    expect(await store.port.try(hold('next', branch('a')))).toMatchObject({ kind: 'held' });
  });

  test('a confirm after the deadline wins until the hold has been released, and loses from then on', async () => {
    await store.put('a', 2);
    await store.port.try(hold('quick', branch('a')));
    await store.port.try(hold('slow', branch('a')));
    await store.runOut('quick');
    expect(await store.port.confirm('quick')).toBe('confirmed');
    await store.runOut('slow');
    expect(await store.port.expireDue(10)).toBe(1);
    expect(await store.other.expireDue(10)).toBe(0);
    expect(await store.port.confirm('slow')).toBe('expired');
    expect(await store.port.cancel('slow', [branch('a')])).toBe('expired');
    expect(await store.port.try(hold('slow', branch('a')))).toEqual({ kind: 'over', state: 'expired' });
    expect(await store.level('a')).toEqual({ onHand: 1, reserved: 0, sold: 1 });
  });

  test('[R-59] try, confirm and cancel of one owner at once, in free contests: the answers agree with the stock', async () => {
    await store.put('a', CONTESTS);
    await contests(async (round) => {
      const before = await store.level('a');
      const ownerId = `o${round}`;
      if (round % 2 === 0) await store.port.try(hold(ownerId, branch('a')));
      const [[tried, confirmed], cancelled] = await atOnce(
        Math.floor(round / 2),
        () => Promise.all([store.other.try(hold(ownerId, branch('a'))), store.port.confirm(ownerId)]),
        () => store.other.cancel(ownerId, [branch('a')]),
      );
      const isSold = confirmed === 'confirmed';
      expect(cancelled).toBe(isSold ? 'confirmed' : 'cancelled');
      if (tried.kind === 'over') expect(tried.state).toBe(cancelled);
      else expect(tried.kind).toBe('held');
      // Whatever came last, a repeat says what is so.
      expect(await store.port.confirm(ownerId)).toBe(isSold ? 'confirmed' : 'cancelled');
      const sold = isSold ? 1 : 0;
      expect(await store.level('a')).toEqual({
        onHand: before.onHand - sold,
        reserved: 0,
        sold: before.sold + sold,
      });
      return isSold ? 'sold' : 'let go';
    });
  });

  test('[R-09] 60 owners on two clients try for 7 units: exactly 7 are held', async () => {
    await store.put('a', 7);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_n, i) => (i % 2 ? store.port : store.other).try(hold(`o${i}`, branch('a')))),
    );
    expect(answers.filter((answer) => answer.kind === 'held')).toHaveLength(7);
    expect(await store.level('a')).toEqual({ onHand: 7, reserved: 7, sold: 0 });
  });
});

describe('a store’s system over HTTP', () => {
  const branches = [{ skuId: 'a', locationId: 's-1', quantity: 1 }];
  const hold = { ownerId: 'o', shopperId: 'ann', branches, holdMs: 60_000 };

  test('an answer that is lost is asked for again by its key: it happened once, and the answer is the first one', async () => {
    const system = await openStoreSystem(STORE_SECRET, ({ tried }) => (tried < 2 ? 'lose_answer' : null));
    system.put('a', 's-1', 5);
    const port = httpReservations(account(system.origin));
    expect(await port.try(hold)).toMatchObject({ kind: 'held', isReplay: false });
    expect(system.counts).toMatchObject({ calls: 3, replays: 2 });
    expect(system.books.levels.get('a|s-1')).toEqual({ onHand: 5, reserved: 1, sold: 0 });
    await system.close();
  });

  test('a system that stays silent is a fault that says nothing; asked once more, the call has happened once', async () => {
    let isSilent = true;
    const system = await openStoreSystem(STORE_SECRET, () => (isSilent ? 'lose_answer' : null));
    system.put('a', 's-1', 5);
    const port = httpReservations(account(system.origin));
    await expect(port.try(hold)).rejects.toThrow(StoreSystemSilent);
    isSilent = false;
    expect(await port.try(hold)).toMatchObject({ kind: 'held', isReplay: true });
    expect(await port.confirm('o')).toBe('confirmed');
    expect(system.books.levels.get('a|s-1')).toEqual({ onHand: 4, reserved: 0, sold: 1 });
    await system.close();
  });

  test('[R-59] a cancel overtakes a try that is under way: the fence refuses it when it arrives', async () => {
    const system = await openStoreSystem(STORE_SECRET, ({ command }) => (command === 0 ? 'lose_request' : null));
    system.put('a', 's-1', 5);
    const impatient = httpReservations({ ...account(system.origin), triesMax: 1 });
    await expect(impatient.try(hold)).rejects.toThrow(StoreSystemSilent);
    const port = httpReservations(account(system.origin));
    expect(await port.cancel('o', branches)).toBe('cancelled');
    expect(await port.try(hold)).toEqual({ kind: 'over', state: 'cancelled' });
    expect(system.books.levels.get('a|s-1')).toEqual({ onHand: 5, reserved: 0, sold: 0 });
    await system.close();
  });

  test('a caller with another secret is refused, and changes nothing', async () => {
    const system = await openStoreSystem(STORE_SECRET);
    system.put('a', 's-1', 5);
    const forger = httpReservations({ ...account(system.origin), secret: 'a guess', triesMax: 1 });
    await expect(forger.try(hold)).rejects.toThrow(StoreSystemSilent);
    expect([system.counts.refused, system.books.holds.size]).toEqual([1, 0]);
    await system.close();
  });

  test('the document that is handed to the other side is the one that the adapter keeps to', () => {
    const kept = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/store-system.openapi.json'), 'utf8'));
    expect(kept).toEqual(JSON.parse(JSON.stringify(storeSystemDocument())));
    expect(Object.keys(kept.paths)).toEqual(Object.values(storeSystem).map(({ path }) => path));
  });
});

describe('orders, waitlist and port are one truth', () => {
  let store: Store;
  beforeEach(async () => {
    store = await ownStock();
  });
  afterEach(async () => {
    expect(await store.close()).toEqual([]);
  });

  test('what an order holds is a hold of the port: the same try is its replay, and stock that it took is short', async () => {
    await store.put('a', 1);
    const shop = await openShop(db);
    const { orderId } = await shop.order('ann', 'a');
    const branches = [{ skuId: 'a', locationId: 'central', quantity: 1 }];
    expect(await store.port.try({ ownerId: orderId, shopperId: 'ann', branches, holdMs: 1 })).toMatchObject({
      kind: 'held',
      isReplay: true,
    });
    expect(await store.port.try({ ownerId: 'bob', shopperId: 'bob', branches, holdMs: 1 })).toMatchObject({
      kind: 'sold_out',
    });
    await db.query(`update reservation set expires_at = now() - interval '1 hour'`);
    // An order answers for its own holds: they end when its payment has been closed.
    expect(await store.port.expireDue(10)).toBe(0);
    await shop.pay(orderId);
    expect(await store.port.confirm(orderId)).toBe('confirmed');
  });

  test('a hold of the port keeps units from orders, and what it lets go goes to who waits', async () => {
    await store.put('a', 1);
    const shop = await openShop(db);
    const list = waitlistService({ db });
    const branches = [{ skuId: 'a', locationId: 'central', quantity: 1 }];
    await store.port.try({ ownerId: 'basket', shopperId: 'bob', branches, holdMs: 60_000 });
    expect((await shop.buy('ann', 'a')).ok).toBe(false);
    await list.join({ shopperId: 'ann', key: randomUUID(), skuId: 'a', quantity: 1 });
    await store.port.cancel('basket', branches);
    expect(await list.list('ann', 'a')).toMatchObject({ value: { entries: [{ state: 'offered' }] } });
    expect(await store.port.try({ ownerId: 'next', shopperId: 'eve', branches, holdMs: 1 })).toMatchObject({
      kind: 'sold_out',
    });
    await shop.order('ann', 'a');
  });
});
