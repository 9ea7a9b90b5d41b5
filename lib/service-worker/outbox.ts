/// <reference lib="webworker" />
import { Queue } from 'workbox-background-sync';
import { mustWait } from './rules.ts';

declare const self: ServiceWorkerGlobalScope;

const KEPT_MINUTES = 7 * 24 * 60;

let replaying: Promise<void> = Promise.resolve();

/** Sends what waits, in order; stops at the first that the server cannot take now. One run at a time. */
function replay(): Promise<void> {
  const run = replaying
    .catch(() => {})
    .then(async () => {
      let sent = 0;
      for (let entry = await queue.shiftRequest(); entry; entry = await queue.shiftRequest()) {
        try {
          const response = await fetch(entry.request.clone());
          if (mustWait(response.status)) throw new Error(`The server answered ${response.status}`);
          sent++;
        } catch (cause) {
          await queue.unshiftRequest(entry);
          throw cause;
        }
      }
      if (sent > 0)
        for (const client of await self.clients.matchAll()) client.postMessage({ type: 'OUTBOX_SENT', sent });
    });
  replaying = run;
  return run;
}

const queue = new Queue('outbox', { maxRetentionTime: KEPT_MINUTES, onSync: replay });

/** Tries to empty the outbox; quietly keeps what cannot be sent yet. */
export function replayQuietly(): Promise<void> {
  return replay().catch(() => {});
}

/** Someone signed out on this phone: what he left unsent must not be sent in the name of the next. */
export async function forgetQueued(): Promise<void> {
  await replaying.catch(() => {});
  while (await queue.shiftRequest());
}

/**
 * Sends an edit, or keeps it for later when the network fails. The page is told with 202, so that it can say
 * "saved on this phone". An edit never overtakes an earlier one that still waits.
 */
export async function sendOrQueue(request: Request): Promise<Response> {
  if ((await queue.size()) > 0) await replayQuietly();
  if ((await queue.size()) === 0) {
    try {
      return await fetch(request.clone());
    } catch {
      // No network: the edit waits below.
    }
  }
  await queue.pushRequest({ request });
  return Response.json({ ok: true, queued: true }, { status: 202, headers: { 'cache-control': 'no-store' } });
}
