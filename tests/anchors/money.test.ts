import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { orderCancel, orderList, orderQuote, orderRead, orderReceive, orderSubmit } from '../../lib/contracts/order.ts';
import { paymentStart, sandboxPay } from '../../lib/contracts/payment.ts';
import { gatewayKeys } from '../../server/payment/sandbox/gateway.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { openTrade, order, type Shopper, submit } from './support.ts';

/* What failed at other malls where money is concerned, done to ours by the same recipe, through the door. */

let edge: Edge;
let ann: Shopper;
let bob: Shopper;
let privateKey: string;

beforeAll(async () => {
  edge = await openEdge();
  ({ privateKey } = await gatewayKeys(edge.db));
  ann = await shopperAt(edge, '13900000001');
  bob = await shopperAt(edge, '13900000002');
  await putOnSale(edge.db, { id: 'a', priceFen: 99_900, onHand: 1_000 });
});
afterAll(() => edge.close());
afterEach(async () => expect(await violations(edge.db)).toEqual([]));

const stateOf = async (shopper: Shopper, id: string) =>
  accepted(await shopper.browser.call(orderRead, { id })).order.state;

type Told = { tradeId: string; signedBy?: string; says?: object };

/** Posts a notice as whoever holds the key, to where the channel posts. */
async function postNotice({ tradeId, signedBy, says = {} }: Told) {
  const [trade] = await edge.db.query<{ out_trade_no: string; amount_fen: number; merchant_id: string }>(
    'select out_trade_no, amount_fen, merchant_id from sandbox_trade where id = $1',
    [tradeId],
  );
  const body = JSON.stringify({
    noticeId: `ntc_${randomUUID()}`,
    tradeId,
    outTradeNo: trade?.out_trade_no,
    amountFen: trade?.amount_fen,
    currency: 'CNY',
    merchantId: trade?.merchant_id,
    paidAt: Date.now(),
    ...says,
  });
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (signedBy) headers['x-sandbox-signature'] = createSign('RSA-SHA256').update(body).sign(signedBy, 'base64');
  return fetch(`${edge.origin}/api/payment.notice/sandbox`, { method: 'POST', headers, body });
}

test('a price that the client sends (one fen for a phone, macrozheng/mall #998) buys nothing', async () => {
  const lines = [{ skuId: 'a', quantity: 1 }];
  const { quote } = accepted(await ann.browser.call(orderQuote, { lines }));
  const base = { key: randomUUID(), lines, quoteVersion: quote.version, addressId: ann.addressId };
  for (const cheap of [
    { ...base, totalFen: 1 },
    { ...base, payAmount: 0.01 },
    { ...base, lines: [{ skuId: 'a', quantity: 1, unitFen: 1 }] },
  ]) {
    expect(outcomeOf(await ann.browser.call(orderSubmit, cheap))).toBe('invalid_input');
  }
  // The signed quote, opened and written again with another price.
  const [text = '', signature] = quote.version.split('.');
  const body = JSON.parse(Buffer.from(text, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...body, f: 1, l: [['a', 1, 0]] })).toString('base64url');
  for (const quoteVersion of [`${forged}.${signature}`, `${forged}.`, `${forged}.x`]) {
    expect(outcomeOf(await ann.browser.call(orderSubmit, { ...base, quoteVersion }))).toBe('quote_invalid');
  }
  expect(accepted(await ann.browser.call(orderSubmit, base)).totalFen).toBe(99_900);
});

test('an address that marks any order paid by GET (newbee-mall #82, #100, #107) does not exist, and no unsigned word is believed', async () => {
  const orderId = await order(ann, 'a');
  const tradeId = await openTrade(ann, orderId);
  for (const path of [
    `/api/paySuccess?orderNo=${orderId}&payType=1`,
    `/api/payment.notice/sandbox?outTradeNo=${orderId}`,
    `/api/payment.start?orderId=${orderId}`,
    `/api/sandbox.pay?id=${tradeId}`,
  ]) {
    expect((await fetch(edge.origin + path)).status).toBe(404);
  }
  const stranger = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
  expect((await postNotice({ tradeId })).status).toBe(401);
  expect((await postNotice({ tradeId, signedBy: stranger })).status).toBe(401);
  expect(await stateOf(ann, orderId)).toBe('pending_pay');
});

test('a payment of one fen for a whole order (amount not compared) is put aside and moves nothing', async () => {
  const orderId = await order(ann, 'a');
  const tradeId = await openTrade(ann, orderId);
  expect((await postNotice({ tradeId, signedBy: privateKey, says: { amountFen: 1 } })).status).toBe(200);
  expect(await stateOf(ann, orderId)).toBe('pending_pay');
  expect(await edge.db.query(`select 1 from payment_notice where outcome = 'quarantined'`)).toHaveLength(1);
});

test('a page of another site that commands in the shopper’s name (CSRF on the paying address) is refused', async () => {
  const orderId = await order(ann, 'a');
  const headers = { origin: 'https://evil.example', host: new URL(edge.origin).host };
  const cancelled = await ann.browser.call(orderCancel, { id: orderId }, { headers });
  const started = { key: randomUUID(), orderId, channel: 'sandbox' } as const;
  expect(outcomeOf(cancelled)).toBe('forbidden');
  expect(outcomeOf(await ann.browser.call(paymentStart, started, { headers }))).toBe('forbidden');
  expect(await stateOf(ann, orderId)).toBe('pending_pay');
});

test('the number of somebody else’s order opens nothing: not to read, pay, cancel or receive it', async () => {
  const id = await order(ann, 'a');
  expect(outcomeOf(await bob.browser.call(orderRead, { id }))).toBe('not_found');
  expect(outcomeOf(await bob.browser.call(orderCancel, { id }))).toBe('not_found');
  expect(outcomeOf(await bob.browser.call(orderReceive, { id }))).toBe('not_found');
  const start = { key: randomUUID(), orderId: id, channel: 'sandbox' } as const;
  expect(outcomeOf(await bob.browser.call(paymentStart, start))).toBe('not_found');
  const { orders } = accepted(await bob.browser.call(orderList, {}));
  expect(orders.map((one) => one.id)).not.toContain(id);
  expect(await stateOf(ann, id)).toBe('pending_pay');
});

test('somebody else’s address cannot be put into an order', async () => {
  const answer = await submit({ browser: bob.browser, addressId: ann.addressId }, [{ skuId: 'a', quantity: 1 }]);
  expect(outcomeOf(answer)).toBe('unknown_address');
});

/** Lets an unpaid order run out, as the clock and the worker do. */
async function runOut(orderId: string) {
  await edge.db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1`, [orderId]);
  await edge.orders.book.endDue(30_000, 500);
  expect(await edge.orders.finishClosing(orderId, 'worker')).toBe('closed');
}

test('paid after the timeout job has released the unit (seckill #41): the gateway is closed first, nobody pays for nothing', async () => {
  await putOnSale(edge.db, { id: 'only', onHand: 1 });
  const orderId = await order(ann, 'only');
  const tradeId = await openTrade(ann, orderId);
  await runOut(orderId);
  const second = await order(bob, 'only');
  expect(outcomeOf(await ann.browser.call(sandboxPay, { id: tradeId }))).toBe('trade_closed');
  // And if a channel takes the money all the same, it goes back; the unit has one owner.
  await edge.db.query(`update sandbox_trade set state = 'paid', paid_at = now() where id = $1`, [tradeId]);
  expect((await postNotice({ tradeId, signedBy: privateKey })).status).toBe(200);
  const late = accepted(await ann.browser.call(orderRead, { id: orderId })).order;
  expect(late).toMatchObject({ state: 'closed', closedBecause: 'late_payment' });
  expect(await edge.db.query('select amount_fen from refund where order_id = $1', [orderId])).toEqual([
    { amount_fen: late.paidFen },
  ]);
  expect(await stateOf(bob, second)).toBe('pending_pay');
});

test('a cancel that looks at the state and then writes (paid and cancelled at once) is one guarded move: paid stays paid', async () => {
  const orderId = await order(ann, 'a');
  const tradeId = await openTrade(ann, orderId);
  accepted(await ann.browser.call(sandboxPay, { id: tradeId }));
  const [, ...cancels] = await Promise.all([
    postNotice({ tradeId, signedBy: privateKey }),
    ...Array.from({ length: 6 }, () => ann.browser.call(orderCancel, { id: orderId })),
  ]);
  expect(cancels.map(outcomeOf)).toEqual(Array(6).fill('order_cannot_move'));
  expect(await stateOf(ann, orderId)).toBe('paid');
});
