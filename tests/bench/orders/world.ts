/* What a run needs around the designs: a Postgres and a Redis of its own, goods, CPU of processes, and the books. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../../server/platform/embedded-postgres.ts';
import { findNativeFolder } from '../../../server/platform/embedded-postgres-binaries.ts';
import { migrate } from '../../../server/platform/migrate.ts';
import { freePort } from '../../support/free-port.ts';
import { LIMIT_PER_PERSON, PRICE_FEN, PRODUCT, TITLE } from './goods.ts';
import type { LoadAnswer } from './load.ts';

export type World = {
  readonly db: Database;
  readonly url: string;
  /** Microseconds of CPU that this Postgres has used. */
  cpuUs(): Promise<number>;
  stop(): Promise<void>;
};

const US_PER_TICK = 10_000;

/** CPU of a process from /proc, its ended children included when asked; µs. */
async function ticksOf(pid: number | string): Promise<{ parent: number; own: number; children: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return { parent: 0, own: 0, children: 0 };
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1]!, own: fields[11]! + fields[12]!, children: fields[13]! + fields[14]! };
}

/** Microseconds of CPU that a process has used. */
export const cpuOfProcess = async (pid: number) => (await ticksOf(pid)).own * US_PER_TICK;

async function cpuOfPostgres(postmaster: number): Promise<number> {
  const top = await ticksOf(postmaster);
  let ticks = top.own + top.children;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const one = await ticksOf(name);
    if (one.parent === postmaster) ticks += one.own;
  }
  return ticks * US_PER_TICK;
}

/** Why no shim that delays every sync can be used here, or where it is. */
async function buildSlowSync(folder: string): Promise<string> {
  const library = join(folder, 'slow-sync.so');
  const source = fileURLToPath(new URL('./slow-sync.c', import.meta.url));
  const built = spawnSync('gcc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`no shim: ${built.error?.message ?? built.stderr}`);
  return library;
}

/** A copy of the programs' folder whose `postgres` sleeps before each sync. */
async function slowPrograms(folder: string, delayUs: number): Promise<{ native: string; version: string }> {
  const { native, version } = findNativeFolder();
  const library = await buildSlowSync(folder);
  const slow = join(folder, 'native');
  await mkdir(join(slow, 'bin'), { recursive: true });
  for (const name of ['lib', 'share']) await symlink(join(native, name), join(slow, name));
  await symlink(join(native, 'bin/initdb'), join(slow, 'bin/initdb'));
  const script = `#!/bin/sh\nLD_PRELOAD=${library} SLOW_SYNC_US=${delayUs} exec ${join(native, 'bin/postgres')} "$@"\n`;
  await writeFile(join(slow, 'bin/postgres'), script, { mode: 0o755 });
  return { native: slow, version: `${version}-slow` };
}

/** A durable Postgres of this run's own, migrated. `syncDelayUs` is added to every fsync and fdatasync. */
export async function openWorld(syncDelayUs = 0): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-orders-'));
  await chmod(folder, 0o755);
  const native = syncDelayUs > 0 ? { native: await slowPrograms(folder, syncDelayUs) } : {};
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), ...native });
  const db = openDatabase(postgres.url, { max: 2 });
  await migrate(db);
  return {
    db,
    url: postgres.url,
    cpuUs: () => cpuOfPostgres(postgres.pid),
    async stop() {
      await db.close();
      await postgres.stop();
      await removeEmbeddedPostgres(join(folder, 'data'));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Puts `count` goods of this name on sale. @returns their SKU ids */
export async function stockGoods(db: Database, name: string, count: number, units: number): Promise<string[]> {
  await db.query(`insert into category (id, name) values ('bench', '{"zh":"测","en":"Bench"}') on conflict do nothing`);
  await db.query(`insert into product (handle, category_id, title) values ($1, 'bench', $2) on conflict do nothing`, [
    PRODUCT,
    TITLE,
  ]);
  const rows = await db.query<{ id: string }>(
    `insert into sku (id, product_handle, code, price_fen, limit_per_person, shelf, slot)
     select $1 || '-' || n, $2, $1 || '-' || n, $3, $4, $1, n from generate_series(1, $5::integer) n returning id`,
    [name, PRODUCT, PRICE_FEN, LIMIT_PER_PERSON, count],
  );
  const ids = rows.map((row) => row.id);
  await db.query(
    `insert into stock_level (sku_id, location_id, on_hand) select id, 'central', $2 from unnest($1::text[]) id`,
    [ids, units],
  );
  await db.query(
    `insert into stock_move (sku_id, location_id, kind, quantity, reference)
     select id, 'central', 'intake', $2, 'bench' from unnest($1::text[]) id`,
    [ids, units],
  );
  await db.query('analyze');
  await db.query('checkpoint');
  return ids;
}

/** @throws when what was acknowledged and what is in the tables differ in anything. */
export async function balance(db: Database, skuIds: readonly string[], answer: LoadAnswer): Promise<void> {
  const [books] = await db.query<Record<string, number>>(
    `select
       (select count(*) from reservation where sku_id = any ($1) and order_id = any ($2)) as acknowledged,
       (select count(*) from reservation where sku_id = any ($1)) as written,
       (select count(distinct (sku_id, shopper_id)) from reservation where sku_id = any ($1)) as people,
       (select count(*) from orders o where exists (select 1 from reservation r where r.order_id = o.id and r.sku_id = any ($1))) as orders,
       (select count(*) from stock_move where sku_id = any ($1) and kind = 'reserve') as moves,
       (select coalesce(sum(quantity), 0) from limit_use where sku_id = any ($1)) as limits,
       (select coalesce(sum(reserved), 0) from stock_level where sku_id = any ($1)) as reserved,
       (select count(*) from stock_level where sku_id = any ($1) and reserved > on_hand) as oversold`,
    [skuIds, answer.acknowledged],
  );
  const accepted = answer.acknowledged.length;
  const { oversold, ...counted } = books!;
  const isExact = oversold === 0 && Object.values(counted).every((count) => count === accepted);
  if (isExact && answer.wrongRepeats === 0 && answer.firstFailure === '') return;
  throw new Error(`the books do not balance: ${JSON.stringify({ accepted, ...books, ...answer, acknowledged: '' })}`);
}

export type RedisServer = {
  readonly port: number;
  fill(skuIds: readonly string[], units: number): Promise<void>;
  cpuUs(): Promise<number>;
  stop(): Promise<void>;
};

/** A Redis of this run's own, its log synced every second. @throws where it is not installed */
export async function openRedis(): Promise<RedisServer> {
  if (spawnSync('redis-server', ['--version']).status !== 0) throw new Error('redis-server is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-redis-'));
  const port = await freePort();
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''];
  const server: ChildProcess = spawn('redis-server', settings.map(String), { stdio: 'ignore' });
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => {});
  await client.ping();
  return {
    port,
    async fill(skuIds, units) {
      await client.flushall();
      const pipeline = client.pipeline();
      for (const skuId of skuIds) pipeline.set(`stock:${skuId}`, units);
      await pipeline.exec();
    },
    cpuUs: () => cpuOfProcess(server.pid!),
    async stop() {
      client.disconnect();
      server.kill('SIGTERM');
      while (server.exitCode === null && server.signalCode === null) await pause(20);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
