import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { productRead, skusRead, venueRead } from '../../lib/contracts/catalog.ts';
import { crossedOutPrice } from '../../lib/domain/catalog/crossed-out-price.ts';
import { toFen } from '../../lib/domain/money/fen.ts';
import { DAY_MS, HOUR_MS, toEpochMs } from '../../lib/domain/time.ts';
import { catalogRoutes } from '../../server/catalog/catalog.http.ts';
import { keepPictures, readCatalogue } from '../../server/catalog/catalog-store.ts';
import { fixCrossedOutPrices } from '../../server/catalog/crossed-out-prices.ts';
import { placeOnShelf, SHELF_SKUS_MAX } from '../../server/catalog/shelves.ts';
import type { Database, Queryable } from '../../server/platform/database.ts';
import type { Context } from '../../server/platform/door.ts';
import { testDatabase } from '../support/postgres.ts';

let db: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  await db.query(`insert into festival (id, name) values ('f', '{"zh":"节","en":"Festival"}')`);
  await db.query(`insert into category (id, name) values ('tea', '{"zh":"茶","en":"Tea"}')`);
});
afterAll(() => drop());

const WORDS = JSON.stringify({ zh: '中', en: 'en' });

/** A product with its SKUs, placed as an import does it. */
async function addProduct(tx: Queryable, handle: string, skuIds: string[], isListed = true): Promise<void> {
  const places = await placeOnShelf(tx, 'tea', skuIds);
  await tx.query('insert into product (handle, category_id, title, is_listed) values ($1, $2, $3, $4)', [
    handle,
    'tea',
    WORDS,
    isListed,
  ]);
  for (const id of skuIds) {
    const { shelf, slot } = places.get(id) ?? { shelf: '', slot: 0 };
    await tx.query(
      'insert into sku (id, product_handle, code, price_fen, shelf, slot) values ($1, $2, $1, 20000, $3, $4)',
      [id, handle, shelf, slot],
    );
  }
}

async function addSession(id: string, startsAt: number, endsAt: number, skuId: string, priceFen: number) {
  await db.query(
    'insert into sale_session (id, name, starts_at, ends_at) values ($1, $2, to_timestamp($3), to_timestamp($4))',
    [id, WORDS, startsAt / 1_000, endsAt / 1_000],
  );
  await db.query('insert into session_item (session_id, sku_id, price_fen) values ($1, $2, $3)', [id, skuId, priceFen]);
}

/** Asks a route as the door does, and lets the contract judge the answer. */
async function ask(contract: typeof venueRead | typeof productRead | typeof skusRead, request: object) {
  const route = catalogRoutes({ db }).find((each) => each.contract.name === contract.name);
  const answer = await route?.handler(request as never, {} as Context);
  if (answer?.ok) contract.value.parse(answer.value);
  return answer as { ok: true; value: never } | { ok: false; refusal: { code: string } };
}

test('the database crosses out the same price as the rule, over random histories', async () => {
  const now = Date.now();
  await db.transaction((tx) => addProduct(tx, 'rule', ['rule-1']));
  let round = 0;
  const deals = fc.array(
    fc.record({
      unitFen: fc.integer({ min: 1, max: 9_000 }).map(toFen),
      hoursBefore: fc.integer({ min: -24, max: 15 * 24 }),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(deals, fc.integer({ min: 1, max: 9_000 }), async (history, priceFen) => {
      round += 1;
      // Exact seven days are among the cases: the boundary is where SQL and TypeScript would part.
      const startsAt = toEpochMs(now + round * 60_000);
      await db.query('delete from deal_price');
      const paid = history.map(({ unitFen, hoursBefore }) => ({
        unitFen,
        paidAt: toEpochMs(startsAt - hoursBefore * HOUR_MS),
      }));
      for (const [index, { unitFen, paidAt }] of paid.entries()) {
        await db.query('insert into deal_price values ($1, $2, to_timestamp($3 / 1000.0), $4)', [
          'rule-1',
          unitFen,
          paidAt,
          `order-${index}`,
        ]);
      }
      const id = `rule-${round}`;
      await addSession(id, startsAt, startsAt + HOUR_MS, 'rule-1', priceFen);
      await fixCrossedOutPrices(db, [id]);
      const [row] = await db.query<{ price: number | null }>(
        'select crossed_out_fen as price from session_item where session_id = $1',
        [id],
      );
      expect(row?.price).toBe(crossedOutPrice(paid, startsAt, toFen(priceFen)));
    }),
    { numRuns: 60 },
  );
  await db.query('delete from deal_price');
  await db.query('delete from sale_session');
});

describe('shelves', () => {
  test('fill in order, are never over 48, and never split a product', async () => {
    const sizes = [3, 40, 4, 2, 48, 1, 60, 2];
    await db.transaction(async (tx) => {
      for (const [index, size] of sizes.entries()) {
        const ids = Array.from({ length: size }, (_, n) => `shelf-${index}-${n}`);
        await addProduct(tx, `shelf-${index}`, ids, false);
      }
    });
    const rows = await db.query<{ handle: string; shelves: string[]; count: number }>(
      `select product_handle as handle, array_agg(distinct shelf) as shelves, count(*)::int as count
         from sku where product_handle like 'shelf-%' group by 1`,
    );
    expect(rows.every(({ shelves }) => shelves.length === 1)).toBe(true);
    const shelves = await db.query<{ shelf: string; count: number; top: number }>(
      'select shelf, count(*)::int as count, max(slot) as top from sku group by shelf',
    );
    for (const { count, top } of shelves) expect(top).toBe(count - 1);
    // The one product that is larger than a shelf has one to itself.
    expect(shelves.filter(({ count }) => count > SHELF_SKUS_MAX).map(({ count }) => count)).toEqual([60]);
  });

  test('two imports at the same time never give one slot away twice', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        db.transaction((tx) => addProduct(tx, `race-${n}`, [`race-${n}-a`, `race-${n}-b`], false)),
      ),
    );
    const [row] = await db.query<{ count: number }>("select count(*)::int as count from sku where id like 'race-%'");
    expect(row?.count).toBe(16);
  });
});

describe('reads', () => {
  const now = Date.now();
  beforeAll(async () => {
    await db.transaction(async (tx) => {
      await addProduct(tx, 'oolong', ['oolong-a', 'oolong-b']);
      await addProduct(tx, 'hidden', ['hidden-a'], false);
    });
    await addSession('ended', now - 2 * DAY_MS, now - DAY_MS, 'oolong-a', 9_000);
    await addSession('open', now - HOUR_MS, now + HOUR_MS, 'oolong-a', 9_900);
    await addSession('next', now + HOUR_MS, now + DAY_MS, 'hidden-a', 5_000);
    await db.query(
      `update session_item set crossed_out_fen = 9900, tiers = '[{"upTo":5,"priceFen":4950}]' where session_id = 'open'`,
    );
    await keepPictures(db, new Map([['oolong-1', { path: '/img/oolong-1.0123abcd', color: '#FFFFFF' }]]));
  });

  test('an ended session is in no answer, and a price that is not above the offer is not crossed out', async () => {
    const answer = await ask(productRead, { handle: 'oolong' });
    expect(answer).toMatchObject({
      ok: true,
      value: {
        product: {
          pictures: [{ path: '/img/oolong-1.0123abcd', alt: { zh: '中', en: 'en' } }],
          skus: [
            { id: 'oolong-a', offers: [{ sessionId: 'open', priceFen: 9_900, crossedOutFen: null }] },
            { id: 'oolong-b', offers: [] },
          ],
        },
      },
    });
    const venue = await ask(venueRead, {});
    expect(venue).toMatchObject({
      ok: true,
      value: {
        sessions: [
          { id: 'open', products: ['oolong'] },
          { id: 'next', products: [] },
        ],
      },
    });
    expect(Object.keys((venue as { value: { skus: object } }).value.skus)).toEqual(['oolong-a']);
  });

  test('a product that is not listed is not found, by handle or by SKU', async () => {
    expect(await ask(productRead, { handle: 'hidden' })).toEqual({ ok: false, refusal: { code: 'not_found' } });
    expect(await ask(productRead, { handle: 'nobody' })).toEqual({ ok: false, refusal: { code: 'not_found' } });
    const found = await ask(skusRead, { ids: 'hidden-a,oolong-b,unknown' });
    expect(found).toMatchObject({ ok: true, value: { products: [{ handle: 'oolong' }] } });
  });

  test('more ids than a cart holds, or ids that cannot be, are refused', async () => {
    const many = Array.from({ length: 51 }, (_, n) => `sku-${n}`).join(',');
    expect(await ask(skusRead, { ids: many })).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
    expect(await ask(skusRead, { ids: "a' or 1=1" })).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
  });

  test('the published catalogue has what is listed, with the pictures that were made', async () => {
    const catalogue = await readCatalogue(db, new Map([['category~tea', { path: '/img/t', color: '#FFFFFF' }]]));
    expect(catalogue.festival).toEqual({ id: 'f', name: { zh: '节', en: 'Festival' }, isDemo: false });
    expect(catalogue.categories).toMatchObject([{ id: 'tea', picture: { path: '/img/t' } }]);
    expect(catalogue.products.map(({ handle }) => handle)).toEqual(['oolong', 'rule']);
    expect(catalogue.products[0]?.pictures).toEqual([]);
  });
});
