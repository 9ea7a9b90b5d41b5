import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaidNotice } from '../../server/payment/payment-channel.ts';
import type { Database } from '../../server/platform/database.ts';
import { openAlipay } from '../support/alipay.ts';
import { type ChannelBench, PAYER, returnedFen } from '../support/channel-bench.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openSandbox } from '../support/sandbox-bench.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { openWechatPay } from '../support/wechat-pay.ts';

const COMPANIES: [name: string, open: () => Promise<ChannelBench>][] = [
  ['sandbox', openSandbox],
  ['wechat', openWechatPay],
  ['alipay', openAlipay],
];

const MINUTE = 60_000;
const newId = () => `pay_${randomBytes(14).toString('hex')}`;

describe.each(COMPANIES)('one suite for every channel: %s', (name, open) => {
  let bench: ChannelBench;
  beforeAll(async () => {
    bench = await open();
  });
  afterAll(() => bench.close());

  const wanted = (id: string, amountFen = 12_345) => ({
    id,
    orderId: 'ord_1',
    amountFen,
    subject: 'Festa ord_1',
    expiresAt: Math.floor(Date.now() / 1000) * 1000 + 5 * MINUTE,
    scene: 'phone' as const,
    clientAddress: '203.0.113.7',
  });

  /** A trade that a buyer has opened and paid. */
  async function paidTrade(amountFen = 12_345): Promise<string> {
    const id = newId();
    const { payUrl } = await bench.channel.create(wanted(id, amountFen));
    await bench.pay(id, payUrl);
    return id;
  }
  const noticeOf = (told: { headers: Record<string, string>; body: string }): PaidNotice => {
    const parsed = bench.channel.parseNotice(told.headers, told.body);
    if (parsed.kind !== 'paid') throw new Error(JSON.stringify(parsed));
    return parsed.notice;
  };

  test('a trade is opened for the amount and until the moment that we say, and paid where it says', async () => {
    const trade = wanted(newId());
    const opened = await bench.channel.create(trade);
    expect(opened.as).toBe('page');
    await bench.pay(trade.id, opened.payUrl);
    expect(bench.trades.get(trade.id)).toMatchObject({
      state: 'paid',
      amountFen: trade.amountFen,
      expiresAt: trade.expiresAt,
    });
  });

  test('the same number twice is one trade', async () => {
    const trade = wanted(newId());
    const before = bench.trades.size;
    const [first, second] = [await bench.channel.create(trade), await bench.channel.create(trade)];
    await bench.pay(trade.id, first.payUrl);
    await bench.pay(trade.id, second.payUrl);
    expect(bench.trades.size).toBe(before + 1);
  });

  test('asked, it says unknown, open, paid with every fact, or closed', async () => {
    expect(await bench.channel.query(newId())).toEqual({ state: 'unknown' });
    const id = await paidTrade(990);
    expect(await bench.channel.query(id)).toMatchObject({
      state: 'paid',
      notice: { outTradeNo: id, amountFen: 990, currency: 'CNY', merchantId: bench.channel.merchantId },
    });
    const left = newId();
    await bench.channel.create(wanted(left));
    await bench.channel.close(left);
    expect(['closed', 'unknown']).toContain((await bench.channel.query(left)).state);
  });

  test('what it says when asked has one number, however often it says it', async () => {
    const id = await paidTrade();
    const [first, second] = [await bench.channel.query(id), await bench.channel.query(id)];
    expect(first).toEqual(second);
  });

  test('a close is once and for all; it says so when the buyer was faster', async () => {
    const id = newId();
    expect(await bench.channel.close(id)).toBe('closed');
    await bench.channel.create(wanted(id));
    expect(await bench.channel.close(id)).toBe('closed');
    expect(await bench.channel.close(id)).toBe('closed');
    expect(await bench.channel.close(await paidTrade())).toBe('paid');
  });

  test('money goes back in parts and in whole, each number once, and never more than was paid', async () => {
    const paymentId = await paidTrade(10_000);
    const refund = (id: string, amountFen: number) =>
      bench.channel.refund({ id, paymentId, amountFen, totalFen: 10_000 });
    expect(await refund(`${paymentId}a`, 2_501)).toBe('done');
    expect(await refund(`${paymentId}a`, 2_501)).toBe('done');
    expect(returnedFen(bench.trades.get(paymentId))).toBe(2_501);
    await expect(refund(`${paymentId}b`, 7_500)).rejects.toThrow();
    expect(await refund(`${paymentId}c`, 7_499)).toBe('done');
    expect(returnedFen(bench.trades.get(paymentId))).toBe(10_000);
  });

  test('money of a trade that was never paid does not go back', async () => {
    const paymentId = newId();
    await bench.channel.create(wanted(paymentId));
    await expect(
      bench.channel.refund({ id: `${paymentId}a`, paymentId, amountFen: 1, totalFen: 12_345 }),
    ).rejects.toThrow();
  });

  test('[T-09] notice and answer name the one who paid', async () => {
    const id = await paidTrade(2);
    expect(noticeOf(bench.notice(id)).payerId).toBe(PAYER);
    expect(await bench.channel.query(id)).toMatchObject({ state: 'paid', notice: { payerId: PAYER } });
  });

  test('a notice tells all that our books compare; its repeat has the same number', async () => {
    const id = await paidTrade(1);
    const notice = noticeOf(bench.notice(id));
    expect(notice).toMatchObject({
      outTradeNo: id,
      channelTradeId: bench.trades.get(id)?.tradeNo,
      amountFen: 1,
      currency: 'CNY',
      merchantId: bench.channel.merchantId,
      paidAt: Date.parse('2026-11-11T00:00:05+08:00'),
    });
    expect(noticeOf(bench.notice(id)).noticeId).toBe(notice.noticeId);
    expect(noticeOf(bench.notice(id, { number: 1 })).noticeId).not.toBe(notice.noticeId);
  });

  test('[R-07] a notice that is not the company’s own is rejected, whatever is wrong with it', async () => {
    const id = await paidTrade();
    const kinds = Object.fromEntries(
      Object.entries(bench.forgeries(id)).map(([what, { headers, body }]) => [
        what,
        bench.channel.parseNotice(headers, body).kind,
      ]),
    );
    expect(Object.keys(kinds).length).toBeGreaterThanOrEqual(3);
    expect(kinds).toEqual(Object.fromEntries(Object.keys(kinds).map((what) => [what, 'rejected'])));
  });

  test('a lost answer is a throw, and asking again finds it done once', async () => {
    const paymentId = await paidTrade(500);
    bench.loseAnswer('refund');
    const refund = { id: `${paymentId}a`, paymentId, amountFen: 500, totalFen: 500 };
    await expect(bench.channel.refund(refund)).rejects.toThrow();
    expect(returnedFen(bench.trades.get(paymentId))).toBe(500);
    expect(await bench.channel.refund(refund)).toBe('done');
    expect(returnedFen(bench.trades.get(paymentId))).toBe(500);
    const id = newId();
    const { payUrl } = await bench.channel.create(wanted(id));
    if (name === 'alipay') await fetch(payUrl);
    bench.loseAnswer('close');
    await expect(bench.channel.close(id)).rejects.toThrow();
    expect(await bench.channel.close(id)).toBe('closed');
  });

  test.each(['query', 'close', 'refund'] as const)(
    'an answer that the company did not sign is no answer: %s',
    async (call) => {
      const paymentId = await paidTrade(500);
      bench.forgeAnswer(call);
      const ask = {
        query: () => bench.channel.query(paymentId),
        close: () => bench.channel.close(paymentId),
        refund: () => bench.channel.refund({ id: `${paymentId}a`, paymentId, amountFen: 500, totalFen: 500 }),
      }[call];
      await expect(ask()).rejects.toThrow();
    },
  );

  test('a notice is thanked for in the company’s own words, and otherwise asked for again', () => {
    const [kept, not] = [bench.channel.acknowledgement(true), bench.channel.acknowledgement(false)];
    expect(kept.status).toBe(200);
    expect(kept.body).not.toBe(not.body);
  });

  describe('with our books', () => {
    let db: Database;
    let drop: () => Promise<void>;
    let shop: Shop;
    beforeEach(async () => {
      ({ db, drop } = await testDatabase());
      shop = await openShop(db, { real: [bench.channel] });
      await putOnSale(db, { id: 'a' });
    });
    afterEach(async () => {
      const broken = await violations(db);
      await drop();
      expect(broken).toEqual([]);
    });
    const hear = ({ headers, body }: { headers: Record<string, string>; body: string }) =>
      shop.payments.receiveNotice(name, headers, body);
    async function openPayment() {
      const { orderId } = await shop.order('ann', 'a');
      const started = await shop.payments.start({ key: randomUUID(), orderId, channel: name });
      if (!started.ok) throw new Error(JSON.stringify(started.refusal));
      return { orderId, ...started.value };
    }

    test('[R-03] a payment and its notice make the order paid, once', async () => {
      const { orderId, paymentId, payUrl } = await openPayment();
      await bench.pay(paymentId, payUrl);
      const told = bench.notice(paymentId);
      expect(await Promise.all([hear(told), hear(told)])).toEqual(['applied', 'applied']);
      expect(await hear(bench.notice(paymentId, { number: 1 }))).toBe('duplicate');
      expect(await shop.book.read(orderId)).toMatchObject({ state: 'paid', paidFen: 10_000, refundedFen: 0 });
    });

    test('[R-07] another amount or another merchant is quarantined, and asking finds what is so', async () => {
      const { orderId, paymentId, payUrl } = await openPayment();
      await bench.pay(paymentId, payUrl);
      expect(await hear(bench.notice(paymentId, { number: 1, amountFen: 9_999 }))).toBe('quarantined');
      expect(await hear(bench.notice(paymentId, { number: 2, merchant: '1900000009' }))).toBe('quarantined');
      expect((await shop.book.read(orderId))?.state).toBe('pending_pay');
      await db.query('update payment set next_ask_at = now()');
      await shop.payments.askChannels();
      expect((await shop.book.read(orderId))?.state).toBe('paid');
    });

    test('[R-05] money that comes after the close goes back by the same channel, to the fen', async () => {
      const { orderId, paymentId, payUrl } = await openPayment();
      await shop.orders.cancel('ann', orderId);
      expect((await shop.book.read(orderId))?.state).toBe('closed');
      await bench.pay(paymentId, payUrl, true);
      expect(await hear(bench.notice(paymentId))).toBe('late_refunded');
      bench.loseAnswer('refund');
      for (let tries = 0; tries < 2; tries += 1) {
        await db.query('update refund set next_try_at = now()');
        await shop.sendRefunds();
      }
      expect(returnedFen(bench.trades.get(paymentId))).toBe(10_000);
      expect(await shop.book.read(orderId)).toMatchObject({ state: 'closed', paidFen: 10_000, refundedFen: 10_000 });
    });

    test('[R-04] a close without an answer releases nothing until there is one', async () => {
      const { orderId, payUrl } = await openPayment();
      if (name === 'alipay') await fetch(payUrl);
      bench.fail('close');
      await shop.orders.cancel('ann', orderId);
      expect((await shop.book.read(orderId))?.state).toBe('closing');
      expect(await shop.orders.finishClosing(orderId, 'worker')).toBe('closed');
      expect((await shop.book.read(orderId))?.state).toBe('closed');
    });
  });
});
