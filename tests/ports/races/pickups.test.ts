import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { GRACE_MS } from '../../../lib/domain/pickup/deadlines.ts';
import { sendTransfer } from '../../../server/ops/transfers.ts';
import { expireOne } from '../../../server/pickup/sweep.ts';
import type { Database } from '../../../server/platform/database.ts';
import { atOnce, CONTESTS, contests, inOrder, orderRow } from '../../support/contest.ts';
import { putOnSale } from '../../support/goods.ts';
import { violations } from '../../support/invariants.ts';
import { buyPickup, codeOf, handWith, putClerk, readyPickup, ticketOf, yes } from '../../support/pickups.ts';
import { testDatabase } from '../../support/postgres.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { putStore, putUnits } from '../../support/stores.ts';

/* a pickup at two counters, against refunds, time and another store. Both orders, then free. */

let db: Database;
let drop: () => Promise<void>;
/** Two processes of one shop. */
let shop: Shop;
let other: Shop;
let people = 0;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  other = await openShop(db);
  for (const code of ['1', '2']) await putStore(db, code);
  for (const clerk of ['lin', 'wu']) await putClerk(db, clerk, 's-1');
  await putOnSale(db, { id: 'tea', onHand: 100_000 });
  for (const store of ['s-1', 's-2']) await putUnits(db, store, 'tea', 100_000);
});
afterAll(() => drop());
afterEach(async () => expect(await violations(db)).toEqual([]));

const lines = [{ skuId: 'tea', quantity: 1 }];

/** An order that is ready, and what two clerks have scanned of it at two processes. */
async function scanned() {
  people += 1;
  const shopperId = `p-${people}`;
  const order = await readyPickup(shop, { shopperId, storeId: 's-1', clerkId: 'lin', lines });
  const [lin, wu] = [await ticketOf(shop, 'lin', order.digits), await ticketOf(other, 'wu', order.digits)];
  return {
    ...order,
    shopperId,
    byLin: () => handWith(shop, 'lin', lin),
    byWu: () => handWith(other, 'wu', wu),
    askBack: () => other.refunds.askRefund(shopperId, { id: order.orderId, key: randomUUID(), reason: 'changed_mind' }),
  };
}
const stateOf = async (orderId: string) => {
  const order = await shop.book.read(orderId);
  return [order?.state, order?.pickup?.state];
};
const handings = async (orderId: string) =>
  (await db.query('select 1 from pickup_handover where order_id = $1', [orderId])).length;

test.each(['lin', 'wu'])(
  '[R-38] two counters hand over the same code and %s is first: the other reads when and by whom',
  async (who) => {
    const { orderId, byLin, byWu } = await scanned();
    const [first, second] = who === 'lin' ? [byLin, byWu] : [byWu, byLin];
    const [one, two] = await inOrder(db, orderRow(orderId), first, second);
    expect([codeOf(one), codeOf(two)]).toEqual(['ok', 'already_handed']);
    expect(two).toMatchObject({ refusal: { handover: { clerkName: who, isMine: false } } });
    expect(await handings(orderId)).toBe(1);
  },
);

test('[R-38] [INV-42] [P6] free contests of two counters over one code: it is handed over once', async () => {
  await contests(async (round) => {
    const { orderId, byLin, byWu } = await scanned();
    const answers = await atOnce(round, byLin, byWu);
    expect(answers.map(codeOf).toSorted()).toEqual(['already_handed', 'ok']);
    expect(await handings(orderId)).toBe(1);
    return answers[0].ok ? 'one counter' : 'the other counter';
  });
});

test('[R-39] the goods are handed over, then their owner asks for his money: he may return them', async () => {
  const { orderId, byLin, askBack } = await scanned();
  const [handed, asked] = await inOrder(db, orderRow(orderId), byLin, askBack);
  expect([codeOf(handed), codeOf(asked)]).toEqual(['ok', 'order_cannot_move']);
  expect(await stateOf(orderId)).toEqual(['received', 'handed_over']);
});

test('[R-39] the owner asks for his money, then the goods should be handed over: they are not', async () => {
  const { orderId, byLin, askBack } = await scanned();
  const [asked, handed] = await inOrder(db, orderRow(orderId), askBack, byLin);
  expect([codeOf(asked), codeOf(handed)]).toEqual(['ok', 'refund_in_progress']);
  expect(await stateOf(orderId)).toEqual(['refund_requested', 'ready']);
});

test('[R-39] [INV-43] free contests of a refund against a handing over: never both', async () => {
  await contests(async (round) => {
    const { orderId, byLin, askBack } = await scanned();
    const answers = await atOnce(round, byLin, askBack);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await handings(orderId)).toBe(answers[0].ok ? 1 : 0);
    return answers[0].ok ? 'handed over' : 'refund asked';
  });
});

/** The same order a moment before, or after, its grace is over. */
async function nearlyOver(leftMs: number) {
  const order = await scanned();
  const [due] = await db.query<{ at: number }>(
    `update pickup set fetch_before = now() - $2 * interval '1 ms' where order_id = $1
     returning (extract(epoch from fetch_before) * 1000)::bigint as at`,
    [order.orderId, GRACE_MS - leftMs],
  );
  return { ...order, expire: () => expireOne(other.refunds.book, order.orderId, due?.at ?? 0) };
}

test('[R-40] inside the grace the counter wins and nothing expires', async () => {
  const { orderId, byLin, expire } = await nearlyOver(20_000);
  const [expired, handed] = await inOrder(db, orderRow(orderId), expire, byLin);
  expect([expired, codeOf(handed)]).toEqual([false, 'ok']);
});

test('[R-40] after the grace the goods go back and the counter is told', async () => {
  const { orderId, byLin, expire } = await nearlyOver(0);
  expect(codeOf(await byLin())).toBe('pickup_expired');
  expect(await expire()).toBe(true);
  await shop.sendRefunds();
  expect(await stateOf(orderId)).toEqual(['refunded', 'refunded']);
});

test('[R-40] [INV-44] free contests of handing over against the end of the grace: goods or money, and units back once', async () => {
  await contests(async (round) => {
    // Some have a moment left when they start, some have none.
    const { orderId, byLin, expire } = await nearlyOver((round % 5) * 4);
    const [handed, expired] = await atOnce(round, byLin, expire);
    expect(handed.ok && expired).toBe(false);
    await shop.sendRefunds();
    const [, state] = await stateOf(orderId);
    expect(state).toBe(handed.ok ? 'handed_over' : expired ? 'refunded' : 'ready');
    return handed.ok ? 'handed over' : expired ? 'expired' : 'neither yet';
  });
});

test('[R-41] free contests of one command sent three times: one handing over, one answer', async () => {
  await contests(async () => {
    const { orderId, digits } = await scanned();
    const ticket = await ticketOf(shop, 'lin', digits);
    const key = randomUUID();
    const answers = await Promise.all([shop, other, shop].map((one) => handWith(one, 'lin', ticket, { key })));
    expect(new Set(answers.map((answer) => yes(answer).handover.at)).size).toBe(1);
    expect(await handings(orderId)).toBe(1);
    return `answered anew ${answers.filter((answer) => !yes(answer).isReplay).length} time`;
  });
});

/** A paid order that its owner moves elsewhere while its store puts it aside. */
async function beingPrepared() {
  people += 1;
  const shopperId = `p-${people}`;
  const orderId = await buyPickup(shop, shopperId, 's-1', lines);
  return {
    orderId,
    change: () => other.pickups.changeStore(shopperId, { orderId, storeId: 's-2' }),
    ready: () => shop.pickups.ready('lin', orderId),
  };
}

test('[R-42] the owner chooses another store, then the first one is ready: wrong store', async () => {
  const { orderId, change, ready } = await beingPrepared();
  const [changed, done] = await inOrder(db, orderRow(orderId), change, ready);
  expect([codeOf(changed), codeOf(done)]).toEqual(['ok', 'wrong_store']);
});

test('[R-42] the store is ready, then the owner chooses another: too late, and he is told', async () => {
  const { orderId, change, ready } = await beingPrepared();
  const [done, changed] = await inOrder(db, orderRow(orderId), ready, change);
  expect([codeOf(done), codeOf(changed)]).toEqual(['ok', 'pickup_cannot_move']);
});

test('[R-42] [INV-45] free contests of another store against ready: one of them, with a code only where it is ready', async () => {
  await contests(async (round) => {
    const { orderId, change, ready } = await beingPrepared();
    const answers = await atOnce(round, change, ready);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const codes = await db.query('select 1 from pickup_code where order_id = $1', [orderId]);
    expect(codes).toHaveLength(answers[1].ok ? 1 : 0);
    return answers[1].ok ? 'ready' : 'store changed';
  });
});

/** The store's own row of a SKU: an order locks the warehouse's before it. */
const storeRow = (skuId: string) => ({
  sql: `select 1 from stock_level where sku_id = $1 and location_id = 's-1' for update`,
  params: [skuId],
});
const sendAway = (skuId: string, quantity: number) =>
  sendTransfer(db, { key: randomUUID(), skuId, from: 's-1', to: 's-2', quantity, reason: '调货' }, 'operator:o');
async function last(skuId: string, units: number) {
  await putOnSale(db, { id: skuId, onHand: 0 });
  await putUnits(db, 's-1', skuId, units);
}
/** An order of one unit that was quoted already: what is left to do is to submit it. */
async function quoted(from: Shop, skuId: string, who: string) {
  const { quote } = yes(await from.orders.quote([{ skuId, quantity: 1 }], who, undefined, 's-1'));
  return () =>
    from.orders.submit(who, {
      key: randomUUID(),
      lines: [{ skuId, quantity: 1 }],
      quoteVersion: quote.version,
      fulfilment: { kind: 'pickup', storeId: 's-1' },
    });
}

test('[R-12] the store’s last unit is sent to another store, or sold by it: never both, whoever is first', async () => {
  await last('send-a', 1);
  const late = await quoted(shop, 'send-a', 'ann');
  const [sent, sold] = await inOrder(db, storeRow('send-a'), () => sendAway('send-a', 1), late);
  expect([codeOf(sent), codeOf(sold)]).toEqual(['ok', 'lines_refused']);
  await last('send-b', 1);
  const early = await quoted(shop, 'send-b', 'ann');
  const [bought, away] = await inOrder(db, storeRow('send-b'), early, () => sendAway('send-b', 1));
  expect([codeOf(bought), codeOf(away)]).toEqual(['ok', 'below_reserved']);
});

test('[R-12] free contests of a transfer out of a store against its shoppers at two processes: each unit is sold or sent', async () => {
  await contests(async (round) => {
    const skuId = `send-free-${round}`;
    await last(skuId, 3);
    const submits = await Promise.all(
      ['a', 'b', 'c', 'd'].map((who, n) => quoted(n % 2 ? shop : other, skuId, `${skuId}-${who}`)),
    );
    const [sent, answers] = await atOnce(
      round,
      () => sendAway(skuId, 1),
      () => Promise.all(submits.map((submit) => submit())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(sent.ok ? 2 : 3);
    return sent.ok ? 'sent one, sold two' : 'sold three';
  });
});
