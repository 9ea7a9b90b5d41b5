import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { orderCancel, orderQuote, orderSubmit } from '../../lib/contracts/order.ts';
import { adjustStock } from '../../server/ops/stock.ts';
import { randomOf } from '../crowd/random.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { HOUR, putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { openShop } from '../support/shop.ts';
import { atOnce, codeOf, order, type Shopper, submit } from './support.ts';

/* What failed at other malls where stock and limits are concerned, done to ours by the same recipe. */

let edge: Edge;
let people: Shopper[];
let ann: Shopper;
let bob: Shopper;

beforeAll(async () => {
  edge = await openEdge();
  people = [];
  for (let i = 0; i < 8; i += 1) {
    const person = await shopperAt(edge, `1390000001${i}`);
    // Everybody at home: the door counts the requests of an address.
    person.browser.headers['x-forwarded-for'] = `203.0.113.${i + 1}`;
    people.push(person);
  }
  [ann, bob] = people as [Shopper, Shopper];
});
afterAll(() => edge.close());
afterEach(async () => expect(await violations(edge.db)).toEqual([]));

const level = async (skuId: string) =>
  (
    await edge.db.query<{ on_hand: number; reserved: number; sold: number }>(
      'select on_hand, reserved, sold from stock_level where sku_id = $1',
      [skuId],
    )
  )[0];
const one = (skuId: string, quantity = 1) => [{ skuId, quantity }];
const count = (codes: string[], code: string) => codes.filter((each) => each === code).length;
const somebody = (index: number) => people[index % people.length] as Shopper;

test('the last unit is sold to several (macrozheng/mall #185, #353, #376, shopxo #38, CVE-2024-53476): 200 at once, one order', async () => {
  await putOnSale(edge.db, { id: 'last', onHand: 1 });
  const quotes = await Promise.all(
    people.map(async ({ browser }) => accepted(await browser.call(orderQuote, { lines: one('last') })).quote.version),
  );
  const answers = await atOnce(200, (i) =>
    somebody(i).browser.call(orderSubmit, {
      key: randomUUID(),
      lines: one('last'),
      quoteVersion: quotes[i % people.length] as string,
      addressId: somebody(i).addressId,
    }),
  );
  const codes = answers.map(codeOf);
  expect([count(codes, 'ok'), count(codes, 'sold_out')]).toEqual([1, 199]);
  expect(await level('last')).toEqual({ on_hand: 1, reserved: 1, sold: 0 });
});

test('claims over the limit (litemall #581: total 1, limit 1, nine from 64 calls): 64 calls, one unit', async () => {
  await putOnSale(edge.db, { id: 'claim', onHand: 1, limitPerPerson: 1 });
  const codes = (await atOnce(64, () => submit(ann, one('claim')))).map(codeOf);
  expect(count(codes, 'ok')).toBe(1);
  expect(codes.every((code) => ['ok', 'limit_reached', 'sold_out'].includes(code))).toBe(true);
  expect(await level('claim')).toMatchObject({ reserved: 1 });
});

test('repeated clicks drain the counter while 99 are left (hfbin/Seckill #11): what was refused takes nothing', async () => {
  await putOnSale(edge.db, { id: 'drain', onHand: 20, limitPerPerson: 1 });
  const clicks = (await atOnce(60, () => submit(ann, one('drain')))).map(codeOf);
  expect([count(clicks, 'ok'), count(clicks, 'limit_reached')]).toEqual([1, 59]);
  expect(await level('drain')).toEqual({ on_hand: 20, reserved: 1, sold: 0 });
  const rest = await Promise.all(people.slice(1).map((other) => submit(other, one('drain'))));
  expect(rest.map(codeOf)).toEqual(rest.map(() => 'ok'));
});

test('the limit of a campaign is passed because the increment’s result is ignored (shopperlabs #510, shopware #11245): three places, three at the price', async () => {
  await putOnSale(edge.db, {
    id: 'places',
    session: { ...running('places', 8_000), tiers: [{ upTo: 3, priceFen: 4_000 }] },
  });
  await Promise.all(
    people.map(async (person) => {
      let answer = await submit(person, one('places'));
      while (codeOf(answer) === 'tier_full') answer = await submit(person, one('places'));
      expect(codeOf(answer)).toBe('ok');
    }),
  );
  const [at] = await edge.db.query<{ tier: number; session: number }>(
    `select count(*) filter (where price_kind = 'tier') as tier, count(*) filter (where price_kind = 'session') as session
     from order_line where sku_id = 'places'`,
  );
  expect(at).toEqual({ tier: 3, session: 5 });
});

test.each([-1, -1_000, 0, 1.5, 100, 1e9, Number.MAX_SAFE_INTEGER, '1', null])(
  'a quantity of %s (a negative one makes the order cheaper and the stock larger) is refused at the door',
  async (quantity) => {
    const skuId = `many-${String(quantity).replace(/[^a-z0-9]/gi, '_')}`;
    await putOnSale(edge.db, { id: skuId, onHand: 5 });
    const lines = [{ skuId, quantity: 1 }];
    const { quote } = accepted(await ann.browser.call(orderQuote, { lines }));
    for (const wrong of [[{ skuId, quantity }], [...lines, { skuId, quantity }]]) {
      const request = { key: randomUUID(), lines: wrong, quoteVersion: quote.version, addressId: ann.addressId };
      expect(outcomeOf(await ann.browser.call(orderSubmit, request))).toBe('invalid_input');
      expect(outcomeOf(await ann.browser.call(orderQuote, { lines: wrong }))).toBe('invalid_input');
    }
    expect(await level(skuId)).toEqual({ on_hand: 5, reserved: 0, sold: 0 });
  },
);

test('the same goods on two lines pass the limit line by line: they are counted together', async () => {
  await putOnSale(edge.db, { id: 'twice', limitPerPerson: 2 });
  const answer = await submit(ann, [...one('twice', 2), ...one('twice', 1)]);
  expect(codeOf(answer)).toBe('limit_reached');
});

test('a quick double tap makes two orders (woniudiancang/bee #17): the same key is one order, from any tab', async () => {
  await putOnSale(edge.db, { id: 'tap' });
  const { browser, addressId } = bob;
  const { quote } = accepted(await browser.call(orderQuote, { lines: one('tap') }));
  const request = { key: randomUUID(), lines: one('tap'), quoteVersion: quote.version, addressId };
  const taps = await atOnce(12, () => browser.call(orderSubmit, request));
  expect(new Set(taps.map((tap) => accepted(tap).orderId)).size).toBe(1);
  expect(await level('tap')).toMatchObject({ reserved: 1 });
});

test('a cancel gives back more than was taken, then the activity ends early (lilishop): twenty cancels return it once', async () => {
  await putOnSale(edge.db, { id: 'back', onHand: 3 });
  const id = await order(bob, 'back', 2);
  const answers = await atOnce(20, () => bob.browser.call(orderCancel, { id }));
  expect(answers.map(outcomeOf)).toEqual(answers.map(() => 'ok'));
  expect(await level('back')).toEqual({ on_hand: 3, reserved: 0, sold: 0 });
});

test('goods that were sold out stay sold out after new units came (the flag in front of the counter is never taken down)', async () => {
  await putOnSale(edge.db, { id: 'again', onHand: 1 });
  await order(ann, 'again');
  expect(codeOf(await submit(bob, one('again')))).toBe('sold_out');
  const intake = { key: randomUUID(), skuId: 'again', delta: 1, reason: '到货' };
  accepted(await adjustStock(edge.db, intake, 'operator:o'));
  expect(codeOf(await submit(bob, one('again')))).toBe('ok');
});

test('stock is burnt by clicks before the start (decrement first, clock after): early clicks take nothing', async () => {
  await putOnSale(edge.db, {
    id: 'early',
    onHand: 5,
    session: {
      id: 'early',
      startsInMs: HOUR,
      endsInMs: 2 * HOUR,
      priceFen: 8_000,
      tiers: [{ upTo: 2, priceFen: 4_000 }],
    },
  });
  const codes = (await atOnce(40, (i) => submit(somebody(i), one('early')))).map(codeOf);
  expect(count(codes, 'not_open_yet')).toBe(40);
  expect(await level('early')).toEqual({ on_hand: 5, reserved: 0, sold: 0 });
  expect(await edge.db.query(`select 1 from tier_slot where sku_id = 'early' and order_id is not null`)).toEqual([]);
});

test('decrement, look, add back (a large wish hides the rest from a small one): whoever could be served is served', async () => {
  const shops = [await openShop(edge.db), await openShop(edge.db)];
  const random = randomOf(11);
  for (let sale = 0; sale < 15; sale += 1) {
    const skuId = `seed-${sale}`;
    await putOnSale(edge.db, { id: skuId, onHand: 10 });
    const wishes = Array.from({ length: 16 }, () => (random() < 0.5 ? 4 : 1));
    const answers = await Promise.all(
      wishes.map((quantity, i) => shops[i % 2]?.submit(`${skuId}-${i}`, one(skuId, quantity))),
    );
    const left = 10 - ((await level(skuId))?.reserved ?? 0);
    const refused = wishes.filter((_, i) => !answers[i]?.ok);
    expect(left === 0 || refused.every((quantity) => quantity > left)).toBe(true);
  }
});
