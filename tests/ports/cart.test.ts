import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CartLine, cartMerge, cartRead } from '../../lib/contracts/cart.ts';
import { meRead, sendCode, verifyCode } from '../../lib/contracts/identity.ts';
import { cartRoutes } from '../../server/cart/cart.http.ts';
import { claimCart, dropCarts, mergeCart, readCart } from '../../server/cart/service.ts';
import { tidyIdentity } from '../../server/identity/service.ts';
import { accepted } from '../support/browser.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { testDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

let shoppers = 0;
function newShopper(): string {
  shoppers += 1;
  return `shopper-${shoppers}`;
}

const edits = fc.array(
  fc.record({
    skuId: fc.constantFrom('a', 'b', 'c', 'd'),
    quantity: fc.integer({ min: 0, max: 99 }),
    changedAt: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_009 }),
  }),
  { maxLength: 12 },
);

test('merging twice changes nothing, and the order of phones does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(edits, edits, async (one, two) => {
      const [here, there] = [newShopper(), newShopper()];
      await mergeCart(database.db, here, one);
      const once = await mergeCart(database.db, here, two);
      expect(await mergeCart(database.db, here, two)).toEqual(once);
      expect(await mergeCart(database.db, here, one)).toEqual(once);
      await mergeCart(database.db, there, two);
      expect(await mergeCart(database.db, there, one)).toEqual(once);
    }),
    { numRuns: 60 },
  );
});

test('claiming an anonymous cart gives what one phone with all the edits would have', async () => {
  await fc.assert(
    fc.asyncProperty(edits, edits, async (mine, anonymous) => {
      const [person, stranger, alone] = [newShopper(), newShopper(), newShopper()];
      await mergeCart(database.db, person, mine);
      await mergeCart(database.db, stranger, anonymous);
      await claimCart(database.db, stranger, person);
      expect(await readCart(database.db, person)).toEqual(await mergeCart(database.db, alone, [...mine, ...anonymous]));
      expect(await readCart(database.db, stranger)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('an edit from the future counts as made now, so the next honest edit wins', async () => {
  const shopper = newShopper();
  const weekAhead = Date.now() + 7 * 86_400_000;
  const [line] = await mergeCart(database.db, shopper, [{ skuId: 'a', quantity: 9, changedAt: weekAhead }]);
  expect(line?.changedAt).toBeLessThanOrEqual(Date.now() + 1_000);
  const later = (line?.changedAt ?? 0) + 1;
  await database.db.query('select pg_sleep(0.01)');
  expect(await mergeCart(database.db, shopper, [{ skuId: 'a', quantity: 2, changedAt: later }])).toEqual([
    { skuId: 'a', quantity: 2, changedAt: later },
  ]);
});

test('twenty phones that merge the same SKUs in different orders at once all get through', async () => {
  const shopper = newShopper();
  const skus = Array.from({ length: 40 }, (_, index) => `sku-${index}`);
  const phones = Array.from({ length: 20 }, (_, phone) =>
    (phone % 2 ? skus : [...skus].reverse()).map(
      (skuId): CartLine => ({ skuId, quantity: phone + 1, changedAt: 1_700_000_000_000 + phone }),
    ),
  );
  await Promise.all(phones.map((lines) => mergeCart(database.db, shopper, lines)));
  const lines = await readCart(database.db, shopper);
  expect(lines.map(({ quantity }) => quantity)).toEqual(Array(40).fill(20));
});

test('keeps the two hundred newest lines', async () => {
  const shopper = newShopper();
  for (const round of [0, 1, 2]) {
    const lines = Array.from({ length: 100 }, (_, index) => ({
      skuId: `sku-${round}-${index}`,
      quantity: 1,
      changedAt: 1_700_000_000_000 + round * 1_000 + index,
    }));
    await mergeCart(database.db, shopper, lines);
  }
  const kept = await database.db.query('select sku_id from cart_line where shopper_id = $1', [shopper]);
  expect(kept).toHaveLength(200);
  expect(kept).not.toContainEqual({ sku_id: 'sku-0-0' });
});

test('the cart of an anonymous browser is the shopper’s own after he proves his phone', async () => {
  const edge = await identityEdge(database.db, () => cartRoutes({ db: database.db }), {
    onClaim: (from, to) => database.db.transaction((tx) => claimCart(tx, from, to)),
  });
  const phone = '13900001234';
  async function signIn(browser: ReturnType<typeof edge.browser>): Promise<void> {
    await database.db.query('delete from rate_limit');
    const code = accepted(await browser.call(sendCode, { phone })).sandboxCode;
    accepted(await browser.call(verifyCode, { phone, code }));
  }
  const first = edge.browser();
  expect(accepted(await first.call(cartRead, {})).lines).toEqual([]);
  await first.call(cartMerge, { lines: [{ skuId: 'a', quantity: 2, changedAt: 1_700_000_000_000 }] });
  expect(accepted(await first.call(meRead, {})).person?.isVerified).toBe(false);
  await signIn(first);
  expect(accepted(await first.call(cartRead, {})).lines).toMatchObject([{ skuId: 'a', quantity: 2 }]);

  const second = edge.browser();
  await second.call(cartMerge, {
    lines: [
      { skuId: 'a', quantity: 5, changedAt: 1_700_000_000_001 },
      { skuId: 'b', quantity: 1, changedAt: 1_700_000_000_000 },
    ],
  });
  await signIn(second);
  for (const browser of [first, second]) {
    const { lines } = accepted(await browser.call(cartRead, {}));
    expect(lines.map(({ skuId, quantity }) => [skuId, quantity])).toEqual([
      ['a', 5],
      ['b', 1],
    ]);
  }
  await edge.app.close();
});

test('an anonymous shopper and his cart are gone a day after his session; everybody else stays', async () => {
  const edge = await identityEdge(database.db, () => cartRoutes({ db: database.db }));
  const lines = [{ skuId: 'a', quantity: 1, changedAt: 1_700_000_000_000 }];
  const [gone, fresh] = [edge.browser(), edge.browser()];
  for (const browser of [gone, fresh]) accepted(await browser.call(cartMerge, { lines }));
  const goneId = accepted(await gone.call(meRead, {})).person?.id;
  await database.db.query(`update person set created_at = now() - interval '31 days' where id = $1`, [goneId]);
  await database.db.query(`update person_session set expires_at = now() - interval '1 s' where person_id = $1`, [
    goneId,
  ]);
  const known = await database.db.query('select id from person where not is_anonymous is true');

  await dropCarts(database.db, await tidyIdentity(database.db));

  expect(await readCart(database.db, goneId ?? '')).toEqual([]);
  expect(accepted(await fresh.call(cartRead, {})).lines).toHaveLength(1);
  expect(await database.db.query('select id from person where not is_anonymous is true')).toEqual(known);
  edge.identity.people.forgetAll();
  expect(accepted(await gone.call(meRead, {})).person).toBeNull();
  await edge.app.close();
});
