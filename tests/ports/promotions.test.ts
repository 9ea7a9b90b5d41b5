import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { putPromotion } from '../support/promotions.ts';
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

async function quoteOf(lines: { skuId: string; quantity: number }[]) {
  const answer = await shop.orders.quote(lines, 'ann');
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value.quote;
}

const stop = (id: string) =>
  db.query(`update promotion set stopped_at = now(), stopped_by = 'test' where id = $1`, [id]);

test('what the quote takes off is what the order takes off, line by line, and what is paid', async () => {
  await putOnSale(db, { id: 'a', priceFen: 10_001 });
  await putOnSale(db, { id: 'b', priceFen: 20_000 });
  await putPromotion(db);
  const lines = [
    { skuId: 'a', quantity: 1 },
    { skuId: 'b', quantity: 1 },
  ];
  const quote = await quoteOf(lines);
  expect(quote).toMatchObject({ goodsFen: 30_001, discountFen: 5_000, totalFen: 25_001, freightFen: 0 });
  const answer = await shop.submit('ann', lines);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  expect(answer.value.totalFen).toBe(quote.totalFen);
  const order = await shop.book.read(answer.value.orderId);
  expect(order).toMatchObject({ discountFen: 5_000, cuts: quote.cuts });
  expect(order?.lines.map(({ discountFen }) => discountFen)).toEqual(quote.lines.map(({ discountFen }) => discountFen));
  await shop.pay(answer.value.orderId);
  expect(await db.query('select amount_fen from payment')).toEqual([{ amount_fen: 25_001 }]);
});

test('the price that was really paid, which a crossed-out price is measured by, is the one after the promotion', async () => {
  await putOnSale(db, { id: 'a', priceFen: 15_000 });
  await putPromotion(db);
  const { orderId } = await shop.order('ann', 'a', 2);
  await shop.pay(orderId);
  expect(await db.query('select sku_id, unit_fen from deal_price')).toEqual([{ sku_id: 'a', unit_fen: 12_500 }]);
});

test('goods of a session count only where their session says so', async () => {
  await putOnSale(db, { id: 'a', session: running('s', 40_000) });
  await putPromotion(db);
  expect((await quoteOf([{ skuId: 'a', quantity: 1 }])).discountFen).toBe(0);
  await db.query('update sale_session set allows_promotions = true');
  expect((await quoteOf([{ skuId: 'a', quantity: 1 }])).discountFen).toBe(5_000);
});

test('[P7] a promotion that was stopped since the quote is told with the new price, and nothing is taken', async () => {
  await putOnSale(db, { id: 'a', priceFen: 30_000 });
  await putPromotion(db);
  const lines = [{ skuId: 'a', quantity: 1 }];
  const { version } = await quoteOf(lines);
  await stop('p1');
  const key = '7b8f6c0e-4b0c-4b0e-9d8e-0f5a7c1d2e3f';
  const answer = await shop.orders.submit('ann', { key, lines, quoteVersion: version, addressId: 'home' });
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'price_changed', quote: { totalFen: 30_000 } } });
  expect(await db.query('select 1 from orders')).toEqual([]);
});

test('a promotion that began since the quote is given without being asked for', async () => {
  await putOnSale(db, { id: 'a', priceFen: 30_000 });
  const lines = [{ skuId: 'a', quantity: 1 }];
  const { version } = await quoteOf(lines);
  await putPromotion(db);
  const key = '7b8f6c0e-4b0c-4b0e-9d8e-0f5a7c1d2e3f';
  const answer = await shop.orders.submit('ann', { key, lines, quoteVersion: version, addressId: 'home' });
  expect(answer).toMatchObject({ ok: true, value: { totalFen: 25_000 } });
});

test('[P7] prices and promotions change all the time while 400 people check out: nobody is charged more than he was shown', async () => {
  await putOnSale(db, { id: 'a', priceFen: 9_000, onHand: 10_000 });
  await putOnSale(db, { id: 'b', priceFen: 21_500, onHand: 10_000 });
  let isOver = false;
  async function changePrices() {
    for (let round = 0; !isOver; round += 1) {
      await db.query(`update sku set price_fen = 8000 + floor(random() * 3000) where id = 'a'`);
      await putPromotion(db, { id: `r${round}` });
      if (round > 0) await stop(`r${round - 1}`);
    }
  }
  const changing = changePrices();
  const lines = [
    { skuId: 'a', quantity: 1 },
    { skuId: 'b', quantity: 1 },
  ];
  const codes: string[] = [];
  for (let wave = 0; wave < 10; wave += 1) {
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const shopperId = `p${wave}-${index}`;
        const quoted = await shop.orders.quote(lines, shopperId);
        if (!quoted.ok) throw new Error(quoted.refusal.code);
        const { version: quoteVersion, totalFen } = quoted.value.quote;
        const answer = await shop.orders.submit(shopperId, {
          key: crypto.randomUUID(),
          lines,
          quoteVersion,
          addressId: 'home',
        });
        if (answer.ok) expect(answer.value.totalFen).toBeLessThanOrEqual(totalFen);
        return answer.ok ? 'ok' : answer.refusal.code;
      }),
    );
    codes.push(...answers);
  }
  isOver = true;
  await changing;
  expect(new Set(codes)).toEqual(new Set(['ok', 'price_changed']));
}, 60_000);

test('what was published cannot be changed or deleted, only stopped, once', async () => {
  await putPromotion(db);
  const refusal = { code: 'P0001' };
  await expect(db.query(`update promotion set ends_at = ends_at + interval '1 day'`)).rejects.toMatchObject(refusal);
  await expect(db.query(`update promotion set rule = '{}'`)).rejects.toMatchObject(refusal);
  await expect(db.query('delete from promotion')).rejects.toMatchObject(refusal);
  await stop('p1');
  await expect(db.query('update promotion set stopped_at = null')).rejects.toMatchObject(refusal);
});
