import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { RequestNamed } from '../../contracts/named.ts';
import { call } from '../api.ts';

export type WorkCommand = RequestNamed<'risk.work'>['command'];

/** Work is good for ten minutes; what is older than this is done anew. */
const GOOD_FOR_MS = 9 * 60_000;
/** Nobody waits longer than this; the server then says what is missing. */
const SOLVE_MS_MAX = 30_000;

type Done = { readonly work: Promise<string | null>; readonly begunAt: number };
const done = new Map<WorkCommand, Done>();

/**
 * Asks for work and does it. Each try is one key derivation of WebCrypto, which browsers compute on threads of their own:
 * the page only waits in between.
 */
async function solve(command: WorkCommand): Promise<string | null> {
  const answer = await call('risk.work', { command });
  if (!answer.ok) return null;
  const { challenge } = answer.value;
  try {
    const solution = await solveChallenge({ challenge, deriveKey, timeout: SOLVE_MS_MAX });
    return solution === null ? null : btoa(JSON.stringify({ challenge, solution }));
  } catch {
    // No WebCrypto here (plain http): the server says what is missing.
    return null;
  }
}

/** Begins the work for a command while the page is read, unless it is there or under way. */
export function beginWork(command: WorkCommand): void {
  const known = done.get(command);
  if (known !== undefined && Date.now() - known.begunAt < GOOD_FOR_MS) return;
  done.set(command, { work: solve(command), begunAt: Date.now() });
}

/** The work for one sending: good once, so it is handed out once. Null: it could not be done. */
export async function takeWork(command: WorkCommand): Promise<string | null> {
  beginWork(command);
  const work = done.get(command)?.work ?? null;
  done.delete(command);
  return work;
}
