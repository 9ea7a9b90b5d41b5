import type { RequestNamed, WireName } from '../contracts/named.ts';
import { dropPersonal, keepPersonal, readPersonal } from './personal-store.ts';

/** A command that was sent and has not been answered: the same request with the same key asks for its answer. */
export type PendingCommand<N extends WireName = WireName> = {
  readonly name: N;
  readonly request: RequestNamed<N>;
  /** The phone's clock, ms; only to show how long ago. */
  readonly sentAt: number;
};

const keyOf = (name: WireName) => `command:${name}`;

/**
 * Kept before a command leaves, so that a closed page, a dead battery or a lost answer never makes two orders out
 * of one tap. One command of a name is pending at a time.
 */
export function rememberCommand<N extends WireName>(name: N, request: RequestNamed<N>): Promise<void> {
  const pending: PendingCommand<N> = { name, request, sentAt: Date.now() };
  return keepPersonal(keyOf(name), pending);
}

export async function pendingCommand<N extends WireName>(name: N): Promise<PendingCommand<N> | null> {
  return (await readPersonal<PendingCommand<N>>(keyOf(name))) ?? null;
}

/** Called when an answer came, whatever it said. */
export function forgetCommand(name: WireName): Promise<void> {
  return dropPersonal(keyOf(name));
}
