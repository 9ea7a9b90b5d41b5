import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assembleRelease, makeCurrent } from '../../../server/publish/assemble.ts';
import { freePort } from '../../support/free-port.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const READY_MS_MAX = 300_000;

export type Running = { readonly port: number; stop(): Promise<void> };

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** Starts a program of this folder that prints its port. */
export async function startProgram(program: string, args: readonly (string | number)[]): Promise<Running> {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString().trim())));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return { port, stop: () => end(child) };
}

/** The real server with the demo festival, in a home of its own that later runs find again. */
export async function startFesta(): Promise<Running & { home: string }> {
  const home = process.env.FESTA_BENCH_HOME ?? join(PROJECT, '.festa', 'bench');
  await mkdir(home, { recursive: true });
  const port = await freePort();
  const child = spawn(process.execPath, ['server/main.ts', '--port', String(port)], {
    cwd: PROJECT,
    env: { ...process.env, FESTA_HOME: home, LOG_LEVEL: 'warn', PUBLIC_URL: 'http://127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const until = performance.now() + READY_MS_MAX;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return { port, home, stop: () => end(child) };
    await pause(250);
  }
  await end(child);
  throw new Error('The server was not ready in five minutes');
}

/** An exported folder on a server of its own, compressed and cached as the shop is. */
export async function startStatic(home: string, out: string): Promise<Running> {
  await assembleRelease({ home, id: 'bench', fingerprint: 'bench', trees: [out], now: Date.now() });
  await makeCurrent(home, 'bench');
  return startProgram('edge.ts', [home]);
}
