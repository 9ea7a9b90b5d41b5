import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/platform/database.ts';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/platform/embedded-postgres.ts';
import { openLog } from '../../server/platform/log.ts';
import { waitForDatabase } from '../../server/start/wait-for-database.ts';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

let folder: string;
let postgres: EmbeddedPostgres;
const start = async (port?: number) => {
  postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    stopMsMax: 10_000,
    ...(port === undefined ? {} : { port }),
  });
};
/** Stopped, so that nobody listens at its address. */
const away = async () => {
  await postgres.stop();
  return { url: postgres.url, port: postgres.port };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'festa-wait-'));
  await chmod(folder, 0o755);
  await start();
});

afterAll(async () => {
  await postgres.stop();
  await removeEmbeddedPostgres(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
});

test('an edge that boots before its database waits, says so, and serves once it is up', async () => {
  const { url, port } = await away();
  const edge = spawn(NODE, ['server/main.ts', '--role', 'edge', '--port', '0'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: url, FESTA_HOME: join(folder, 'home') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const said: string[] = [];
    for await (const line of createInterface(edge.stdout)) {
      said.push(line);
      if (line.includes('waiting for the database')) {
        expect(line).toContain('ECONNREFUSED');
        await start(port);
      }
      if (line.includes('http://127.0.0.1:')) break;
    }
    const order = ['waiting for the database', 'the database answers', 'http://127.0.0.1:'];
    expect(order.map((words) => said.findIndex((line) => line.includes(words)))).toSatisfy((places: number[]) =>
      places.every((place, i) => place > (places[i - 1] ?? -1)),
    );
    expect(edge.exitCode).toBeNull();
  } finally {
    const ended = edge.exitCode === null ? once(edge, 'exit') : null;
    edge.kill('SIGTERM');
    await ended;
  }
});

test('a database that is going down and comes up again is waited for', async () => {
  const { url, port } = postgres;
  const guest = openDatabase(url, { max: 1 });
  await guest.query('select 1');
  // A smart shutdown: whoever is connected may stay, new ones are told "cannot connect now".
  process.kill(postgres.pid, 'SIGTERM');
  // Each look is a connection of its own: one that was let in would stay in.
  const codeOf = async () => {
    const look = openDatabase(url, { max: 1 });
    const code = await look.query('select 1').then(
      () => 'open',
      (error: { code: string }) => error.code,
    );
    await look.close();
    return code;
  };
  await expect.poll(codeOf, { timeout: 30_000 }).toBe('57P03');
  const db = openDatabase(url, { max: 1 });
  const waited = waitForDatabase(db, openLog('silent'), { startWaitMsMax: 120_000, startAskEveryMs: 20 });
  await guest.close();
  await postgres.stop();
  await start(port);
  await waited;
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  await db.close();
});

test('waiting ends: after its time the database’s own words are thrown, and at once when they are others', async () => {
  const wrong = openDatabase(Object.assign(new URL(postgres.url), { password: 'wrong' }).href, { max: 1 });
  await expect(waitForDatabase(wrong, openLog('silent'))).rejects.toMatchObject({ code: '28P01' });
  await wrong.close();
  const { url, port } = await away();
  const nobody = openDatabase(url, { max: 1 });
  const limits = { startWaitMsMax: 100, startAskEveryMs: 20 };
  await expect(waitForDatabase(nobody, openLog('silent'), limits)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await nobody.close();
  await start(port);
});
