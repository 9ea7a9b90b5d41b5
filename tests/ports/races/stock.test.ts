import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type WaitlistService, waitlistService } from '../../../server/inventory/waitlist-service.ts';
import { adjustStock } from '../../../server/ops/stock.ts';
import { saveLocation, sendTransfer } from '../../../server/ops/transfers.ts';
import type { Database } from '../../../server/platform/database.ts';
import { CONTESTS, contests, heldBack, inOrder, orderRow, stockRow } from '../../support/contest.ts';
import { HOUR, putOnSale, running } from '../../support/goods.ts';
import { violations } from '../../support/invariants.ts';
import { testDatabase } from '../../support/postgres.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/* goods against each other, against time, prices and operators. Both orders forced, then free contests. */

let db: Database;
let drop: () => Promise<void>;
/** Two processes of one shop. */
let shop: Shop;
let other: Shop;
let list: WaitlistService;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  other = await openShop(db);
  list = waitlistService({ db });
  await saveLocation(db, { id: 'east', name: { zh: '华东仓', en: 'East' } }, 'operator:o');
});
afterAll(() => drop());
afterEach(async () => expect(await violations(db)).toEqual([]));

const one = (skuId: string, quantity = 1) => [{ skuId, quantity }];
const level = async (skuId: string) =>
  (
    await db.query<{ on_hand: number; reserved: number; sold: number }>(
      'select on_hand, reserved, sold from stock_level where sku_id = $1',
      [skuId],
    )
  )[0];
type Submitted = Awaited<ReturnType<Shop['submit']>>;
/** What an answer comes to: `ok`, the reason of its line, or the refusal. */
const codeOf = (answer: Submitted) => {
  if (answer.ok) return 'ok';
  return 'problems' in answer.refusal ? answer.refusal.problems[0]?.code : answer.refusal.code;
};
const runOut = (orderId: string) =>
  db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orderId]);
/** What ends because nobody has paid it, as a worker does it. */
const endDue = async (worker: Shop, limit = 500) => (await worker.book.endDue(30_000, limit)).ended;

/** A quote that was given before the contest; its submit is what meets the others at the gate. */
async function ready(from: Shop, name: string, skuId: string, quantity = 1) {
  // Ten unpaid orders are the most that one person may have: everybody is new in every contest.
  const shopperId = `${skuId}-${name}`;
  const quoted = await from.orders.quote(one(skuId, quantity), shopperId);
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.refusal));
  const { version, totalFen } = quoted.value.quote;
  const submit = () =>
    from.orders.submit(shopperId, {
      key: randomUUID(),
      lines: one(skuId, quantity),
      quoteVersion: version,
      addressId: 'home',
    });
  return { submit, totalFen };
}

test.each(['one', 'the other'])(
  '[R-09] two processes want the last unit and %s is first: it has it, the other is told once',
  async (who) => {
    const skuId = `last-${who.length}`;
    await putOnSale(db, { id: skuId, onHand: 1 });
    const [ann, bob] = [await ready(shop, 'ann', skuId), await ready(other, 'bob', skuId)];
    const [first, second] = who === 'one' ? [ann, bob] : [bob, ann];
    const answers = await inOrder(db, stockRow(skuId), first.submit, second.submit);
    expect(answers.map(codeOf)).toEqual(['ok', 'sold_out']);
    expect(answers[1]).toMatchObject({ refusal: { problems: [{ skuId, left: 0 }] } });
    expect(await level(skuId)).toEqual({ on_hand: 1, reserved: 1, sold: 0 });
  },
);

test('[R-09] free contests of eight people for the last unit, at two processes: one has it, seven are told', async () => {
  await contests(async (round) => {
    const skuId = `last-free-${round}`;
    await putOnSale(db, { id: skuId, onHand: 1 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? shop : other).submit(`${skuId}-${i}`, one(skuId))),
    );
    expect(answers.map(codeOf).toSorted()).toEqual(['ok', ...Array(7).fill('sold_out')]);
    expect(await level(skuId)).toEqual({ on_hand: 1, reserved: 1, sold: 0 });
  });
});

/** A SKU whose only unit is in an order that is about to end. */
async function ending(skuId: string) {
  await putOnSale(db, { id: skuId, onHand: 1 });
  const buyer = await ready(other, 'buyer', skuId);
  const { orderId } = await shop.order(`${skuId}-holder`, skuId);
  await runOut(orderId);
  return { submit: buyer.submit, end: () => endDue(shop) };
}
const join = (skuId: string) => list.join({ shopperId: `${skuId}-waiter`, key: randomUUID(), skuId, quantity: 1 });
const entryOf = async (skuId: string) =>
  (await db.query<{ state: string }>('select state from waitlist_entry where sku_id = $1', [skuId])).map(
    (entry) => entry.state,
  );

test('[R-10] somebody waits, the unit is released, then a new buyer comes: it is offered to who waited', async () => {
  const { submit, end } = await ending('wait-a');
  await join('wait-a');
  const [ended, bought] = await inOrder(db, stockRow('wait-a'), end, submit);
  expect(ended).toHaveLength(1);
  expect([codeOf(bought), await entryOf('wait-a')]).toEqual(['sold_out', ['offered']]);
});

test('[R-10] somebody waits, a new buyer comes, then the unit is released: it is offered to who waited', async () => {
  const { submit, end } = await ending('wait-b');
  await join('wait-b');
  const [bought, ended] = await inOrder(db, stockRow('wait-b'), submit, end);
  expect(ended).toHaveLength(1);
  expect([codeOf(bought), await entryOf('wait-b')]).toEqual(['sold_out', ['offered']]);
});

test('[R-10] the unit is released, then somebody would wait for it: he is told to buy; the other way round it is his', async () => {
  const late = await ending('wait-c');
  const [, told] = await inOrder(db, stockRow('wait-c'), late.end, () => join('wait-c'));
  expect(told).toMatchObject({ ok: false, refusal: { code: 'in_stock', available: 1 } });
  const early = await ending('wait-d');
  const [waits] = await inOrder(db, stockRow('wait-d'), () => join('wait-d'), early.end);
  expect([waits.ok, await entryOf('wait-d')]).toEqual([true, ['offered']]);
});

test('[R-10] free contests of release, waiter and new buyer: the unit has one owner, none lies free while one waits', async () => {
  await contests(async (round) => {
    const skuId = `wait-free-${round}`;
    const { submit, end } = await ending(skuId);
    const [waits, bought] = await Promise.all([join(skuId), submit(), end()]);
    const state = (await entryOf(skuId))[0] ?? 'none';
    const owners = [bought.ok, state === 'offered'].filter(Boolean).length;
    const free = (await level(skuId))?.reserved === 0 ? 1 : 0;
    expect(owners + free).toBe(1);
    if (free === 1) expect([waits.ok, codeOf(bought)]).toEqual([false, 'sold_out']);
  });
});

test.each(['one', 'the other'])(
  '[R-11] two workers end the same order and %s is first: its units go back once',
  async (who) => {
    const skuId = `end-${who.length}`;
    await putOnSale(db, { id: skuId, onHand: 3 });
    const { orderId } = await shop.order(`${skuId}-ann`, skuId, 3);
    await shop.book.move(orderId, 'closing', { actor: 'worker', from: ['pending_pay'] });
    const [first, second] = who === 'one' ? [shop, other] : [other, shop];
    const ended = await inOrder(
      db,
      orderRow(orderId),
      () => first.book.close([orderId], 'worker'),
      () => second.book.close([orderId], 'worker'),
    );
    expect(ended).toEqual([[orderId], []]);
    expect(await level(skuId)).toEqual({ on_hand: 3, reserved: 0, sold: 0 });
    expect(await db.query(`select 1 from stock_move where kind = 'release' and sku_id = $1`, [skuId])).toHaveLength(1);
  },
);

test('[R-11] free contests of three workers over the same orders: every order ends once', async () => {
  await contests(async (round) => {
    const skuId = `end-free-${round}`;
    await putOnSale(db, { id: skuId, onHand: 4 });
    const orders = await Promise.all(Array.from({ length: 4 }, (_, i) => shop.order(`${skuId}-${i}`, skuId)));
    await Promise.all(orders.map(({ orderId }) => runOut(orderId)));
    const ended = await Promise.all([endDue(shop, 3), endDue(other, 3), endDue(shop, 3)]);
    const rest = await endDue(other);
    expect([...ended.flat(), ...rest].toSorted()).toEqual(orders.map(({ orderId }) => orderId).toSorted());
    expect(await level(skuId)).toEqual({ on_hand: 4, reserved: 0, sold: 0 });
  });
});

const sendAway = (skuId: string, quantity: number) =>
  sendTransfer(db, { key: randomUUID(), skuId, from: 'central', to: 'east', quantity, reason: '备货' }, 'operator:o');

test('[R-12] the last unit is sent to another place, then somebody orders it: sold out', async () => {
  await putOnSale(db, { id: 'send-a', onHand: 1 });
  const { submit } = await ready(shop, 'ann', 'send-a');
  const [sent, answer] = await inOrder(db, stockRow('send-a'), () => sendAway('send-a', 1), submit);
  expect([sent.ok, codeOf(answer)]).toEqual([true, 'sold_out']);
});

test('[R-12] somebody orders the last unit, then it should be sent away: refused, it is his', async () => {
  await putOnSale(db, { id: 'send-b', onHand: 1 });
  const { submit } = await ready(shop, 'ann', 'send-b');
  const [answer, sent] = await inOrder(db, stockRow('send-b'), submit, () => sendAway('send-b', 1));
  expect([codeOf(answer), sent]).toMatchObject([
    'ok',
    { ok: false, refusal: { code: 'below_reserved', available: 0 } },
  ]);
});

test('[R-12] free contests of a transfer against buyers at two processes: each unit is sold or sent, never both', async () => {
  await contests(async (round) => {
    const skuId = `send-free-${round}`;
    await putOnSale(db, { id: skuId, onHand: 4 });
    const [sent, ...answers] = await Promise.all([
      sendAway(skuId, 2),
      ...Array.from({ length: 6 }, (_, i) => (i % 2 ? shop : other).submit(`${skuId}-${i}`, one(skuId))),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(sent.ok ? 2 : 4);
  });
});

/** A ladder of three places at half price, all taken; the second one's order is about to end. */
async function fullLadder(skuId: string) {
  await putOnSale(db, {
    id: skuId,
    onHand: 50,
    session: { ...running(`s-${skuId}`, 8_000), tiers: [{ upTo: 3, priceFen: 4_000 }] },
  });
  const held: string[] = [];
  for (let i = 0; i < 3; i += 1) held.push((await shop.order(`${skuId}-${i}`, skuId)).orderId);
  const lapsing = held[1] as string;
  await runOut(lapsing);
  return lapsing;
}
const placesOf = (skuId: string) =>
  db.query<{ slot_number: number; order_id: string | null }>(
    'select slot_number, order_id from tier_slot where sku_id = $1 order by slot_number',
    [skuId],
  );

test('[R-13] place 2 lapses, then somebody buys: he has place 2 at the tier price', async () => {
  const lapsing = await fullLadder('tier-a');
  const next = await ready(other, 'next', 'tier-a');
  const [ended, bought] = await inOrder(db, stockRow('tier-a'), () => endDue(shop), next.submit);
  expect(ended).toEqual([lapsing]);
  expect(bought).toMatchObject({ ok: true, value: { rank: 2, totalFen: 4_800 } });
});

test('[R-13] somebody buys, then place 2 lapses: he pays what he was shown, place 2 is for the next one', async () => {
  await fullLadder('tier-b');
  const next = await ready(other, 'next', 'tier-b');
  const [bought] = await inOrder(db, stockRow('tier-b'), next.submit, () => endDue(shop));
  expect(bought).toMatchObject({ ok: true, value: { rank: 4, totalFen: next.totalFen } });
  expect(await shop.order('later', 'tier-b')).toMatchObject({ rank: 2, totalFen: 4_800 });
});

test('[R-13] free contests of lapsing places against buyers: three places, each with one owner, none lost', async () => {
  await contests(async (round) => {
    const skuId = `tier-free-${round}`;
    const lapsing = await fullLadder(skuId);
    await Promise.all([
      endDue(shop),
      ...Array.from({ length: 4 }, (_, i) => (i % 2 ? shop : other).buy(`${skuId}-n${i}`, skuId)),
    ]);
    if ((await placesOf(skuId)).some((place) => place.order_id === null)) await shop.order(`${skuId}-last`, skuId);
    const owners = (await placesOf(skuId)).map((place) => place.order_id);
    expect(new Set(owners).size).toBe(3);
    expect(owners).not.toContain(lapsing);
    const [half] = await db.query<{ n: number }>(
      `select count(*) as n from order_line l join orders o on o.id = l.order_id and o.state = 'pending_pay'
       where l.sku_id = $1 and l.price_kind = 'tier'`,
      [skuId],
    );
    expect(half?.n).toBe(3);
  });
});

test.each(['phone', 'tablet'])(
  '[R-14] one person, a limit of one, two devices, and the %s is first: one unit',
  async (which) => {
    const skuId = `limit-${which}`;
    await putOnSale(db, { id: skuId, limitPerPerson: 1 });
    const [phone, tablet] = [await ready(shop, 'ann', skuId), await ready(other, 'ann', skuId)];
    const [first, second] = which === 'phone' ? [phone, tablet] : [tablet, phone];
    const answers = await inOrder(db, stockRow(skuId), first.submit, second.submit);
    expect(answers.map(codeOf)).toEqual(['ok', 'limit_reached']);
    expect(answers[1]).toMatchObject({ refusal: { problems: [{ limit: 1, owned: 1 }] } });
  },
);

test('[R-14] free contests of one person on four devices with a limit of two: two units, never three', async () => {
  await contests(async (round) => {
    const skuId = `limit-free-${round}`;
    await putOnSale(db, { id: skuId, limitPerPerson: 2 });
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, i) => (i % 2 ? shop : other).submit(`ann-${round}`, one(skuId))),
    );
    expect(answers.map(codeOf).toSorted()).toEqual(['limit_reached', 'limit_reached', 'ok', 'ok']);
    expect(await level(skuId)).toMatchObject({ reserved: 2 });
  });
});

const setPrice = (skuId: string, fen: number) => db.query('update sku set price_fen = $2 where id = $1', [skuId, fen]);

test('[R-15] the price rises, then the order that was shown the old one is settled: told, nothing held', async () => {
  await putOnSale(db, { id: 'rise-a' });
  const { submit } = await ready(shop, 'ann', 'rise-a');
  const answer = await heldBack(db, stockRow('rise-a'), submit, () => setPrice('rise-a', 12_000));
  expect(answer).toMatchObject({ refusal: { code: 'price_changed', quote: { totalFen: 12_000 } } });
  expect(await level('rise-a')).toMatchObject({ reserved: 0 });
});

test('[R-15] the order is settled, then the price rises: charged what was shown', async () => {
  await putOnSale(db, { id: 'rise-b' });
  const { submit, totalFen } = await ready(shop, 'ann', 'rise-b');
  const answer = await submit();
  await setPrice('rise-b', 12_000);
  expect(answer).toMatchObject({ ok: true, value: { totalFen } });
});

test('[R-15] free contests of a price that goes up and down against orders: never charged more than shown', async () => {
  await putOnSale(db, { id: 'rise-free', onHand: 10_000 });
  await contests(async (round) => {
    await setPrice('rise-free', round % 2 ? 12_000 : 10_000);
    const wishes = await Promise.all(
      Array.from({ length: 4 }, (_, i) => ready(i % 2 ? shop : other, `r${round}-${i}`, 'rise-free')),
    );
    const [, ...answers] = await Promise.all([
      setPrice('rise-free', round % 2 ? 10_000 : 12_000),
      ...wishes.map((wish) => wish.submit()),
    ]);
    for (const [i, answer] of answers.entries()) {
      if (answer.ok) expect(answer.value.totalFen).toBeLessThanOrEqual(wishes[i]?.totalFen ?? 0);
      else expect(answer.refusal).toMatchObject({ code: 'price_changed', quote: { totalFen: 12_000 } });
    }
  });
});

/** More than anybody can ask in a second. */
const ASKS_MAX = 5_000;
const putInSession = (skuId: string, startsInMs: number, endsInMs: number) =>
  putOnSale(db, { id: skuId, onHand: 1_000, session: { id: `s-${skuId}`, startsInMs, endsInMs, priceFen: 8_000 } });
/** Waits for the end of a session by the clock that decides, the database's. */
async function untilOver(skuId: string) {
  for (;;) {
    const [row] = await db.query<{ is_over: boolean }>(
      'select clock_timestamp() >= ends_at as is_over from sale_session where id = $1',
      [`s-${skuId}`],
    );
    if (row?.is_over) return;
  }
}

test('[R-16] the session ends, then the order that waited is settled: not at the session’s price', async () => {
  await putInSession('end-a', -HOUR, 1_500);
  const { submit, totalFen } = await ready(shop, 'ann', 'end-a');
  const answer = await heldBack(db, stockRow('end-a'), submit, () => untilOver('end-a'));
  expect(totalFen).toBe(8_800);
  expect(answer).toMatchObject({ refusal: { code: 'price_changed', quote: { totalFen: 10_000 } } });
});

test('[R-16] the order is settled, then the session ends: it keeps the session’s price', async () => {
  await putInSession('end-b', -HOUR, 1_500);
  const { submit } = await ready(shop, 'ann', 'end-b');
  expect(await submit()).toMatchObject({ ok: true, value: { totalFen: 8_800 } });
  await untilOver('end-b');
});

test.each([-2 * HOUR, 2 * HOUR])(
  '[R-16] an edge whose own clock is %d ms wrong opens and ends a session with the others',
  async (wrongByMs) => {
    const skuId = `clock-${wrongByMs < 0 ? 'slow' : 'fast'}`;
    await putInSession(`${skuId}-open`, -HOUR, HOUR);
    await putInSession(`${skuId}-soon`, HOUR, 4 * HOUR);
    const trueNow = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => trueNow() + wrongByMs);
    try {
      const open = await shop.submit('clock', one(`${skuId}-open`));
      expect(open).toMatchObject({ ok: true, value: { totalFen: 8_800 } });
      expect(codeOf(await shop.submit('clock', one(`${skuId}-soon`)))).toBe('not_open_yet');
    } finally {
      clock.mockRestore();
    }
    const [wrong] = await db.query<{ by: number }>(
      `select abs(extract(epoch from max(placed_at) - now()))::float8 as by from orders where shopper_id = 'clock'`,
    );
    expect(wrong?.by).toBeLessThan(60);
  },
);

test('[R-16] free contests at the second of the opening: nobody is served before it, by the database’s clock', async () => {
  await contests(async (round) => {
    const skuId = `open-free-${round}`;
    await putInSession(skuId, 60, HOUR);
    let answer: Submitted;
    let asks = 0;
    do answer = await (round % 2 ? shop : other).submit(`${skuId}-ann`, one(skuId));
    while (codeOf(answer) === 'not_open_yet' && ++asks < ASKS_MAX);
    expect(answer).toMatchObject({ ok: true, value: { totalFen: 8_800 } });
    const [late] = await db.query<{ by: number }>(
      `select extract(epoch from o.placed_at - s.starts_at)::float8 as by from orders o
       join order_line l on l.order_id = o.id join sale_session s on s.id = l.session_id where l.sku_id = $1`,
      [skuId],
    );
    expect(late?.by).toBeGreaterThanOrEqual(0);
  });
});

test('[R-16] free contests at the second of the end: after it nobody has the session’s price', async () => {
  await contests(async (round) => {
    const skuId = `over-free-${round}`;
    await putInSession(skuId, -HOUR, 80);
    let totalFen = 0;
    for (let i = 0; totalFen !== 10_000 && i < ASKS_MAX; i += 1) {
      const answer = await (i % 2 ? shop : other).submit(`${skuId}-${i}`, one(skuId));
      if (answer.ok) totalFen = answer.value.totalFen;
      expect(answer.ok ? totalFen : answer.refusal.code).toBeOneOf([8_800, 10_000, 'price_changed']);
    }
    expect(totalFen).toBe(10_000);
  });
});

test('[R-17] the operator takes a unit out, then somebody orders it: sold out', async () => {
  await putOnSale(db, { id: 'cut-a', onHand: 1 });
  const { submit } = await ready(shop, 'ann', 'cut-a');
  const cut = { key: randomUUID(), skuId: 'cut-a', delta: -1, reason: 'broken' };
  const [adjusted, answer] = await inOrder(db, stockRow('cut-a'), () => adjustStock(db, cut, 'operator:o'), submit);
  expect([adjusted.ok, codeOf(answer)]).toEqual([true, 'sold_out']);
  expect(await level('cut-a')).toEqual({ on_hand: 0, reserved: 0, sold: 0 });
});

test('[R-17] somebody orders, then the operator takes the unit out: refused, what is held stays', async () => {
  await putOnSale(db, { id: 'cut-b', onHand: 1 });
  const { submit } = await ready(shop, 'ann', 'cut-b');
  const cut = { key: randomUUID(), skuId: 'cut-b', delta: -1, reason: 'broken' };
  const [answer, adjusted] = await inOrder(db, stockRow('cut-b'), submit, () => adjustStock(db, cut, 'operator:o'));
  expect(codeOf(answer)).toBe('ok');
  expect(adjusted).toMatchObject({ ok: false, refusal: { code: 'below_reserved', available: 0 } });
  expect(await level('cut-b')).toEqual({ on_hand: 1, reserved: 1, sold: 0 });
});

test('[R-17] free contests of an operator’s cut against orders: never below what is held', async () => {
  await contests(async (round) => {
    const skuId = `cut-free-${round}`;
    await putOnSale(db, { id: skuId, onHand: 3 });
    const cut = { key: randomUUID(), skuId, delta: -2, reason: 'broken' };
    const [adjusted, ...answers] = await Promise.all([
      adjustStock(db, cut, 'operator:o'),
      ...Array.from({ length: 3 }, (_, i) => (i % 2 ? shop : other).submit(`${skuId}-${i}`, one(skuId))),
    ]);
    const bought = answers.filter((answer) => answer.ok).length;
    expect(bought).toBe(adjusted.ok ? 1 : 3);
    expect(await level(skuId)).toEqual({ on_hand: adjusted.ok ? 1 : 3, reserved: bought, sold: 0 });
  });
});

/** A batch that gathers behind one that waits: `size` orders, of which the database will refuse number `poisoned`. */
async function batchWith(skuId: string, size: number, poisoned: number, round = 0) {
  const quoted = await shop.orders.quote(one(skuId), 'x');
  const quoteVersion = quoted.ok ? quoted.value.quote.version : '';
  const send = (shopperId: string, note = '') =>
    shop.orders.submit(shopperId, { key: randomUUID(), lines: one(skuId), quoteVersion, addressId: 'home', note });
  let settled: Promise<PromiseSettledResult<Submitted>[]> = Promise.resolve([]);
  const ahead = await heldBack(
    db,
    stockRow(skuId),
    () => send(`${skuId}-${round}-ahead`),
    async () => {
      // A NUL byte cannot be stored in a text column.
      const sent = Array.from({ length: size }, (_, i) =>
        send(`${skuId}-${round}-${i}`, i === poisoned ? 'a\u0000b' : ''),
      );
      settled = Promise.allSettled(sent);
    },
  );
  expect(ahead.ok).toBe(true);
  return (await settled).map((answer) => answer.status === 'fulfilled' && answer.value.ok);
}

test.each([
  ['first', 0],
  ['last', 8],
])(
  '[R-18] the order that the database refuses is the %s of its batch: the others have their goods',
  async (which, at) => {
    await putOnSale(db, { id: `poison-${which}` });
    const served = await batchWith(`poison-${which}`, 9, at);
    expect(served).toEqual(served.map((_, i) => i !== at));
    expect(await level(`poison-${which}`)).toMatchObject({ reserved: 9 });
  },
);

test('[R-18] free contests of a refused order somewhere in a batch: no neighbour is hurt, nothing of it stays', async () => {
  await putOnSale(db, { id: 'poison-free', onHand: 100_000 });
  await contests(async (round) => {
    const size = 2 + (round % 11);
    const at = (round * 7) % size;
    const before = (await level('poison-free'))?.reserved ?? 0;
    const served = await batchWith('poison-free', size, at, round);
    expect(served).toEqual(served.map((_, i) => i !== at));
    expect((await level('poison-free'))?.reserved).toBe(before + size);
  });
});
