import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Whim } from '../../../server/payment/sandbox/whims.ts';
import type { Database } from '../../../server/platform/database.ts';
import {
  CONTESTS,
  contests,
  hold,
  inOrder,
  orderRow,
  paymentRows,
  tradeRow,
  untilWaiting,
  wholeTable,
} from '../../support/contest.ts';
import { putOnSale } from '../../support/goods.ts';
import { violations } from '../../support/invariants.ts';
import { testDatabase } from '../../support/postgres.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/* money against time, against a change of mind, against itself. Both orders forced, then free contests. */

let db: Database;
let drop: () => Promise<void>;
/** Two processes of one shop. */
let shop: Shop;
let other: Shop;
let whims: Whim[] = [];
let people = 0;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  const options = { whimsOf: () => whims, channels: ['sandbox', 'other'] };
  shop = await openShop(db, options);
  other = await openShop(db, options);
  await putOnSale(db, { id: 'a', onHand: 100_000 });
});
afterAll(() => drop());
afterEach(async () => {
  whims = [];
  expect(await violations(db)).toEqual([]);
});

/** Somebody new orders and is about to pay. */
async function unpaid(skuId = 'a') {
  people += 1;
  const shopperId = `p${people}`;
  const { orderId } = await shop.order(shopperId, skuId);
  const { tradeId, paymentId } = await shop.openPayment(orderId);
  return { shopperId, orderId, tradeId, paymentId };
}

/** The same, and the gateway has the money; `told` is the notice that says so. */
async function paidAtGateway(skuId = 'a') {
  const one = await unpaid(skuId);
  expect(await shop.gateway.pay(one.tradeId)).toBe('paid');
  return { ...one, told: await shop.notice(one.tradeId) };
}

const read = async (orderId: string) => {
  const order = await shop.book.read(orderId);
  if (!order) throw new Error('no such order');
  return order;
};
const runOut = (orderId: string) =>
  db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orderId]);
/** Makes it due and moves it to `closing`, as the worker does first of all. */
async function takeDue(orderId: string) {
  await runOut(orderId);
  expect((await shop.book.endDue(30_000, 500)).asked).toContain(orderId);
}
const stepsTo = async (orderId: string, state: string) =>
  (await db.query('select 1 from order_log where order_id = $1 and to_state = $2', [orderId, state])).length;
/** What is left of money and goods: fen kept, units sold and units held for this order. */
async function outcome(orderId: string) {
  while (await shop.sendRefunds());
  const { state, paidFen, refundedFen, openPayments: _open } = await read(orderId);
  const [holds] = await db.query<{ states: string }>(
    `select string_agg(distinct state, ',') as states from reservation where order_id = $1`,
    [orderId],
  );
  return { state, keptFen: paidFen - refundedFen, holds: holds?.states };
}
const PAID = { state: 'paid', keptFen: 10_000, holds: 'confirmed' };
const CLOSED = { state: 'closed', keptFen: 0, holds: 'expired' };
const CANCELLED = { state: 'closed', keptFen: 0, holds: 'cancelled' };

test('[R-01] the notice is first, then the worker that would release: paid, nothing released', async () => {
  const { orderId, told } = await paidAtGateway();
  await takeDue(orderId);
  const [heard, closed] = await inOrder(
    db,
    orderRow(orderId),
    () => shop.hear(told),
    () => other.book.close([orderId], 'worker'),
  );
  expect([heard, closed]).toEqual(['applied', []]);
  expect(await outcome(orderId)).toEqual(PAID);
});

test('[R-01] the worker releases first, then the notice: closed, and the money goes back', async () => {
  const { orderId, told } = await paidAtGateway();
  await takeDue(orderId);
  const [closed, heard] = await inOrder(
    db,
    orderRow(orderId),
    () => other.book.close([orderId], 'worker'),
    () => shop.hear(told),
  );
  expect([closed, heard]).toEqual([[orderId], 'late_refunded']);
  expect(await outcome(orderId)).toEqual(CLOSED);
});

test('[R-01] free contests of payment against expiry: what the gateway took decides, never both', async () => {
  await contests(async () => {
    const { orderId, tradeId } = await unpaid();
    await runOut(orderId);
    const expire = async () => {
      const { asked } = await other.book.endDue(30_000, 500);
      for (const due of asked) await other.orders.finishClosing(due, 'worker');
    };
    const pay = async () => {
      if ((await shop.gateway.pay(tradeId)) === 'paid') await shop.hear(await shop.notice(tradeId));
    };
    await Promise.all([pay(), expire()]);
    await other.orders.finishClosing(orderId, 'worker');
    const isPaid = (await shop.gateway.trade(tradeId))?.state === 'paid';
    expect(await outcome(orderId)).toEqual(isPaid ? PAID : CLOSED);
  });
});

test('[R-02] the notice is first, then the shopper cancels: paid, and the cancel is refused', async () => {
  const { orderId, shopperId, told } = await paidAtGateway();
  const [heard, cancelled] = await inOrder(
    db,
    orderRow(orderId),
    () => shop.hear(told),
    () => other.orders.cancel(shopperId, orderId),
  );
  expect(heard).toBe('applied');
  expect(cancelled).toMatchObject({ ok: false, refusal: { code: 'order_cannot_move' } });
  expect(await outcome(orderId)).toEqual(PAID);
});

test('[R-02] the shopper cancels first, but the gateway has his money: it decides, the order is paid', async () => {
  const { orderId, shopperId, told } = await paidAtGateway();
  const [cancelled] = await inOrder(
    db,
    orderRow(orderId),
    () => other.orders.cancel(shopperId, orderId),
    () => shop.hear(told),
  );
  expect(cancelled).toMatchObject({ ok: false, refusal: { code: 'order_cannot_move', state: 'paid' } });
  expect(await outcome(orderId)).toEqual(PAID);
  expect(await stepsTo(orderId, 'paid')).toBe(1);
});

test('[R-02] free contests of payment against cancelling: goods or no money, whoever was faster', async () => {
  await contests(async (round) => {
    const { orderId, shopperId, tradeId } = await unpaid();
    const pay = async () => {
      if ((await shop.gateway.pay(tradeId)) === 'paid') await shop.hear(await shop.notice(tradeId));
    };
    const cancel = () => other.orders.cancel(shopperId, orderId);
    await Promise.all(round % 2 ? [pay(), cancel()] : [cancel(), pay()]);
    const isPaid = (await shop.gateway.trade(tradeId))?.state === 'paid';
    expect(await outcome(orderId)).toEqual(isPaid ? PAID : CANCELLED);
  });
});

/** The poller finds the payment by asking the channel. */
async function poll(orderId: string) {
  await db.query('update payment set next_ask_at = null where order_id <> $1', [orderId]);
  await db.query(`update payment set next_ask_at = now() - interval '1 second' where order_id = $1`, [orderId]);
  return () => other.payments.askChannels();
}

test.each(['the notice is first', 'the poller is first'])(
  '[R-03] notice and poller tell of the same payment, %s: one transition, one price that was paid',
  async (which) => {
    const { orderId, told } = await paidAtGateway();
    const ask = await poll(orderId);
    const hear = () => shop.hear(told);
    await (which === 'the notice is first'
      ? inOrder<unknown, unknown>(db, orderRow(orderId), hear, ask)
      : inOrder<unknown, unknown>(db, orderRow(orderId), ask, hear));
    expect(await outcome(orderId)).toEqual(PAID);
    expect(await stepsTo(orderId, 'paid')).toBe(1);
    expect(await db.query('select 1 from deal_price where source like $1', [`${orderId}/%`])).toHaveLength(1);
  },
);

test('[R-03] free contests of repeated notices and the poller: paid once', async () => {
  await contests(async () => {
    const { orderId, tradeId, told } = await paidAtGateway();
    const second = await shop.notice(tradeId);
    const ask = await poll(orderId);
    const outcomes = await Promise.all([shop.hear(told), other.hear(told), other.hear(second), ask()]);
    expect(outcomes.filter((one) => one === 'quarantined' || one === 'rejected')).toEqual([]);
    expect(await outcome(orderId)).toEqual(PAID);
    expect(await stepsTo(orderId, 'paid')).toBe(1);
  });
});

test('[R-04] at the gateway the buyer is a moment before the close: the order is paid', async () => {
  const { orderId, tradeId } = await unpaid();
  await takeDue(orderId);
  const [paid, closed] = await inOrder(
    db,
    tradeRow(tradeId),
    () => shop.gateway.pay(tradeId),
    () => other.orders.finishClosing(orderId, 'worker'),
  );
  expect([paid, closed]).toEqual(['paid', 'paid']);
  expect(await outcome(orderId)).toEqual(PAID);
});

test('[R-04] at the gateway the close is a moment before the buyer: he pays nothing, the goods are free', async () => {
  const { orderId, tradeId } = await unpaid();
  await takeDue(orderId);
  const [closed, paid] = await inOrder(
    db,
    tradeRow(tradeId),
    () => other.orders.finishClosing(orderId, 'worker'),
    () => shop.gateway.pay(tradeId),
  );
  expect([closed, paid]).toEqual(['closed', 'closed']);
  expect(await outcome(orderId)).toEqual(CLOSED);
});

test('[R-04] free contests of close against pay at the gateway, some closes unanswered: stock waits for its word', async () => {
  await contests(async (round) => {
    whims = round % 3 === 0 ? ['close_fails'] : round % 3 === 1 ? ['close_answer_lost'] : [];
    const { orderId, tradeId } = await unpaid();
    await takeDue(orderId);
    const [, first] = await Promise.all([shop.gateway.pay(tradeId), other.orders.finishClosing(orderId, 'worker')]);
    if (first === 'unknown') expect(await outcome(orderId)).toEqual({ state: 'closing', keptFen: 0, holds: 'active' });
    let answer = first;
    for (let again = 0; answer === 'unknown' && again < 3; again += 1) {
      answer = await other.orders.finishClosing(orderId, 'worker');
    }
    const isPaid = (await shop.gateway.trade(tradeId))?.state === 'paid';
    expect(await outcome(orderId)).toEqual(isPaid ? PAID : CLOSED);
  });
});

/** An order of the only unit that ended unpaid, while the gateway took its money after all. */
async function paidTooLate(skuId: string) {
  whims = ['paid_after_close'];
  await putOnSale(db, { id: skuId, onHand: 1 });
  const late = await unpaid(skuId);
  await takeDue(late.orderId);
  expect(await shop.orders.finishClosing(late.orderId, 'worker')).toBe('closed');
  expect(await shop.gateway.pay(late.tradeId)).toBe('paid');
  return { ...late, told: await shop.notice(late.tradeId) };
}

test.each(['before', 'after'])(
  '[R-05] late money comes %s somebody else buys the unit: one owner, one refund',
  async (when) => {
    const skuId = `late-${when}`;
    const { orderId, told } = await paidTooLate(skuId);
    if (when === 'before') expect(await shop.hear(told)).toBe('late_refunded');
    const second = await other.order('next', skuId);
    if (when === 'after') expect(await shop.hear(told)).toBe('late_refunded');
    expect(await other.pay(second.orderId)).toBe('applied');
    expect(await outcome(orderId)).toEqual(CLOSED);
    expect(await outcome(second.orderId)).toEqual(PAID);
  },
);

test('[R-05] free contests of late money against the next buyer: the unit has one owner, the money goes back once', async () => {
  await contests(async (round) => {
    const { orderId, told } = await paidTooLate(`late-free-${round}`);
    const [heard, again, next] = await Promise.all([
      shop.hear(told),
      other.hear(told),
      other.order(`next-${round}`, `late-free-${round}`),
    ]);
    expect([heard, again]).toEqual(['late_refunded', 'late_refunded']);
    expect(await outcome(orderId)).toEqual(CLOSED);
    expect((await read(next.orderId)).state).toBe('pending_pay');
    expect(await db.query(`select 1 from refund where order_id = $1`, [orderId])).toHaveLength(1);
  });
});

/** The trade of an order, as soon as the gateway has it. */
async function tradeOf(orderId: string): Promise<string> {
  for (;;) {
    const [trade] = await db.query<{ id: string }>('select id from sandbox_trade where order_id = $1', [orderId]);
    if (trade) return trade.id;
  }
}

test('[R-06] the answer of the creation is written first, then the notice: paid', async () => {
  people += 1;
  const { orderId } = await shop.order(`p${people}`, 'a');
  const gateway = await hold(db, wholeTable('sandbox_trade'));
  const starting = shop.payments.start({ key: randomUUID(), orderId, channel: 'sandbox' });
  await untilWaiting(db, 1);
  // Our row of the payment is there; it may not be written again before we say so.
  const ours = await hold(db, paymentRows(orderId));
  await gateway.release();
  try {
    const tradeId = await tradeOf(orderId);
    await untilWaiting(db, 1);
    await shop.gateway.pay(tradeId);
    const hearing = other.hear(await shop.notice(tradeId));
    await untilWaiting(db, 2);
    await ours.release();
    expect(await starting).toMatchObject({ ok: true });
    expect(await hearing).toBe('applied');
  } finally {
    await ours.release();
  }
  expect(await outcome(orderId)).toEqual(PAID);
});

test('[R-06] the notice is first, then the answer of the creation: paid, and the phone is told so', async () => {
  whims = ['early_notice'];
  // The post of earlier contests, which were told by hand, is not in the way.
  await db.query('update sandbox_notice set delivered_at = now() where delivered_at is null');
  people += 1;
  const { orderId } = await shop.order(`p${people}`, 'a');
  const started = await shop.payments.start({ key: randomUUID(), orderId, channel: 'sandbox' });
  expect(started).toEqual({ ok: false, refusal: { code: 'order_not_payable', state: 'paid' } });
  expect(await outcome(orderId)).toEqual(PAID);
});

test('[R-06] free contests of the notice against the answer of the creation: nothing is orphaned', async () => {
  await contests(async (round) => {
    people += 1;
    const { orderId } = await shop.order(`p${people}`, 'a');
    const start = shop.payments.start({ key: randomUUID(), orderId, channel: 'sandbox' });
    const tell = async () => {
      const tradeId = await tradeOf(orderId);
      await shop.gateway.pay(tradeId);
      return (round % 2 ? shop : other).hear(await shop.notice(tradeId));
    };
    const [started, heard] = await Promise.all([start, tell()]);
    expect(heard).toBe('applied');
    if (!started.ok) expect(started.refusal).toEqual({ code: 'order_not_payable', state: 'paid' });
    expect(await outcome(orderId)).toEqual(PAID);
    expect(await db.query('select 1 from payment where order_id = $1', [orderId])).toHaveLength(1);
  });
});

const WRONG = [
  { amountFen: 1 },
  { amountFen: 10_001 },
  { currency: 'USD' },
  { merchantId: 'somebody' },
  { tradeId: 'sbx_of_another' },
  { outTradeNo: 'pay_unknown' },
];

test.each(['before', 'after'])(
  '[R-07] notices that do not fit come %s the honest one: it alone moves the order',
  async (when) => {
    const { orderId, tradeId, told } = await paidAtGateway();
    const wrong = await Promise.all(WRONG.map((change) => shop.notice(tradeId, change)));
    if (when === 'after') expect(await shop.hear(told)).toBe('applied');
    for (const one of wrong) expect(await shop.hear(one)).toBe('quarantined');
    if (when === 'before') {
      expect((await read(orderId)).state).toBe('pending_pay');
      expect(await shop.hear(told)).toBe('applied');
    }
    expect(await outcome(orderId)).toEqual(PAID);
  },
);

test('[R-07] free contests of an honest notice among wrong ones: it alone is believed', async () => {
  await contests(async (round) => {
    const { orderId, tradeId, told } = await paidAtGateway();
    const all = [...(await Promise.all(WRONG.map((change) => shop.notice(tradeId, change)))), told];
    const at = round % all.length;
    const mixed = [...all.slice(at), ...all.slice(0, at)];
    const outcomes = await Promise.all(mixed.map((one, i) => (i % 2 ? shop : other).hear(one)));
    expect(outcomes.filter((one) => one === 'applied')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'quarantined')).toHaveLength(WRONG.length);
    expect(await outcome(orderId)).toEqual(PAID);
  });
});

/** Two ways to pay, and the gateway took the money of both: the second was opened when the first had been closed. */
async function paidByBoth() {
  whims = ['paid_after_close'];
  const first = await unpaid();
  const second = await shop.openPayment(first.orderId, 'other');
  for (const { tradeId } of [first, second]) expect(await shop.gateway.pay(tradeId)).toBe('paid');
  const tell = async (channel: string, tradeId: string) => {
    const { headers, body } = await shop.notice(tradeId);
    return (from: Shop) => from.payments.receiveNotice(channel, headers, body);
  };
  return {
    orderId: first.orderId,
    tellFirst: await tell('sandbox', first.tradeId),
    tellSecond: await tell('other', second.tradeId),
  };
}

test.each(['first', 'second'])(
  '[R-08] both ways to pay took money, the %s is heard first: the other goes back',
  async (which) => {
    const { orderId, tellFirst, tellSecond } = await paidByBoth();
    const [winner, loser] = which === 'first' ? [tellFirst, tellSecond] : [tellSecond, tellFirst];
    const outcomes = await inOrder(
      db,
      orderRow(orderId),
      () => winner(shop),
      () => loser(other),
    );
    expect(outcomes).toEqual(['applied', 'duplicate_refunded']);
    expect(await outcome(orderId)).toEqual(PAID);
    expect(await read(orderId)).toMatchObject({ paidFen: 20_000, refundedFen: 10_000 });
  },
);

test('[R-08] free contests of two payments that both succeed: one is kept, one goes back in full', async () => {
  await contests(async () => {
    const { orderId, tellFirst, tellSecond } = await paidByBoth();
    const outcomes = await Promise.all([tellFirst(shop), tellSecond(other)]);
    expect(outcomes.toSorted()).toEqual(['applied', 'duplicate_refunded']);
    expect(await outcome(orderId)).toEqual(PAID);
    expect(await read(orderId)).toMatchObject({ paidFen: 20_000, refundedFen: 10_000 });
  });
});
