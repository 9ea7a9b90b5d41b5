import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/platform/database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { hold, untilWaiting, wholeTable } from '../support/contest.ts';
import { putOnSale } from '../support/goods.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop } from '../support/shop.ts';

test('what is acknowledged is on the disk: a shop’s own database flushes, and no connection of an edge commits without waiting', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'festa-test-durable-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  const db = openDatabase(postgres.url, { max: 1, isServing: true });
  try {
    const settings = `select name, setting from pg_settings
      where name in ('synchronous_commit', 'fsync', 'full_page_writes') and setting <> 'on'`;
    expect(await db.query(settings)).toEqual([]);
    expect(await db.transaction((tx) => tx.query(settings))).toEqual([]);
    expect(await db.hotTransaction((tx) => tx.query(settings))).toEqual([]);
  } finally {
    await db.close();
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('an order and its message in the outbox are there together: while one cannot be written, nobody sees the other', async () => {
  const { db, drop } = await testDatabase();
  const shop = await openShop(db);
  await putOnSale(db, { id: 'a' });
  const held = await hold(db, wholeTable('outbox'));
  const answering = shop.submit('ann', [{ skuId: 'a', quantity: 1 }]);
  try {
    await untilWaiting(db, 1);
    expect(await db.query('select id from orders')).toEqual([]);
  } finally {
    await held.release();
  }
  expect((await answering).ok).toBe(true);
  expect(await db.query(`select aggregate as id from outbox where topic = 'order.placed'`)).toEqual(
    await db.query('select id from orders'),
  );
  await drop();
});
