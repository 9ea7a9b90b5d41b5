/*
 * PostgreSQL for people who have none: the binaries come from npm, the process
 * is ours. Words used here:
 *
 * - place:      the folder that holds one cluster and what belongs to it
 * - cluster:    PostgreSQL's data folder, `<place>/pg18`; the major is in the
 *               name because another major cannot read it
 * - postmaster: the first process of a running PostgreSQL
 * - owner:      the process that started the postmaster. An orphan has none.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  type Account,
  asAccount,
  chooseAccount,
  mayEnter,
  PROGRAM_ENV,
  sharedPlace,
} from './embedded-postgres-account.ts';
import { findNativeFolder, runnableNativeFolder } from './embedded-postgres-binaries.ts';
import { EmbeddedPostgresError, explainPostgresOutput } from './embedded-postgres-error.ts';
import { isAlive, isPostmasterOf, processStamp, readPidFile, stopPostmaster } from './embedded-postgres-process.ts';

const MAJOR = 18;
const ROLE = 'festa';
const DATABASE = 'festa';
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 10_000;
const LOG_BYTES_MAX = 8 << 20;

export interface EmbeddedPostgresOptions {
  /** The place. Made when it is missing; the cluster is `pg18` inside it. */
  readonly dataDir: string;
  /** Default: any free port. */
  readonly port?: number;
  /** `false` for tests: no fsync, a power cut may break the cluster. Default `true`. */
  readonly durable?: boolean;
  /** Told in a sentence what a person may want to know (a copy was made, an orphan was found). */
  readonly log?: (sentence: string) => void;
  /** How long a polite stop may take before a firm one, in ms. */
  readonly stopMsMax?: number;
  /** The binaries to use instead of the installed package's. */
  readonly native?: { native: string; version: string };
}

export interface EmbeddedPostgres {
  /** Connection string of the database `festa`, password included. */
  readonly url: string;
  readonly port: number;
  /** The postmaster's process id. */
  readonly pid: number;
  /** Stops the server; never hangs, may be called twice. */
  stop(): Promise<void>;
}

/** Where the cluster of `dataDir` really lives: elsewhere when `dataDir` is closed to the database's account. */
async function findPlace(
  dataDir: string,
  log: (sentence: string) => void,
): Promise<{ place: string; account: Account }> {
  const wanted = resolve(dataDir);
  await mkdir(wanted, { recursive: true });
  const account = chooseAccount(join(wanted, `pg${MAJOR}`));
  if (!account.switched) return { place: wanted, account };
  await chmod(wanted, 0o755);
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  const name = wanted.split(sep).findLast((part) => part !== '' && !part.startsWith('.') && part !== 'data');
  const elsewhere = join(await sharedPlace(), `data-${name ?? 'of'}-${mark}`);
  // Data that was once put elsewhere stays there, also when the home has been opened since.
  const stays = existsSync(join(elsewhere, `pg${MAJOR}`)) && !existsSync(join(wanted, `pg${MAJOR}`));
  if (mayEnter(wanted, account) && !stays) return { place: wanted, account };
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  log(`The database runs as ${account.name}, who cannot enter ${wanted}; its data is in ${elsewhere}.`);
  return { place: elsewhere, account: chooseAccount(join(elsewhere, `pg${MAJOR}`)) };
}

const ownerFile = (place: string) => join(place, `pg${MAJOR}.owner`);

/** The living process that started this cluster's postmaster, or null when it is an orphan. */
function livingOwner(place: string): number | null {
  try {
    const [pid, stamp] = readFileSync(ownerFile(place), 'utf8').split(' ');
    return isAlive(Number(pid)) && processStamp(Number(pid)) === stamp?.trim() ? Number(pid) : null;
  } catch {
    return null;
  }
}

function refuseWhenOwned(place: string): void {
  const owner = livingOwner(place);
  if (owner === null) return;
  throw new EmbeddedPostgresError(
    'in_use',
    `Another Festa (process ${owner}) is using the data in ${place}. Stop it first, or set FESTA_HOME to another folder for this one.`,
  );
}

async function passwordOf(place: string, account: Account): Promise<{ password: string; file: string }> {
  const file = join(place, `pg${MAJOR}.password`);
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' });
    if (account.switched) await chown(file, account.uid, account.gid);
  }
  return { password: (await readFile(file, 'utf8')).trim(), file };
}

/** Makes the cluster beside its final name and renames it, so that an interrupted first start leaves no half a cluster. */
async function createCluster(
  native: string,
  dir: string,
  pwfile: string,
  account: Account,
  durable: boolean,
): Promise<void> {
  const unfinished = `${dir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (account.switched) await chown(unfinished, account.uid, account.gid);
  // Without these an unset LANG gives a SQL_ASCII cluster, where length('双十一') is 9.
  const words = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const args = ['-D', unfinished, '-U', ROLE, ...words, '--auth=scram-sha-256', `--pwfile=${pwfile}`];
  if (!durable) args.push('--no-sync');
  const made = spawnSync(join(native, 'bin', 'initdb'), args, {
    ...asAccount(account),
    cwd: '/',
    env: PROGRAM_ENV,
    encoding: 'utf8',
    timeout: START_MS_MAX,
  });
  if (made.status !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw explainPostgresOutput(`${made.stdout}\n${made.stderr}\n${made.error?.message ?? ''}`, dir, 0);
  }
  await rename(unfinished, dir);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('a listening socket has no port');
  return address.port;
}

/** Spawns the postmaster and waits until it accepts connections. Its output goes to a file: a pipe would block it when we are busy. */
async function spawnPostmaster(
  native: string,
  dir: string,
  port: number,
  account: Account,
  durable: boolean,
): Promise<number> {
  const logFile = `${dir}.log`;
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) await rm(logFile);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // A festival writes in minutes what other days write in hours: no checkpoint in the middle of the first rush.
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const careless = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_size: '1GB',
    max_wal_senders: '0',
  };
  const flags = Object.entries(durable ? settings : { ...settings, ...careless }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const output = openSync(logFile, 'a', 0o600);
  const from = statSync(logFile).size;
  let ended = false;
  try {
    const child = spawn(join(native, 'bin', 'postgres'), ['-D', dir, '-p', String(port), ...flags], {
      ...asAccount(account),
      cwd: '/',
      env: PROGRAM_ENV,
      stdio: ['ignore', output, output],
      // A session of its own: Ctrl-C in the terminal reaches us, and we drain before we stop it.
      detached: true,
    });
    child.once('exit', () => {
      ended = true;
    });
    child.once('error', () => {
      ended = true;
    });
    child.unref();
    const until = performance.now() + START_MS_MAX;
    while (!ended && child.pid !== undefined && performance.now() < until) {
      const lock = readPidFile(dir);
      if (lock?.pid === child.pid && lock.ready) return child.pid;
      await pause(10);
    }
    if (child.pid !== undefined && !ended) await stopPostmaster(child.pid, STOP_MS_MAX);
  } finally {
    closeSync(output);
  }
  const said = await open(logFile, 'r');
  try {
    const { buffer, bytesRead } = await said.read(Buffer.alloc(64 << 10), 0, 64 << 10, from);
    throw explainPostgresOutput(buffer.toString('utf8', 0, bytesRead), dir, port);
  } finally {
    await said.close();
  }
}

/**
 * Starts the postmaster, patiently: right after a kill -9 its lock file and its
 * shared memory outlive it until the last child has noticed.
 */
async function startPatiently(
  native: string,
  dir: string,
  port: number | undefined,
  account: Account,
  durable: boolean,
) {
  const until = performance.now() + 15_000;
  for (;;) {
    const chosen = port ?? (await freePort());
    try {
      return { pid: await spawnPostmaster(native, dir, chosen, account, durable), port: chosen };
    } catch (error) {
      if (!(error instanceof EmbeddedPostgresError) || performance.now() > until) throw error;
      const lingers = /lock file .* already exists|pre-existing shared memory|is still in use/.test(error.message);
      const portRaced = error.code === 'port_in_use' && port === undefined;
      if (!lingers && !portRaced) throw error;
      await pause(200);
    }
  }
}

/** A lock file whose number now belongs to a stranger would stop PostgreSQL; one of a dead process it removes itself. */
async function removeStrangersLock(dir: string): Promise<void> {
  const lock = readPidFile(dir);
  if (lock !== null && isAlive(lock.pid) && !isPostmasterOf(lock.pid, dir)) await rm(join(dir, 'postmaster.pid'));
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts (or takes over) the PostgreSQL of `dataDir` and answers when it accepts connections.
 *
 * It listens on 127.0.0.1 only. As root it runs as an unprivileged account. An
 * orphan that a killed process left behind is taken over when it suits and
 * stopped when it does not.
 *
 * @throws EmbeddedPostgresError with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, durable = true, stopMsMax = STOP_MS_MAX, log = () => {} } = options;
  const { place, account } = await findPlace(dataDir, log);
  refuseWhenOwned(place);
  await writeFile(ownerFile(place), `${process.pid} ${processStamp(process.pid)}`);
  try {
    const dir = join(place, `pg${MAJOR}`);
    const native = await runnableNativeFolder(account, log, options.native ?? findNativeFolder());
    const { password, file } = await passwordOf(place, account);
    if (!existsSync(join(dir, 'PG_VERSION'))) await createCluster(native, dir, file, account, durable);

    let running: { pid: number; port: number } | null = null;
    const orphan = readPidFile(dir);
    if (orphan !== null && isPostmasterOf(orphan.pid, dir)) {
      if (orphan.ready && durable && (options.port ?? orphan.port) === orphan.port) {
        log(`The database of a Festa that was killed is still running (process ${orphan.pid}); taking it over.`);
        running = orphan;
      } else {
        log(`Stopping the database of a Festa that was killed (process ${orphan.pid}).`);
        await stopPostmaster(orphan.pid, stopMsMax);
      }
    }
    await removeStrangersLock(dir);
    running ??= await startPatiently(native, dir, options.port, account, durable);
    const { pid, port } = running;
    const url = `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`;
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= stopPostmaster(pid, stopMsMax).then(() => rm(ownerFile(place), { force: true }));
      return stopped;
    };
    try {
      await ensureDatabase(url);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url, port, pid, stop };
  } catch (error) {
    await rm(ownerFile(place), { force: true });
    throw error;
  }
}

/**
 * Where a living Festa's database of `dataDir` listens, for commands that work beside it (publish, import).
 *
 * @returns the connection string, or null when no Festa is running on it.
 */
export async function findRunningPostgres(dataDir: string): Promise<string | null> {
  const { place, account } = await findPlace(dataDir, () => {});
  if (livingOwner(place) === null) return null;
  const running = readPidFile(join(place, `pg${MAJOR}`));
  if (!running?.ready) return null;
  const { password } = await passwordOf(place, account);
  return `postgres://${ROLE}:${password}@127.0.0.1:${running.port}/${DATABASE}`;
}

/**
 * Removes the cluster of `dataDir`, wherever it lives, stopping an orphan first.
 *
 * @returns the folder that was removed, or null when there was none.
 * @throws EmbeddedPostgresError `in_use` when a living Festa uses it.
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<string | null> {
  const { place } = await findPlace(dataDir, () => {});
  refuseWhenOwned(place);
  const dir = join(place, `pg${MAJOR}`);
  const orphan = readPidFile(dir);
  if (orphan !== null && isPostmasterOf(orphan.pid, dir)) await stopPostmaster(orphan.pid, STOP_MS_MAX);
  const existed = existsSync(dir);
  for (const end of ['', '.unfinished', '.log', '.password', '.owner'])
    await rm(`${dir}${end}`, { recursive: true, force: true });
  if (place !== resolve(dataDir)) await rmdir(place).catch(() => {});
  return existed ? dir : null;
}
