import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/platform/embedded-postgres.ts';
import { isAlive } from '../../server/platform/embedded-postgres-process.ts';
import { migrate } from '../../server/platform/migrate.ts';
import type { Random } from '../crowd/random.ts';
import { freePort } from '../support/free-port.ts';
import { type FaultProxy, openFaultProxy } from './fault-proxy.ts';

const EDGE = join(import.meta.dirname, 'edge-process.ts');
export const SECRET = 'a secret of the fault runs, thirty-two bytes';
const UP_MS_MAX = 120_000;

/** A process of Festa that is started again whenever it has ended, as a supervisor does. */
class Kept {
  readonly port: number;
  /** libfaketime reads the clock's error from here; null: the clock is right. */
  readonly clockFile: string | null;
  private readonly env: NodeJS.ProcessEnv;
  private child: ChildProcess | null = null;
  private isStopping = false;
  /** Every process that this one has been. */
  readonly started: number[] = [];

  constructor(port: number, env: NodeJS.ProcessEnv, clockFile: string | null) {
    this.port = port;
    this.env = env;
    this.clockFile = clockFile;
    this.start();
  }

  private start(): void {
    const child = spawn(process.execPath, [EDGE], {
      env: this.env,
      stdio: ['ignore', 'ignore', process.env.LOG_LEVEL ? 'inherit' : 'ignore'],
    });
    this.child = child;
    if (child.pid !== undefined) this.started.push(child.pid);
    child.once('exit', () => {
      if (!this.isStopping) setTimeout(() => this.isStopping || this.start(), 150);
    });
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** Stands still for a while, as a process does whose machine swaps. */
  async freeze(ms: number): Promise<void> {
    const { child } = this;
    child?.kill('SIGSTOP');
    await pause(ms);
    child?.kill('SIGCONT');
  }

  async isUp(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`, { signal: AbortSignal.timeout(3_000) }).catch(
      () => null,
    );
    return answer?.ok === true;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const firm = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await once(child, 'exit');
    clearTimeout(firm);
  }
}

/** libfaketime leaves its shared memory behind when a process is killed. */
function removeTraces(pid: number): void {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`])
    rmSync(join('/dev/shm', name), { force: true });
}

/** The postmaster's children, which outlive it for a moment. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => {
      try {
        return Number(readFileSync(`/proc/${one}/stat`, 'latin1').split(') ')[1]?.split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });
}

export type Cluster = {
  readonly db: Database;
  readonly edges: readonly Kept[];
  readonly worker: Kept;
  readonly proxies: readonly FaultProxy[];
  /** kill -9 of the postmaster and all its children, then a start on the same data. Answers ms until it was ready. */
  killPostgres(): Promise<number>;
  restartPostgres(): Promise<void>;
  /** Starts the database if it is down, for example after a full disk. */
  ensurePostgres(): Promise<void>;
  /** @throws when a process is not back in two minutes. */
  allUp(): Promise<void>;
  /** At least one edge answers. @throws when none does in two minutes. */
  oneUp(): Promise<void>;
  stop(): Promise<void>;
};

/** Postgres, two edges behind bad lines and a worker, each a process of its own; everything under `folder`. */
export async function startCluster(options: {
  folder: string;
  random: Random;
  /** libfaketime's library, or null where there is none. */
  fakeTime: string | null;
}): Promise<Cluster> {
  const { folder, random, fakeTime } = options;
  const dataDir = join(folder, 'data');
  const port = await freePort();
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, port });
  const db = openDatabase(postgres.url, { max: 4 });
  await migrate(db);

  async function keep(name: string, role: 'edge' | 'worker'): Promise<Kept> {
    const home = join(folder, name);
    await mkdir(home, { recursive: true });
    const ownPort = await freePort();
    const clockFile = fakeTime && join(folder, `${name}.clock`);
    if (clockFile) writeFileSync(clockFile, '+0');
    return new Kept(
      ownPort,
      {
        NODE_ENV: 'test',
        // Processes are started by the hundred.
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
        PATH: process.env.PATH ?? '',
        FESTA_HOME: home,
        FESTA_ROLE: role,
        FESTA_SECRET: SECRET,
        DATABASE_URL: postgres.url,
        PORT: String(ownPort),
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
        ...(clockFile && fakeTime
          ? {
              LD_PRELOAD: fakeTime,
              FAKETIME_TIMESTAMP_FILE: clockFile,
              FAKETIME_CACHE_DURATION: '1',
              DONT_FAKE_MONOTONIC: '1',
            }
          : {}),
      },
      clockFile,
    );
  }

  const edges = [await keep('edge-a', 'edge'), await keep('edge-b', 'edge')];
  const worker = await keep('worker', 'worker');
  const proxies = await Promise.all(edges.map((edge) => openFaultProxy(edge.port, random)));

  async function startPostgres(): Promise<void> {
    // Frees what the last start of this process had taken.
    await postgres.stop();
    postgres = await startEmbeddedPostgres({ dataDir, port });
  }

  const cluster: Cluster = {
    db,
    edges,
    worker,
    proxies,
    async killPostgres() {
      const all = [postgres.pid, ...childrenOf(postgres.pid)];
      for (const pid of all) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {} // it has just ended by itself
      }
      while (all.some(isAlive)) await pause(5);
      const startedAt = performance.now();
      await startPostgres();
      return performance.now() - startedAt;
    },
    restartPostgres: startPostgres,
    async ensurePostgres() {
      if (!isAlive(postgres.pid)) await startPostgres();
    },
    async allUp() {
      const until = performance.now() + UP_MS_MAX;
      for (const one of [...edges, worker]) {
        while (!(await one.isUp())) {
          if (performance.now() > until) throw new Error('A process did not come back');
          await pause(100);
        }
      }
    },
    async oneUp() {
      const until = performance.now() + UP_MS_MAX;
      while (!(await Promise.all(edges.map((edge) => edge.isUp()))).some(Boolean)) {
        if (performance.now() > until) throw new Error('No edge came back');
        await pause(50);
      }
    },
    async stop() {
      await Promise.all([...edges, worker].map((one) => one.stop()));
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await db.close();
      await postgres.stop();
      await removeEmbeddedPostgres(dataDir);
      for (const pid of [...edges, worker].flatMap(({ started }) => started)) removeTraces(pid);
    },
  };
  await cluster.allUp();
  return cluster;
}
