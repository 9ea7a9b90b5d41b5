import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/platform/embedded-postgres.ts';
import { findNativeFolder } from '../../server/platform/embedded-postgres-binaries.ts';
import { EmbeddedPostgresError } from '../../server/platform/embedded-postgres-error.ts';
import { isAlive } from '../../server/platform/embedded-postgres-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? 'as root' : 'as root (not run: the tests run as an ordinary user)';

let folder: string;
let placeCount = 0;
const running: EmbeddedPostgres[] = [];
const places: string[] = [];

/** A data folder of one test's own; what was started there is stopped and removed after the test. */
function newPlace(under = folder): string {
  const place = join(under, `place-${++placeCount}`);
  places.push(place);
  return place;
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ stopMsMax: 5_000, ...options });
  running.push(postgres);
  return postgres;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(sql);
    return rows[0] as Row;
  } finally {
    await client.end();
  }
}

/** Starts Postgres in a node process of its own and kills that process the hard way. */
async function leaveOrphan(dataDir: string): Promise<{ url: string; port: number; pid: number }> {
  const child = spawn(NODE, [join(ROOT, 'tests/support/postgres-child.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return JSON.parse(String(line));
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(10);
}

async function refused(starting: Promise<unknown>): Promise<EmbeddedPostgresError> {
  const error = await starting.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  return error as EmbeddedPostgresError;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'festa-postgres-traps-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  for (const place of places.splice(0)) await removeEmbeddedPostgres(place);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a second start finds the data of the first, and the folder names the major version', async () => {
  const dataDir = newPlace();
  const first = await start({ dataDir });
  await ask(first.url, 'create table kept as select 11 as n');
  await first.stop();
  const second = await start({ dataDir });
  expect(await ask(second.url, 'select n from kept')).toEqual({ n: 11 });
  expect(await readdir(dataDir)).toContain('pg18');
});

test('it listens on 127.0.0.1 only, and asks for a password', async () => {
  const { url } = await start({ dataDir: newPlace() });
  expect(await ask(url, "select current_setting('listen_addresses') as a, current_setting('fsync') as f")).toEqual({
    a: '127.0.0.1',
    f: 'on',
  });
  const wrong = Object.assign(new URL(url), { password: 'guess' }).href;
  await expect(ask(wrong, 'select 1')).rejects.toThrow(/password/);
});

test('text is UTF-8 when LANG and LC_ALL are unset', async () => {
  const saved = { LANG: process.env.LANG, LC_ALL: process.env.LC_ALL };
  delete process.env.LANG;
  delete process.env.LC_ALL;
  try {
    const { url } = await start({ dataDir: newPlace() });
    const sql =
      "select length('双十一')::int as n, current_setting('server_encoding') as encoding, upper('é') as upper";
    expect(await ask(url, sql)).toEqual({ n: 3, encoding: 'UTF8', upper: 'É' });
  } finally {
    for (const [name, value] of Object.entries(saved)) if (value !== undefined) process.env[name] = value;
  }
});

test('it starts when no install script made the library links', async () => {
  const { native, version } = findNativeFolder();
  const bare = join(folder, 'bare', 'native');
  await cp(native, bare, { recursive: true, verbatimSymlinks: true });
  for (const name of await readdir(join(bare, 'lib'))) {
    const path = join(bare, 'lib', name);
    if ((await lstat(path)).isSymbolicLink()) await rm(path);
  }
  const broken = spawnSync(join(bare, 'bin/initdb'), ['-V'], { encoding: 'utf8' });
  expect(broken.status, 'without links the programs do not run').not.toBe(0);
  const { url } = await start({ dataDir: newPlace(), native: { native: bare, version } });
  expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 });
});

describe(asRoot, () => {
  test.runIf(isRoot)('the server runs as an ordinary account', async () => {
    const { pid } = await start({ dataDir: newPlace() });
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])).toBeGreaterThan(0);
  });

  test.runIf(isRoot)(
    'a project under a closed home keeps its data elsewhere, says so, and finds it again',
    async () => {
      const home = join(folder, 'closed-home');
      await mkdir(home, { mode: 0o700 });
      const { native } = findNativeFolder();
      const hidden = join(home, 'native');
      await cp(native, hidden, { recursive: true, verbatimSymlinks: true });
      const dataDir = newPlace(home);
      const said: string[] = [];
      // A version of its own, so that the shared copy of the real package is left alone.
      const options = {
        dataDir,
        native: { native: hidden, version: `test-${process.pid}` },
        log: (sentence: string) => said.push(sentence),
      };
      const first = await start(options);
      await ask(first.url, 'create table kept as select 11 as n');
      await first.stop();
      expect(said.join('\n')).toMatch(/cannot enter .*closed-home/);
      expect(said.join('\n')).toMatch(/using a copy in/);
      const copy = /using a copy in (.*)\.$/m.exec(said.join('\n'))?.[1] ?? '';
      expect(existsSync(join(copy, 'bin/postgres'))).toBe(true);
      const second = await start(options);
      expect(await ask(second.url, 'select n from kept')).toEqual({ n: 11 });
      await second.stop();
      const removed = await removeEmbeddedPostgres(dataDir);
      expect(removed?.startsWith(home)).toBe(false);
      await rm(copy, { recursive: true });
    },
  );

  test.runIf(isRoot)('a full disk is said in a sentence, and leaves no half-made cluster', async ({ skip }) => {
    const small = join(folder, 'small-disk');
    await mkdir(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', small]).status === 0;
    if (!mounted) skip('no small file system can be mounted here');
    try {
      const error = await refused(startEmbeddedPostgres({ dataDir: small }));
      expect(error.code).toBe('disk_full');
      expect(error.message).toMatch(/Free some space/);
      expect(await readdir(small)).not.toContain('pg18');
    } finally {
      spawnSync('umount', [small]);
    }
  });
});

test('the database that a killed node left running is taken over', async () => {
  const dataDir = newPlace();
  const orphan = await leaveOrphan(dataDir);
  expect(isAlive(orphan.pid)).toBe(true);
  const said: string[] = [];
  const taken = await start({ dataDir, log: (sentence) => said.push(sentence) });
  expect(taken.pid).toBe(orphan.pid);
  expect(await ask(taken.url, 'select 1 as one')).toEqual({ one: 1 });
  expect(said.join('\n')).toMatch(/taking it over/);
  await taken.stop();
  expect(isAlive(orphan.pid)).toBe(false);
});

test('an orphan that does not suit is stopped and a new one started', async () => {
  const dataDir = newPlace();
  const orphan = await leaveOrphan(dataDir);
  const fresh = await start({ dataDir, durable: false });
  expect(isAlive(orphan.pid)).toBe(false);
  expect(fresh.pid).not.toBe(orphan.pid);
});

test('a second Festa on the same data is refused while the first lives', async () => {
  const dataDir = newPlace();
  await start({ dataDir });
  const error = await refused(startEmbeddedPostgres({ dataDir }));
  expect(error.code).toBe('in_use');
  expect(error.message).toContain(String(process.pid));
});

test('stop returns when the server died long ago', async () => {
  const postgres = await start({ dataDir: newPlace() });
  process.kill(postgres.pid, 'SIGKILL');
  await gone(postgres.pid);
  await postgres.stop();
  expect(isAlive(postgres.pid)).toBe(false);
});

test('stop does not wait for ever for a server that no longer listens to signals', async () => {
  const postgres = await start({ dataDir: newPlace(), stopMsMax: 200 });
  process.kill(postgres.pid, 'SIGSTOP');
  await postgres.stop();
  expect(isAlive(postgres.pid)).toBe(false);
});

test('it starts again right after a kill -9 of the server, with what was committed', async () => {
  const dataDir = newPlace();
  const orphan = await leaveOrphan(dataDir);
  await ask(orphan.url, 'create table kept as select 11 as n');
  process.kill(orphan.pid, 'SIGKILL');
  const again = await start({ dataDir });
  expect(again.pid).not.toBe(orphan.pid);
  expect(await ask(again.url, 'select n from kept')).toEqual({ n: 11 });
});

test('the lock of a dead process, or of a stranger with its number, does not keep it from starting', async () => {
  const dataDir = newPlace();
  const first = await start({ dataDir });
  const lock = await readFile(join(dataDir, 'pg18/postmaster.pid'), 'utf8');
  await first.stop();
  const dead = spawn('true').pid ?? 0;
  await gone(dead);
  for (const pid of [dead, process.pid]) {
    await writeFile(join(dataDir, 'pg18/postmaster.pid'), lock.replace(/^\d+/, String(pid)));
    const again = await start({ dataDir });
    expect(await ask(again.url, 'select 1 as one')).toEqual({ one: 1 });
    await again.stop();
  }
});

test('a port that is taken is said in a sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  try {
    const error = await refused(startEmbeddedPostgres({ dataDir: newPlace(), port }));
    expect(error.code).toBe('port_in_use');
    expect(error.message).toContain(String(port));
  } finally {
    server.close();
  }
});

test('data of another major version is said in a sentence', async () => {
  const dataDir = newPlace();
  await (await start({ dataDir })).stop();
  await writeFile(join(dataDir, 'pg18/PG_VERSION'), '17\n');
  const error = await refused(startEmbeddedPostgres({ dataDir }));
  expect(error.code).toBe('other_version');
});
