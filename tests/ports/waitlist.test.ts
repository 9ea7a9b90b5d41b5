import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WaitlistService, waitlistService } from '../../server/inventory/waitlist-service.ts';
import { adjustStock } from '../../server/ops/stock.ts';
import type { Database } from '../../server/platform/database.ts';
import { HOUR, putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
/** Two shops and two lists on one database act as two edges. */
let otherShop: Shop;
let list: WaitlistService;
let otherList: WaitlistService;

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  otherShop = await openShop(db);
  list = waitlistService({ db });
  otherList = waitlistService({ db });
});

afterEach(async () => {
  // What is quiet for the waitlist may still be news in the outbox.
  const quiet = (await violations(db, { quiet: true })).filter((one) => one.startsWith('INV-08'));
  const broken = [...(await violations(db)), ...quiet];
  await drop();
  expect(broken).toEqual([]);
});

async function join(shopperId: string, skuId: string, quantity = 1, by = list) {
  const answer = await by.join({ shopperId, key: randomUUID(), skuId, quantity });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value.entry;
}

async function entryOf(shopperId: string) {
  const answer = await list.list(shopperId, null);
  if (!answer.ok || !answer.value.entries[0]) throw new Error(`no entry of ${shopperId}`);
  return answer.value.entries[0];
}

const statesOf = async (...shopperIds: string[]) =>
  Promise.all(shopperIds.map(async (shopperId) => (await entryOf(shopperId)).state));

const level = async (skuId: string) =>
  (
    await db.query<{ on_hand: number; reserved: number; waiting: number; offered: number }>(
      'select on_hand, reserved, waiting, offered from stock_level where sku_id = $1',
      [skuId],
    )
  )[0];

/** Lets the time of an offer run out, as the clock would. */
const runOut = (entryId: string) =>
  db.query(`update waitlist_entry set offer_ends_at = now() - interval '1 ms' where id = $1`, [entryId]);

const cancel = async (shopperId: string, orderId: string) => {
  const answer = await shop.orders.cancel(shopperId, orderId);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
};

const adjust = (skuId: string, delta: number) =>
  adjustStock(db, { key: randomUUID(), skuId, delta, reason: '到货' }, 'operator:test');

/** Sold out by one order each of the holders; answers their orders. */
async function soldOut(skuId: string, holders: string[], quantity = 1) {
  await putOnSale(db, { id: skuId, onHand: holders.length * quantity });
  const orders = [];
  for (const holder of holders) orders.push((await shop.order(holder, skuId, quantity)).orderId);
  return orders;
}

test('whoever waits is told his place, which is true; a second join finds the first', async () => {
  await soldOut('a', ['holder']);
  expect(await join('p1', 'a')).toMatchObject({ state: 'waiting', position: 1, quantity: 1 });
  const second = await join('p2', 'a', 2);
  expect(second).toMatchObject({ position: 2, quantity: 2 });
  expect(await join('p2', 'a', 1)).toEqual(second);
  expect(await join('p3', 'a')).toMatchObject({ position: 3 });
  const [first] = await db.query<{ id: string }>(`select id from waitlist_entry where shopper_id = 'p1'`);
  await list.leave('p1', first?.id as string);
  expect([(await entryOf('p2')).position, (await entryOf('p3')).position]).toEqual([1, 2]);
});

test('what can be bought now is not waited for; limits and keys hold', async () => {
  await putOnSale(db, { id: 'free', onHand: 2 });
  await putOnSale(db, { id: 'a', onHand: 1, limitPerPerson: 2 });
  await shop.order('holder', 'a');
  const wish = (skuId: string, quantity: number, key = randomUUID()) =>
    list.join({ shopperId: 'p1', key, skuId, quantity });
  expect(await wish('free', 3)).toMatchObject({ refusal: { code: 'in_stock', available: 2 } });
  expect(await wish('a', 3)).toMatchObject({ refusal: { code: 'limit_reached', limit: 2, owned: 0 } });
  expect(await wish('nothing', 1)).toMatchObject({ refusal: { code: 'unknown_sku' } });
  const key = randomUUID();
  const first = await wish('a', 1, key);
  expect(await wish('a', 1, key)).toMatchObject({ value: { entry: { id: first.ok && first.value.entry.id } } });
  expect(await wish('a', 2, key)).toMatchObject({ refusal: { code: 'key_reused' } });
  expect(await list.leave('somebody else', first.ok ? first.value.entry.id : '')).toMatchObject({ ok: false });
});

test('the same wish from two edges at once is one entry', async () => {
  await soldOut('a', ['holder']);
  for (let round = 0; round < 10; round += 1) {
    const entries = await Promise.all([join(`p${round}`, 'a', 1, list), join(`p${round}`, 'a', 1, otherList)]);
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(1);
    expect(entries[0]?.position).toBe(round + 1);
  }
  expect(await level('a')).toMatchObject({ waiting: 10, offered: 0 });
});

test('units that come back are held for the first who waits, and only he can buy them', async () => {
  const [orderId] = await soldOut('a', ['holder']);
  await join('p1', 'a');
  await join('p2', 'a');
  await cancel('holder', orderId as string);
  expect(await level('a')).toEqual({ on_hand: 1, reserved: 1, waiting: 1, offered: 1 });
  const offer = await entryOf('p1');
  expect(offer).toMatchObject({ state: 'offered', offeredQuantity: 1, opensAt: null });
  expect((offer.offerEndsAt ?? 0) - Date.now()).toBeGreaterThan(4 * 60_000);
  for (const shopperId of ['new', 'p2']) {
    expect(await shop.buy(shopperId, 'a')).toMatchObject({ refusal: { code: 'nothing_to_quote' } });
  }
  const { orderId: bought } = await shop.order('p1', 'a');
  expect(await entryOf('p1')).toMatchObject({ state: 'taken', orderId: bought });
  expect(await level('a')).toEqual({ on_hand: 1, reserved: 1, waiting: 1, offered: 0 });
  expect(await shop.pay(bought)).toBe('applied');
});

test('an offer that is only partly used gives the rest to the next', async () => {
  const [orderId] = await soldOut('a', ['holder'], 3);
  await join('p1', 'a', 3);
  await join('p2', 'a', 2);
  await cancel('holder', orderId as string);
  expect(await entryOf('p1')).toMatchObject({ state: 'offered', offeredQuantity: 3 });
  await shop.order('p1', 'a', 1);
  expect(await entryOf('p2')).toMatchObject({ state: 'offered', offeredQuantity: 2 });
});

test('fewer units than wished for are offered rather than kept back', async () => {
  const [orderId] = await soldOut('a', ['holder', 'other']);
  await join('p1', 'a', 2);
  await join('p2', 'a', 1);
  await cancel('holder', orderId as string);
  expect(await entryOf('p1')).toMatchObject({ state: 'offered', quantity: 2, offeredQuantity: 1 });
  expect(await statesOf('p2')).toEqual(['waiting']);
});

test('[P14] a tier place that came back is offered with its unit at the tier price; without one the session’s price counts', async () => {
  await putOnSale(db, {
    id: 'half',
    onHand: 2,
    session: { ...running('s', 8_000), tiers: [{ upTo: 1, priceFen: 4_000 }] },
  });
  const half = await shop.order('h1', 'half');
  const full = await shop.order('h2', 'half');
  expect([half.rank, full.totalFen > half.totalFen]).toEqual([1, true]);
  await join('p1', 'half');
  await join('p2', 'half');
  await cancel('h1', half.orderId);
  expect(await entryOf('p1')).toMatchObject({ state: 'offered', tierFen: 4_000, tierUpTo: 1 });
  await cancel('h2', full.orderId);
  expect(await entryOf('p2')).toMatchObject({ state: 'offered', tierFen: null });
  const bought = await shop.order('p2', 'half');
  expect(bought.totalFen - 800).toBe(8_000);
  expect(await shop.order('p1', 'half')).toMatchObject({ rank: 1, totalFen: 4_800 });
});

test('an offer that nobody takes lapses to the next, its tier place with it, and its owner is a new buyer again', async () => {
  await putOnSale(db, {
    id: 'half',
    onHand: 1,
    session: { ...running('s', 8_000), tiers: [{ upTo: 1, priceFen: 4_000 }] },
  });
  const { orderId } = await shop.order('holder', 'half');
  await join('p1', 'half');
  await join('p2', 'half');
  await cancel('holder', orderId);
  await runOut((await entryOf('p1')).id);
  // Past the deadline the offer is worth nothing, even before it has been taken back.
  expect(await shop.buy('p1', 'half')).toMatchObject({ ok: false });
  await list.sweep();
  expect(await statesOf('p1', 'p2')).toEqual(['lapsed', 'offered']);
  expect(await entryOf('p2')).toMatchObject({ tierFen: 4_000 });
  expect(await join('p1', 'half')).toMatchObject({ position: 1 });
  await runOut((await entryOf('p2')).id);
  await list.sweep();
  expect((await shop.order('p1', 'half')).totalFen).toBe(4_800);
});

test('when nobody waits any more, units that lapse are for everybody', async () => {
  const [orderId] = await soldOut('a', ['holder']);
  await join('p1', 'a');
  await cancel('holder', orderId as string);
  await runOut((await entryOf('p1')).id);
  await list.sweep();
  await shop.order('new', 'a');
  expect(await level('a')).toEqual({ on_hand: 1, reserved: 1, waiting: 0, offered: 0 });
});

test('an operator’s new units, an expired hold and a refund before shipping serve who waits, in the same transaction', async () => {
  const orders = await soldOut('a', ['h1', 'h2']);
  for (const shopperId of ['p1', 'p2', 'p3', 'p4']) await join(shopperId, 'a');
  await adjust('a', 2);
  expect(await statesOf('p1', 'p2', 'p3')).toEqual(['offered', 'offered', 'waiting']);
  await db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orders[0]]);
  expect(await shop.book.endDue(30_000, 500)).toEqual({ ended: [orders[0]], asked: [] });
  expect(await statesOf('p3', 'p4')).toEqual(['offered', 'waiting']);
  await shop.pay(orders[1] as string);
  expect(await shop.agreeRefund('h2', orders[1] as string)).toBe(true);
  await shop.sendRefunds();
  expect(await statesOf('p4')).toEqual(['offered']);
});

test('somebody who has what one person may have, when his turn comes, is passed over', async () => {
  const [held] = await soldOut('a', ['holder', 'p1']);
  await join('p1', 'a');
  await join('p2', 'a');
  await db.query(`update sku set limit_per_person = 1`);
  await cancel('holder', held as string);
  expect(await statesOf('p1', 'p2')).toEqual(['passed', 'offered']);
  expect(await level('a')).toMatchObject({ waiting: 0, offered: 1, reserved: 2 });
});

test('goods that rest before a session are offered from the opening on, at the session’s price', async () => {
  await putOnSale(db, { id: 'a', onHand: 1 });
  const { orderId } = await shop.order('holder', 'a');
  await join('p1', 'a');
  await db.query(
    `insert into sale_session (id, name, starts_at, ends_at)
     values ('s', '{"zh":"场","en":"Session"}', now() + interval '1 hour', now() + interval '2 hours')`,
  );
  await db.query(
    `insert into session_item (session_id, sku_id, price_fen, limit_per_person) values ('s', 'a', 7000, 1)`,
  );
  await cancel('holder', orderId);
  const offer = await entryOf('p1');
  expect((offer.offerEndsAt ?? 0) - (offer.opensAt ?? 0)).toBe(5 * 60_000);
  expect((offer.opensAt ?? 0) - Date.now()).toBeGreaterThan(HOUR / 2);
  expect(await shop.buy('p1', 'a')).toMatchObject({ refusal: { problems: [{ code: 'not_open_yet' }] } });
});

test('goods that are off the shelf wait with their waiters; back on sale, who waits is served before new buyers', async () => {
  const [orderId] = await soldOut('a', ['holder']);
  await join('p1', 'a');
  await db.query(`update sku set is_listed = false`);
  await cancel('holder', orderId as string);
  expect(await statesOf('p1')).toEqual(['waiting']);
  await db.query(`update sku set is_listed = true`);
  expect(await shop.buy('new', 'a')).toMatchObject({ ok: false });
  await list.sweep();
  expect(await statesOf('p1')).toEqual(['offered']);
});

test('[R-10] release against new buyers on two edges, 40 contests: the one who waits always gets the unit, once', async () => {
  for (let round = 0; round < 40; round += 1) {
    const sku = `a${round}`;
    const [orderId] = await soldOut(sku, ['holder']);
    await join(`w${round}`, sku);
    const buyers = Array.from({ length: 6 }, (_, i) => (i % 2 ? shop : otherShop).buy(`n${round}-${i}`, sku));
    const [answers] = await Promise.all([Promise.all(buyers), cancel('holder', orderId as string)]);
    expect(answers.filter((answer) => answer.ok)).toEqual([]);
    expect(await statesOf(`w${round}`)).toEqual(['offered']);
    expect(await level(sku)).toEqual({ on_hand: 1, reserved: 1, waiting: 0, offered: 1 });
  }
});

test('[R-10] a join against a release, 40 contests: either he waited in time and has the offer, or he is told to buy', async () => {
  for (let round = 0; round < 40; round += 1) {
    const sku = `a${round}`;
    const [orderId] = await soldOut(sku, ['holder']);
    const [joined] = await Promise.all([
      otherList.join({ shopperId: `w${round}`, key: randomUUID(), skuId: sku, quantity: 1 }),
      cancel('holder', orderId as string),
    ]);
    if (joined.ok) {
      expect(await statesOf(`w${round}`)).toEqual(['offered']);
    } else {
      expect(joined.refusal).toEqual({ code: 'in_stock', available: 1 });
    }
    await shop.order(`w${round}`, sku);
  }
});

test('[R-10] lapse against accept, 40 contests on two edges: one of them wins and the unit has one owner', async () => {
  for (let round = 0; round < 40; round += 1) {
    const sku = `a${round}`;
    const [orderId] = await soldOut(sku, ['holder']);
    await join(`w1-${round}`, sku);
    await join(`w2-${round}`, sku);
    await cancel('holder', orderId as string);
    const offer = await entryOf(`w1-${round}`);
    // The deadline falls into the contest.
    await db.query(`update waitlist_entry set offer_ends_at = clock_timestamp() + $2 * interval '1 ms' where id = $1`, [
      offer.id,
      round % 8,
    ]);
    const [bought] = await Promise.all([
      otherShop.buy(`w1-${round}`, sku),
      list.sweep().then(() => otherList.sweep()),
      list.sweep(),
    ]);
    await list.sweep();
    const [first] = (await db.query(`select state from waitlist_entry where id = $1`, [offer.id])) as {
      state: string;
    }[];
    expect(first?.state).toBe(bought.ok ? 'taken' : 'lapsed');
    expect(await statesOf(`w2-${round}`)).toEqual([bought.ok ? 'waiting' : 'offered']);
    expect(await level(sku)).toMatchObject({ reserved: 1 });
    const left = await entryOf(`w2-${round}`);
    await list.leave(`w2-${round}`, left.id);
  }
});

test('leaving against an offer, 40 contests: whoever leaves holds nothing, and the next has the unit', async () => {
  for (let round = 0; round < 40; round += 1) {
    const sku = `a${round}`;
    const [orderId] = await soldOut(sku, ['holder']);
    const entry = await join('w1', sku);
    await join(`w2-${round}`, sku);
    await Promise.all([otherList.leave('w1', entry.id), cancel('holder', orderId as string)]);
    expect(await statesOf('w1', `w2-${round}`)).toEqual(['left', 'offered']);
    expect(await level(sku)).toEqual({ on_hand: 1, reserved: 1, waiting: 0, offered: 1 });
  }
});

test('[P1] a crowd of 120 waits on two edges while units come, lapse and are bought: served in order, none stranded', async () => {
  await putOnSale(db, { id: 'hot', onHand: 4 });
  const holders = [];
  for (let i = 0; i < 4; i += 1) holders.push(await shop.order(`h${i}`, 'hot'));
  await Promise.all(Array.from({ length: 120 }, (_, i) => join(`p${i}`, 'hot', 1 + (i % 3), i % 2 ? list : otherList)));
  await Promise.all(holders.map((order, i) => cancel(`h${i}`, order.orderId)));
  for (let round = 0; round < 12; round += 1) {
    const offers = await db.query<{ id: string; shopper_id: string; offered_quantity: number }>(
      `select id, shopper_id, offered_quantity from waitlist_entry where state = 'offered' order by ticket`,
    );
    await Promise.all([
      ...offers.map((offer, i) => {
        if (i % 3 === 0) return runOut(offer.id);
        if (i % 3 === 1) return otherList.leave(offer.shopper_id, offer.id);
        return (i % 2 ? shop : otherShop).buy(offer.shopper_id, 'hot', offer.offered_quantity);
      }),
      adjust('hot', 3),
      list.sweep(),
      otherList.sweep(),
      shop.buy(`new${round}`, 'hot'),
    ]);
    await list.sweep();
  }
  const rows = await db.query<{ state: string; ticket: number }>(
    'select state, ticket from waitlist_entry order by ticket',
  );
  const firstWaiting = rows.findIndex((row) => row.state === 'waiting');
  expect(rows.slice(0, firstWaiting).every((row) => row.state !== 'waiting')).toBe(true);
  expect(rows.slice(firstWaiting).every((row) => row.state === 'waiting')).toBe(true);
  const newcomers = await db.query(`select id from orders where shopper_id like 'new%'`);
  expect(newcomers).toEqual([]);
  expect(await level('hot')).toMatchObject({ waiting: rows.length - firstWaiting });
});
