import { studioChanged } from '../../lib/contracts/studio-graph.ts';
import { SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import type { Rooms } from '../platform/live/rooms.ts';
import { studioRoom } from '../platform/live/up.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { funnelOf } from './funnel.ts';

const LOOK_EVERY_MS = 1 * SECOND_MS;
/** Whoever has come in since the last picture gets one without asking. */
const SEND_EVERY_MS = 5 * SECOND_MS;
const PREFIX = studioRoom('');

/** Sends a campaign's whole funnel to the marketers who look at it, when it has changed and every 5 s. */
export function startStudioFeed({ db, rooms, log }: { db: Database; rooms: Rooms; log: Log }): Loop {
  const sent = new Map<string, { readonly text: string; readonly at: number }>();
  return startLoop(
    'studio-feed',
    LOOK_EVERY_MS,
    async () => {
      const watched = rooms.open().filter((room) => room.startsWith(PREFIX));
      for (const room of sent.keys()) if (!rooms.has(room)) sent.delete(room);
      for (const room of watched) {
        const { version, ...funnel } = await funnelOf(db, room.slice(PREFIX.length));
        const text = JSON.stringify(funnel);
        const last = sent.get(room);
        const now = performance.now();
        if (last?.text === text && now - last.at < SEND_EVERY_MS) continue;
        sent.set(room, { text, at: now });
        rooms.send(room, studioChanged.event, { campaignId: room.slice(PREFIX.length), version, ...funnel });
      }
    },
    log,
  );
}
