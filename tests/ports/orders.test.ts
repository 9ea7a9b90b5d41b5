import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { HOUR, putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
});

afterEach(async () => {
  const broken = await violations(db);
  await drop();
  expect(broken).toEqual([]);
});

const level = async (skuId: string) =>
  (
    await db.query<{ on_hand: number; reserved: number; sold: number }>(
      'select on_hand, reserved, sold from stock_level where sku_id = $1',
      [skuId],
    )
  )[0];

const stateOf = async (orderId: string) => (await shop.book.read(orderId))?.state;

/** Makes the order's time to pay end in the past, as the clock would. */
const runOut = (orderId: string) =>
  db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orderId]);

async function expire() {
  const { ended, asked } = await shop.book.endDue(30_000, 500);
  for (const orderId of asked) await shop.orders.finishClosing(orderId, 'worker');
  return ended.length + asked.length;
}

test('[P1] 200 people want the last unit: one gets it, 199 are told that nothing is left', async () => {
  await putOnSale(db, { id: 'last', onHand: 1 });
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => shop.submit(`p${i}`, [{ skuId: 'last', quantity: 1 }])),
  );
  expect(answers.filter((a) => a.ok)).toHaveLength(1);
  const refusals = answers.flatMap((a) => (a.ok ? [] : [a.refusal]));
  expect(refusals.every((r) => r.code === 'lines_refused' && r.problems[0]?.code === 'sold_out')).toBe(true);
  expect(await level('last')).toEqual({ on_hand: 1, reserved: 1, sold: 0 });
});

test('[P1] two processes sell the same goods: exact by the database alone', async () => {
  await putOnSale(db, {
    id: 'hot',
    onHand: 50,
    session: { ...running('s', 8_000), tiers: [{ upTo: 10, priceFen: 4_000 }] },
  });
  const other = await openShop(db);
  const answers = await Promise.all(
    Array.from({ length: 160 }, (_, i) => (i % 2 ? shop : other).buy(`p${i}`, 'hot', 1 + (i % 3))),
  );
  const accepted = answers.filter((a) => a.ok).length;
  expect(accepted).toBeGreaterThan(15);
  const [sums] = await db.query<{ units: number; half: number }>(
    `select sum(quantity)::integer as units, count(*) filter (where price_kind = 'tier') as half from order_line`,
  );
  expect(sums?.half).toBe(10);
  // Who wanted one unit was served as long as there was one: nothing is stranded.
  expect(sums?.units).toBe(50);
});

test('[P3] a second tap with the same key gets the same order, also weeks later; other content under it is refused', async () => {
  await putOnSale(db, { id: 'a' });
  const key = randomUUID();
  const taps = await Promise.all(
    Array.from({ length: 20 }, () => shop.submit('ann', [{ skuId: 'a', quantity: 1 }], key)),
  );
  const ids = new Set(taps.map((tap) => tap.ok && tap.value.orderId));
  expect(ids.size).toBe(1);
  expect(taps.filter((tap) => tap.ok && !tap.value.isReplay)).toHaveLength(1);
  const reused = await shop.submit('ann', [{ skuId: 'a', quantity: 2 }], key);
  expect(reused).toEqual({ ok: false, refusal: { code: 'key_reused' } });
  expect(await level('a')).toMatchObject({ reserved: 1 });
  // Paid meanwhile, and forty days go by: the answer is the first one.
  const [orderId] = [...ids] as [string];
  await shop.pay(orderId);
  await db.query(
    `update orders set placed_at = placed_at - interval '40 days', paid_at = paid_at - interval '40 days'`,
  );
  const late = await shop.submit('ann', [{ skuId: 'a', quantity: 1 }], key);
  expect(late).toMatchObject({ ok: true, value: { orderId, isReplay: true } });
  expect(await level('a')).toMatchObject({ reserved: 0, sold: 1 });
});

test('the same key at two processes at once is one order, and both are told of it', async () => {
  await putOnSale(db, { id: 'a' });
  const other = await openShop(db);
  for (let round = 0; round < 10; round += 1) {
    const key = randomUUID();
    const taps = await Promise.all([shop, other].map((one) => one.submit('ann', [{ skuId: 'a', quantity: 1 }], key)));
    expect(taps.map((tap) => tap.ok)).toEqual([true, true]);
    expect(new Set(taps.map((tap) => tap.ok && tap.value.orderId)).size).toBe(1);
  }
});

test('several goods are had together or not at all, each line with its reason', async () => {
  await putOnSale(db, { id: 'many' });
  await putOnSale(db, { id: 'few', onHand: 1 });
  await putOnSale(db, { id: 'soon', session: { id: 's', startsInMs: HOUR, endsInMs: 2 * HOUR, priceFen: 5 } });
  const lines = ['many', 'few', 'soon', 'nowhere'].map((skuId) => ({ skuId, quantity: 2 }));
  const answer = await shop.submit('ann', lines);
  expect(answer).toMatchObject({
    ok: false,
    refusal: {
      code: 'lines_refused',
      problems: [
        { skuId: 'few', code: 'sold_out', left: 1 },
        { skuId: 'soon', code: 'not_open_yet' },
        { skuId: 'nowhere', code: 'unknown_sku' },
      ],
    },
  });
  expect(await level('many')).toMatchObject({ reserved: 0 });
});

test('[P14] half price for the first 10: of 60 buyers with 30 % who never pay, exactly 10 pay half', async () => {
  await putOnSale(db, {
    id: 'half',
    onHand: 200,
    session: { ...running('s', 8_000), tiers: [{ upTo: 10, priceFen: 4_000 }] },
  });
  const buy = async (i: number) => {
    const { orderId } = await shop.order(`p${i}`, 'half');
    if (i % 10 < 3) await runOut(orderId);
    else expect(await shop.pay(orderId)).toBe('applied');
  };
  for (let i = 0; i < 60; i += 12) {
    await Promise.all(Array.from({ length: 12 }, (_, j) => buy(i + j)));
    await expire();
  }
  const ranks = await db.query<{ rank: number }>(
    `select l.tier_slot as rank from order_line l join orders o on o.id = l.order_id
     where l.price_kind = 'tier' and o.state = 'paid' order by 1`,
  );
  expect(ranks.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('[P14] one person gets one half-price unit, whatever he opens at once', async () => {
  await putOnSale(db, { id: 'half', session: { ...running('s', 8_000), tiers: [{ upTo: 10, priceFen: 4_000 }] } });
  await Promise.all(Array.from({ length: 8 }, () => shop.submit('ann', [{ skuId: 'half', quantity: 1 }])));
  const [half] = await db.query<{ n: number }>(`select count(*) as n from order_line where price_kind = 'tier'`);
  expect(half?.n).toBe(1);
});

test('a limit of two holds over parallel orders, and a cancelled order frees it', async () => {
  await putOnSale(db, { id: 'lim', limitPerPerson: 2 });
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => shop.submit('ann', [{ skuId: 'lim', quantity: 1 }])),
  );
  const accepted = answers.flatMap((a) => (a.ok ? [a.value.orderId] : []));
  expect(accepted).toHaveLength(2);
  expect(await shop.orders.cancel('ann', accepted[0] as string)).toMatchObject({
    ok: true,
    value: { order: { state: 'closed' } },
  });
  expect((await shop.submit('ann', [{ skuId: 'lim', quantity: 1 }])).ok).toBe(true);
});

test('a paid order keeps its goods; its price becomes a price that was really paid', async () => {
  await putOnSale(db, { id: 'a', onHand: 5 });
  const { orderId } = await shop.order('ann', 'a', 2);
  expect(await shop.pay(orderId)).toBe('applied');
  expect(await level('a')).toEqual({ on_hand: 3, reserved: 0, sold: 2 });
  expect(await db.query('select unit_fen from deal_price')).toEqual([{ unit_fen: 10_000 }]);
  expect(await shop.orders.cancel('ann', orderId)).toMatchObject({
    refusal: { code: 'order_cannot_move', state: 'paid' },
  });
});

test('what an account of the demo pays is not kept as a price that was really paid', async () => {
  await putOnSale(db, { id: 'a', onHand: 5 });
  await db.query(
    `insert into person (id, display_name, email, is_demo) values ('crowd-1', '', 'crowd-1@phone.invalid', true)`,
  );
  const { orderId } = await shop.order('crowd-1', 'a', 1);
  expect(await shop.pay(orderId)).toBe('applied');
  expect(await db.query('select unit_fen from deal_price')).toEqual([]);
});

test('an unpaid order ends once, however many workers look, and everything is on sale again', async () => {
  await putOnSale(db, { id: 'a', onHand: 3 });
  const { orderId } = await shop.order('ann', 'a', 3);
  await shop.openPayment(orderId);
  await runOut(orderId);
  await Promise.all([expire(), expire(), expire()]);
  expect(await stateOf(orderId)).toBe('closed');
  expect(await level('a')).toEqual({ on_hand: 3, reserved: 0, sold: 0 });
});

test('[R-05] money that comes after the order was closed goes back by itself, once', async () => {
  await putOnSale(db, { id: 'a' });
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId, paymentId } = await shop.openPayment(orderId);
  await runOut(orderId);
  await expire();
  // The gateway claims after all that it was paid.
  await db.query(`update sandbox_trade set state = 'paid', paid_at = now() where id = $1`, [tradeId]);
  const told = await shop.notice(tradeId);
  expect(await shop.hear(told)).toBe('late_refunded');
  expect(await shop.hear(told)).toBe('late_refunded');
  await shop.sendRefunds();
  await shop.sendRefunds();
  expect(await shop.book.read(orderId)).toMatchObject({ state: 'closed', paidFen: 10_000, refundedFen: 10_000 });
  expect(await db.query('select amount_fen from sandbox_refund')).toEqual([{ amount_fen: 10_000 }]);
  expect(paymentId).toMatch(/^pay_/);
});

test('[R-03] the same notice ten times at once pays once', async () => {
  await putOnSale(db, { id: 'a' });
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId } = await shop.openPayment(orderId);
  await shop.gateway.pay(tradeId);
  const told = await shop.notice(tradeId);
  await Promise.all(Array.from({ length: 10 }, () => shop.hear(told)));
  expect(await shop.hear(await shop.notice(tradeId))).toBe('duplicate');
  expect(await stateOf(orderId)).toBe('paid');
});

test.each([
  ['another amount', { amountFen: 1 }],
  ['another currency', { currency: 'USD' }],
  ['another merchant', { merchantId: 'somebody' }],
  ['a payment that we never opened', { outTradeNo: 'pay_unknown' }],
])('[R-07] a well-signed notice of %s moves nothing', async (_what, change) => {
  await putOnSale(db, { id: 'a' });
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId } = await shop.openPayment(orderId);
  const outcome = await shop.hear(await shop.notice(tradeId, change));
  expect(outcome).toBe('quarantined');
  expect(await stateOf(orderId)).toBe('pending_pay');
});

test('[R-07] a forged or unsigned notice is not even kept', async () => {
  await putOnSale(db, { id: 'a' });
  const { orderId } = await shop.order('ann', 'a');
  const { tradeId } = await shop.openPayment(orderId);
  const forger = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  expect(await shop.hear(await shop.notice(tradeId, {}, forger.privateKey))).toBe('rejected');
  const told = await shop.notice(tradeId);
  expect(await shop.payments.receiveNotice('sandbox', {}, told.body)).toBe('rejected');
  expect(await shop.payments.receiveNotice('sandbox', told.headers, `${told.body} `)).toBe('rejected');
  expect(await db.query('select 1 from payment_notice')).toEqual([]);
});

test('[R-08] two payments for one order: the second goes back in full', async () => {
  await putOnSale(db, { id: 'a' });
  const { orderId } = await shop.order('ann', 'a');
  const first = await shop.openPayment(orderId);
  await db.query(`update payment set state = 'closed' where id = $1`, [first.paymentId]);
  const second = await shop.openPayment(orderId);
  await Promise.all([first, second].map(({ tradeId }) => shop.gateway.pay(tradeId)));
  expect(await shop.hear(await shop.notice(first.tradeId))).toBe('applied');
  expect(await shop.hear(await shop.notice(second.tradeId))).toBe('duplicate_refunded');
  await shop.sendRefunds();
  expect(await shop.book.read(orderId)).toMatchObject({ state: 'paid', paidFen: 20_000, refundedFen: 10_000 });
});

test('somebody else’s order is not there', async () => {
  await putOnSale(db, { id: 'a' });
  const { orderId } = await shop.order('ann', 'a');
  expect(await shop.orders.ownOrder('bob', orderId)).toBeNull();
  expect(await shop.orders.cancel('bob', orderId)).toEqual({ ok: false, refusal: { code: 'not_found' } });
  expect(await stateOf(orderId)).toBe('pending_pay');
});

test('a forged quote is refused, and one for cheaper goods does not buy dearer ones', async () => {
  await putOnSale(db, { id: 'cheap', priceFen: 1 });
  await putOnSale(db, { id: 'dear', priceFen: 900_000 });
  const quoted = await shop.orders.quote([{ skuId: 'cheap', quantity: 1 }], 'ann');
  const version = quoted.ok ? quoted.value.quote.version : '';
  const base = { key: randomUUID(), lines: [{ skuId: 'dear', quantity: 1 }], addressId: 'home' };
  expect(await shop.orders.submit('ann', { ...base, quoteVersion: version })).toMatchObject({
    refusal: { code: 'price_changed', quote: { totalFen: 900_000 } },
  });
  expect(await shop.orders.submit('ann', { ...base, quoteVersion: `x${version}` })).toEqual({
    ok: false,
    refusal: { code: 'quote_invalid' },
  });
});

test('[R-18] one command that the database refuses does not hurt its neighbours', async () => {
  await putOnSale(db, { id: 'a' });
  // A NUL byte cannot be stored in a text column: the write of the whole batch fails.
  const lines = [{ skuId: 'a', quantity: 1 }];
  const quoted = await shop.orders.quote(lines, 'x');
  const quoteVersion = quoted.ok ? quoted.value.quote.version : '';
  const answers = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      shop.orders.submit(`p${i}`, {
        key: randomUUID(),
        lines,
        quoteVersion,
        addressId: 'home',
        note: i === 17 ? 'a\u0000b' : '',
      }),
    ),
  );
  expect(answers.map((a) => a.status === 'fulfilled' && a.value.ok)).toEqual(answers.map((_, i) => i !== 17));
  expect(await level('a')).toMatchObject({ reserved: 29 });
});
