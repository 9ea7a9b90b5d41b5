import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { isUnavailable, openDatabase } from '../../server/platform/database.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop } from '../support/shop.ts';

let db: Database;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ db, url, drop } = await testDatabase());
});

afterAll(() => drop());

const endOthers = () =>
  db.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

test('a connection that the server ends in the middle of a transaction ends that transaction and nothing else', async () => {
  const other = openDatabase(url, { isServing: true });
  const broken = other.transaction(async (tx) => {
    await tx.query('select 1');
    await endOthers();
    await tx.query('select 1');
  });
  await expect(broken).rejects.toSatisfy(isUnavailable);
  expect(await other.query('select 1 as one')).toEqual([{ one: 1 }]);
  await other.close();
});

test('[P16] who submits while the database goes away is told to try later, and the same key then gets one order', async () => {
  await putOnSale(db, { id: 'a' });
  const other = openDatabase(url, { isServing: true });
  const shop = await openShop(other);
  const lines = [{ skuId: 'a', quantity: 1 }];
  const keys = Array.from({ length: 40 }, () => crypto.randomUUID());
  const submit = (key: string, i: number) => shop.submit(`p${i}`, lines, key).catch((error: unknown) => error);
  const first = Promise.all(keys.map(submit));
  await endOthers();
  for (const answer of await first) {
    if (answer instanceof Error) expect(answer).toSatisfy(isUnavailable);
    else
      expect(answer).toSatisfy(
        (a: { ok: boolean; refusal?: { code: string } }) => a.ok || a.refusal?.code === 'try_later',
      );
  }
  const again = await Promise.all(keys.map(submit));
  expect(again).toSatisfy((answers: { ok: boolean }[]) => answers.every((answer) => answer.ok));
  expect(await db.query('select count(*) as n from orders')).toEqual([{ n: 40 }]);
  expect(await violations(db)).toEqual([]);
  await other.close();
});

test('[P20] a disk that is full takes no orders and loses none: who submits is told to try later, and his same key gets one order', async () => {
  await putOnSale(db, { id: 'full' });
  const shop = await openShop(db);
  const lines = [{ skuId: 'full', quantity: 1 }];
  const before = await shop.order('early', 'full');
  await db.query(`create function no_space() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  await db.query('create trigger no_space before insert on orders for each row execute function no_space()');
  const keys = Array.from({ length: 20 }, () => crypto.randomUUID());
  const submit = () => Promise.all(keys.map((key, i) => shop.submit(`full-${i}`, lines, key)));
  for (const answer of await submit()) expect(answer).toMatchObject({ ok: false, refusal: { code: 'try_later' } });
  // What reads goes on.
  expect((await shop.orders.quote(lines, 'somebody')).ok).toBe(true);
  expect(await shop.book.read(before.orderId)).toMatchObject({ state: 'pending_pay' });
  await db.query('drop function no_space() cascade');
  expect((await submit()).every((answer) => answer.ok)).toBe(true);
  expect(await db.query(`select count(*) as n from order_line where sku_id = 'full'`)).toEqual([{ n: 21 }]);
  expect(await violations(db)).toEqual([]);
});
