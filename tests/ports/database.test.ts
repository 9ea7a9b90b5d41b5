import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/postgres.ts';

let first: Awaited<ReturnType<typeof testDatabase>>;
let second: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  [first, second] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(async () => {
  await Promise.all([first.drop(), second.drop()]);
});

test('each call gives a migrated database of its own', async () => {
  await first.db.query('create table only_here (n bigint)');
  const seen = await second.db.query<{ found: string | null }>("select to_regclass('only_here')::text as found");
  expect(seen[0]?.found).toBeNull();
  const [{ n } = { n: 0 }] = await second.db.query<{ n: number }>(
    "select count(*) as n from information_schema.tables where table_schema = 'public'",
  );
  expect(n).toBeGreaterThan(10);
});

test('whole numbers of 64 bits arrive as numbers and moments as dates', async () => {
  const [row] = await first.db.query<{ fen: number; at: Date }>('select 123456789012::bigint as fen, now() as at');
  expect(row?.fen).toBe(123_456_789_012);
  expect(row?.at).toBeInstanceOf(Date);
});

test('a transaction that throws leaves nothing', async () => {
  await first.db.query('create table half_done (n bigint)');
  const failing = first.db.transaction(async (tx) => {
    await tx.query('insert into half_done values (1)');
    throw new Error('the machine broke');
  });
  await expect(failing).rejects.toThrow('the machine broke');
  expect(await first.db.query('select * from half_done')).toEqual([]);
});

test('of statements that go out together the one that failed is told, not those that failed after it', async () => {
  const failing = first.db.transaction(async (tx) => {
    const later = async () => [await tx.query('select 1 / 0')];
    await Promise.all([later(), tx.query('select 1')]);
  });
  await expect(failing).rejects.toMatchObject({ code: '22012' });
});

test('a last statement takes the commit with it; one that fails leaves nothing, and says why', async () => {
  const { db } = first;
  await db.query('create table last_word (n bigint)');
  const write = (sql: string) =>
    db.hotTransaction(async (tx) => {
      await tx.query('insert into last_word values (1)');
      return tx.last<{ n: number }>(sql);
    });
  expect(await write('insert into last_word values (2) returning n')).toEqual([{ n: 2 }]);
  expect(await db.query('select n from last_word order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  await expect(write('insert into last_word values (3) returning 1 / 0')).rejects.toMatchObject({ code: '22012' });
  expect(await db.query('select n from last_word order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  // The connection is as good as new.
  expect(await db.query('select now() < clock_timestamp() as alone')).toHaveLength(1);
});
