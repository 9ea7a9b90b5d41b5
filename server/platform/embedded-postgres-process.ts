import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What `postmaster.pid` says: line 1 is the pid, 4 the port, 8 how far the start has come. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads the cluster's lock file, or null when there is none (or only the first bytes of one). */
export function readPidFile(dir: string): PidFile | null {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Math.abs(Number(lines[0]));
    if (!Number.isSafeInteger(pid) || pid === 0) return null;
    return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

function ask(pid: number, what: 'lstart' | 'args' | 'state'): string {
  try {
    return execFileSync('ps', ['-ww', '-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

/** State letter and start time of a process from /proc; `null` where there is no /proc or no such process. */
function procStat(pid: number): { state: string; startedAt: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** Alive, and not a zombie that only waits to be reaped (kill(pid, 0) says yes to those). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = process.platform === 'linux' ? procStat(pid)?.state : ask(pid, 'state').charAt(0);
  return state !== undefined && state !== '' && !'ZX'.includes(state);
}

/** Tells two processes that had the same pid apart; empty when there is no such process. */
export function processStamp(pid: number): string {
  return process.platform === 'linux' ? (procStat(pid)?.startedAt ?? '') : ask(pid, 'lstart');
}

/** Whether `pid` is a living postmaster of exactly this cluster, and not some process that got its number. */
export function isPostmasterOf(pid: number, dir: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return ask(pid, 'args').includes(`-D ${dir} `);
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(args[0] ?? '') === 'postgres' && args.includes(dir);
  } catch {
    return false;
  }
}

async function goneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() > until) return false;
    await pause(10);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {} // gone already, which is what was asked for
}

/**
 * Stops a postmaster: SIGINT (clients are sent away, a checkpoint is written),
 * then SIGQUIT (at once; the next start replays the log), then SIGKILL.
 * Settles within about 1.5 × `timeoutMs` + 5 s whatever the process does, also
 * when it is dead already.
 */
export async function stopPostmaster(pid: number, timeoutMs: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await goneWithin(pid, timeoutMs)) return;
  signal(pid, 'SIGQUIT');
  if (await goneWithin(pid, timeoutMs / 2)) return;
  signal(pid, 'SIGKILL');
  await goneWithin(pid, 5_000);
}
