import { createHash } from 'node:crypto';
import { SECOND_MS } from '../../lib/domain/time.ts';
import { LIMITS } from '../platform/limits.ts';
import type { PushKeys } from './push-keys.ts';
import { type DeviceKeys, sealPush } from './push-seal.ts';

export type PushAddress = DeviceKeys & { readonly endpoint: string };

export type PushNotice = {
  readonly body: string;
  /** In the language of who reads it. */
  readonly path: string;
  /** No sound. */
  readonly isSilent: boolean;
  /** How long a service keeps it for a device that is off. */
  readonly goodForMs: number;
};

/**
 * `taken`: the service has it. `gone`: the device is no longer there. `refused`: this notice will never be taken.
 * Anything else is thrown, and tried again.
 */
export type PushOutcome = 'taken' | 'gone' | 'refused';

/** The way to a device that its owner is not looking at. */
export type PushPort = { send(to: PushAddress, notice: PushNotice): Promise<PushOutcome> };

/** What a service worker reads of a notice: lib/service-worker/notice.ts. */
const textOf = ({ body, path, isSilent }: PushNotice) => JSON.stringify({ body, path, isSilent });

const GONE = [404, 410];
const REFUSED = [400, 401, 403, 413];

/** Push services of browsers (RFC 8030). They read neither what a notice says nor what it is about. */
export function webPush(keys: PushKeys): PushPort {
  return {
    async send(to, notice) {
      const answer = await fetch(to.endpoint, {
        method: 'POST',
        headers: {
          authorization: keys.authorization(to.endpoint, Date.now()),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: String(Math.max(1, Math.floor(notice.goodForMs / SECOND_MS))),
          urgency: 'high',
          // A newer notice of the same thing takes the place of one that could not be delivered yet.
          topic: createHash('sha256').update(notice.path).digest('base64url').slice(0, 32),
        },
        body: new Uint8Array(sealPush(to, textOf(notice))),
        redirect: 'error',
        signal: AbortSignal.timeout(LIMITS.push.timeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return 'taken';
      if (GONE.includes(answer.status)) return 'gone';
      if (REFUSED.includes(answer.status)) return 'refused';
      throw new Error(`the push service answered ${answer.status}`);
    },
  };
}
