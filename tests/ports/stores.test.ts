import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeRead, storeStockRead } from '../../lib/contracts/store.ts';
import { cellOf } from '../../lib/domain/store/cell.ts';
import { tellStores, writeStores } from '../../server/store/write-stores.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { beside, putStore, putUnits, SHANGHAI, storeRow } from '../support/stores.ts';

let edge: Edge;
const HERE = cellOf(SHANGHAI);

beforeAll(async () => {
  edge = await openEdge();
  await putOnSale(edge.db, { id: 'a', onHand: 250 });
  await putOnSale(edge.db, { id: 'b', onHand: 3 });
  await putStore(edge.db, 'near', beside({ east: 300 }));
  await putStore(edge.db, 'next', beside({ east: 4_900 }));
  await putStore(edge.db, 'far', beside({ east: 40_000 }));
  await putUnits(edge.db, 's-near', 'a', 4);
  await putUnits(edge.db, 's-next', 'a', 120);
  await putUnits(edge.db, 's-far', 'a', 7);
});
afterAll(() => edge?.close());

describe('a store', () => {
  test('is written once however often it comes, and a change changes what it says and nothing else', async () => {
    const row = storeRow('same', beside({ north: 90_000 }));
    await edge.db.transaction(async (tx) => {
      expect(await writeStores(tx, [row])).toEqual({ new: 1, updated: 0, unchanged: 0 });
      expect(await writeStores(tx, [row])).toEqual({ new: 0, updated: 0, unchanged: 1 });
    });
    await putUnits(edge.db, row.id, 'b', 2);
    await edge.db.query(`update store set state = 'closed_temporarily' where id = $1`, [row.id]);
    await edge.db.transaction(async (tx) => {
      expect(await writeStores(tx, [{ ...row, name: { zh: '新名', en: 'New name' } }])).toEqual({
        new: 0,
        updated: 1,
        unchanged: 0,
      });
      expect(await writeStores(tx, [{ ...row, name: { zh: '新名', en: 'New name' }, phone: null }])).toMatchObject({
        updated: 1,
      });
    });
    const { store } = accepted(await edge.browser().call(storeRead, { id: row.id }));
    expect(store).toMatchObject({ name: { zh: '新名' }, phone: null, state: 'closed_temporarily' });
    const [level] = await edge.db.query(`select on_hand from stock_level where location_id = $1`, [row.id]);
    expect(level).toEqual({ on_hand: 2 });
  });

  test('is read with its exceptions from yesterday on and the holidays', async () => {
    await edge.db.query(
      `insert into store_exception (store_id, date, spans, made_by) values
         ('s-near', (now() at time zone 'Asia/Shanghai')::date + 3, '[[600, 1560]]', 'test'),
         ('s-near', (now() at time zone 'Asia/Shanghai')::date - 30, '[]', 'test')`,
    );
    await edge.db.query(
      `insert into public_holiday (date, name, made_by) values (current_date + 40, '{"zh":"元旦","en":"New Year"}', 'test')`,
    );
    const { store, holidays } = accepted(await edge.browser().call(storeRead, { id: 's-near' }));
    expect(store.exceptions).toEqual([{ date: expect.stringMatching(/^\d{4}-/), spans: [[600, 1_560]], note: null }]);
    expect(holidays).toHaveLength(1);
    expect(outcomeOf(await edge.browser().call(storeRead, { id: 's-nowhere' }))).toBe('not_found');
  });
});

describe('the stock of the stores around', () => {
  const ask = async (cell: string, skus: string) => {
    const reply = await edge.app.inject({ url: `${storeStockRead.path}/${cell}`, query: { skus } });
    return { reply, value: reply.json().value as { central: number[]; stores: [string, string, number[]][] } };
  };

  test('is of the cell and its neighbours, for each SKU in the order it was asked, 99 for 99 or more', async () => {
    // Units are two seconds old at most, those of the place that orders are served from and those of stores.
    await expect
      .poll(async () => (await ask(HERE, 'a,b,unknown')).value, { timeout: 15_000 })
      .toMatchObject({
        skus: ['a', 'b', 'unknown'],
        central: [99, 3, 0],
        stores: [
          ['s-near', 'open', [4, 0, 0]],
          ['s-next', 'open', [99, 0, 0]],
        ],
      });
    expect((await ask(HERE, 'a,b')).reply.headers['cache-control']).toContain('s-maxage=5');
  });

  test('follows what is delivered, held and sent away, without a question to the database each time', async () => {
    await ask(HERE, 'b');
    const unitsOf = async (storeId: string, sku: string) =>
      (await ask(HERE, sku)).value.stores.find(([id]) => id === storeId)?.[2][0];
    expect(await unitsOf('s-near', 'b')).toBe(0);
    await putUnits(edge.db, 's-near', 'b', 6);
    await expect.poll(() => unitsOf('s-near', 'b'), { timeout: 15_000 }).toBe(6);
    // Another process took two, and nobody told: the move is found all the same.
    await edge.db.transaction(async (tx) => {
      await tx.query(`update stock_level set on_hand = 4 where sku_id = 'b' and location_id = 's-near'`);
      await tx.query(
        `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ('b', 's-near', 'adjust', -2, 'x')`,
      );
    });
    await expect.poll(() => unitsOf('s-near', 'b'), { timeout: 15_000 }).toBe(4);
    // A SKU that did not exist when the cell was read.
    await putOnSale(edge.db, { id: 'new', onHand: 0 });
    await putUnits(edge.db, 's-next', 'new', 3);
    await expect.poll(() => unitsOf('s-next', 'new'), { timeout: 15_000 }).toBe(3);
    await putStore(edge.db, 'fresh', beside({ north: 500 }));
    await expect.poll(() => unitsOf('s-fresh', 'new'), { timeout: 15_000 }).toBe(0);
  });

  test('tells a closed store from an open one, and does not name one that is closed for good', async () => {
    await edge.db.query(`update store set state = 'closed_temporarily' where id = 's-next'`);
    await edge.db.query(`update store set state = 'closed' where id = 's-far'`);
    await tellStores(edge.db, ['s-next', 's-far']);
    const far = cellOf(beside({ east: 40_000 }));
    await expect
      .poll(async () => (await ask(HERE, 'a')).value.stores.find(([id]) => id === 's-next'), { timeout: 15_000 })
      .toEqual(['s-next', 'closed_temporarily', [99]]);
    expect((await ask(far, 'a')).value.stores).toEqual([]);
  });

  test('is refused for what is no cell, no SKU or too many of them', async () => {
    expect((await ask('somewhere', 'a')).reply.statusCode).toBe(400);
    expect((await ask(HERE, '')).reply.statusCode).toBe(400);
    expect((await ask(HERE, ',')).reply.statusCode).toBe(400);
    expect((await ask(HERE, Array.from({ length: 51 }, (_, n) => `k${n}`).join())).reply.statusCode).toBe(400);
  });

  test('is in the books as all other stock is', async () => {
    expect(await violations(edge.db)).toEqual([]);
  });
});
