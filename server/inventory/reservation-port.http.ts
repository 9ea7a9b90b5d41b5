import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { ReservationPort } from './reservation-port.ts';
import { KEY_HEADER, SIGNATURE_HEADER, type StoreCall, storeSystem } from './store-system.ts';

export type StoreSystemAccount = {
  /** Without a slash at the end. */
  readonly origin: string;
  readonly secret: string;
  /** How long one try of a call may take, ms. */
  readonly timeoutMs: number;
  /** Tries of one call, all with its key. */
  readonly triesMax: number;
  /** Before the second try; doubled each time, ms. */
  readonly backoffMs: number;
};

/** The store's system gave no answer that can be believed: what became of the call is not known. */
export class StoreSystemSilent extends Error {}

/** The signature of a call; the other side makes the same. */
export function signCall(secret: string, at: number, body: string): string {
  return `t=${at},v=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

/**
 * A store's own system behind the port. An answer that is lost, late or nonsense is asked for again with the same key,
 * so that the call happens once; after `triesMax` a fault is thrown that says nothing of what has happened.
 */
export function httpReservations(account: StoreSystemAccount): ReservationPort {
  const { origin, secret, timeoutMs, triesMax, backoffMs } = account;

  async function once(call: StoreCall, key: string, body: string): Promise<unknown> {
    const answer = await fetch(`${origin}${storeSystem[call].path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [KEY_HEADER]: key,
        [SIGNATURE_HEADER]: signCall(secret, Date.now(), body),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok) throw new StoreSystemSilent(`${call}: ${answer.status}`);
    return answer.json();
  }

  async function ask<C extends StoreCall>(
    call: C,
    request: z.output<(typeof storeSystem)[C]['request']>,
  ): Promise<z.output<(typeof storeSystem)[C]['answer']>> {
    const key = randomUUID();
    const body = JSON.stringify(request);
    let last: unknown;
    for (let tried = 0; tried < triesMax; tried += 1) {
      if (tried > 0) await pause(backoffMs * 2 ** (tried - 1));
      try {
        return storeSystem[call].answer.parse(await once(call, key, body)) as never;
      } catch (error) {
        last = error;
      }
    }
    throw new StoreSystemSilent(`The store's system gave no answer to ${call}.`, { cause: last });
  }

  return {
    try: ({ ownerId, shopperId, branches, holdMs }) =>
      ask('try', { ownerId, shopperId, branches: [...branches], holdMs }),
    confirm: async (ownerId) => (await ask('confirm', { ownerId })).state,
    cancel: async (ownerId, branches) => (await ask('cancel', { ownerId, branches: [...branches] })).state,
    expireDue: async (limit) => (await ask('expire', { limit })).ended,
  };
}
